// The code on a bill, by camera: what it says is typed into the search. Without a camera nothing is lost: the number can be typed.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.frame.Screen
import app.raseed.look.BigButton
import app.raseed.look.Page

class ScanScreen(frame: Frame, place: Place) : Screen(frame, place) {
    private val scan = ScanPanel(frame) { search(it.trim()) }

    override fun build(): View = Page(context).apply {
        title(text(R.string.scan_title), ::leave)
        content.addView(scan)
        actions.addView(BigButton(context, BigButton.Kind.Plain, R.drawable.ic_keypad, text(R.string.scan_type), BigButton.MONEY, ::leave))
    }

    override fun shown() = scan.show()

    override fun hidden() = scan.hide()

    override fun back(): Boolean {
        leave()
        return true
    }

    override fun onPermission(request: Int, granted: Boolean) = scan.allowed(request, granted)

    private fun leave() = search(facts.getString(FindScreen.TYPED).orEmpty())

    private fun search(typed: String) = frame.replace(Place(Screens.FIND).with(FindScreen.TYPED, typed))
}
