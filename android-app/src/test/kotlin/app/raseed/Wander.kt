// Everything that can be come to from a place by whoever stands before the device: every button, every long press, the way back. What
// a place shows depends on where one is and on its facts alone, so each kind of place is tried once.
package app.raseed

import android.view.View
import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.robolectric.Shadows.shadowOf

/** [typed]: places as they are after something was typed that no wandering would find. */
class Wander(private val house: House, vararg typed: Place) {
    private val waiting = ArrayDeque(listOf(Place(Screens.HOME)) + typed)
    private val seen = HashSet<String>()

    /** The screens that were come to, by name. */
    val reached = sortedSetOf<String>()

    fun everywhere(): Set<String> {
        while (waiting.isNotEmpty()) {
            val place = waiting.removeFirst()
            if (seen.add(kind(place))) tryAll(place)
        }
        return reached
    }

    private fun tryAll(place: Place) = with(house) {
        open(place)
        val buttons = touchables().size
        for (at in 0 until buttons) {
            step(place) { touchables().getOrNull(at)?.performClick() }
            step(place) { touchables().getOrNull(at)?.performLongClick() }
        }
        @Suppress("DEPRECATION")
        step(place) { activity.onBackPressed() }
    }

    private fun step(from: Place, act: House.() -> Unit) = with(house) {
        open(from)
        act()
        idle()
        assertFalse("left from ${from.screen}", activity.isFinishing)
        assertNull("another app from ${from.screen}", shadowOf(activity).nextStartedActivity)
        note(here)
    }

    private fun House.open(place: Place) {
        activity.restart(copy(place))
        idle()
        note(here)
    }

    private fun note(place: Place) {
        reached += place.screen
        if (kind(place) !in seen) waiting += copy(place)
    }

    private fun House.touchables(): List<View> = views().filter { it.isClickable && it.isEnabled }

    private fun copy(place: Place) = Place(place.screen, android.os.Bundle(place.facts))

    /** What was typed counts as typed, whatever it is; which household and how much count as they are. */
    private fun kind(place: Place): String = place.screen + place.facts.keySet().sorted().map {
        @Suppress("DEPRECATION")
        if (it == "account" || it == "paise") "$it ${place.facts.get(it)}" else it
    }
}
