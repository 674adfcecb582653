// The way through every screen, once. Pictures are taken and screens examined at each stop; a new screen is added here.
package app.raseed

/** Calls [stop] with the name of the screen that is shown. */
fun House.tour(stop: (String) -> Unit) {
    stop("home")
    touch(R.string.language_title)
    stop("language")
    back()
    moneyTour(stop)
}
