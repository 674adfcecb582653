// Where tests live: the real activity on the real framework, with the real library behind it. A person's hands and eyes, no more:
// open, look, touch, hold, type, go back, turn the device, lose the process.
package app.raseed

import android.os.Bundle
import android.os.Parcel
import android.os.SystemClock
import android.view.MotionEvent
import android.view.View
import android.view.ViewGroup
import android.widget.TextView
import app.raseed.bridge.core
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.frame.Trail
import app.raseed.frame.Work
import org.junit.After
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.android.controller.ActivityController
import org.robolectric.shadows.ShadowLooper
import java.time.Duration

@RunWith(RobolectricTestRunner::class)
abstract class House {
    private var controller: ActivityController<MainActivity>? = null

    /** Where this device keeps its keys. */
    lateinit var keystore: HostKeystore
        private set

    val pos: Pos get() = RuntimeEnvironment.getApplication() as Pos
    val activity: MainActivity get() = requireNotNull(controller) { "open() first" }.get()

    /** The whole window. */
    val window: View get() = activity.window.decorView

    /** A new device. */
    @Before
    fun device() {
        keystore = HostKeystore.install()
    }

    /** Starts the app as a person would, in a language already chosen (null: the very first start). */
    fun open(language: Language? = Language.English, night: Boolean = false, fontScale: Float = 1f) {
        RuntimeEnvironment.setQualifiers(if (night) "+night" else "+notnight")
        RuntimeEnvironment.setFontScale(fontScale)
        LanguageChoice(pos).chosen = language
        // A process that begins takes it from there; this one may have begun before.
        language?.let { pos.core.setLanguage(it.core) }
        start(null)
    }

    /** Leaves the app; it can be opened again. */
    fun close() {
        controller?.close()
        controller = null
        idle()
    }

    @After
    fun end() {
        close()
        listOf(pos.work, pos.slowWork).forEach(Work::end)
    }

    /** Until every answer of the core was given and shown. Nothing here waits for a clock. */
    fun idle() {
        do {
            pos.work.finish()
            pos.slowWork.finish()
            ShadowLooper.idleMainLooper()
        } while (!pos.work.idle || !pos.slowWork.idle)
    }

    /** Where the person is. */
    val here: Place
        get() {
            val saved = Bundle()
            requireNotNull(controller).saveInstanceState(saved)
            return requireNotNull(Trail.from(saved.getBundle("trail"))).here
        }

    /** Nobody does anything for so long. */
    fun nothing(seconds: Long) {
        ShadowLooper.shadowMainLooper().idleFor(Duration.ofSeconds(seconds))
        idle()
    }

    // ---- eyes ------------------------------------------------------------------------------------------------------

    /** Everything that can be seen, from the top down. */
    fun views(root: View = window): List<View> = when {
        root.visibility != View.VISIBLE -> emptyList()
        root is ViewGroup -> listOf(root) + (0 until root.childCount).flatMap { views(root.getChildAt(it)) }
        else -> listOf(root)
    }

    /** The view that says so, as text or as description; the whole of it first, then a part of it. */
    fun find(words: String): View {
        val all = views().map { it to said(it) }
        val found = all.lastOrNull { (_, said) -> said == words } ?: all.lastOrNull { (_, said) -> words in said }
        return found?.first ?: throw AssertionError("\"$words\" is not on the screen, but:\n" + screen())
    }

    fun find(words: Int, vararg arguments: Any): View = find(text(words, *arguments))

    fun sees(words: String): Boolean = views().any { words in said(it) }

    fun sees(words: Int, vararg arguments: Any): Boolean = sees(text(words, *arguments))

    /** Fails, with all that is on the screen, unless these words are there. */
    fun expect(words: String) {
        find(words)
    }

    fun expect(words: Int, vararg arguments: Any) = expect(text(words, *arguments))

    /** A string of the app in the language that is shown. */
    fun text(id: Int, vararg arguments: Any): String = activity.getString(id, *arguments)

