// The one activity: it shows the screen of the place where the person is, and nothing else.
package app.raseed

import android.app.Activity
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager
import android.os.Bundle
import app.raseed.bridge.core
import app.raseed.frame.Frame
import app.raseed.frame.FrameView
import app.raseed.frame.Guard
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.frame.Place
import app.raseed.frame.Screen
import app.raseed.frame.SystemBack
import app.raseed.frame.Trail
import app.raseed.screen.PaymentFacts
import app.raseed.screen.Screens

class MainActivity : Activity(), Frame {
    private lateinit var trail: Trail
    private lateinit var view: FrameView
    private var screen: Screen? = null
    private lateinit var guard: Guard
    private var resumed = false

    /** Who stood before the device when the screen was made. */
    private var shownShut = false

    override val activity: Activity get() = this
    override val pos: Pos get() = application as Pos

    override fun attachBaseContext(base: Context) = super.attachBaseContext(LanguageChoice(base).applied(base))

    override fun onCreate(saved: Bundle?) {
        super.onCreate(saved)
        view = FrameView(this)
        setContentView(view)
        SystemBack.listen(this, ::back)
        guard = Guard(this, pos.frontDoor, ::nobodyThere, ::toTheFront)
        trail = Trail.from(saved?.getBundle(TRAIL)) ?: Trail(Screens.first(this))
        // A payment app may clear the task and begin it anew with its answer; a saved activity has taken its intent already.
        if (saved?.getBundle(TRAIL) == null) pos.card.linked(intent)
        show()
    }

    override fun onResume() {
        super.onResume()
        resumed = true
        pos.work.onBusy = view::busy
        if (pos.card.onReturn == null) pos.cardResults.listen()
        pos.card.seen()
        // The staff's time may have ended while nobody saw it.
        if (pos.frontDoor.isShut != shownShut) return toTheFront()
        screen?.shown()
        guard.watch()
    }

    override fun onPause() {
        resumed = false
        pos.work.onBusy = null
        guard.rest()
        screen?.hidden()
        super.onPause()
    }

    override fun onSaveInstanceState(out: Bundle) {
        super.onSaveInstanceState(out)
        screen?.keep()
        out.putBundle(TRAIL, trail.save())
    }

    override fun onDestroy() {
        screen?.left()
        super.onDestroy()
    }

    @Deprecated("Android 13 has another way; see SystemBack")
    override fun onBackPressed() = back()

    override fun go(place: Place) = leave { trail.go(place) }

    override fun replace(place: Place) = leave { trail.replace(place) }

    override fun restart(place: Place) = leave { trail.restart(place) }

    override fun back() {
        if (screen?.back() == true) return
        when {
            trail.depth > 1 -> leave { trail.back() }
            // Nobody leaves a kiosk; from anywhere in it one comes to its first screen.
            pos.frontDoor.isKiosk -> if (trail.here.screen != Screens.HOME) toTheFront()
            else -> finish()
        }
    }

    override fun onUserInteraction() {
        super.onUserInteraction()
        guard.watch()
    }

    override fun speak(language: Language, then: Place) {
        LanguageChoice(this).chosen = language
        // What the core writes, amounts in words and dates, follows.
        pos.work.ask({ pos.core.setLanguage(language.core) }) {}
        trail.restart(then)
        recreate()
    }

    @Deprecated("The way that replaces it is AndroidX's")
    override fun onActivityResult(request: Int, result: Int, data: Intent?) {
        if (!pos.card.result(request, result, data)) screen?.onResult(request, result, data)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        pos.card.linked(intent)
    }

    override fun onRequestPermissionsResult(request: Int, asked: Array<String>, answers: IntArray) {
        screen?.onPermission(request, answers.isNotEmpty() && answers.all { it == PackageManager.PERMISSION_GRANTED })
    }

    private fun leave(move: () -> Unit) {
        screen?.let {
            it.keep()
            if (resumed) it.hidden()
            it.left()
        }
        move()
        show()
    }

    private fun toTheFront() = restart(Place(Screens.HOME))

    /** What a stranger typed is forgotten; but while money may be moving, that payment stays in sight. */
    private fun nobodyThere() {
        val here = trail.here
        pos.work.ask({ pos.core.payments().pending().map { it.payment } }) { pending ->
            if (resumed && trail.here === here && pos.frontDoor.isShut) rest(here, pending.getOrDefault(emptyList()))
        }
    }

    private fun rest(here: Place, pending: List<String>) {
        if (here.screen == Screens.HOME || here.facts.getString(PaymentFacts.PAYMENT) in pending) return guard.watch()
        toTheFront()
        pending.firstOrNull()?.let { go(Place(Screens.PAY_UNKNOWN).with(PaymentFacts.PAYMENT, it)) }
    }

    private fun show() {
        val next = Screens.make(this, trail.here)
        // A place that this device does not show, or not to whoever stands there now, is not kept behind the first one.
        if (next.place !== trail.here) trail.restart(next.place)
        shownShut = pos.frontDoor.isShut
        screen = next
        view.show(next.build())
        if (!resumed) return
        next.shown()
        guard.watch()
    }

    private companion object {
        const val TRAIL = "trail"
    }
}
