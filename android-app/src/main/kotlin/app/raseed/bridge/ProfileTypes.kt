// What a device is used for, the bill that strangers may see, a complaint: by their names in the library.
package app.raseed.bridge

import app.raseed.core.RaseedException

typealias Profile = app.raseed.core.ProfileView
typealias OwnBillView = app.raseed.core.OwnBillView
typealias ComplaintView = app.raseed.core.ComplaintView

/** Nobody here has the number that was typed. */
val Throwable.nobodyHasIt: Boolean get() = this is RaseedException.CheckNumber
