// The first screen, whatever the device is used for: today as the core knows it, asked for again whenever it is seen, and what all
// first screens have in common.
package app.raseed.screen

import app.raseed.R
import app.raseed.bridge.HomeView
import app.raseed.bridge.NextStep
import app.raseed.bridge.Refused
import app.raseed.bridge.Remedy
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Chip
import app.raseed.look.RowCard
import app.raseed.sync.SyncSchedule

abstract class FrontScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    /** Again whenever it is seen: something was sent or taken meanwhile. */
    override fun shown() {
        val first = !frame.pos.lookedAfter
        ask({
            if (first) lookAfter()
            val home = core.home()
            home to if (first && home.pending > 0u) core.payments().pending().firstOrNull() else null
        }) { (home, pending) -> known(home, pending?.payment) }
    }

    /** What keeps it from being done, a clock or a missing enrolment, is said by the rest of this screen. */
    private fun lookAfter() {
        try {
            core.payments().lookAfter()
        } catch (_: Refused) {
        }
    }

    private fun known(home: HomeView, pending: String?) {
        if (home.next != NextStep.ENROL && frame.pos.frontDoor.learn(home.profile)) return frame.restart(Place(Screens.HOME))
        frame.pos.lookedAfter = true
        if (home.unsent > 0u) SyncSchedule.soon(context)
        unsay()
        show(home)
        // The process before this one ended while money may have been moving: that comes before anything else.
        if (pending != null) frame.go(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, pending))
    }

    protected abstract fun show(home: HomeView)

    /** Payments whose end nobody knows; null if there are none. */
    protected fun pending(home: HomeView): RowCard? {
        val count = home.pending.toInt()
        if (count == 0) return null
        val head = context.resources.getQuantityString(R.plurals.home_pending, count, count.toString())
        val chip = Chip(context, Banner.Kind.Stop, R.drawable.ic_warning, text(R.string.home_pending_why))
        return RowCard(context, head, chip = chip, icon = R.drawable.ic_qr) { frame.go(Place(Screens.PAYMENTS)) }
    }

    /** The card is out, full or broken; null while the second copy is whole. */
    protected fun secondCopy(home: HomeView): Banner? =
        if (home.secondCopyFails) Banner(context, Banner.Kind.Wait, R.drawable.ic_warning, text(R.string.home_second_copy)) else null

    protected fun unsent(home: HomeView): RowCard {
        val count = home.unsent.toInt()
        val open = { frame.go(Place(Screens.QUEUE)) }
        val under = home.confirmed?.let { text(R.string.home_confirmed, it) }
        if (count == 0) return RowCard(context, text(R.string.home_all_sent), under, icon = R.drawable.ic_cloud_done, onTouch = open)
        val head = context.resources.getQuantityString(R.plurals.home_unsent, count, count.toString())
        val age = home.oldest?.let { text(R.string.home_oldest, context.age(it)) }
        return RowCard(context, head, age ?: under, icon = R.drawable.ic_cloud_off, onTouch = open)
    }

    protected fun who(home: HomeView) = listOfNotNull(home.day, home.till, home.staff).joinToString(" · ")

    /** What must be done before anything can be taken; null when all is ready. */
    protected fun remedy(step: NextStep): Remedy? = when (step) {
        NextStep.ENROL -> Remedy.Enrol
        NextStep.FETCH_BOOK -> Remedy.Sync
        NextStep.OPEN_SHIFT -> Remedy.Shift
        NextStep.FIX_CLOCK -> Remedy.Clock
        NextStep.COLLECT -> null
    }

    /** What a refusal would offer, before anything has to be refused. */
    protected fun big(remedy: Remedy) = big(remedy.word, remedy.icon, placeOf(remedy))

    protected fun big(word: Int, icon: Int, place: Place) =
        BigButton(context, BigButton.Kind.Primary, icon, text(word), BigButton.COLLECT) { frame.go(place) }

    protected fun way(icon: Int, word: Int, screen: String) =
        BigButton(context, BigButton.Kind.Plain, icon, text(word)) { frame.go(Place(screen)) }
}
