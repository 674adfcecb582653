// What moves bytes between Java's memory and the library's, without a copy that is not needed. It decides nothing.
package app.raseed.bridge

import java.nio.ByteBuffer

/**
 * Buffers are direct, and are used from their beginning whatever their position. A mistake in a size is an [IllegalArgumentException]
 * that says what would have been right.
 */
object Natives {
    init {
        // A test says where the library of its machine is; on a device Android finds it in the package.
        val path = System.getProperty("raseed.library")
        if (path != null) System.load(path) else System.loadLibrary("raseed")
    }

    /**
     * Draws [text] as a QR code with its quiet zone, as large as fits into [width] pixels but at most [most] pixels a module, as
     * pixels of an ARGB_8888 bitmap. [out] has room for `side * side * 4` bytes; `width * width * 4` is always
     * enough. Gives the side in pixels.
     */
    @JvmStatic
    external fun qrPixels(text: String, most: Int, width: Int, out: ByteBuffer): Int

    /** The text of the QR code in a camera's brightness plane; null when there is none, or none that can be read in this frame. */
    @JvmStatic
    external fun frameText(luma: ByteBuffer, width: Int, height: Int, rowStride: Int): String?

    /** The pixels of an ARGB_8888 bitmap, 384 or 576 wide, as ESC/POS: bands, each to be sent whole. */
    @JvmStatic
    external fun escPos(pixels: ByteBuffer, width: Int, height: Int, rowStride: Int, cut: Boolean): Array<ByteArray>
}
