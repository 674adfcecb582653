// What is wrong with a screen for a thumb in a glove, for eyes in the sun and for ears: small targets, no label, faint or cut words.
package app.raseed

import android.graphics.Color
import android.graphics.Rect
import android.graphics.drawable.ColorDrawable
import android.graphics.drawable.Drawable
import android.graphics.drawable.DrawableContainer
import android.graphics.drawable.GradientDrawable
import android.view.View
import android.view.ViewGroup
import android.widget.AbsListView
import android.widget.ImageView
import android.widget.ScrollView
import android.widget.TextView
import kotlin.math.pow

/** Walks everything under [root], which must have been laid out. */
class Walk(private val root: View) {
    private val density = root.resources.displayMetrics.density

    /** A line for each thing that is wrong; empty if nothing is. */
    fun findings(): List<String> = visible(root).flatMap { view ->
        listOfNotNull(smallTarget(view), noLabel(view), faint(view), cut(view), outside(view)).map { "${name(view)}: $it" }
    }

    private fun visible(view: View): List<View> = when {
        view.visibility != View.VISIBLE -> emptyList()
        view is ViewGroup -> listOf(view) + (0 until view.childCount).flatMap { visible(view.getChildAt(it)) }
        else -> listOf(view)
    }

    private fun smallTarget(view: View): String? {
        if (!view.isClickable || view.width == 0) return null
        val least = minOf(view.width, view.height) / density
        return if (least < TARGET - 0.5) "a target of %.0f dp".format(java.util.Locale.ROOT, least) else null
    }

    private fun noLabel(view: View): String? {
        // A field is called by the words above it.
        if (visible(root).any { it.labelFor == view.id && it.labelFor != View.NO_ID && words(it).isNotBlank() }) return null
        val needed = view.isClickable && view !is AbsListView || view is ImageView && view.isImportantForAccessibility
        return if (needed && words(view).isBlank()) "no words for TalkBack" else null
    }

    private fun words(view: View): String = when {
        view.contentDescription != null -> view.contentDescription.toString()
        view is TextView -> listOfNotNull(view.text, view.hint).joinToString("")
        view is ViewGroup -> visible(view).drop(1).joinToString("") { if (it is ViewGroup) "" else words(it) }
        else -> ""
    }

    private fun faint(view: View): String? {
        if (view !is TextView || view.text.isNullOrBlank()) return null
        val behind = generateSequence<View>(view) { it.parent as? View }.firstNotNullOfOrNull { opaque(it.background) }
            ?: return "no colour behind the words is known"
        val ratio = contrast(view.currentTextColor, behind)
        return if (ratio < CONTRAST) "contrast %.1f".format(java.util.Locale.ROOT, ratio) else null
    }

    private fun opaque(drawable: Drawable?): Int? = when (drawable) {
        is ColorDrawable -> drawable.color
        is GradientDrawable -> drawable.color?.defaultColor
        is DrawableContainer -> opaque(drawable.current)
        else -> null
    }?.takeIf { Color.alpha(it) == 255 }

    private fun cut(view: View): String? {
        if (view !is TextView || view.text.isNullOrBlank()) return null
        val lines = view.layout ?: return "not laid out"
        val wide = view.width - view.compoundPaddingLeft - view.compoundPaddingRight
        val high = view.height - view.compoundPaddingTop - view.compoundPaddingBottom
        val all = 0 until lines.lineCount
        return when {
            all.any { lines.getEllipsisCount(it) > 0 } -> "cut with …"
            lines.lineCount > view.maxLines -> "${lines.lineCount} lines, ${view.maxLines} shown"
            all.any { lines.getLineMax(it) > wide + 1 } -> "wider than its place"
            lines.height > high + 1 -> "lines of ${lines.height} px in $high px"
            else -> null
        }
    }

    /** Part of it is beyond the edge, and nothing scrolls there. */
    private fun outside(view: View): String? {
        if (view.width == 0 || view.height == 0) return null
        val seen = Rect()
        view.getGlobalVisibleRect(seen)
        val scrolls = generateSequence(view.parent as? View) { it.parent as? View }.any { it is ScrollView || it is AbsListView }
        return when {
            seen.width() < view.width && !(scrolls && seen.isEmpty) -> "${view.width - seen.width()} px beyond the side"
            seen.height() < view.height && !scrolls -> "${view.height - seen.height()} px beyond the edge"
            else -> null
        }
    }

    private fun name(view: View) = "${view.javaClass.simpleName} \"${words(view).take(40)}\""

    companion object {
        const val TARGET = 56
        const val CONTRAST = 7.0

        /** WCAG 2, from 1 to 21. */
        fun contrast(one: Int, other: Int): Double {
            val (dark, light) = listOf(luminance(one), luminance(other)).sorted()
            return (light + 0.05) / (dark + 0.05)
        }

        private fun luminance(colour: Int): Double {
            fun part(value: Int) = (value / 255.0).let { if (it <= 0.03928) it / 12.92 else ((it + 0.055) / 1.055).pow(2.4) }
            return 0.2126 * part(Color.red(colour)) + 0.7152 * part(Color.green(colour)) + 0.0722 * part(Color.blue(colour))
        }
    }
}
