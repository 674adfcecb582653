// As bright as the screen can be, while a code is shown to a phone's camera in the sun.
package app.raseed.look

import android.view.Window
import android.view.WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_FULL
import android.view.WindowManager.LayoutParams.BRIGHTNESS_OVERRIDE_NONE

/** False: as the device has it. */
fun Window.bright(yes: Boolean) {
    attributes = attributes.apply { screenBrightness = if (yes) BRIGHTNESS_OVERRIDE_FULL else BRIGHTNESS_OVERRIDE_NONE }
}
