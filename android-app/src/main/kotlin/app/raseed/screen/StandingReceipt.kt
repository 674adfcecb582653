// A receipt that stands, on the screen of whoever looks at it: read from the core, followed on its way to paper, printed by itself once.
package app.raseed.screen

import app.raseed.bridge.ReceiptView
import app.raseed.bridge.qrModules
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Fact
import app.raseed.look.QrView
import app.raseed.look.column
import app.raseed.print.PrinterChoices
import app.raseed.print.ReceiptPrints

abstract class StandingReceipt(frame: Frame, place: Place) : CoreScreen(frame, place), ReceiptPrints.Watcher {
    protected val number get() = facts.getString(ReceiptScreen.RECEIPT).orEmpty()
    protected val prints get() = frame.pos.receiptPrints
    protected val amount = AmountView(context)
    protected val code = QrView(context)
    protected val details = column(context, 0)

    /** That of the paper. */
    protected abstract val language: Language

    /** It was read: its code is on the screen, the rest is to be drawn. */
    protected abstract fun show(it: ReceiptView)

    override fun shown() {
        prints.watcher = this
        load()
        if (!facts.getBoolean(ReceiptScreen.FRESH)) return
        // By itself once, and only if there is a printer; after that the person asks.
        facts.remove(ReceiptScreen.FRESH)
        if (PrinterChoices(context).load() != null) print()
    }

    override fun hidden() {
        if (prints.watcher === this) prints.watcher = null
    }

    protected fun load() {
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

    protected open fun print() = prints.start(number, language)

    protected fun fact(name: Int, value: String) = details.addView(Fact(context, text(name), value))

    override fun printingFailed(error: Throwable) = failed(error)

    protected companion object {
        /** The width of the code in dp: with what stands above and below it still whole on a small screen. */
        const val CODE = 232
    }
}
