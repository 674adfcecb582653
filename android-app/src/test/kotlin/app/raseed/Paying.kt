// What somebody does who pays by UPI, and the phone that reads the code from the screen.
package app.raseed

import android.graphics.Bitmap
import android.graphics.Canvas
import android.view.View
import app.raseed.bridge.FoundView
import app.raseed.bridge.Money
import app.raseed.bridge.Natives
import app.raseed.bridge.PayMode
import app.raseed.bridge.PaymentDetails
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.screen.HouseholdScreen
import app.raseed.screen.Screens
import java.nio.ByteBuffer

/** Ready for the day, and where there is no network. */
fun House.offline(office: Office, till: String, language: Language = Language.English) {
    open(language)
    office.serve()
    begin(office, till)
    office.stop()
}

fun House.due(account: String): Money = requireNotNull(pos.core.book().household(account).payable) { "nothing is due at $account" }

/** The newest payment that was asked for. */
fun House.payment(): PaymentDetails = pos.core.payments().show(pos.core.payments().list(1u).single().payment)

/** From the household to the code on the screen, for all that is due. */
fun House.askByUpi(account: String) = askBy(PayMode.UPI, account)

/** From the household to the payment app. */
fun House.askByCard(account: String) = askBy(PayMode.CARD, account)

fun House.askBy(mode: PayMode, account: String) {
    goTo(Place(Screens.HOUSEHOLD).with(HouseholdScreen.ACCOUNT, account))
    touch(text(R.string.household_all, due(account).text))
    touch(way(mode))
}

/** The word on its button. */
fun House.way(mode: PayMode): String = pos.core.payments().modes().single { it.mode == mode }.name

fun House.askByUpi(household: FoundView) = askByUpi(household.account)

/** What a phone's camera makes of the whole screen. */
fun House.codeOnScreen(): String? = codeOn(window)

/** And of a part of it. */
fun codeOn(view: View): String? {
    val picture = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
    view.draw(Canvas(picture))
    val luma = ByteBuffer.allocateDirect(picture.width * picture.height)
    for (y in 0 until picture.height) for (x in 0 until picture.width) luma.put((picture.getPixel(x, y) shr 8).toByte())
    return Natives.frameText(luma, picture.width, picture.height, picture.width)
}
