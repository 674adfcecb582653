// Draws a slip as wide as the paper, with the platform's own text engine: it alone shapes Indian scripts. It decides nothing
// about what stands on the slip.
package app.raseed.print

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.graphics.Typeface
import android.os.Build
import android.text.Layout
import android.text.Layout.Alignment
import android.text.StaticLayout
import android.text.TextPaint
import app.raseed.bridge.HeadingBlock
import app.raseed.bridge.LineBlock
import app.raseed.bridge.Natives
import app.raseed.bridge.NoteBlock
import app.raseed.bridge.QrBlock
import app.raseed.bridge.RowBlock
import app.raseed.bridge.RuleBlock
import app.raseed.bridge.SlipBlock
import app.raseed.bridge.TotalBlock
import app.raseed.bridge.WordsBlock
import java.nio.ByteBuffer
import java.util.Locale

/** The roll: [dots] across the paper, eight to the millimetre. */
enum class Roll(val dots: Int) {
    MM58(384),
    MM80(576),
}

/** Draws slips for one roll. [locale] is that of the slip's language: scripts that share letters differ in their forms. */
class Paper(private val roll: Roll, private val locale: Locale) {
    private val inner = roll.dots - 2 * EDGE

    private val heading = type(HEADING, bold = true)
    private val total = type(TOTAL, bold = true)
    private val bold = type(BODY, bold = true)
    private val body = type(BODY)
    private val note = type(NOTE)

    /** The slip in black on white. Edges of letters are grey here; the library makes dots of them. */
    fun draw(blocks: List<SlipBlock>): Bitmap {
        val parts = blocks.map(::part)
        val height = parts.sumOf { it.height } + 2 * TOP
        val bitmap = Bitmap.createBitmap(roll.dots, height, Bitmap.Config.ARGB_8888)
        val canvas = Canvas(bitmap)
        canvas.drawColor(Color.WHITE)
        var top = TOP
        for (part in parts) {
            part.draw(canvas, top)
            top += part.height
        }
        return bitmap
    }

    /** The slip as bytes for a printer: bands, each to be sent whole. */
    fun bands(blocks: List<SlipBlock>, cut: Boolean): Array<ByteArray> {
        val bitmap = draw(blocks)
        val pixels = ByteBuffer.allocateDirect(bitmap.byteCount)
        bitmap.copyPixelsToBuffer(pixels)
        val bands = Natives.escPos(pixels, bitmap.width, bitmap.height, bitmap.rowBytes, cut)
        bitmap.recycle()
        return bands
    }

    private fun part(block: SlipBlock): Part = when (block) {
        is HeadingBlock -> Lines(block.text, heading, Alignment.ALIGN_CENTER, below = GAP)
        // Bold, because it says whether this is a second print.
        is LineBlock -> Lines(block.text, bold, Alignment.ALIGN_CENTER)
        is RowBlock -> pair(block.label, block.value, body)
        is TotalBlock -> pair(block.label, block.value, total)
        is RuleBlock -> rule
        is QrBlock -> Symbol(block.text)
        is NoteBlock -> Lines(block.text, note, Alignment.ALIGN_CENTER)
        is WordsBlock -> Lines(block.text, bold, Alignment.ALIGN_NORMAL)
    }

    /** On one line, or under each other where they do not fit beside each other. */
    private fun pair(label: String, value: String, type: TextPaint): Part =
        if (type.measureText(label) + type.measureText(value) + BETWEEN <= inner) {
            Beside(Lines(label, type, Alignment.ALIGN_NORMAL), Lines(value, type, Alignment.ALIGN_OPPOSITE))
        } else {
            Under(Lines(label, type, Alignment.ALIGN_NORMAL), Lines(value, type, Alignment.ALIGN_OPPOSITE))
        }

    private fun type(size: Float, bold: Boolean = false) = TextPaint(Paint.ANTI_ALIAS_FLAG).apply {
        color = Color.BLACK
        textSize = size
        textLocale = locale
        typeface = if (bold) Typeface.DEFAULT_BOLD else Typeface.DEFAULT
        // Figures of one width, so that amounts stand under each other.
        fontFeatureSettings = "tnum"
    }

    /** Something as wide as the paper. */
    private interface Part {
        val height: Int
        fun draw(canvas: Canvas, top: Int)
    }

    private inner class Lines(text: String, type: TextPaint, alignment: Alignment, private val below: Int = 0) : Part {
        private val layout = StaticLayout.Builder.obtain(text, 0, text.length, type, inner)
            .setAlignment(alignment)
            .setIncludePad(true)
            .setBreakStrategy(Layout.BREAK_STRATEGY_BALANCED)
            // Marks above and below the line must not touch.
            .setLineSpacing(LEADING, 1f)
            .apply { if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.P) setUseLineSpacingFromFallbacks(true) }
            .build()

        override val height get() = layout.height + LEADING.toInt() + below

        override fun draw(canvas: Canvas, top: Int) {
            canvas.save()
            canvas.translate(EDGE.toFloat(), top.toFloat())
            layout.draw(canvas)
            canvas.restore()
        }
    }

    private class Beside(private val label: Part, private val value: Part) : Part {
        override val height = maxOf(label.height, value.height)

        override fun draw(canvas: Canvas, top: Int) {
            label.draw(canvas, top)
            value.draw(canvas, top)
        }
    }

    private class Under(private val label: Part, private val value: Part) : Part {
        override val height = label.height + value.height

        override fun draw(canvas: Canvas, top: Int) {
            label.draw(canvas, top)
            value.draw(canvas, top + label.height)
        }
    }

    private val rule = object : Part {
        private val ink = Paint().apply { color = Color.BLACK }
        override val height = 2 * AROUND_RULE + RULE

        override fun draw(canvas: Canvas, top: Int) {
            val y = (top + AROUND_RULE).toFloat()
            canvas.drawRect(EDGE.toFloat(), y, (EDGE + inner).toFloat(), y + RULE, ink)
        }
    }

    /** The code with its quiet zone, in the middle; its modules are whole dots. */
    private inner class Symbol(text: String) : Part {
        private val bitmap: Bitmap

        init {
            val pixels = ByteBuffer.allocateDirect(roll.dots * roll.dots * 4)
            val side = Natives.qrPixels(text, MODULE, roll.dots, pixels)
            bitmap = Bitmap.createBitmap(side, side, Bitmap.Config.ARGB_8888)
            bitmap.copyPixelsFromBuffer(pixels)
        }

        override val height get() = bitmap.height

        override fun draw(canvas: Canvas, top: Int) {
            canvas.drawBitmap(bitmap, ((roll.dots - bitmap.width) / 2).toFloat(), top.toFloat(), null)
        }
    }

    private companion object {
        // Sizes of type in dots; eight are a millimetre.
        const val HEADING = 36f
        const val TOTAL = 34f
        const val BODY = 26f
        const val NOTE = 23f

        /** Dots of a QR module: half a millimetre is what a cheap phone still reads from a crumpled slip. */
        const val MODULE = 4
        const val EDGE = 4
        const val TOP = 8
        const val GAP = 4
        const val BETWEEN = 16
        const val LEADING = 3f
        const val RULE = 2
        const val AROUND_RULE = 7
    }
}
