// Households of the sample book as a collector types them.
package app.raseed

import app.raseed.bridge.FoundView

/** Those that owe something and can be told by the digits of their number alone: only one village has so many. */
fun House.households(): List<FoundView> = (601..700).mapNotNull { number ->
    pos.core.book().find("0$number", 3u).singleOrNull()?.takeIf { it.open != null && !it.closed && it.wholeNumber }
}

/** As they are typed on the pad. */
val FoundView.digits: String get() = account.substringAfterLast('-')
