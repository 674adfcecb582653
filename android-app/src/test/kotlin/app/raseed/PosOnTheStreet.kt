// The app with an ear beside its speaker and a clock that a test can move; everything else of it is as it is.
package app.raseed

import app.raseed.bridge.AndroidClock
import app.raseed.bridge.KeystoreVault
import app.raseed.bridge.Raseed
import app.raseed.bridge.core
import app.raseed.bridge.isRehearsal
import app.raseed.core.DeviceClock
import app.raseed.core.DevicePorts
import app.raseed.core.Moment
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.look.Voice
import java.io.File

/** Use as `@Config(application = PosOnTheStreet::class)`. */
class PosOnTheStreet : Pos() {
    /** What was said aloud, and in which language. */
    val said = ArrayList<Pair<Language, String>>()

    /** By how many milliseconds the device's clock is later than this machine's. */
    @Volatile var ahead = 0L

    override val voice = object : Voice {
        override fun say(words: String, language: Language) {
            said += language to words
        }
    }

    override val core: Raseed by lazy {
        val clock = AndroidClock(contentResolver)
        val moved = object : DeviceClock {
            override fun now() = clock.now().let { Moment(it.wallMs + ahead, it.elapsedMs + ahead, it.boot) }
        }
        val language = LanguageChoice(this).chosen ?: Language.English
        Raseed(File(noBackupFilesDir, "till").path, DevicePorts(moved, KeystoreVault(File(noBackupFilesDir, "vault"))), language.core, isRehearsal)
    }
}
