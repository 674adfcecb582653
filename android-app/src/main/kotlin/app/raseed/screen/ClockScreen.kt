// The clock of the device is behind its newest record: set it right, or say why it is right. Money waits until then.
package app.raseed.screen

import android.content.ActivityNotFoundException
import android.content.Intent
import android.provider.Settings
import android.view.View
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Field
import app.raseed.look.HoldButton
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column

class ClockScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val clocks = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(text(R.string.clock_title), frame::back)
        content.addView(Text(context, text(R.string.clock_why)))
        content.addView(clocks)
        val reason = Field(context, text(R.string.clock_reason), R.drawable.ic_clock) { this@ClockScreen.facts.putString(REASON, it) }
        reason.text = this@ClockScreen.facts.getString(REASON).orEmpty()
        reason.letters = true
        reason.long()
        content.addView(reason)
        actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_settings, text(R.string.clock_set), onTouch = ::settings))
        actions.addView(HoldButton(context, BigButton.Kind.Plain, R.drawable.ic_check, text(R.string.clock_confirm)) { confirm() })
    }

    /** Again when the person comes back from the settings. */
    override fun shown() = ask({ core.device().clocks() }) {
        clocks.removeAllViews()
        clocks.addView(Fact(context, text(R.string.clock_device), it.device))
        clocks.addView(Fact(context, text(R.string.clock_newest), it.newest))
    }

    private fun settings() = try {
        frame.activity.startActivity(Intent(Settings.ACTION_DATE_SETTINGS))
    } catch (_: ActivityNotFoundException) {
        // A terminal that hides its settings: the supervisor has another way.
    }

    private fun confirm() {
        val reason = facts.getString(REASON).orEmpty()
        ask({ core.device().confirmClock(core.home().staff ?: DEVICE, reason) }) { frame.restart(Place(Screens.HOME)) }
    }

    private companion object {
        const val REASON = "reason"

        /** Before any shift nobody is known by name. */
        const val DEVICE = "device"
    }
}
