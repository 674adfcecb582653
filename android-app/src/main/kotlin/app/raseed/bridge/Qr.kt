// A receipt's code as a picture of one pixel a module. It takes the library: never on the main thread.
package app.raseed.bridge

import android.graphics.Bitmap
import java.nio.ByteBuffer

/** Widest symbol there is, with the quiet zone of four around it that the library draws and a screen draws by itself. */
private const val WIDEST = 177 + 8
private const val QUIET = 4

fun qrModules(text: String): Bitmap {
    val pixels = ByteBuffer.allocateDirect(WIDEST * WIDEST * 4)
    val side = Natives.qrPixels(text, 1, WIDEST, pixels)
    val whole = Bitmap.createBitmap(side, side, Bitmap.Config.ARGB_8888)
    whole.copyPixelsFromBuffer(pixels)
    return Bitmap.createBitmap(whole, QUIET, QUIET, side - QUIET - QUIET, side - QUIET - QUIET)
}
