// What is said aloud. A device that cannot speak, or not this language, stays silent: the screen says the same.
package app.raseed.look

import android.content.Context
import android.os.Handler
import android.os.Looper
import android.speech.tts.TextToSpeech
import android.speech.tts.UtteranceProgressListener
import app.raseed.frame.Language

/** Called on the main thread. */
interface Voice {
    fun say(words: String, language: Language)
}

/** Android's own. It is fetched for each sentence and let go after it: it lives in another process, which costs memory. */
class DeviceVoice(private val context: Context) : Voice {
    private val main = Handler(Looper.getMainLooper())
    private var engine: TextToSpeech? = null

    override fun say(words: String, language: Language) {
        rest()
        // It may answer before the constructor has returned.
        engine = TextToSpeech(context) { status -> main.post { begun(status, words, language) } }
    }

    private fun begun(status: Int, words: String, language: Language) {
        val engine = engine ?: return
        if (status != TextToSpeech.SUCCESS || engine.setLanguage(language.locale) < TextToSpeech.LANG_AVAILABLE) return rest()
        engine.setOnUtteranceProgressListener(End(engine))
        if (engine.speak(words, TextToSpeech.QUEUE_FLUSH, null, SENTENCE) != TextToSpeech.SUCCESS) rest()
    }

    private fun rest() {
        engine?.shutdown()
        engine = null
    }

    private inner class End(private val of: TextToSpeech) : UtteranceProgressListener() {
        override fun onStart(id: String) = Unit

        override fun onDone(id: String) = over()

        @Deprecated("What replaces it calls it")
        override fun onError(id: String) = over()

        private fun over() {
            main.post { if (engine === of) rest() }
        }
    }

    private companion object {
        const val SENTENCE = "sentence"
    }
}
