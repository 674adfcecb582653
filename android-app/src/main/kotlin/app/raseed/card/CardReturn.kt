// What a payment app was asked, and what came back of it: words for the core, into which nobody here reads a meaning.
package app.raseed.card

import android.os.Bundle
import app.raseed.bridge.CardAnswered
import app.raseed.bridge.CardExtra

/** What was asked. */
enum class CardQuestion { SALE, QUERY }

/**
 * One asking. [request] tells it from every other, also after the process was another one meanwhile. [byLink]: the answer comes as a
 * link, which any app could send; where it comes otherwise, a link is not listened to.
 */
data class CardAsked(val request: Int, val question: CardQuestion, val reference: String, val byLink: Boolean)

/** What came back, and to what. */
class CardReturn(val asked: CardAsked, val answered: CardAnswered)

/** How asking began. */
enum class CardStart {
    /** The payment app has it. */
    STARTED,

    /** This sale was started before: it is never started twice, but can be asked after. */
    ALREADY_STARTED,

    /** It is not on this device; nothing was started. */
    NO_PAYMENT_APP,
}

/** That nothing came. */
internal val NOTHING_CAME get() = CardAnswered(null, emptyList())

/** The extras that are text or can be written as one. What another app put in and cannot be unpacked here is not there. */
@Suppress("DEPRECATION") // The typed readers are Android 13's, and the type is what is not known.
internal fun answered(resultOk: Boolean?, bundle: Bundle?): CardAnswered {
    val extras = try {
        bundle?.keySet().orEmpty().mapNotNull { name ->
            when (val value = bundle?.get(name)) {
                is String, is Int, is Long, is Boolean -> CardExtra(name, value.toString())
                else -> null
            }
        }
    } catch (e: RuntimeException) {
        emptyList()
    }
    return CardAnswered(resultOk, extras)
}
