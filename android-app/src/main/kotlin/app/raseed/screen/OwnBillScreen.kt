// One's own bill at a kiosk: enough to know that it is one's own, and how much is paid. Cash is nobody's to take here.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.Money
import app.raseed.bridge.OwnBillView
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.column

class OwnBillScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val account get() = facts.getString(HouseholdScreen.ACCOUNT).orEmpty()
    private val what = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(account, frame::back)
        content.addView(what)
    }

    override fun shown() {
        val account = account
        ask({ core.book().ownBill(account) }, ::show)
    }

    private fun show(it: OwnBillView) {
        unsay()
        what.removeAllViews()
        page.actions.removeAllViews()
        what.addView(Text(context, text(R.string.kiosk_yours), Type.TITLE, bold = true))
        what.addView(Fact(context, text(R.string.kiosk_name), it.name, strong = true))
        what.addView(Fact(context, text(R.string.kiosk_house), whereabouts(it.house, it.place)))
        dues(it)
        what.addView(Text(context, text(R.string.household_as_of, it.asOf), Type.BODY, R.color.slate))
        page.actions.addView(
            BigButton(context, BigButton.Kind.Plain, R.drawable.ic_back, text(R.string.kiosk_other), onTouch = frame::back),
        )
    }

    private fun dues(it: OwnBillView) {
        val payable = it.payable
        when {
            it.closed -> what.addView(Banner(context, Banner.Kind.Stop, R.drawable.ic_lock, text(R.string.trouble_account_closed)))
            payable == null -> what.addView(Banner(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.household_nothing)))
            else -> {
                what.addView(AmountView(context, payable.text))
                page.actions.addView(take(BigButton.Kind.Primary, R.drawable.ic_rupee, R.string.kiosk_pay_all, payable))
                it.arrearsOnly?.let { arrears -> page.actions.addView(take(BigButton.Kind.Plain, R.drawable.ic_clock, R.string.household_arrears, arrears)) }
            }
        }
    }

    private fun take(kind: BigButton.Kind, icon: Int, word: Int, money: Money) =
        BigButton(context, kind, icon, text(word, money.text), BigButton.MONEY) {
            frame.go(Place(Screens.HOW).with(HouseholdScreen.ACCOUNT, account).with(CashScreen.PAISE, money.paise).with(PaymentFacts.CASHLESS, true))
        }
}
