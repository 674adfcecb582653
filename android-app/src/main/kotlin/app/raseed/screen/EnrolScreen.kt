// Joining this device to a head office: scan or type the link that the supervisor shows, see whose it is, say yes.
package app.raseed.screen

import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Field
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column

class EnrolScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val middle = column(context, Size.GRID)
    private val below = column(context, Size.GRID)
    private var scan: ScanPanel? = null
    private var seen = false

    override fun build(): View = page.apply {
        title(text(R.string.enrol_title), frame::back)
        content.addView(middle)
        actions.addView(below)
        draw()
    }

    override fun shown() {
        seen = true
        scan?.show()
    }

    override fun hidden() {
        seen = false
        scan?.hide()
    }

    override fun onPermission(request: Int, granted: Boolean) {
        scan?.allowed(request, granted)
    }

    private fun draw() {
        scan?.hide()
        scan = null
        middle.removeAllViews()
        below.removeAllViews()
        when {
            facts.containsKey(OFFICE) -> drawQuestion()
            facts.getBoolean(TYPING) -> drawTyping()
            else -> drawScanning()
        }
    }

    private fun drawScanning() {
        middle.addView(Text(context, text(R.string.enrol_why)))
        val panel = ScanPanel(frame, ::read)
        scan = panel
        middle.addView(panel, LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT))
        below.addView(plain(R.string.enrol_type, R.drawable.ic_letters) { typing(true) })
        if (seen) panel.show()
    }

    private fun drawTyping() {
        middle.addView(Text(context, text(R.string.enrol_type_why)))
        val field = Field(context, text(R.string.enrol_link), R.drawable.ic_qr) { facts.putString(LINK, it) }
        field.letters = true
        // All of it in sight, to be compared with the supervisor's screen.
        field.long()
        field.text = facts.getString(LINK).orEmpty()
        middle.addView(field)
        below.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, text(R.string.enrol_go_on)) { read(field.text) })
        below.addView(plain(R.string.enrol_scan, R.drawable.ic_camera) { typing(false) })
    }

    private fun drawQuestion() {
        middle.addView(Text(context, text(R.string.enrol_question)))
        middle.addView(Fact(context, text(R.string.enrol_office), facts.getString(OFFICE).orEmpty()))
        below.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_check, text(R.string.enrol_yes), BigButton.MONEY, ::enrol))
        below.addView(plain(R.string.enrol_no, R.drawable.ic_cross, ::again))
    }

    private fun plain(word: Int, icon: Int, onTouch: () -> Unit) =
        BigButton(context, BigButton.Kind.Plain, icon, text(word), onTouch = onTouch)

    private fun typing(yes: Boolean) {
        unsay()
        facts.putBoolean(TYPING, yes)
        draw()
    }

    private fun again() {
        facts.remove(OFFICE)
        draw()
    }

    private fun read(link: String) {
        facts.putString(LINK, link)
        ask({ core.device().readLink(link) }) { office ->
            unsay()
            facts.putString(OFFICE, office)
            draw()
        }
    }

    /** The network is asked; asking again with the same link is harmless. */
    private fun enrol() {
        val link = facts.getString(LINK).orEmpty()
        askSlowly({ core.device().enrol(link) }) { frame.restart(Place(Screens.HOME)) }
    }

    override fun failed(error: Throwable) {
        facts.remove(OFFICE)
        super.failed(error)
        draw()
    }

    private companion object {
        const val LINK = "link"
        const val OFFICE = "office"
        const val TYPING = "typing"
    }
}
