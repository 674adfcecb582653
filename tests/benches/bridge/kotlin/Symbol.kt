// From a touch to pixels: the text of a payment to its QR symbol's picture, by the library through JNI and by ZXing in
// Kotlin. ZXing reads every picture first. Prints a table in Markdown.

import app.raseed.bridge.Natives
import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.EncodeHintType
import com.google.zxing.RGBLuminanceSource
import com.google.zxing.common.GlobalHistogramBinarizer
import com.google.zxing.qrcode.QRCodeReader
import com.google.zxing.qrcode.QRCodeWriter
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel
import java.nio.ByteBuffer
import java.nio.ByteOrder
import kotlin.random.Random

private const val WIDTH = 384
private const val QUIET_ZONE = 4

/** 180 bytes. */
private const val UPI = "upi://pay?pa=collections.bhagta@examplebank&pn=Bhagta%20Bhai%20Ka%20MC&mc=4900&tr=RSD7Q2M4K9ZB1XW6T3" +
    "&tn=BHG-0002%20November%202026&am=1400.00&cu=INR&mode=05&purpose=00&orgid=159001"

fun main(arguments: Array<String>) {
    val pairs = arguments.firstOrNull()?.toInt() ?: 3000
    println("ZXing reads ${readBack(400)} random texts of every length from the library's pixels\n")
    println("| what | JNI, median | ZXing in Kotlin, median | ZXing / JNI |")
    println("|---|---|---|---|")
    val out = pixels(WIDTH)
    val argb = IntArray(WIDTH * WIDTH)
    check(read(out, Natives.qrPixels(UPI, WIDTH, WIDTH, out)) == UPI)
    pair("UPI link to a symbol, one pixel a module", pairs, { Natives.qrPixels(UPI, 1, WIDTH, out) }, { matrix(UPI).width })
    pair("UPI link to ${Natives.qrPixels(UPI, WIDTH, WIDTH, out)}² pixels", pairs, { Natives.qrPixels(UPI, WIDTH, WIDTH, out) }, {
        painted(UPI, argb)
    })
}

private fun pixels(width: Int) = ByteBuffer.allocateDirect(width * width * 4).order(ByteOrder.nativeOrder())

/** ZXing's own symbol, without any quiet zone. */
private fun matrix(text: String) =
    QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, mapOf(EncodeHintType.ERROR_CORRECTION to ErrorCorrectionLevel.M, EncodeHintType.MARGIN to 0))

/** The same picture as the library's, from ZXing's modules: a row of each is painted, the others are copied. */
private fun painted(text: String, argb: IntArray): Int {
    val matrix = matrix(text)
    val modules = matrix.width + 2 * QUIET_ZONE
    val dots = WIDTH / modules
    val side = modules * dots
    argb.fill(-1, 0, side * side)
    for (row in 0 until matrix.height) {
        val first = (row + QUIET_ZONE) * dots * side
        for (column in 0 until matrix.width) {
            val from = first + (column + QUIET_ZONE) * dots
            if (matrix.get(column, row)) argb.fill(BLACK, from, from + dots)
        }
        for (copy in 1 until dots) argb.copyInto(argb, first + copy * side, first, first + side)
    }
    return side
}

private const val BLACK = 0xff shl 24

private fun readBack(texts: Int): Int {
    val random = Random(7)
    val out = pixels(2 * (177 + 2 * QUIET_ZONE))
    repeat(texts) {
        val length = 1 + 2330 * (it + 1) / texts
        val text = String(CharArray(length) { random.nextInt(' '.code, '~'.code + 1).toChar() })
        val side = Natives.qrPixels(text, 2, 2 * (177 + 2 * QUIET_ZONE), out)
        check(read(out, side) == text) { "ZXing reads another text than $text" }
    }
    return texts
}

private fun read(pixels: ByteBuffer, side: Int): String {
    val argb = IntArray(side * side)
    pixels.duplicate().order(ByteOrder.nativeOrder()).asIntBuffer().get(argb)
    val bitmap = BinaryBitmap(GlobalHistogramBinarizer(RGBLuminanceSource(side, side, argb)))
    return QRCodeReader().decode(bitmap, mapOf(DecodeHintType.PURE_BARCODE to true)).text
}

/** In turn, so that whatever else the machine does hits both. The first third warms up. */
private fun pair(what: String, pairs: Int, jni: () -> Int, zxing: () -> Int) {
    val (ours, theirs) = mutableListOf<Long>() to mutableListOf<Long>()
    repeat(pairs * 3 / 2) {
        ours += timed(jni)
        theirs += timed(zxing)
    }
    val (a, b) = median(ours) to median(theirs)
    println("| $what | ${micros(a)} | ${micros(b)} | ${"%.1f".format(b / a)} |")
}
