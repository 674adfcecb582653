// Where everything begins: today in one look, and the next thing to do.
package app.raseed.screen

import android.view.View
import app.raseed.R
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.Text

class HomeScreen(frame: Frame, place: Place) : CoreScreen(frame, place) {
    private lateinit var version: Text

    override fun build(): View = page.apply {
        title(text(R.string.home_title), null)
        version = Text(context, "")
        content.addView(version)
        actions.addView(BigButton(context, BigButton.Kind.Plain, R.drawable.ic_language, text(R.string.language_title)) { frame.go(Place(Screens.LANGUAGE)) })
    }

    override fun shown() = ask({ core.home() }) { version.text = text(R.string.home_version, it.total.money.text) }
}
