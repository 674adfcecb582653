// The code on a bill, by camera: what it says is typed into the search. Without a camera nothing is lost: the number can be typed.
package app.raseed.screen

import android.Manifest
import android.view.TextureView
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.frame.Screen
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Page
import app.raseed.look.Size
import app.raseed.look.column
import app.raseed.scan.QrCamera
import app.raseed.scan.ScanState

class ScanScreen(frame: Frame, place: Place) : Screen(frame, place) {
    private val preview = TextureView(context)
    private val said = column(context, Size.GRID)
    private val camera = QrCamera(context, preview, ::tell)

    override fun build(): View = Page(context).apply {
        title(text(R.string.scan_title), ::leave)
        preview.contentDescription = text(R.string.scan_look)
        fill(preview)
        actions.addView(said)
        actions.addView(BigButton(context, BigButton.Kind.Plain, R.drawable.ic_keypad, text(R.string.scan_type), BigButton.MONEY, ::leave))
    }

    override fun shown() = look()

    override fun hidden() = camera.close()

    override fun back(): Boolean {
        leave()
        return true
    }

    override fun onPermission(request: Int, granted: Boolean) = look()

    private fun look() {
        preview.visibility = View.VISIBLE
        camera.open()
    }

    private fun leave() = search(facts.getString(FindScreen.TYPED).orEmpty())

    private fun search(typed: String) = frame.replace(Place(Screens.FIND).with(FindScreen.TYPED, typed))

    private fun tell(state: ScanState) {
        said.removeAllViews()
        // Where there is no picture there is no black hole either; the words stay where the thumb is.
        preview.visibility = if (state == ScanState.Looking) View.VISIBLE else View.INVISIBLE
        when (state) {
            is ScanState.Found -> search(state.text.trim())
            ScanState.Looking -> say(Banner.Kind.Calm, R.drawable.ic_camera, R.string.scan_look)
            ScanState.NoCamera -> say(Banner.Kind.Calm, R.drawable.ic_camera, R.string.scan_no_camera)
            ScanState.InUse -> say(Banner.Kind.Wait, R.drawable.ic_camera, R.string.scan_in_use)
            ScanState.NotAllowed -> {
                say(Banner.Kind.Wait, R.drawable.ic_camera, R.string.scan_not_allowed)
                said.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_camera, text(R.string.scan_allow)) { allow() })
            }
        }
    }

    private fun allow() = frame.activity.requestPermissions(arrayOf(Manifest.permission.CAMERA), 0)

    private fun say(kind: Banner.Kind, icon: Int, words: Int) =
        said.addView(Banner(context, kind, icon, text(words)), LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT))
}
