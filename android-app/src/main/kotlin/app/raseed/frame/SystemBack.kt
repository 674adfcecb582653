// The system's "back" on Android 13 and later. A class of its own, so that older systems never load the names it uses.
package app.raseed.frame

import android.annotation.TargetApi
import android.app.Activity
import android.os.Build
import android.window.OnBackInvokedCallback
import android.window.OnBackInvokedDispatcher

object SystemBack {
    /** Older systems, and newer ones that were not told otherwise, call `Activity.onBackPressed` instead. */
    fun listen(activity: Activity, back: () -> Unit) {
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) Since13.listen(activity, back)
    }

    @TargetApi(Build.VERSION_CODES.TIRAMISU)
    private object Since13 {
        fun listen(activity: Activity, back: () -> Unit) {
            val callback = OnBackInvokedCallback { back() }
            activity.onBackInvokedDispatcher.registerOnBackInvokedCallback(OnBackInvokedDispatcher.PRIORITY_DEFAULT, callback)
        }
    }
}
