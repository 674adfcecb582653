// A screen that asks the core: it has a page, and what the core refuses is said on that page with what to do next.
package app.raseed.screen

import android.view.View
import app.raseed.bridge.Broken
import app.raseed.bridge.Raseed
import app.raseed.bridge.Refused
import app.raseed.bridge.Remedy
import app.raseed.bridge.Trouble
import app.raseed.bridge.Troubles
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.frame.Screen
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Page
import app.raseed.look.Size
import app.raseed.look.column

abstract class CoreScreen(frame: Frame, place: Place) : Screen(frame, place) {
    private var said: View? = null

    protected val page: Page by lazy { Page(context) }

    /** To be touched inside a task of `ask` only. */
    protected val core: Raseed get() = frame.pos.core

    override fun failed(error: Throwable) = when (error) {
        is Refused -> say(Troubles.of(context, error))
        is Broken -> say(Troubles.broken(context))
        else -> throw error
    }

    /** Says what is wrong, above all else on the page, and offers the step that helps. */
    protected fun say(trouble: Trouble) {
        unsay()
        val box = column(context, Size.GRID)
        box.addView(Banner(context, trouble.kind, trouble.icon, trouble.words))
        trouble.remedy?.takeIf { Screens.admits(frame, placeOf(it).screen) }?.let { remedy ->
            box.addView(BigButton(context, BigButton.Kind.Plain, remedy.icon, text(remedy.word)) { frame.go(placeOf(remedy, trouble.about)) })
        }
        page.content.addView(box, 0)
        said = box
    }

    /** What was wrong is so no more. */
    protected fun unsay() {
        said?.let(page.content::removeView)
        said = null
    }

    /** Where a step that helps is taken; [about] which payment. */
    protected fun placeOf(remedy: Remedy, about: String? = null) = when (remedy) {
        Remedy.Enrol -> Place(Screens.ENROL)
        Remedy.Sync -> Place(Screens.QUEUE)
        Remedy.Shift -> Place(Screens.SHIFT)
        Remedy.Clock -> Place(Screens.CLOCK)
        Remedy.Payment -> Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, about.orEmpty())
        Remedy.Pin -> Place(Screens.PIN)
    }
}
