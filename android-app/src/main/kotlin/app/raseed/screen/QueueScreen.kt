// What has not reached the head office, why, and sending it. Before there is a book, the same is "fetch the bills".
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.bridge.QueueView
import app.raseed.bridge.SyncView
import app.raseed.bridge.UnsentView
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.column
import app.raseed.sync.Connectivity

class QueueScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val network = Connectivity(context)
    private val done = column(context, Size.GRID)
    private val state = column(context, Size.GRID)
    private var networkIsThere = true
    private var seen: QueueView? = null

    /** Why the sync of this moment failed stands at the top. */
    private var told = false

    /** This screen waits for a sync that it began, or found under way. */
    private var working = false

    override fun build(): View = page.apply {
        title(text(R.string.queue_title), frame::back)
        content.addView(done)
        content.addView(state)
    }

    override fun shown() {
        network.listen {
            networkIsThere = it
            draw()
        }
        look()
    }

    override fun hidden() = network.rest()

    private fun look() = ask({ core.sync().queue(MOST) }) {
        seen = it
        if (it.running && !working) await() else draw()
    }

    /** The screen was turned, or the system syncs by itself: the end of it is the end of what waits. */
    private fun await() {
        working = true
        draw()
        askSlowly({}) { ended(null) }
    }

    private fun begin() {
        working = true
        told = false
        unsay()
        done.removeAllViews()
        draw()
        askSlowly({ core.sync().run() }, ::ended)
    }

    private fun ended(report: SyncView?) {
        working = false
        if (report != null) {
            val words = text(R.string.queue_done, report.sent.toString(), report.accounts.toString())
            done.addView(Banner(context, Banner.Kind.Done, R.drawable.ic_check, words))
        }
        look()
    }

    override fun failed(error: Throwable) {
        val asked = working
        working = false
        super.failed(error)
        told = true
        // What got through, and how it ended.
        if (asked) look()
    }

    private fun draw() {
        val queue = seen ?: return
        page.title(text(if (queue.hasBook) R.string.queue_title else R.string.remedy_sync), frame::back)
        state.removeAllViews()
        when {
            working -> state.addView(calm(R.drawable.ic_sync, if (queue.hasBook) R.string.queue_running else R.string.queue_fetching))
            queue.hasBook -> state.addView(standing(queue))
        }
        if (!queue.hasBook) state.addView(Text(context, text(R.string.queue_fetch_why)))
        if (!working) why(queue)
        notices(queue)
        if (queue.hasBook) items(queue)
        offer(queue)
    }

    /** Unsent is how things often are; it is slate, like everything that needs nobody. */
    private fun standing(queue: QueueView): View {
        val (oldest, confirmed) = queue.oldest to queue.confirmed
        return when {
            oldest != null && queue.unsent > 0u ->
                Banner(context, Banner.Kind.Calm, R.drawable.ic_wait, text(R.string.queue_unsent, queue.unsent.toString(), context.age(oldest)))
            confirmed != null -> Banner(context, Banner.Kind.Done, R.drawable.ic_cloud_done, text(R.string.queue_all_sent, confirmed))
            else -> calm(R.drawable.ic_cloud_done, R.string.queue_nothing)
        }
    }

    /** One reason why something is not sent, the most telling one; and that it is safe. */
    private fun why(queue: QueueView) {
        val attempt = queue.attempt
        when {
            told -> Unit
            attempt?.code != null -> state.addView(AttemptWords.of(context, attempt))
            !networkIsThere -> state.addView(calm(R.drawable.ic_cloud_off, R.string.queue_no_network))
            queue.unsent > 0u -> state.addView(Text(context, text(R.string.queue_safe)))
        }
    }

    private fun calm(icon: Int, words: Int) = Banner(context, Banner.Kind.Calm, icon, text(words))

    private fun notices(queue: QueueView) {
        if (queue.notices.isEmpty()) return
        state.addView(Text(context, text(R.string.queue_notices), Type.TITLE, bold = true))
        for (notice in queue.notices) {
            state.addView(RowCard(context, notice.what, text(R.string.queue_notice, notice.sequence.toString()), icon = R.drawable.ic_message))
        }
    }

    private fun items(queue: QueueView) {
        for (item in queue.items) state.addView(card(item))
        val more = queue.unsent.toInt() - queue.items.size
        if (more > 0) state.addView(Text(context, text(R.string.queue_more, more.toString())))
    }

    private fun card(item: UnsentView): RowCard {
        val under = listOfNotNull(item.account?.let { text(R.string.queue_account, it) }, item.`when`, context.age(item.age))
        return RowCard(context, item.what, under.joinToString(" · "), item.money?.text, icon = if (item.money != null) R.drawable.ic_receipt else R.drawable.ic_list)
    }

    private fun offer(queue: QueueView) {
        page.actions.removeAllViews()
        val button = when {
            working -> BigButton(context, BigButton.Kind.Plain, R.drawable.ic_stop, text(R.string.queue_stop)) { ask({ core.sync().stop() }) {} }
            else -> BigButton(context, BigButton.Kind.Primary, R.drawable.ic_sync, text(if (queue.hasBook) R.string.queue_now else R.string.remedy_sync), BigButton.MONEY) { begin() }
        }
        page.actions.addView(button)
        if (done.childCount > 0 && !working) {
            page.actions.addView(BigButton(context, BigButton.Kind.Plain, R.drawable.ic_home, text(R.string.queue_home)) { frame.restart(Place(Screens.HOME)) })
        }
    }

    private companion object {
        /** More on one screen helps nobody; the rest is counted. */
        const val MOST = 50u
    }
}
