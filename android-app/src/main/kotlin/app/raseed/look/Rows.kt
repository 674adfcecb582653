// A long list, of which only what is seen exists: thousands of rows on a device with 1 GB.
package app.raseed.look

import android.content.Context
import android.graphics.Color
import android.graphics.drawable.ColorDrawable
import android.view.View
import android.view.ViewGroup
import android.widget.BaseAdapter
import android.widget.FrameLayout
import android.widget.ListView

/** [card] draws one thing; the card takes the touch itself. */
class Rows<T>(context: Context, private val card: (T) -> RowCard) : ListView(context) {
    private var things: List<T> = emptyList()
    private val cards = Cards()

    init {
        divider = ColorDrawable(Color.TRANSPARENT)
        dividerHeight = context.dp(Size.GRID)
        selector = ColorDrawable(Color.TRANSPARENT)
        val margin = context.dp(Size.MARGIN)
        setPadding(margin, context.dp(Size.GRID), margin, context.dp(Size.GRID))
        clipToPadding = false
        adapter = cards
    }

    fun show(things: List<T>) {
        this.things = things
        cards.notifyDataSetChanged()
    }

    private inner class Cards : BaseAdapter() {
        override fun getCount() = things.size

        override fun getItem(at: Int): Any? = things[at]

        override fun getItemId(at: Int) = at.toLong()

        // Touches go to the card inside.
        override fun isEnabled(at: Int) = false

        override fun getView(at: Int, old: View?, parent: ViewGroup): View {
            val holder = old as? FrameLayout ?: FrameLayout(context)
            holder.removeAllViews()
            holder.addView(card(things[at]), FrameLayout.LayoutParams(FrameLayout.LayoutParams.MATCH_PARENT, FrameLayout.LayoutParams.WRAP_CONTENT))
            return holder
        }
    }
}
