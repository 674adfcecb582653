// A complaint about a payment: opened when the payer says that it is paid, then its number and by when it is settled, on paper and
// as a message. One payment has one complaint, however often it is asked for.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.ComplaintView
import app.raseed.bridge.core
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.Field
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.column
import app.raseed.look.sendText
import app.raseed.sync.SyncSchedule

class ComplaintScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val payment get() = facts.getString(PaymentFacts.PAYMENT).orEmpty()
    private val language get() = ReceiptLanguage(context).last
    private val paper = SlipPrint(frame, ::offer)
    private val what = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(text(R.string.complaint_title), frame::back)
        content.addView(paper.says)
        content.addView(what)
    }

    override fun shown() {
        paper.shown()
        val payment = payment
        ask({
            val payments = core.payments()
            payments.show(payment).complaint?.let { payments.complaint(payment) }
        }) { if (it == null) drawForm() else show(it) }
    }

    override fun hidden() = paper.hidden()

    // ---- opening it ----------------------------------------------------------------------------------------------------

    private fun drawForm() {
        unsay()
        what.removeAllViews()
        page.actions.removeAllViews()
        what.addView(Text(context, text(R.string.complaint_why)))
        val field = Field(context, text(R.string.complaint_reference), R.drawable.ic_receipt) { facts.putString(REFERENCE, it) }
        field.text = facts.getString(REFERENCE).orEmpty()
        field.letters = true
        what.addView(field)
        page.actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_message, text(R.string.complaint_open), BigButton.MONEY, ::open))
    }

    private fun open() {
        val (payment, reference) = payment to facts.getString(REFERENCE)?.trim()?.ifEmpty { null }
        ask({ core.payments().complain(payment, reference, core.device().staff()) }) {
            SyncSchedule.soon(context)
            show(it)
        }
    }

    // ---- and what stands in it -----------------------------------------------------------------------------------------

    private fun show(it: ComplaintView) {
        unsay()
        what.removeAllViews()
        what.addView(Text(context, it.complaint, Type.LARGE, bold = true))
        what.addView(Text(context, it.cause))
        what.addView(AmountView(context, it.money.text))
        what.addView(column(context, 0).apply {
            fun fact(name: Int, value: String, strong: Boolean = false) = addView(Fact(context, text(name), value, strong))
            fact(R.string.complaint_promised, it.promised, strong = true)
            fact(R.string.complaint_bank, it.bankDue, strong = true)
            fact(R.string.complaint_payment, it.payment)
            fact(R.string.receipt_when, it.`when`)
            it.account?.let { account -> fact(R.string.receipt_account, account) }
            it.reference?.let { reference -> fact(R.string.complaint_reference, reference) }
        })
        offer()
    }

    private fun offer() {
        page.actions.removeAllViews()
        page.actions.addView(beside(context, paper.button(::print), BigButton(context, BigButton.Kind.Plain, R.drawable.ic_message, text(R.string.receipt_send), onTouch = ::send)))
    }

    private fun print() {
        val (payment, language) = payment to language
        ask({ core.payments().complaintSlip(payment, language.core) }) { paper.start(it, language) }
    }

    private fun send() {
        val (payment, language) = payment to language.core
        ask({ core.payments().complaintText(payment, language) }) { sendText(frame.activity, it, text(R.string.receipt_send)) }
    }

    private companion object {
        const val REFERENCE = "reference"
    }
}
