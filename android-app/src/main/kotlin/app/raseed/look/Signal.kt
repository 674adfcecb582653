// What the hand and the ear are told: one tick for taken, two for printed. A device without a speaker or a motor stays silent.
package app.raseed.look

import android.content.Context
import android.media.AudioManager
import android.media.ToneGenerator
import android.os.Build
import android.os.Handler
import android.os.Looper
import android.os.VibrationEffect
import android.os.Vibrator

enum class Signal(private val tone: Int, private vararg val pulses: Long) {
    Taken(ToneGenerator.TONE_PROP_BEEP, 0, 60),
    Printed(ToneGenerator.TONE_PROP_BEEP2, 0, 60, 120, 60),
    ;

    fun give(context: Context) {
        sound()
        vibrate(context)
    }

    private fun sound() {
        try {
            val generator = ToneGenerator(AudioManager.STREAM_NOTIFICATION, VOLUME)
            generator.startTone(tone, LENGTH)
            Handler(Looper.getMainLooper()).postDelayed(generator::release, LENGTH + LENGTH.toLong())
        } catch (_: RuntimeException) {
            // No way to make a sound now; the screen says the same.
        }
    }

    @Suppress("DEPRECATION") // The names that replace these are Android 8's and 12's.
    private fun vibrate(context: Context) {
        val motor = context.getSystemService(Context.VIBRATOR_SERVICE) as? Vibrator ?: return
        if (!motor.hasVibrator()) return
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.O) {
            motor.vibrate(VibrationEffect.createWaveform(pulses, -1))
        } else {
            motor.vibrate(pulses, -1)
        }
    }

    private companion object {
        /** Of a hundred. */
        const val VOLUME = 80
        const val LENGTH = 300
    }
}
