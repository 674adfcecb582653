// The end at a kiosk: thank you, and the receipt, on paper by itself and as a code for one's own phone.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.ReceiptView
import app.raseed.bridge.qrModules
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Fact
import app.raseed.look.QrView
import app.raseed.look.column
import app.raseed.look.dp
import app.raseed.print.PrintState
import app.raseed.print.PrinterChoices
import app.raseed.print.ReceiptPrints

class OwnReceiptScreen(frame: Frame, place: Place) : CoreScreen(frame, place), ReceiptPrints.Watcher {
    private val number get() = facts.getString(ReceiptScreen.RECEIPT).orEmpty()
    private val prints get() = frame.pos.receiptPrints
    private val how = column(context, 0)
    private val paper = column(context, 0)
    private val amount = AmountView(context)
    private val code = QrView(context)
    private val details = column(context, 0)

    override fun build(): View = page.apply {
        title(text(R.string.receipt_title), null)
        for (part in listOf(how, amount, code, paper, details)) content.addView(part)
        // Whole on a small screen, with all that is above and below it.
        code.layoutParams = LinearLayout.LayoutParams(context.dp(CODE), context.dp(CODE)).apply { gravity = Gravity.CENTER_HORIZONTAL }
        actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_check, text(R.string.kiosk_finish), BigButton.MONEY) { finish() })
    }

    override fun shown() {
        prints.watcher = this
        load()
        if (!facts.getBoolean(ReceiptScreen.FRESH)) return
        facts.remove(ReceiptScreen.FRESH)
        if (PrinterChoices(context).load() != null) prints.start(number, LanguageChoice(context).chosen ?: Language.English)
    }

    override fun hidden() {
        if (prints.watcher === this) prints.watcher = null
    }

    private fun load() {
        val number = number
        ask({
            val receipt = core.receipts().show(number)
            receipt to qrModules(receipt.link)
        }) { (receipt, modules) ->
            unsay()
            code.show(modules)
            show(receipt)
        }
    }

    private fun show(it: ReceiptView) {
        amount.show(it.amount.money.text, "")
        details.removeAllViews()
        for ((name, value) in listOf(R.string.receipt_number to it.receipt, R.string.receipt_when to it.`when`, R.string.receipt_account to it.account)) {
            details.addView(Fact(context, text(name), value))
        }
        how.removeAllViews()
        how.addView(Banner(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.kiosk_thanks)))
        paper.removeAllViews()
        paper.addView(onPaper(it))
    }

    /** Nobody here can mend a printer: the code is a receipt too. */
    private fun onPaper(receipt: ReceiptView): Banner {
        val state = prints.state(number)
        return when {
            state is PrintState.Printed || receipt.copies > 0u -> Banner(context, Banner.Kind.Done, R.drawable.ic_print, text(R.string.kiosk_take))
            state?.isOver == false -> Banner(context, Banner.Kind.Wait, R.drawable.ic_wait, text(R.string.kiosk_printing))
            else -> Banner(context, Banner.Kind.Calm, R.drawable.ic_qr, text(R.string.kiosk_photo))
        }
    }

    override fun printing(receipt: String, state: PrintState) {
        if (receipt == number) load()
    }

    override fun printingFailed(error: Throwable) = failed(error)

    private fun finish() = frame.restart(Place(Screens.HOME))

    /** There is nothing behind a receipt. */
    override fun back(): Boolean {
        finish()
        return true
    }

    private companion object {
        /** In dp. */
        const val CODE = 232
    }
}
