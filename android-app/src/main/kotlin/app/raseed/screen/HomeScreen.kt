// Today in one look, and the next thing to do.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import app.raseed.R
import app.raseed.bridge.HomeView
import app.raseed.bridge.LastReceiptView
import app.raseed.bridge.NextStep
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.Chip
import app.raseed.look.Fact
import app.raseed.look.RowCard
import app.raseed.look.Share
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.beside
import app.raseed.look.column

class HomeScreen(frame: Frame, place: Place) : FrontScreen(frame, place) {
    private val sheet = column(context, Size.GRID)
    private val next = column(context, Size.GRID)

    override fun build(): View = page.apply {
        title(text(R.string.app_name), null)
        content.addView(sheet)
        actions.addView(next)
    }

    override fun show(home: HomeView) {
        sheet.removeAllViews()
        next.removeAllViews()
        next.addView(remedy(home.next)?.let(::big) ?: big(R.string.home_collect, R.drawable.ic_rupee, Place(Screens.FIND)))
        if (home.next == NextStep.ENROL) welcome() else today(home)
    }

    private fun welcome() {
        sheet.addView(Text(context, text(R.string.home_welcome)))
        next.addView(way(R.drawable.ic_language, R.string.language_title, Screens.LANGUAGE))
    }

    private fun today(home: HomeView) {
        page.title(home.utility.ifEmpty { text(R.string.home_title) }, null)
        pending(home)?.let(sheet::addView)
        secondCopy(home)?.let(sheet::addView)
        sheet.addView(Text(context, who(home), Type.SMALL, R.color.slate).apply { gravity = Gravity.CENTER_HORIZONTAL })
        sheet.addView(AmountView(context, home.total.money.text))
        val count = home.receipts.toInt()
        sheet.addView(Text(context, context.resources.getQuantityString(R.plurals.home_receipts, count, count.toString())).apply { gravity = Gravity.CENTER_HORIZONTAL })
        for (mode in home.byMode) {
            sheet.addView(Fact(context, mode.name, mode.money.text, strong = true))
            sheet.addView(Share(context, mode.permille.toInt()))
        }
        sheet.addView(unsent(home))
        home.newest?.let { sheet.addView(newest(it)) }
        val verify = way(R.drawable.ic_check, R.string.home_verify, Screens.VERIFY)
        next.addView(beside(context, verify, way(R.drawable.ic_more, R.string.home_more, Screens.ABOUT)))
    }

    private fun newest(last: LastReceiptView): RowCard {
        val printed = last.copies > 0u
        val chip = if (printed) null else Chip(context, Banner.Kind.Wait, R.drawable.ic_print, text(R.string.home_not_printed))
        val open = { frame.go(Place(Screens.RECEIPT).with(ReceiptScreen.RECEIPT, last.receipt)) }
        return RowCard(context, text(R.string.home_newest, last.account), last.`when`, last.money.text, chip, R.drawable.ic_receipt, open)
    }
}
