// Is this receipt genuine? The camera or a typed link, then a tick or a cross as large as the hand, and what it means.
package app.raseed.screen

import android.content.ClipboardManager
import android.content.Context
import android.view.View
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.Field
import app.raseed.look.Text

class VerifyScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private var camera: ScanPanel? = null

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
        camera?.show()
        prove()
    }

    override fun hidden() {
        camera?.hide()
    }

    /** From one way of this screen to another. */
    private fun begin() {
        camera?.hide()
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
        camera?.show()
    }

    // ---- with the camera -------------------------------------------------------------------------------------------

    private fun scan() {
        page.content.addView(Text(context, text(R.string.verify_point)))
        camera = ScanPanel(frame, ::found).also(page.content::addView)
        action(BigButton.Kind.Plain, R.drawable.ic_letters, R.string.verify_type, BigButton.PLAIN) {
            typing = true
            begin()
        }
    }

    override fun onPermission(request: Int, granted: Boolean) {
        camera?.allowed(request, granted)
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
            camera?.show()
        }
    }

    private fun paste(): String? {
        val board = context.getSystemService(Context.CLIPBOARD_SERVICE) as? ClipboardManager
        return board?.primaryClip?.takeIf { it.itemCount > 0 }?.getItemAt(0)?.coerceToText(context)?.take(LONGEST)?.toString()
    }

    private fun action(kind: BigButton.Kind, icon: Int, word: Int, height: Int, onTouch: () -> Unit) =
        page.actions.addView(BigButton(context, kind, icon, text(word), height, onTouch))

    private companion object {
        /** A receipt's code has far less. */
        const val LONGEST = 10_000
    }
}
