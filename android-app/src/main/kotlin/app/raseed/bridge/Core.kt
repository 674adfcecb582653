// Making the core on this device: its folder, its clocks, its vault, the language of its words.
package app.raseed.bridge

import android.content.Context
import android.content.pm.ApplicationInfo
import app.raseed.core.DevicePorts
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import java.io.File

typealias CoreLanguage = app.raseed.core.Language

/**
 * The core over this device's till. Loading the library takes a moment: never call this on the main thread.
 *
 * The till lives where Android copies nothing to another device: a restored copy would give the same receipt numbers again.
 */
fun openCore(context: Context): Raseed {
    val folder = File(context.noBackupFilesDir, "till")
    val vault = KeystoreVault(File(context.noBackupFilesDir, "vault"))
    val ports = DevicePorts(AndroidClock(context.contentResolver), vault, copyFolder(context).path)
    val language = LanguageChoice(context).chosen ?: Language.English
    return Raseed(folder.path, ports, language.core, context.isRehearsal)
}

/** A debuggable build, for emulators and tests: only on such a one may the payment app be asked that takes no money. */
val Context.isRehearsal: Boolean get() = applicationInfo.flags and ApplicationInfo.FLAG_DEBUGGABLE != 0

/** As the core names it. */
val Language.core: CoreLanguage
    get() = when (this) {
        Language.English -> CoreLanguage.ENGLISH
        Language.Hindi -> CoreLanguage.HINDI
        Language.Punjabi -> CoreLanguage.PUNJABI
        Language.Bengali -> CoreLanguage.BENGALI
    }
