// The fast path with everything that a caller can get wrong: it refuses in words, and neither reads nor writes past a buffer.
// `tests/sanitize.sh` runs this class with the library under AddressSanitizer.
package app.raseed.bridge

import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.nio.ByteBuffer
import java.util.Random

private const val LINK = "upi://pay?pa=water@bank&pn=Water&am=340.00&cu=INR&tr=SAS07-1-42"
private const val FENCE: Byte = 0x5a

// With Android's class loader, like all the others: a JVM loads a library into one of them.
@RunWith(RobolectricTestRunner::class)
class NativesTest {
    @Test
    fun aCodeFillsItsBufferToTheLastByteAndOneByteLessIsRefused() {
        val side = Natives.qrPixels(LINK, 8, 300, direct(300 * 300 * 4))
        assertTrue("$side", side in 100..300)
        val exact = fenced(side * side * 4)
        assertEquals(side, Natives.qrPixels(LINK, 8, 300, exact.buffer))
        exact.check()
        val short = fenced(side * side * 4 - 1)
        val refused = assertThrows(IllegalArgumentException::class.java) { Natives.qrPixels(LINK, 8, 300, short.buffer) }
        assertEquals("the buffer holds ${side * side * 4 - 1} bytes; give one of ${side * side * 4}", refused.message)
        short.check()
        assertTrue("it was left alone", short.bytes().all { it == 0.toByte() })
    }

    @Test
    fun onlyDirectMemoryIsTaken() {
        val heap = ByteBuffer.allocate(300 * 300 * 4)
        assertThrows(IllegalArgumentException::class.java) { Natives.qrPixels(LINK, 8, 300, heap) }
        assertThrows(IllegalArgumentException::class.java) { Natives.frameText(heap, 300, 300, 300) }
        assertThrows(IllegalArgumentException::class.java) { Natives.escPos(heap, 384, 8, 384 * 4, true) }
    }

    @Test
    fun noSizeIsBelieved() {
        val sizes = listOf(Int.MIN_VALUE, -1, 0, 1, 383, 384, 576, 65_536, Int.MAX_VALUE)
        for (width in sizes) {
            for (height in sizes) {
                for (stride in sizes) {
                    for (room in listOf(0, 1, 4_096)) {
                        quietly { Natives.frameText(direct(room), width, height, stride) }
                        quietly { Natives.escPos(direct(room), width, height, stride, true) }
                    }
                }
            }
            val fenced = fenced(4_096)
            quietly { Natives.qrPixels(LINK, width, width, fenced.buffer) }
            fenced.check()
        }
    }

    @Test
    fun framesAndSlipsOfAnySizeAreReadToTheirLastByteAndNoFurther() {
        val seed = System.getProperty("seed")?.toLong() ?: System.nanoTime()
        println("seed $seed")
        val dice = Random(seed)
        repeat(400) {
            val (width, height, more) = listOf(dice.nextInt(120), dice.nextInt(60), dice.nextInt(9))
            val stride = width + more
            // A camera's last row has no padding behind it.
            val exact = maxOf(0, stride * (height - 1) + width)
            val room = maxOf(0, exact - dice.nextInt(3) * dice.nextInt(2))
            quietly { assertNull(Natives.frameText(noise(room, dice), width, height, stride)) }
            val wide = if (dice.nextBoolean()) 384 else 576
            val rows = dice.nextInt(40)
            val slip = maxOf(0, wide * 4 * rows - dice.nextInt(2))
            quietly { Natives.escPos(noise(slip, dice), wide, rows, wide * 4, dice.nextBoolean()) }
        }
    }

    /** Refusing is an answer, and the only one besides a result. */
    private fun quietly(call: () -> Unit) {
        try {
            call()
        } catch (refused: IllegalArgumentException) {
            assertTrue(refused.message.orEmpty().length > 10)
        }
    }

    private fun direct(bytes: Int): ByteBuffer = ByteBuffer.allocateDirect(bytes)

    private fun noise(bytes: Int, dice: Random): ByteBuffer =
        direct(bytes).apply { put(ByteArray(bytes).also(dice::nextBytes)) }

    private fun fenced(bytes: Int) = Fenced(bytes)

    /** A buffer with memory before and behind it that nobody may touch. */
    private class Fenced(private val size: Int) {
        private val whole = ByteBuffer.allocateDirect(size + 128).also { all -> repeat(all.capacity()) { all.put(it, FENCE) } }
        val buffer: ByteBuffer = whole.duplicate().apply { position(64).limit(64 + size) }.slice()

        init {
            repeat(size) { buffer.put(it, 0) }
        }

        fun bytes(): List<Byte> = (0 until size).map { buffer.get(it) }

        fun check() {
            val outside = (0 until 64) + (64 + size until whole.capacity())
            assertTrue("memory outside of the buffer was written", outside.all { whole.get(it) == FENCE })
        }
    }
}
