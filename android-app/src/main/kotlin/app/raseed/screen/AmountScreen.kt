// Another amount than what is due: as it is typed, what it would settle, or why it may not be taken.
package app.raseed.screen

import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.AmountView as Amount
import app.raseed.bridge.PreviewView
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Figures
import app.raseed.look.NumberPad
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column

class AmountScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val account get() = facts.getString(HouseholdScreen.ACCOUNT).orEmpty()
    private val figures = Figures(LONGEST, facts.getString(TYPED).orEmpty(), ::typed)
    private val amount = AmountView(context)
    private val settles = column(context, 0)
    private val go = column(context, 0)

    override fun build(): View = page.apply {
        title(text(R.string.amount_title), frame::back)
        content.addView(amount)
        content.addView(settles)
        actions.addView(NumberPad(context, NumberPad.Corner.TwoZeros, figures::add, figures::erase, figures::clear))
        actions.addView(go)
    }

    override fun shown() = look(figures.text)

    private fun typed(text: String) {
        facts.putString(TYPED, text)
        look(text)
    }

    private fun look(typed: String) {
        if (typed.isEmpty()) return empty()
        val account = account
        ask({
            val amount = core.collect().readAmount(typed)
            amount to runCatching { core.collect().previewCashless(account, amount.money.paise) }
        }) { (amount, preview) -> if (typed == figures.text) show(amount, preview) }
    }

    private fun empty() {
        unsay()
        amount.show(text(R.string.amount_none), text(R.string.amount_hint))
        settles.removeAllViews()
        go.removeAllViews()
    }

    private fun show(read: Amount, preview: Result<PreviewView>) {
        unsay()
        amount.show(read.money.text, read.words)
        settles.removeAllViews()
        go.removeAllViews()
        preview.fold(::allowed, ::failed)
    }

    /** Also when it cannot even be read: nothing of what stood there before may stay. */
    override fun failed(error: Throwable) {
        settles.removeAllViews()
        go.removeAllViews()
        super.failed(error)
    }

    private fun allowed(it: PreviewView) {
        val left = it.left
        if (left == null) settles.addView(Text(context, text(R.string.amount_nothing_left))) else fact(R.string.amount_left, left.text)
        it.toAdvance?.let { advance -> fact(R.string.amount_advance, advance.text) }
        it.periods?.let { months -> fact(R.string.amount_months, months) }
        for (line in it.lines) settles.addView(Fact(context, line.head, line.money.text))
        val take = BigButton(context, BigButton.Kind.Primary, R.drawable.ic_rupee, text(R.string.amount_take, it.amount.money.text), BigButton.MONEY) {
            frame.go(Place(Screens.HOW).with(HouseholdScreen.ACCOUNT, account).with(CashScreen.PAISE, it.amount.money.paise))
        }
        go.addView(take, LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT))
    }

    private fun fact(name: Int, value: String) = settles.addView(Fact(context, text(name), value))

    private companion object {
        const val TYPED = "typed"

        /** Rupees without paise; more digits than any receipt may have. */
        const val LONGEST = 8
    }
}
