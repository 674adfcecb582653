// Which household? One box; what fits is shown with every key, and the one whose whole number was typed opens by itself.
package app.raseed.screen

import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.FoundView
import app.raseed.bridge.Remedy
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.Banner
import app.raseed.look.BigButton
import app.raseed.look.Chip
import app.raseed.look.Field
import app.raseed.look.Figures
import app.raseed.look.NumberPad
import app.raseed.look.RowCard
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.column
import app.raseed.look.dp
import app.raseed.look.largestType
import app.raseed.look.row

class FindScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private val field = Field(context, text(R.string.find_label), R.drawable.ic_search, ::typed)
    private val results = column(context, Size.GRID)
    private var here = false

    override fun build(): View = page.apply {
        title(text(R.string.find_title), frame::back)
        addView(search(), 1)
        content.addView(results)
        // The label above says the rest; this much fits.
        field.box.hint = text(R.string.receipt_number)
        field.text = facts.getString(TYPED).orEmpty()
        keys(facts.getBoolean(LETTERS))
    }

    /** Again and again: what was paid meanwhile must show. */
    override fun shown() {
        here = true
        ask({ core.book().warm() }) {}
        look(field.text)
    }

    override fun hidden() {
        here = false
    }

    /** The box needs the whole width when the type is the largest. */
    private fun search(): LinearLayout {
        val scan = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_qr, text(R.string.find_scan), Size.TARGET) { scan() }
        val line = if (context.largestType) column(context, Size.GRID) else row(context, Size.GRID)
        line.setPadding(context.dp(Size.MARGIN), 0, context.dp(Size.MARGIN), 0)
        line.gravity = Gravity.BOTTOM
        val width = if (context.largestType) LinearLayout.LayoutParams.MATCH_PARENT else 0
        line.addView(field, LinearLayout.LayoutParams(width, LinearLayout.LayoutParams.WRAP_CONTENT, if (width == 0) 1f else 0f))
        line.addView(scan, LinearLayout.LayoutParams(LinearLayout.LayoutParams.WRAP_CONTENT, LinearLayout.LayoutParams.WRAP_CONTENT))
        return line
    }

    /** The camera's screen comes instead of this one, and this one again instead of that. */
    private fun scan() = frame.replace(Place(Screens.SCAN).with(TYPED, field.text))

    private fun keys(letters: Boolean) {
        facts.putBoolean(LETTERS, letters)
        field.letters = letters
        page.actions.removeAllViews()
        page.actions.addView(if (letters) digits() else pad())
    }

    private fun digits() = BigButton(context, BigButton.Kind.Plain, R.drawable.ic_keypad, text(R.string.find_digits)) { keys(false) }

    private fun pad(): NumberPad {
        fun edit(change: Figures.() -> Unit) = Figures(LONGEST, field.text) { field.text = it }.change()
        return NumberPad(
            context,
            NumberPad.Corner.Letters { keys(true) },
            onDigits = { edit { add(it) } },
            onErase = { edit { erase() } },
            onClear = { edit { clear() } },
        )
    }

    private fun typed(text: String) {
        if (text == facts.getString(TYPED)) return
        facts.putString(TYPED, text)
        facts.remove(OPENED)
        if (here) look(text)
    }

    private fun look(typed: String) {
        if (typed.isBlank()) return show(typed, emptyList())
        ask({ core.book().find(typed, MOST.toUInt()) }) { found ->
            // The answer to what stood there before the last key is nobody's business any more.
            if (typed == field.text) found(typed, found)
        }
    }

    private fun found(typed: String, found: List<FoundView>) {
        unsay()
        val only = found.singleOrNull()
        // Once: who comes back wants to see where they came from, not to be sent there again.
        if (only != null && only.wholeNumber && facts.getString(OPENED) != typed) {
            facts.putString(OPENED, typed)
            return open(only)
        }
        show(typed, found)
    }

    private fun show(typed: String, found: List<FoundView>) {
        results.removeAllViews()
        when {
            typed.isBlank() -> results.addView(Text(context, text(R.string.find_hint)))
            found.isEmpty() -> nothing(typed)
            else -> found.forEach { results.addView(card(it)) }
        }
        if (found.size == MOST) results.addView(Text(context, text(R.string.find_more)))
    }

    private fun nothing(typed: String) {
        results.addView(Banner(context, Banner.Kind.Calm, R.drawable.ic_search, text(R.string.find_nothing, typed)))
        val fetch = Remedy.Sync
        results.addView(BigButton(context, BigButton.Kind.Plain, fetch.icon, text(fetch.word)) { frame.go(Place(Screens.QUEUE)) })
    }

    private fun card(it: FoundView) = RowCard(
        context,
        bothNames(it.name, it.nameLatin),
        text(R.string.find_where, whereabouts(it.house, it.place), it.account),
        it.open?.text,
        when {
            it.closed -> Chip(context, Banner.Kind.Stop, R.drawable.ic_lock, text(R.string.find_closed))
            it.open == null -> Chip(context, Banner.Kind.Done, R.drawable.ic_check, text(R.string.find_paid))
            else -> null
        },
    ) { open(it) }

    private fun open(it: FoundView) = frame.go(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, it.account))

    companion object {
        const val TYPED = "typed"
        private const val LETTERS = "letters"
        private const val OPENED = "opened"

        /** More rows than these nobody reads; more characters no number has. */
        private const val MOST = 12
        private const val LONGEST = 24
    }
}
