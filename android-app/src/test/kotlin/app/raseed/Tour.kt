// The way through every screen, once, from a new device to the end of a collection. Pictures are taken and screens examined at each
// stop; a new screen is added here.
package app.raseed

import android.content.Context
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import app.raseed.bridge.PayMode
import app.raseed.frame.Place
import app.raseed.look.BigButton
import app.raseed.look.HoldButton
import app.raseed.print.PrinterChoice
import app.raseed.print.PrinterChoices
import app.raseed.print.PrinterKind
import app.raseed.print.Roll
import app.raseed.screen.Screens
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowNetworkCapabilities
import org.robolectric.shadows.ShadowStatFs

/** A device that nobody has used yet, and all that can be seen on it. [stop] is told the name of each screen. */
class Tour(private val house: House, private val office: Office, private val till: String, private val stop: (String) -> Unit) {
    /** Begins on the first screen of the app. */
    fun all() {
        surroundings()
        enrol()
        fetch()
        openShift()
        find()
        collect()
        pay()
        bill()
        prove()
        send()
        device()
        card()
    }

    /** What a usual device has: a network, some room. */
    private fun surroundings() {
        val network = house.pos.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager
        val traits = ShadowNetworkCapabilities.newInstance()
        shadowOf(traits).addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET)
        shadowOf(network).setNetworkCapabilities(network.activeNetwork, traits)
        ShadowStatFs.registerStats(house.pos.noBackupFilesDir, 4_000_000, 2_000_000, 2_000_000)
    }

    /** A card that cannot be written any more. */
    private fun card() = with(house) {
        breakCopy()
        activity.restart(Place(Screens.HOME))
        idle()
        stop("home-no-copy")
    }

    private fun enrol() = with(house) {
        stop("home-new")
        touch(R.string.remedy_enrol)
        stop("enrol")
        touch(R.string.enrol_type)
        write(office.enrol(till))
        stop("enrol-typed")
        touch(R.string.enrol_go_on)
        stop("enrol-question")
        touch(R.string.enrol_yes)
    }

    private fun fetch() = with(house) {
        stop("home-enrolled")
        touch(R.string.remedy_sync)
        stop("queue-no-book")
        touch(R.string.remedy_sync)
        stop("queue-fetched")
        activity.restart(Place(Screens.HOME))
        idle()
    }

    private fun openShift() = with(house) {
        stop("home-no-shift")
        touch(R.string.remedy_shift)
        write(STAFF)
        stop("shift-who")
        touch(R.string.shift_go_on)
        type("500")
        stop("shift-float")
        touch(R.string.shift_open)
        stop("home")
    }

    private fun find() = with(house) {
        touch(R.string.home_collect)
        stop("find")
        type("12")
        stop("find-digits")
        write("zzz")
        stop("find-nothing")
        touch(R.string.letters)
        write("gurpreet")
        stop("find-names")
        go(Place(Screens.SCAN))
        stop("scan")
        go(Place(Screens.HOUSEHOLD).with("account", CLOSED))
        stop("household-closed")
        go(Place(Screens.HOUSEHOLD).with("account", METERED))
        stop("household-metered")
    }

    private fun collect() = with(house) {
        go(Place(Screens.HOUSEHOLD).with("account", OWES))
        stop("household")
        touch(R.string.household_paper)
        stop("paper-bill")
        back()
        touch(R.string.household_other)
        stop("amount")
        type("100")
        stop("amount-typed")
        type("00000")
        stop("amount-too-much")
        back()
        touch(text(R.string.household_all, due(OWES).text))
        stop("how")
        touch(way(PayMode.CASH))
        stop("cash")
        touch(R.string.cash_other)
        type("10")
        stop("cash-missing")
        type("00")
        touch(R.string.erase)
        touch(R.string.erase)
        touch(R.string.erase)
        touch(R.string.erase)
        type("2000")
        stop("cash-change")
        touch(views().filterIsInstance<HoldButton>().single())
        stop("receipt")
        touch(R.string.receipt_code)
        stop("receipt-code")
        touch(R.string.receipt_code)
        touch(R.string.receipt_choose)
        stop("printer")
        back()
        back()
        stop("home-collected")
        go(Place(Screens.HOUSEHOLD).with("account", OWES))
        stop("household-paid")
        touch(R.string.household_paper)
        stop("paper-bill-nothing")
        val receipt = requireNotNull(pos.core.home().newest).receipt
        pos.core.receipts().printed(receipt)
        go(Place(Screens.RECEIPT).with("receipt", receipt))
        stop("receipt-printed")
    }

    private fun pay() = with(house) {
        askBy(PayMode.UPI, PAYS)
        stop("code")
        office.stop()
        later(2_000)
        stop("code-offline")
        touch(R.string.code_no_tick)
        type("4321567890")
        stop("shown")
        back()
        hold(R.string.code_cancel)
        stop("unknown-offline")
        office.serve()
        touch(R.string.unknown_check)
        stop("unknown")
        letGo()
        askBy(PayMode.UPI, PAYS_LATER)
        activity.restart(Place(Screens.HOME))
        idle()
        stop("home-pending")
        touch(R.string.home_pending_why)
        stop("payments")
        go(Place(Screens.HOUSEHOLD).with("account", PAYS_LATER))
        stop("household-pending")
        touch(R.string.remedy_payment)
        touch(R.string.unknown_code)
        pos.core.payments().shown(payment().payment, "432156789012", STAFF)
        later(2_000)
        stop("code-paid")
        later(2_000)
        stop("receipt-subject")
        askBy(PayMode.CARD, PAYS)
        stop("card")
    }

    private fun letGo() = with(house) {
        touch(R.string.unknown_supervisor)
        stop("let-go")
        pos.core.device().setPin(null, "2468")
        write("S-01")
        touch(R.string.shift_go_on)
        write("Paid in cash now")
        stop("let-go-why")
        touch(R.string.shift_go_on)
        type("2468")
        stop("let-go-pin")
        hold(R.string.let_go_hold)
        stop("unknown-let-go")
    }

    private fun bill() = with(house) {
        go(Place(Screens.BILL).with("account", METERED))
        stop("bill")
        type(METER_NOW)
        stop("bill-reading")
        touch(R.string.bill_make)
        stop("bill-question")
        touch(views().filterIsInstance<BigButton>().first())
        stop("bill-made")
        go(Place(Screens.BILL).with("account", FLAT))
        stop("bill-flat")
    }

    private fun prove() = with(house) {
        go(Place(Screens.VERIFY))
        stop("verify")
        touch(R.string.verify_type)
        stop("verify-typed")
        val receipt = pos.core.receipts().show(requireNotNull(pos.core.home().newest).receipt)
        go(Place(Screens.VERIFY).with("text", receipt.link))
        stop("verify-genuine")
        go(Place(Screens.VERIFY).with("text", receipt.link.dropLast(40) + "A".repeat(40)))
        stop("verify-changed")
        go(Place(Screens.VERIFY).with("text", receipt.link.dropLast(9)))
        stop("verify-damaged")
        go(Place(Screens.VERIFY).with("text", "upi://pay?pa=somebody@bank"))
        stop("verify-other")
    }

    private fun send() = with(house) {
        go(Place(Screens.QUEUE))
        stop("queue")
        office.stop()
        touch(R.string.queue_now)
        stop("queue-offline")
        office.serve()
        touch(R.string.queue_now)
        stop("queue-sent")
    }

    private fun device() = with(house) {
        go(Place(Screens.ABOUT))
        stop("about")
        touch(R.string.about_check)
        stop("about-checked")
        PrinterChoices(pos).save(PrinterChoice(PrinterKind.BLUETOOTH, "00:11:22:33:44:55", "MTP-II", Roll.MM58, answers = true, cuts = false))
        go(Place(Screens.PRINTER))
        stop("printer-chosen")
        touch(R.string.printer_test)
        pos.printing.finish()
        idle()
        stop("printer-tried")
        go(Place(Screens.CLOCK))
        stop("clock")
        go(Place(Screens.LANGUAGE))
        stop("language")
    }

    private fun House.go(place: Place) {
        activity.restart(Place(Screens.HOME))
        idle()
        activity.go(place)
        idle()
    }

    private companion object {
        const val OWES = "BHG-0008"
        const val PAYS = "BHG-0002"
        const val PAYS_LATER = "BHG-0003"
        const val CLOSED = "BHG-0024"
        const val METERED = "BHG-0033"
        const val FLAT = "BHG-0004"
        const val METER_NOW = "14300"
    }
}
