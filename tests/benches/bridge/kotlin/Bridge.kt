// JNI against uniffi: the same work behind both, in turn, in one JVM. Prints a table in Markdown.

import app.raseed.bridge.Natives
import java.nio.ByteBuffer
import uniffi.raseed_bench_bridge.frameText
import uniffi.raseed_bench_bridge.qrPixels

private const val WIDTH = 1280
private const val HEIGHT = 720
private const val PAPER = 384

/** As long as the link of a real receipt. */
private val LINK = "HTTPS://RECEIPTS.EXAMPLE.GOV.IN/V#" + "QKBFAWCFUQHAKIPPKQ3TQMJR7ZB2D4XW".repeat(21).take(646)

fun main(arguments: Array<String>) {
    val seconds = arguments.firstOrNull()?.toDouble() ?: 3.0
    println("| what | JNI, median | uniffi, median | uniffi / JNI |")
    println("|---|---|---|---|")
    val out = ByteBuffer.allocateDirect(PAPER * PAPER * 4)
    row(
        "QR code of ${LINK.length} characters to ${Natives.qrPixels(LINK, 4, PAPER, out)}² pixels", seconds,
        jni = { Natives.qrPixels(LINK, 4, PAPER, out).let { side -> side * side * 4 } },
        uniffi = { ByteBuffer.wrap(qrPixels(LINK, 4u, PAPER.toUInt())).remaining() },
    )
    for ((name, luma) in listOf("with the code in it" to frame(withCode = true), "with nothing in it" to frame(withCode = false))) {
        val copy = ByteArray(luma.capacity())
        row(
            "$WIDTH × $HEIGHT frame $name to text", seconds,
            jni = { Natives.frameText(luma, WIDTH, HEIGHT, WIDTH)?.length ?: 0 },
            uniffi = {
                // A camera's plane is a direct buffer; uniffi takes arrays.
                luma.duplicate().get(copy)
                frameText(copy, WIDTH.toUInt(), HEIGHT.toUInt(), WIDTH.toUInt())?.length ?: 0
            },
        )
    }
    row(
        "the crossing alone: a frame of one pixel", seconds,
        jni = { Natives.frameText(out, 1, 1, 1)?.length ?: 0 },
        uniffi = { frameText(ByteArray(1), 1u, 1u, 1u)?.length ?: 0 },
    )
}

/** A grey street with the receipt's code in the middle, four pixels a module. */
private fun frame(withCode: Boolean): ByteBuffer {
    val luma = ByteBuffer.allocateDirect(WIDTH * HEIGHT)
    for (at in 0 until luma.capacity()) luma.put(at, (90 + at * 7 % 60).toByte())
    if (!withCode) return luma
    val pixels = ByteBuffer.allocateDirect(PAPER * PAPER * 4)
    val side = Natives.qrPixels(LINK, 4, PAPER, pixels)
    for (row in 0 until side) {
        for (column in 0 until side) {
            val light = (pixels.get((row * side + column) * 4).toInt() and 0xff) / 2 + 60
            luma.put((row + (HEIGHT - side) / 2) * WIDTH + column + (WIDTH - side) / 2, light.toByte())
        }
    }
    return luma
}

/** In turn, so that whatever else the machine does hits both. The first third warms up. */
private fun row(what: String, seconds: Double, jni: () -> Int, uniffi: () -> Int) {
    check(jni() == uniffi()) { "both must do the same work" }
    val (ours, theirs) = mutableListOf<Long>() to mutableListOf<Long>()
    val begin = System.nanoTime()
    while (System.nanoTime() - begin < 2 * seconds * 1e9) {
        ours += timed(jni)
        theirs += timed(uniffi)
    }
    val (a, b) = median(ours) to median(theirs)
    println("| $what | ${micros(a)} | ${micros(b)} | ${"%.2f".format(b / a)} |")
}

private var sink = 0

/** In nanoseconds. */
fun timed(work: () -> Int): Long {
    val begin = System.nanoTime()
    sink += work()
    return System.nanoTime() - begin
}

/** Without the first third, in microseconds. */
fun median(times: List<Long>): Double = middle(times.drop(times.size / 3))

/** In microseconds. */
fun middle(nanos: List<Long>): Double = nanos.sorted().let { it[it.size / 2] / 1e3 }

fun micros(time: Double): String = if (time < 1000) "%.1f µs".format(time) else "%.2f ms".format(time / 1000)
