// What the app asks the library about itself. The bridge is the only package that knows the generated names.
package app.raseed.bridge

/** The version of libraseed.so. */
fun libraryVersion(): String = app.raseed.core.version()
