// What a kiosk must not do: be left, and stay where somebody left it. On every other device it does nothing.
package app.raseed.frame

import android.app.Activity
import android.app.ActivityManager
import android.app.admin.DevicePolicyManager
import android.content.Context
import android.os.Handler
import android.os.Looper
import android.view.View
import android.view.WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON

/** The main looper is its clock. [onIdle]: nobody has touched anything for a while; [onShut]: the staff's time is over. */
class Guard(
    private val activity: Activity,
    private val door: FrontDoor,
    private val onIdle: () -> Unit,
    private val onShut: () -> Unit,
) {
    private val main = Handler(Looper.getMainLooper())
    private val idle = Runnable { if (door.isShut) onIdle() }
    private val over = Runnable {
        if (door.left > 0L) watch() else onShut()
    }

    /** Seen again, touched, or led to another place. */
    fun watch() {
        rest()
        if (!door.isKiosk) return release()
        if (door.isShut) {
            main.postDelayed(idle, PATIENCE)
            hold()
        } else {
            main.postDelayed(over, door.left)
            release()
        }
    }

    fun rest() {
        main.removeCallbacks(idle)
        main.removeCallbacks(over)
    }

    /** The keys that leave are dead where the device's owner allows it; elsewhere at least nothing shows the way out. */
    @Suppress("DEPRECATION") // The names that replace these are Android 11's.
    private fun hold() {
        activity.window.addFlags(FLAG_KEEP_SCREEN_ON)
        activity.window.decorView.systemUiVisibility = View.SYSTEM_UI_FLAG_IMMERSIVE_STICKY or
            View.SYSTEM_UI_FLAG_HIDE_NAVIGATION or View.SYSTEM_UI_FLAG_FULLSCREEN
        val owner = activity.getSystemService(Context.DEVICE_POLICY_SERVICE) as? DevicePolicyManager
        if (!locked && owner?.isLockTaskPermitted(activity.packageName) == true) activity.startLockTask()
    }

    @Suppress("DEPRECATION")
    private fun release() {
        activity.window.clearFlags(FLAG_KEEP_SCREEN_ON)
        val view = activity.window.decorView
        // Bars that are light carry a flag of their own, which stays.
        view.systemUiVisibility = view.systemUiVisibility and View.SYSTEM_UI_FLAG_LIGHT_STATUS_BAR
        if (locked) activity.stopLockTask()
    }

    private val locked: Boolean
        get() {
            val tasks = activity.getSystemService(Context.ACTIVITY_SERVICE) as ActivityManager
            return tasks.lockTaskModeState == ActivityManager.LOCK_TASK_MODE_LOCKED
        }

    companion object {
        /** Half a minute, in milliseconds: whoever reads a bill touches within it. */
        const val PATIENCE = 30_000L
    }
}
