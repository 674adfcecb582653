// Where the person is: which screen, and the facts it was opened with. It goes into a Bundle and comes back after the process died.
package app.raseed.frame

import android.os.Bundle

/**
 * A screen's name and its facts. What a person has entered is written into [facts] as it is entered, so that rotation, process
 * death and coming back all find it. Never anything that the core can be asked for again.
 */
class Place(val screen: String, val facts: Bundle = Bundle()) {
    /** The same place with one more fact. */
    fun with(name: String, value: String): Place = apply { facts.putString(name, value) }

    fun with(name: String, value: Long): Place = apply { facts.putLong(name, value) }

    fun with(name: String, value: Boolean): Place = apply { facts.putBoolean(name, value) }

    internal fun bundle(): Bundle = Bundle().apply {
        putString(SCREEN, screen)
        putBundle(FACTS, facts)
    }

    internal companion object {
        private const val SCREEN = "screen"
        private const val FACTS = "facts"

        fun from(bundle: Bundle): Place? {
            val screen = bundle.getString(SCREEN) ?: return null
            return Place(screen, bundle.getBundle(FACTS) ?: Bundle())
        }
    }
}
