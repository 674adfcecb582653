// The places behind the person, last one on top: what "back" means.
package app.raseed.frame

import android.os.Bundle
import android.os.Parcelable

/** Never empty: there is always a place to be. */
class Trail(first: Place) {
    private val places = ArrayList<Place>().apply { add(first) }

    val here: Place get() = places.last()
    val depth: Int get() = places.size

    fun go(place: Place) {
        places.add(place)
    }

    fun replace(place: Place) {
        places[places.lastIndex] = place
    }

    /** Forgets the way here: after a payment "back" must not lead into it again. */
    fun restart(place: Place) {
        places.clear()
        places.add(place)
    }

    /** False if there is nothing behind. */
    fun back(): Boolean {
        if (places.size == 1) return false
        places.removeAt(places.lastIndex)
        return true
    }

    fun save(): Bundle {
        val bundles = ArrayList<Parcelable>()
        places.mapTo(bundles) { it.bundle() }
        return Bundle().apply { putParcelableArrayList(PLACES, bundles) }
    }

    companion object {
        private const val PLACES = "places"

        @Suppress("DEPRECATION") // The typed reader is Android 13's.
        fun from(saved: Bundle?): Trail? {
            val bundles = saved?.getParcelableArrayList<Bundle>(PLACES) ?: return null
            val places = bundles.mapNotNull { Place.from(it) }
            val first = places.firstOrNull() ?: return null
            return Trail(first).apply { places.drop(1).forEach(::go) }
        }
    }
}
