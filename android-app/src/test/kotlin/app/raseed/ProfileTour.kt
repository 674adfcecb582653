// The way through the screens that only some devices have: a counter's, a shop's, a kiosk's. As the Tour, which has all the others.
package app.raseed

import app.raseed.bridge.PayMode
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.screen.PaymentFacts
import app.raseed.screen.ReceiptScreen
import app.raseed.screen.Screens

class ProfileTour(private val house: House, private val office: Office, private val stop: (String) -> Unit) {
    fun counter() = with(house) {
        begin(office, "SAS91", "counter")
        front()
        stop("counter-new")
        sales()
        front()
        stop("counter")
        touch(R.string.counter_new)
        type("1500")
        stop("counter-sale")
        go(Place(Screens.COMPLAINT).with(PaymentFacts.PAYMENT, unknown()))
        stop("complaint")
    }

    fun merchant() = with(house) {
        begin(office, "SAS92", "merchant")
        front()
        stop("sale-new")
        sales()
        front()
        stop("sale-payments")
        type("120")
        stop("sale")
        touch(R.string.sale_note_what)
        write("2 kg")
        stop("sale-note")
        touch(R.string.sale_note_done)
        stop("sale-noted")
        go(Place(Screens.COMPLAINT).with(PaymentFacts.PAYMENT, pos.core.payments().list(9u).last().payment))
        stop("complaint-open")
    }

    fun kiosk() = with(house) {
        enrol(office, "SAS93", "kiosk")
        front()
        stop("pin-first")
        type(PIN)
        touch(R.string.pin_go_on)
        stop("pin-again")
        type(PIN)
        touch(R.string.pin_go_on)
        stop("pin-set")
        touch(R.string.pin_go_on)
        stop("staff-new")
        touch(R.string.staff_lock)
        stop("kiosk-closed")
        pos.core.sync().run()
        pos.core.device().openShift(STAFF, 0)
        front()
        stop("kiosk")
        touch(requireNotNull(LanguageChoice(pos).chosen).own)
        stop("kiosk-number")
        type("9")
        touch(R.string.kiosk_show)
        stop("kiosk-no-bill")
        type("999")
        go(Place(Screens.OWN_NUMBER))
        type(households().first().digits)
        touch(R.string.kiosk_show)
        stop("kiosk-bill")
        go(Place(Screens.OWN_BILL).with("account", PAID))
        stop("kiosk-nothing")
        go(Place(Screens.RECEIPT).with(ReceiptScreen.RECEIPT, take(households()[1].account).receipt))
        stop("kiosk-receipt")
        behind()
    }

    private fun behind() = with(house) {
        go(Place(Screens.STAFF_DOOR))
        type("47")
        stop("staff-door")
        touch(R.string.staff_enter)
        stop("staff-wrong-pin")
        type(PIN)
        touch(R.string.staff_enter)
        stop("staff")
        go(Place(Screens.PIN))
        stop("pin-change")
    }

    private fun House.sales() {
        for (rupees in listOf(40L, 1_250L)) {
            pos.core.payments().begin(pos.core.collect().newRequest(), null, rupees * 100, PayMode.UPI, "", STAFF)
        }
        unknown()
    }

    /** A payment of which nobody knows whether it was paid. */
    private fun House.unknown(): String {
        val payment = pos.core.payments().begin(pos.core.collect().newRequest(), null, 75_00, PayMode.UPI, "", STAFF)
        return pos.core.payments().giveUp(payment.payment, STAFF).payment
    }

    private fun House.front() {
        activity.restart(Place(Screens.HOME))
        idle()
    }

    private fun House.go(place: Place) {
        front()
        activity.go(place)
        idle()
    }

    private companion object {
        const val PAID = "BHG-0001"
    }
}
