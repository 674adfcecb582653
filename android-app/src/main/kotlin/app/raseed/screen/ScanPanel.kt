// A camera picture that looks for a QR code, and words for when there is none: every screen that scans has one.
package app.raseed.screen

import android.Manifest
import android.view.TextureView
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.look.BigButton
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.dp
import app.raseed.look.Type
import app.raseed.scan.QrCamera
import app.raseed.scan.ScanState

/** [show] it when the screen is seen and [hide] it when not; [found] is told once for each time it was opened. */
class ScanPanel(private val frame: Frame, private val found: (String) -> Unit) : LinearLayout(frame.activity) {
    private val picture = TextureView(frame.activity)
    private val words = Text(frame.activity, "", Type.BODY)
    private val allow = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_camera, context.getString(R.string.scan_allow)) {
        frame.activity.requestPermissions(arrayOf(Manifest.permission.CAMERA), PERMISSION)
    }
    private val camera = QrCamera(frame.activity, picture, ::tell)

    init {
        orientation = VERTICAL
        picture.contentDescription = context.getString(R.string.scan_picture)
        addView(picture, LayoutParams(LayoutParams.MATCH_PARENT, context.dp(HEIGHT)))
        addView(words, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = context.dp(Size.GRID) })
        addView(allow)
        tell(ScanState.Looking)
    }

    fun show() {
        // It must be there to be drawn on.
        picture.visibility = View.VISIBLE
        camera.open()
    }

    fun hide() = camera.close()

    /** The answer to the question for the camera; others are passed over. */
    fun allowed(request: Int, granted: Boolean) = when {
        request != PERMISSION -> Unit
        granted -> show()
        else -> tell(ScanState.NotAllowed)
    }

    private fun tell(state: ScanState) {
        val (text, seen) = when (state) {
            ScanState.Looking -> R.string.scan_looking to true
            ScanState.NoCamera -> R.string.scan_no_camera to false
            ScanState.NotAllowed -> R.string.scan_not_allowed to false
            ScanState.InUse -> R.string.scan_in_use to false
            is ScanState.Found -> R.string.scan_found to true
        }
        words.setText(text)
        picture.visibility = if (seen) View.VISIBLE else View.GONE
        allow.visibility = if (state == ScanState.NotAllowed) View.VISIBLE else View.GONE
        if (state is ScanState.Found) found(state.text)
    }

    companion object {
        private const val PERMISSION = 11
        private const val HEIGHT = 260
    }
}
