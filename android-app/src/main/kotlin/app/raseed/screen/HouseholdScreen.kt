// One household: what it owes today and why, what it paid last. The thumb says how much is taken.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.DemandView
import app.raseed.bridge.HouseholdView
import app.raseed.bridge.Money
import app.raseed.bridge.PaymentDetails
import app.raseed.bridge.PaymentView
import app.raseed.bridge.Troubles
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Chip
import app.raseed.look.Fact
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.column

class HouseholdScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val account get() = facts.getString(ACCOUNT).orEmpty()
    private val what = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(account, frame::back)
        content.addView(what)
    }

    override fun shown() {
        val account = account
        ask({ core.book().household(account) to core.payments().pending().firstOrNull { it.account == account } }) { (household, pending) ->
            show(household, pending)
        }
    }

    private fun show(it: HouseholdView, pending: PaymentDetails?) {
        unsay()
        what.removeAllViews()
        who(it)
        if (it.closed) {
            what.addView(Banner(context, Banner.Kind.Stop, R.drawable.ic_lock, text(R.string.trouble_account_closed)))
        } else {
            today(it)
        }
        bills(it.demands)
        if (!it.closed) what.addView(plain(R.drawable.ic_print, R.string.household_paper, Place(Screens.PAPER_BILL)))
        payments(it.payments)
        asOf(it)
        offer(it, pending)
    }

    private fun who(it: HouseholdView) {
        val phone = it.phoneLast4.ifEmpty { null }?.let { digits -> text(R.string.household_phone, digits) }
        val under = listOfNotNull(whereabouts(it.house, it.place), phone).joinToString(" · ")
        what.addView(column(context, 0).apply {
            addView(Text(context, bothNames(it.name, it.nameLatin), Type.TITLE, bold = true))
            addView(Text(context, under, Type.BODY, R.color.slate))
        })
    }

    private fun today(it: HouseholdView) {
        val payable = it.payable
        if (payable == null) {
            what.addView(Banner(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.household_nothing)))
        } else {
            what.addView(Fact(context, text(R.string.household_due), payable.text, strong = true))
        }
        what.addView(column(context, 0).apply {
            fact(R.string.household_arrears_in, it.arrearsOnly)
            fact(R.string.household_late_fee, it.lateFee)
            fact(R.string.household_rebate, it.rebate)
            fact(R.string.household_advance, it.advance)
            it.nextDue?.let { day -> addView(Fact(context, text(R.string.household_next_due), day)) }
        })
    }

    private fun android.widget.LinearLayout.fact(name: Int, money: Money?) {
        if (money != null) addView(Fact(context, text(name), money.text))
    }

    private fun bills(demands: List<DemandView>) {
        if (demands.isEmpty()) return
        heading(R.string.household_bills)
        for (demand in demands) what.addView(column(context, 0).apply {
            addView(Fact(context, demand.period, demand.payable.text, strong = true))
            if (demand.overdue) addView(Chip(context, Banner.Kind.Wait, R.drawable.ic_clock, text(R.string.household_overdue, demand.dueOn)))
            for (line in demand.lines) addView(Fact(context, line.head, line.money.text))
        })
    }

    private fun payments(payments: List<PaymentView>) {
        if (payments.isEmpty()) return
        heading(R.string.household_payments)
        for (payment in payments) {
            val receipt = payment.receipt
            what.addView(
                if (receipt == null) {
                    Fact(context, payment.on, payment.money.text)
                } else {
                    RowCard(context, payment.on, text(R.string.household_receipt, receipt), payment.money.text, icon = R.drawable.ic_receipt) {
                        frame.go(Place(Screens.RECEIPT).with(ReceiptScreen.RECEIPT, receipt))
                    }
                },
            )
        }
    }

    private fun asOf(it: HouseholdView) {
        val own = it.ownEntries.toInt()
        val words = listOfNotNull(
            text(R.string.household_as_of, it.asOf),
            if (own == 0) null else text(R.string.household_own, own.toString()),
        )
        what.addView(Text(context, words.joinToString(" "), Type.BODY, R.color.slate))
    }

    private fun heading(words: Int) = what.addView(Text(context, text(words), Type.TITLE, bold = true))

    private fun offer(it: HouseholdView, pending: PaymentDetails?) {
        page.actions.removeAllViews()
        // The core would refuse it too; here it is said before anybody reaches for a purse.
        if (pending != null) return say(Troubles.mayHaveMoved(context, it.account, pending.payment))
        if (it.closed) return
        it.payable?.let { all ->
            page.actions.addView(
                BigButton(context, BigButton.Kind.Primary, R.drawable.ic_rupee, text(R.string.household_all, all.text), BigButton.MONEY) { take(all) },
            )
        }
        it.arrearsOnly?.let { arrears ->
            page.actions.addView(
                BigButton(context, BigButton.Kind.Plain, R.drawable.ic_clock, text(R.string.household_arrears, arrears.text), BigButton.MONEY) { take(arrears) },
            )
        }
        val other = plain(R.drawable.ic_keypad, R.string.household_other, Place(Screens.AMOUNT))
        val bill = it.meter?.let { plain(R.drawable.ic_meter, R.string.household_bill, Place(Screens.BILL)) }
        page.actions.addView(if (bill == null) other else beside(context, other, bill))
    }

    private fun plain(icon: Int, words: Int, place: Place) =
        BigButton(context, BigButton.Kind.Plain, icon, text(words)) { frame.go(place.with(ACCOUNT, account)) }

    private fun take(money: Money) =
        frame.go(Place(Screens.HOW).with(ACCOUNT, account).with(CashScreen.PAISE, money.paise))

    companion object {
        const val ACCOUNT = "account"
    }
}
