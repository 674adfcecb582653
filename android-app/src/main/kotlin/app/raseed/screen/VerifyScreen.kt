// Is this receipt genuine? The camera or a typed link, then a tick or a cross as large as the hand, and what it means.
package app.raseed.screen

import android.Manifest
import android.content.ClipboardManager
import android.content.Context
import android.view.TextureView
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Field
import app.raseed.look.Text
import app.raseed.look.dp
import app.raseed.scan.QrCamera
import app.raseed.scan.ScanState

class VerifyScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private var camera: QrCamera? = null
    private var seen = false

    /** What was scanned or typed, once it is to be proven; it comes from outside and is only ever handed to the core. */
    private var text: String?
        get() = facts.getString("text")
        set(text) = facts.putString("text", text)

    private var typing: Boolean
        get() = facts.getBoolean("typing")
        set(yes) = facts.putBoolean("typing", yes)

    override fun build(): View = page.apply {
        title(text(R.string.verify_title), frame::back)
        begin()
    }

    override fun shown() {
        seen = true
        camera?.open()
        prove()
    }

    override fun hidden() {
        seen = false
        camera?.close()
    }

    /** From one way of this screen to another. */
    private fun begin() {
        camera?.close()
        camera = null
        clear()
        when {
            text != null -> Unit
            typing -> type()
            else -> scan()
        }
    }

    private fun clear() {
        unsay()
        page.content.removeAllViews()
        page.actions.removeAllViews()
    }

    private fun prove() {
        val text = text ?: return
        ask({ core.receipts().verify(text) }) { found ->
            clear()
            VerdictView.show(page.content, found)
            action(BigButton.Kind.Primary, R.drawable.ic_qr, R.string.verify_another, BigButton.MONEY, ::another)
        }
    }

    private fun another() {
        text = null
        facts.remove("typed")
        begin()
        camera?.open()
    }

    // ---- with the camera -------------------------------------------------------------------------------------------

    private fun scan() {
        val preview = TextureView(context)
        val says = LinearLayout(context).apply { orientation = LinearLayout.VERTICAL }
        page.content.addView(Text(context, text(R.string.verify_point)))
        page.content.addView(says)
        page.content.addView(preview, LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, context.dp(PREVIEW)))
        val type = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_letters, text(R.string.verify_type)) {
            typing = true
            begin()
        }
        page.actions.addView(type)
        camera = QrCamera(context, preview) { state ->
            says.removeAllViews()
            // While it opens it must be there to be drawn on.
            preview.visibility = if (state is ScanState.Looking) View.VISIBLE else View.GONE
            heard(state, says)
        }
    }

    private fun heard(state: ScanState, says: LinearLayout) {
        fun trouble(words: Int) = says.addView(Banner(context, Banner.Kind.Wait, R.drawable.ic_camera, text(words)))
        when (state) {
            ScanState.Looking -> Unit
            ScanState.NoCamera -> trouble(R.string.verify_no_camera)
            ScanState.InUse -> trouble(R.string.verify_in_use)
            ScanState.NotAllowed -> {
                trouble(R.string.verify_not_allowed)
                if (page.actions.childCount == 1) {
                    val allow = BigButton(context, BigButton.Kind.Primary, R.drawable.ic_camera, text(R.string.verify_allow), onTouch = ::allow)
                    page.actions.addView(allow, 0)
                }
            }
            is ScanState.Found -> found(state.text)
        }
    }

    private fun allow() = frame.activity.requestPermissions(arrayOf(Manifest.permission.CAMERA), 0)

    override fun onPermission(request: Int, granted: Boolean) {
        if (!granted || camera == null) return
        begin()
        if (seen) camera?.open()
    }

    private fun found(scanned: String) {
        text = scanned
        prove()
    }

    // ---- typed -----------------------------------------------------------------------------------------------------

    private fun type() {
        val field = Field(context, text(R.string.verify_typed), R.drawable.ic_letters) { facts.putString("typed", it) }
        field.letters = true
        field.text = facts.getString("typed").orEmpty()
        page.content.addView(field)
        action(BigButton.Kind.Primary, R.drawable.ic_check, R.string.verify_check, BigButton.PLAIN) {
            field.text.trim().takeIf(String::isNotEmpty)?.let(::found)
        }
        action(BigButton.Kind.Plain, R.drawable.ic_notes, R.string.verify_paste, BigButton.PLAIN) { paste()?.let { field.text = it } }
        action(BigButton.Kind.Plain, R.drawable.ic_camera, R.string.verify_camera, BigButton.PLAIN) {
            typing = false
            begin()
            camera?.open()
        }
    }

    private fun paste(): String? {
        val board = context.getSystemService(Context.CLIPBOARD_SERVICE) as? ClipboardManager
        return board?.primaryClip?.takeIf { it.itemCount > 0 }?.getItemAt(0)?.coerceToText(context)?.take(LONGEST)?.toString()
    }

    private fun action(kind: BigButton.Kind, icon: Int, word: Int, height: Int, onTouch: () -> Unit) =
        page.actions.addView(BigButton(context, kind, icon, text(word), height, onTouch))

    private companion object {
        const val PREVIEW = 300

        /** A receipt's code has far less. */
        const val LONGEST = 10_000
    }
}
