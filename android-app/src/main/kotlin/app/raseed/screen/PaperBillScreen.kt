// A household's bill as it stands today: on paper for the door, or as a message, with a code that pays it without a collector. It
// changes nothing, so it may be printed and sent as often as one likes.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.QrBlock
import app.raseed.bridge.SlipBlock
import app.raseed.bridge.core
import app.raseed.bridge.qrModules
import app.raseed.frame.Frame
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.SlipView
import app.raseed.look.beside
import app.raseed.look.sendMessage

class PaperBillScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val account get() = facts.getString(HouseholdScreen.ACCOUNT).orEmpty()
    private val language: Language get() = ReceiptLanguage(context).last
    private val slip = SlipView(context, text(R.string.paper_bill_code))
    private val paper = SlipPrint(frame, ::offer)

    override fun build(): View = page.apply {
        title(text(R.string.paper_bill_title), frame::back)
        content.addView(paper.says)
        content.addView(slip)
        content.addView(SlipLanguages(context, R.string.paper_bill_language, { language }) { load() })
    }

    override fun shown() {
        paper.shown()
        load()
    }

    override fun hidden() = paper.hidden()

    private fun load() {
        val (account, language) = account to language.core
        ask({
            val blocks = core.bills().slip(account, language)
            blocks to blocks.filterIsInstance<QrBlock>().firstOrNull()?.let { qrModules(it.text) }
        }) { (blocks, modules) ->
            unsay()
            slip.show(blocks, modules)
            offer()
        }
    }

    private fun offer() {
        page.actions.removeAllViews()
        val send = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_message, text(R.string.receipt_send)) { send() }
        page.actions.addView(beside(context, paper.button(::print), send))
    }

    private fun print() {
        val (account, language) = account to language
        ask({ core.bills().slip(account, language.core) }) { it: List<SlipBlock> -> paper.start(it, language) }
    }

    private fun send() {
        val (account, language) = account to language.core
        ask({ core.bills().text(account, language) }) { sendMessage(frame.activity, it, text(R.string.receipt_send)) }
    }
}
