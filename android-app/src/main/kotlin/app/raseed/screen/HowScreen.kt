// How somebody pays: the amount stays in sight, the thumb chooses. A way that cannot be chosen says why.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.AmountView as Amount
import app.raseed.bridge.ModeOffer
import app.raseed.bridge.PayMode
import app.raseed.bridge.Refused
import app.raseed.bridge.Troubles
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.column

/** Facts: [HouseholdScreen.ACCOUNT] (none for a sale), [CashScreen.PAISE], [PaymentFacts.NOTE] and [PaymentFacts.CASHLESS] if so. */
class HowScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val account: String? get() = facts.getString(HouseholdScreen.ACCOUNT)
    private val paise get() = facts.getLong(CashScreen.PAISE)
    private val cashless get() = account == null || facts.getBoolean(PaymentFacts.CASHLESS)
    private val what = column(context, Size.GRID)

    /** [noCash]: why this much may not be taken in cash. */
    private class Ways(val amount: Amount, val offers: List<ModeOffer>, val noCash: Throwable?)

    override fun build(): View = page.apply {
        title(text(R.string.how_title), frame::back)
        content.addView(what)
    }

    /** Again whenever it is seen: something may have been paid or set up meanwhile. */
    override fun shown() {
        val (account, paise, cashless) = Triple(account, paise, cashless)
        ask({
            if (account != null) core.collect().previewCashless(account, paise)
            val noCash = if (cashless || account == null) null else runCatching { core.collect().preview(account, paise) }.exceptionOrNull()
            Ways(core.collect().amount(paise), core.payments().modes(), noCash)
        }, ::show)
    }

    override fun failed(error: Throwable) {
        page.actions.removeAllViews()
        super.failed(error)
    }

    private fun show(it: Ways) {
        unsay()
        what.removeAllViews()
        page.actions.removeAllViews()
        what.addView(AmountView(context, it.amount.money.text, it.amount.words))
        account?.let { what.addView(Fact(context, text(R.string.receipt_account), it)) }
        facts.getString(PaymentFacts.NOTE)?.ifEmpty { null }?.let { what.addView(Fact(context, text(R.string.how_note), it)) }
        val offers = it.offers.filter { offer -> offer.mode != PayMode.CASH || !cashless }
        offers.filterNot(ModeOffer::on).forEach { offer -> off(offer, text(R.string.how_off)) }
        for (offer in offers.filter(ModeOffer::on)) {
            val no = it.noCash.takeIf { offer.mode == PayMode.CASH }
            if (no == null) on(offer) else off(offer, (no as? Refused)?.let { refused -> Troubles.of(context, refused).words } ?: throw no)
        }
    }

    private fun on(offer: ModeOffer) {
        val kind = if (offer.mode == PayMode.CASH) BigButton.Kind.Primary else BigButton.Kind.Pay
        page.actions.addView(BigButton(context, kind, offer.mode.icon, offer.name, BigButton.COLLECT) { choose(offer.mode) })
    }

    private fun off(offer: ModeOffer, why: String) = what.addView(RowCard(context, offer.name, why, icon = offer.mode.icon))

    private fun choose(mode: PayMode) {
        val screen = when (mode) {
            PayMode.CASH -> Screens.CASH
            PayMode.UPI -> Screens.PAY_CODE
            PayMode.CARD -> Screens.PAY_CARD
        }
        val place = Place(screen).with(CashScreen.PAISE, paise)
        account?.let { place.with(HouseholdScreen.ACCOUNT, it) }
        facts.getString(PaymentFacts.NOTE)?.let { place.with(PaymentFacts.NOTE, it) }
        frame.go(place)
    }
}
