// A receipt that stands: to be shown, printed, sent. It takes nothing, so it may be opened as often as one likes.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.Profile
import app.raseed.bridge.ReceiptView
import app.raseed.bridge.core
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Signal
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.bright
import app.raseed.look.column
import app.raseed.look.dp
import app.raseed.look.sendText
import app.raseed.print.PrintState
import app.raseed.print.PrinterChoices
import app.raseed.print.PrinterWords

class ReceiptScreen(frame: Frame, place: Place) : StandingReceipt(frame, place) {
    override val language: Language get() = Language.of(facts.getString(LANGUAGE)) ?: ReceiptLanguage(context).last

    private val how = column(context, Size.GRID)
    private val languages = SlipLanguages(context, R.string.receipt_language, { language }) { facts.putString(LANGUAGE, it.tag) }
    private var shown: ReceiptView? = null

    override fun build(): View = page.apply {
        title(text(R.string.receipt_title), frame::back)
        for (part in listOf(how, amount, code, details, languages)) content.addView(part)
        code.contentDescription = text(R.string.receipt_code)
        code.setOnClickListener { enlarge(!facts.getBoolean(LARGE)) }
        enlarge(facts.getBoolean(LARGE))
    }

    /** The code alone, as wide and as bright as the screen can: for the payer's own phone. A touch more, and all is back. */
    private fun enlarge(yes: Boolean) {
        facts.putBoolean(LARGE, yes)
        for (part in listOf(how, amount, details, languages)) part.visibility = if (yes) View.GONE else View.VISIBLE
        val width = if (yes) LinearLayout.LayoutParams.MATCH_PARENT else context.dp(CODE)
        val height = if (yes) LinearLayout.LayoutParams.WRAP_CONTENT else context.dp(CODE)
        code.layoutParams = LinearLayout.LayoutParams(width, height).apply { gravity = Gravity.CENTER_HORIZONTAL }
        frame.activity.window.bright(yes)
    }

    override fun back(): Boolean {
        if (!facts.getBoolean(LARGE)) return false
        enlarge(false)
        return true
    }

    override fun hidden() {
        enlarge(false)
        super.hidden()
    }

    override fun show(it: ReceiptView) {
        shown = it
        amount.show(it.amount.money.text, it.amount.words)
        details.removeAllViews()
        fact(R.string.receipt_number, it.receipt)
        fact(R.string.receipt_when, it.`when`)
        fact(R.string.receipt_account, it.account)
        it.periods?.let { months -> fact(R.string.receipt_months, months) }
        fact(R.string.receipt_mode, it.mode)
        showPrint()
    }

    // ---- on paper --------------------------------------------------------------------------------------------------

    override fun print() {
        facts.putBoolean(BEGUN, true)
        super.print()
    }

    override fun printing(receipt: String, state: PrintState) {
        if (receipt != number) return
        if (state is PrintState.Printed) {
            Signal.Printed.give(context)
            load()
        } else {
            showPrint()
        }
    }

    /** The state of the paper above, what to do about it below. */
    private fun showPrint() {
        val receipt = shown ?: return
        val state = state(receipt)
        how.removeAllViews()
        page.actions.removeAllViews()
        how.addView(said(receipt, state))
        if (receipt.subject) how.addView(Banner(context, Banner.Kind.Wait, R.drawable.ic_wait, text(R.string.receipt_subject)))
        if (state == PrintState.Unconfirmed) askWhetherWhole() else offerPrint(receipt, state)
        page.actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_next, text(if (collects) R.string.receipt_next else R.string.profile_next), BigButton.MONEY) { next() })
    }

    /** A print that was begun by a process that is no more: nobody knows but the person who sees the slip. */
    private fun state(receipt: ReceiptView): PrintState? = prints.state(number)
        ?: if (facts.getBoolean(BEGUN) && receipt.copies == 0u) PrintState.Unconfirmed else null

    private fun said(receipt: ReceiptView, state: PrintState?): Banner = when {
        state != null && state !is PrintState.NoPrinter -> PrinterWords.of(context, state).banner(context)
        receipt.copies > 0u -> Banner(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.receipt_printed))
        facts.getBoolean(AGAIN) -> Banner(context, Banner.Kind.Calm, R.drawable.ic_receipt, text(R.string.receipt_again))
        else -> Banner(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.receipt_taken))
    }

    private fun askWhetherWhole() {
        how.addView(Text(context, text(R.string.receipt_whole), Type.TITLE, bold = true))
        page.actions.addView(
            beside(
                context,
                BigButton(context, BigButton.Kind.Plain, R.drawable.ic_check, text(R.string.receipt_whole_yes)) { cameOut() },
                BigButton(context, BigButton.Kind.Plain, R.drawable.ic_print, text(R.string.receipt_whole_no)) { print() },
            ),
        )
    }

    private fun cameOut() {
        val number = number
        ask({ core.receipts().printed(number) }) {
            prints.forget(number)
            facts.remove(BEGUN)
            load()
        }
    }

    private fun offerPrint(receipt: ReceiptView, state: PrintState?) {
        val send = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_message, text(R.string.receipt_send)) { send() }
        val paper = when {
            state?.isOver == false -> BigButton(context, BigButton.Kind.Plain, R.drawable.ic_stop, text(R.string.receipt_stop)) { frame.pos.printing.stop() }
            PrinterChoices(context).load() == null || state != null && PrinterWords.of(context, state).choose ->
                BigButton(context, BigButton.Kind.Plain, R.drawable.ic_settings, text(R.string.receipt_choose)) { frame.go(Place(Screens.PRINTER)) }
            receipt.copies > 0u -> BigButton(context, BigButton.Kind.Plain, R.drawable.ic_print, text(R.string.receipt_print_again)) { print() }
            else -> BigButton(context, BigButton.Kind.Plain, R.drawable.ic_print, text(R.string.receipt_print)) { print() }
        }
        page.actions.addView(beside(context, paper, send))
    }

    // ---- and otherwise ---------------------------------------------------------------------------------------------

    private fun send() {
        val (number, language) = number to language.core
        ask({ core.receipts().text(number, language) }) { sendText(frame.activity, it, text(R.string.receipt_send)) }
    }

    /** From door to door the next one is a household; elsewhere whatever comes. */
    private val collects get() = frame.pos.frontDoor.profile == Profile.COLLECTOR

    private fun next() {
        frame.restart(Place(Screens.HOME))
        if (collects) frame.go(Place(Screens.FIND))
    }

    companion object {
        private const val LARGE = "large"
        const val RECEIPT = "receipt"

        /** It was taken a moment ago, and nobody has seen it yet. */
        const val FRESH = "fresh"

        /** It had been taken before: nothing was taken now. */
        const val AGAIN = "again"
        private const val BEGUN = "begun"
        private const val LANGUAGE = "language"
    }
}
