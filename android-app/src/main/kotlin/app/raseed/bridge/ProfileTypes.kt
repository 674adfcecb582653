// What a device is used for, and the bill that strangers may see, by their names in the library.
package app.raseed.bridge

typealias Profile = app.raseed.core.ProfileView
typealias OwnBillView = app.raseed.core.OwnBillView