    /** All words on the screen, a line a view. */
    fun screen(): String = views().map(::said).filter(String::isNotBlank).joinToString("\n") { "  $it" }

    private fun said(view: View): String =
        view.contentDescription?.toString() ?: (view as? TextView)?.text?.toString() ?: ""

    // ---- hands -----------------------------------------------------------------------------------------------------

    /** Touches what says so; the touch goes to the nearest thing that can be touched. */
    fun touch(words: String) = touch(find(words))

    fun touch(words: Int, vararg arguments: Any) = touch(text(words, *arguments))

    fun touch(view: View) {
        val target = touchable(view)
        assertTrue("${said(view)}: cannot be touched now", target.isEnabled)
        target.performClick()
        idle()
    }

    /** Presses and holds for [milliseconds]. */
    fun hold(words: String, milliseconds: Long = 2_000) {
        press(words, milliseconds)
        idle()
    }

    fun hold(words: Int, milliseconds: Long = 2_000) = hold(text(words), milliseconds)

    /** Holds, and does not wait for what comes of it. */
    fun press(words: String, milliseconds: Long = 2_000) {
        val target = touchable(find(words))
        finger(target, MotionEvent.ACTION_DOWN)
        ShadowLooper.idleMainLooper()
        val frames = milliseconds / FRAME
        repeat(frames.toInt()) { ShadowLooper.shadowMainLooper().idleFor(Duration.ofMillis(FRAME)) }
        finger(target, MotionEvent.ACTION_UP)
    }

    /** Touches one key after another of the pad on the screen. */
    fun type(keys: String) = keys.forEach { touch(it.toString()) }

    fun back() {
        @Suppress("DEPRECATION")
        activity.onBackPressed()
        idle()
    }

    /** The device is turned, or its language or theme is changed: a new activity from the saved state of the old. */
    fun turn() {
        requireNotNull(controller).recreate()
        idle()
    }

    /** The system takes the process away while the app is behind another, and starts it again when the person returns. */
    fun die() {
        val saved = Bundle()
        requireNotNull(controller).pause().stop().saveInstanceState(saved).destroy()
        idle()
        forget()
        start(throughParcel(saved))
    }

    /** The battery is empty: nothing is left but what the core wrote. The device is charged, and the app is opened again. */
    fun losePower() {
        close()
        forget()
        start(null)
    }

    /** The library's till goes with the process, and so does all that only the memory knew. */
    private fun forget() {
        pos.core.reopen()
        pos.receiptPrints.forget()
        pos.frontDoor.shut()
        pos.card.lose()
        pos.cardResults.watcher = null
        pos.lookedAfter = false
    }

    /** So much later on the main thread's clock: what waits for it happens. */
    fun later(milliseconds: Long) {
        ShadowLooper.shadowMainLooper().idleFor(Duration.ofMillis(milliseconds))
        idle()
    }

    /** As the system keeps it: as bytes. */
    private fun throughParcel(saved: Bundle): Bundle {
        val parcel = Parcel.obtain()
        parcel.writeBundle(saved)
        val bytes = parcel.marshall()
        parcel.recycle()
        val back = Parcel.obtain()
        back.unmarshall(bytes, 0, bytes.size)
        back.setDataPosition(0)
        return requireNotNull(back.readBundle(javaClass.classLoader)).also { back.recycle() }
    }

    private fun start(saved: Bundle?) {
        controller = Robolectric.buildActivity(MainActivity::class.java).also { it.setup(saved ?: Bundle()) }
        idle()
    }

    private fun touchable(view: View): View =
        generateSequence(view) { it.parent as? View }.firstOrNull(View::isClickable)
            ?: throw AssertionError("${said(view)}: nothing to touch here")

    private fun finger(view: View, action: Int) {
        val now = SystemClock.uptimeMillis()
        val event = MotionEvent.obtain(now, now, action, view.width / 2f, view.height / 2f, 0)
        view.dispatchTouchEvent(event)
        event.recycle()
    }

    private companion object {
        const val FRAME = 16L
    }
}
