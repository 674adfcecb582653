// Every screen by its name: the one list that a new screen must be added to.
package app.raseed.screen

import android.content.Context
import app.raseed.frame.Frame
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.frame.Screen

object Screens {
    const val LANGUAGE = "language"
    const val HOME = "home"

    /** Where a person begins. */
    fun first(context: Context): Place =
        if (LanguageChoice(context).chosen == null) Place(LANGUAGE) else Place(HOME)

    fun make(frame: Frame, place: Place): Screen = when (place.screen) {
        LANGUAGE -> LanguageScreen(frame, place)
        else -> HomeScreen(frame, place)
    }
}
