// Setting the supervisor's PIN, or changing it: the old one if there is one, the new one, the new one once more. What is typed
// stands nowhere but here: a device that is turned meanwhile asks again from the beginning.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.Trouble
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.PinEntry
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column

class PinScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private enum class Step(val words: Int) {
        Old(R.string.pin_old),
        New(R.string.pin_new),
        Again(R.string.pin_again),
    }

    private val asks = column(context, Size.GRID)
    private val entry = PinEntry(context)
    private var first = Step.New
    private var step = Step.New
    private var old: String? = null
    private var new = ""

    override fun build(): View = page.apply {
        title(text(R.string.pin_title), frame::back)
        content.addView(asks)
    }

    override fun shown() = ask({ core.device().hasPin() }) { hasPin ->
        first = if (hasPin) Step.Old else Step.New
        begin()
    }

    private fun begin() {
        old = null
        new = ""
        draw(first)
    }

    private fun draw(step: Step) {
        this.step = step
        entry.clear()
        asks.removeAllViews()
        asks.addView(Text(context, text(step.words)))
        asks.addView(entry.dots)
        page.actions.removeAllViews()
        page.actions.addView(entry.pad)
        page.actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, text(R.string.pin_go_on), BigButton.MONEY, ::goOn))
    }

    private fun goOn() {
        unsay()
        when (step) {
            Step.Old -> {
                old = entry.typed
                draw(Step.New)
            }
            Step.New -> {
                new = entry.typed
                draw(Step.Again)
            }
            Step.Again -> if (entry.typed == new) set() else differs()
        }
    }

    private fun differs() {
        draw(Step.New)
        say(Trouble(text(R.string.pin_differs), Banner.Kind.Wait))
    }

    private fun set() {
        val (old, new) = old to new
        ask({ core.device().setPin(old, new) }) { done() }
    }

    private fun done() {
        begin()
        asks.removeAllViews()
        asks.addView(Banner(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.pin_set)))
        page.actions.removeAllViews()
        page.actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, text(R.string.pin_go_on), BigButton.MONEY, onTouch = frame::back))
    }

    override fun failed(error: Throwable) {
        begin()
        super.failed(error)
    }
}
