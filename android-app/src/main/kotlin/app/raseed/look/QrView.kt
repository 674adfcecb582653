// A QR code as large as there is room: black on white in every theme, whole dots, a quiet border of four.
package app.raseed.look

import android.content.Context
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Paint
import android.graphics.Rect
import android.view.View
import android.widget.LinearLayout
import app.raseed.R

/** Give it a bitmap of one pixel a module, without a border. */
class QrView(context: Context) : View(context) {
    private val paper = Paint().apply { color = context.colour(R.color.qr_light) }
    private val dots = Paint().apply { isFilterBitmap = false }
    private var modules: Bitmap? = null

    init {
        contentDescription = context.getString(R.string.qr_code)
        layoutParams = LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT)
    }

    fun show(modules: Bitmap) {
        this.modules = modules
        requestLayout()
        invalidate()
    }

    /** [argb] has [side] x [side] pixels. */
    fun show(side: Int, argb: IntArray) = show(Bitmap.createBitmap(argb, side, side, Bitmap.Config.ARGB_8888))

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec)
        val height = MeasureSpec.getSize(heightSpec)
        val side = if (MeasureSpec.getMode(heightSpec) == MeasureSpec.UNSPECIFIED) width else minOf(width, height)
        setMeasuredDimension(width, side)
    }

    override fun onDraw(canvas: Canvas) {
        val code = modules ?: return
        // A dot is a whole number of pixels, or a cheap camera sees stripes.
        val dot = maxOf(1, minOf(width, height) / (code.width + BORDER + BORDER))
        val side = dot * code.width
        val border = dot * BORDER
        val left = (width - side) / 2
        val top = (height - side) / 2
        canvas.drawRect(Rect(left - border, top - border, left + side + border, top + side + border), paper)
        canvas.drawBitmap(code, null, Rect(left, top, left + side, top + side), dots)
    }

    private companion object {
        const val BORDER = 4
    }
}
