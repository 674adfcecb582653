// The end at a kiosk: thank you, and the receipt, on paper by itself and as a code for one's own phone.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.ReceiptView
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.column
import app.raseed.look.dp
import app.raseed.print.PrintState

class OwnReceiptScreen(frame: Frame, place: Place) : StandingReceipt(frame, place) {
    override val language: Language get() = LanguageChoice(context).chosen ?: Language.English
    private val how = column(context, 0)
    private val paper = column(context, 0)

    override fun build(): View = page.apply {
        title(text(R.string.receipt_title), null)
        for (part in listOf(how, amount, code, paper, details)) content.addView(part)
        // Whole on a small screen, with all that is above and below it.
        code.layoutParams = LinearLayout.LayoutParams(context.dp(CODE), context.dp(CODE)).apply { gravity = Gravity.CENTER_HORIZONTAL }
        actions.addView(BigButton(context, BigButton.Kind.Primary, R.drawable.ic_check, text(R.string.kiosk_finish), BigButton.MONEY) { finish() })
    }

    override fun show(it: ReceiptView) {
        amount.show(it.amount.money.text, "")
        details.removeAllViews()
        fact(R.string.receipt_number, it.receipt)
        fact(R.string.receipt_when, it.`when`)
        fact(R.string.receipt_account, it.account)
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

    private fun finish() = frame.restart(Place(Screens.HOME))

    /** There is nothing behind a receipt. */
    override fun back(): Boolean {
        finish()
        return true
    }
}
