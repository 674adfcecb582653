// The answer of the core about a receipt: a panel in colour with a sign and a word, then what stands in it or what is wrong.
package app.raseed.screen

import android.content.Context
import android.view.Gravity
import android.widget.LinearLayout
import app.raseed.R
import app.raseed.bridge.ProvenView
import app.raseed.bridge.Verdict
import app.raseed.bridge.VerifyView
import app.raseed.look.AmountView
import app.raseed.look.Banner
import app.raseed.look.Fact
import app.raseed.look.Icon
import app.raseed.look.Size
import app.raseed.look.Text
import app.raseed.look.Type
import app.raseed.look.colour
import app.raseed.look.dp
import app.raseed.look.panel

object VerdictView {
    fun show(into: LinearLayout, found: VerifyView) {
        val context = into.context
        into.addView(
            when (found.verdict) {
                Verdict.GENUINE -> sign(context, Banner.Kind.Done, R.drawable.ic_check, R.string.verify_genuine)
                Verdict.DAMAGED -> sign(context, Banner.Kind.Wait, R.drawable.ic_warning, R.string.verify_unreadable)
                Verdict.NOT_A_RECEIPT -> sign(context, Banner.Kind.Stop, R.drawable.ic_cross, R.string.verify_no_receipt)
                Verdict.NOT_IN_JOURNAL, Verdict.STRANGER, Verdict.CHANGED ->
                    sign(context, Banner.Kind.Stop, R.drawable.ic_cross, R.string.verify_false)
            },
        )
        wrong(found.verdict)?.let { into.addView(Text(context, context.getString(it))) }
        found.proven?.let { proven(into, it) }
    }

    /** The rule that it breaks, and what to do. */
    private fun wrong(verdict: Verdict): Int? = when (verdict) {
        Verdict.GENUINE -> null
        Verdict.NOT_IN_JOURNAL -> R.string.verify_not_ours
        Verdict.STRANGER -> R.string.verify_stranger
        Verdict.CHANGED -> R.string.verify_changed
        Verdict.DAMAGED -> R.string.verify_damaged
        Verdict.NOT_A_RECEIPT -> R.string.verify_other_code
    }

    private fun sign(context: Context, kind: Banner.Kind, icon: Int, word: Int) = LinearLayout(context).apply {
        orientation = LinearLayout.VERTICAL
        gravity = Gravity.CENTER_HORIZONTAL
        background = context.panel(context.colour(kind.fill))
        setPadding(context.dp(Size.MARGIN), context.dp(Size.GRID), context.dp(Size.MARGIN), context.dp(Size.GRID))
        addView(Icon(context, icon, kind.ink, SIGN))
        val says = Text(context, context.getString(word), Type.LARGE, kind.ink, bold = true)
        says.gravity = Gravity.CENTER_HORIZONTAL
        addView(says)
        layoutParams = LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, LinearLayout.LayoutParams.WRAP_CONTENT)
    }

    private fun proven(into: LinearLayout, proven: ProvenView) {
        val context = into.context
        fun fact(name: Int, value: String) = into.addView(Fact(context, context.getString(name), value))
        into.addView(AmountView(context, proven.amount.money.text, proven.amount.words))
        proven.periods?.let { fact(R.string.verify_periods, it) }
        fact(R.string.verify_account, proven.account)
        fact(R.string.verify_when, proven.`when`)
        fact(R.string.verify_mode, proven.mode)
        fact(R.string.verify_till, proven.till)
        fact(R.string.verify_number, proven.receipt)
    }

    private const val SIGN = 96
}
