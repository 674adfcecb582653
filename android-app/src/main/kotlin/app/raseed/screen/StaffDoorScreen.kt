// The way in for the staff of a kiosk: the supervisor's PIN. Wrong ones are counted by the core, which makes everybody wait.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.PinEntry
import app.raseed.look.Text

class StaffDoorScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val entry = PinEntry(context)

    override fun build(): View = page.apply {
        title(text(R.string.staff_title), frame::back)
        content.addView(Text(context, text(R.string.staff_pin)))
        content.addView(entry.dots)
        actions.addView(entry.pad)
        actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_lock, text(R.string.staff_enter), BigButton.MONEY, ::enter))
    }

    /** Before the first PIN there is nothing that it could guard; the staff's first screen asks for one. */
    override fun shown() = ask({ core.device().hasPin() }) { if (!it) enterNow() }

    private fun enter() {
        val typed = entry.typed
        entry.clear()
        ask({ core.device().checkPin(typed) }) { enterNow() }
    }

    private fun enterNow() {
        frame.pos.frontDoor.open()
        frame.restart(Place(Screens.HOME))
    }
}
