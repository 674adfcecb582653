// From a payment that stands to its receipt: the same way however it was paid.
package app.raseed.screen

import app.raseed.bridge.ReceiptView
import app.raseed.frame.Frame
import app.raseed.frame.Place
import app.raseed.sync.SyncSchedule

/** It stands in the journal: only now is it said, and there is no way back to where it was taken. [fresh]: nobody has seen it yet. */
fun Frame.taken(it: ReceiptView, fresh: Boolean) {
    SyncSchedule.soon(activity)
    restart(Place(Screens.HOME))
    go(Place(Screens.RECEIPT).with(ReceiptScreen.RECEIPT, it.receipt).with(ReceiptScreen.FRESH, fresh).with(ReceiptScreen.AGAIN, !fresh))
}
