// Where the second copy of what is not sent yet is kept: on a memory card, which outlives the device, if there is one.
package app.raseed.bridge

import android.content.Context
import android.os.Environment
import java.io.File

/**
 * A folder of this app's own on a card that is in the device now; else one beside the till's, in which the copy is still a witness of how
 * far the till had come.
 */
fun copyFolder(context: Context): File {
    val card = context.getExternalFilesDirs(null).filterNotNull().firstOrNull(::isOnCard)
    return File(card ?: context.noBackupFilesDir, "copy")
}

private fun isOnCard(folder: File): Boolean = try {
    Environment.isExternalStorageRemovable(folder) && Environment.getExternalStorageState(folder) == Environment.MEDIA_MOUNTED
} catch (_: IllegalArgumentException) {
    // It was taken out between the two questions.
    false
}
