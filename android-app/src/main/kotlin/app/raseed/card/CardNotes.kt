// What was asked of the payment app and not yet settled, on disk: the process may end while the payment app is in front.
package app.raseed.card

import android.content.Context
import java.io.IOException

/** The newest few, oldest first. No amount, no card, nothing of the consumer. */
internal class CardNotes(context: Context) {
    private val kept = context.getSharedPreferences("card", Context.MODE_PRIVATE)

    fun all(): List<CardAsked> = kept.getString(ASKED, null).orEmpty().lines().mapNotNull(::read)

    /** Durable when it returns: only then may the payment app be started. */
    fun add(question: CardQuestion, reference: String, byLink: Boolean): CardAsked {
        val before = all()
        val next = ((before.lastOrNull()?.request ?: LAST) + 1).let { if (it > LAST) FIRST else it }
        val asked = CardAsked(next, question, reference, byLink)
        save((before + asked).takeLast(MOST))
        return asked
    }

    fun remove(which: (CardAsked) -> Boolean) = save(all().filterNot(which))

    private fun save(all: List<CardAsked>) {
        val text = all.joinToString("\n") { "${it.request} ${it.question} ${it.reference} ${it.byLink}" }
        if (!kept.edit().putString(ASKED, text).commit()) throw IOException("what is asked of the payment app could not be noted")
    }

    private fun read(line: String): CardAsked? {
        val (request, question, reference, byLink) = line.split(' ').takeIf { it.size == 4 } ?: return null
        val number = request.toIntOrNull() ?: return null
        return CardQuestion.values().find { it.name == question }?.let { CardAsked(number, it, reference, byLink.toBoolean()) }
    }

    private companion object {
        const val ASKED = "asked"
        const val MOST = 8

        // Requests of screens are small numbers.
        const val FIRST = 0x7000
        const val LAST = 0x7fff
    }
}
