// The way through sending, proving, billing, printers and the device, in the states that a person meets there.
package app.raseed

import app.raseed.frame.Place
import app.raseed.print.PrinterChoice
import app.raseed.print.PrinterChoices
import app.raseed.print.PrinterKind
import app.raseed.print.Roll
import app.raseed.screen.Screens

/** Calls [stop] with the name of what is shown. The till is enrolled, has no bills yet, and the app is open. */
fun House.restTour(office: Office, stop: (String) -> Unit) {
    goTo(Place(Screens.QUEUE))
    stop("queue-fetch")
    touch(R.string.remedy_sync)
    back()
    pos.core.device().openShift(STAFF, 0)
    val receipt = take("BHG-0002")
    bill(stop)
    queue(office, stop)
    verify(receipt.link, stop)
    goTo(Place(Screens.ABOUT))
    stop("about")
    touch(R.string.about_check)
    stop("about-checked")
    back()
    PrinterChoices(pos).save(PrinterChoice(PrinterKind.BLUETOOTH, "00:11:22:33:44:55", "MTP-II", Roll.MM58, answers = true, cuts = false))
    goTo(Place(Screens.PRINTER))
    stop("printer")
    touch(R.string.printer_test)
    pos.printing.finish()
    idle()
    stop("printer-tried")
    back()
    PrinterChoices(pos).forget()
}

private fun House.bill(stop: (String) -> Unit) {
    goTo(Place(Screens.BILL).with("account", "BHG-0006"))
    type("36995")
    stop("bill-reading")
    touch(R.string.bill_make)
    stop("bill-look")
    touch(R.string.bill_no)
    type("36010")
    touch(R.string.bill_make)
    stop("bill-made")
    back()
    goTo(Place(Screens.BILL).with("account", "BHG-0004"))
    stop("bill-flat")
    back()
}

private fun House.queue(office: Office, stop: (String) -> Unit) {
    office.stop()
    goTo(Place(Screens.QUEUE))
    touch(R.string.queue_now)
    stop("queue-unsent")
    office.serve()
    touch(R.string.queue_now)
    stop("queue-sent")
    back()
}

private fun House.verify(link: String, stop: (String) -> Unit) {
    goTo(Place(Screens.VERIFY))
    stop("verify-camera")
    touch(R.string.verify_type)
    stop("verify-type")
    write(link)
    touch(R.string.verify_check)
    stop("verify-genuine")
    for ((name, other) in listOf("verify-changed" to link.dropLast(20) + "A".repeat(20), "verify-damaged" to link.dropLast(9), "verify-other" to "upi://pay")) {
        touch(R.string.verify_another)
        write(other)
        touch(R.string.verify_check)
        stop(name)
    }
    back()
}
