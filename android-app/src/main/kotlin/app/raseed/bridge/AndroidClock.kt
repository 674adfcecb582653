// The device's clocks, all read at one moment. Wall time may be wrong; time since boot cannot be set by anybody.
package app.raseed.bridge

import android.content.ContentResolver
import android.os.SystemClock
import android.provider.Settings
import app.raseed.core.DeviceClock
import app.raseed.core.Moment

class AndroidClock(private val settings: ContentResolver) : DeviceClock {
    /** It cannot change while the process lives, and asking the settings costs a call to another process. */
    private val boot: Int by lazy { Settings.Global.getInt(settings, Settings.Global.BOOT_COUNT, 0) }

    override fun now() = Moment(System.currentTimeMillis(), SystemClock.elapsedRealtime(), boot)
}
