// A device that strangers use: what they come to, what it forgets, who gets behind it, and for how long.
package app.raseed

import android.app.ActivityManager
import android.app.admin.DevicePolicyManager
import android.content.ComponentName
import android.content.Context
import android.view.MotionEvent
import app.raseed.bridge.FoundView
import app.raseed.bridge.PayMode
import app.raseed.frame.Language
import app.raseed.frame.Place
import app.raseed.screen.Admission
import app.raseed.screen.PaymentFacts
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.Shadows.shadowOf

class KioskTest : House() {
    @Test
    fun `a stranger comes to nothing of the staff by any button, any key, any long press`() {
        stand("SAS61")
        val household = households().first()
        val typed = Place(Screens.OWN_NUMBER).with("typed", household.digits)
        // Who knows of the door may stand before it; without the PIN nothing is behind it.
        val reached = Wander(this, typed, Place(Screens.STAFF_DOOR)).everywhere()
        assertTrue("$reached", Admission.PUBLIC.containsAll(reached))
        assertTrue("the wandering went through: $reached", reached.containsAll(listOf(Screens.OWN_BILL, Screens.HOW, Screens.PAY_CODE, Screens.PAY_UNKNOWN, Screens.STAFF_DOOR)))
        for (screen in listOf(Screens.ABOUT, Screens.QUEUE, Screens.SHIFT, Screens.PRINTER, Screens.HOUSEHOLD, Screens.LET_GO, Screens.PAY_SHOWN)) {
            goTo(Place(screen))
            assertEquals("opened by force: $screen", Screens.HOME, here.screen)
        }
    }

    @Test
    fun `one's own bill by its whole number, and no name of anybody`() {
        stand("SAS62")
        val household = households().first()
        touch(Language.Hindi.own)
        expect(R.string.kiosk_number)
        type(household.digits.dropLast(1))
        touch(R.string.kiosk_show)
        expect(text(R.string.kiosk_no_bill, household.digits.dropLast(1)))
        type(household.digits.takeLast(1))
        touch(R.string.kiosk_show)
        expect(household.account)
        expect(pos.core.book().household(household.account).payable!!.text)
        assertFalse(screen(), sees(household.name) || sees(household.nameLatin))
        turn()
        expect(R.string.kiosk_yours)
        touch(R.string.kiosk_other)
        expect(R.string.kiosk_number)
    }

    @Test
    fun `half a minute without a touch, and what was typed is forgotten`() {
        stand("SAS63")
        touch(Language.Bengali.own)
        type("060")
        nothing(25)
        press()
        nothing(25)
        expect("060")
        nothing(6)
        expectFront()
        back()
        expectFront()
        touch(Language.Bengali.own)
        assertFalse(sees("060"))
        type("0601")
        die()
        expect("0601")
        nothing(31)
        expectFront()
    }

    @Test
    fun `while money may be moving, that payment stays in sight`() {
        stand("SAS64")
        val household = households().first()
        val payment = ask(household)
        touch(Language.English.own)
        type("060")
        nothing(31)
        assertEquals(Screens.PAY_UNKNOWN to payment, here.screen to here.facts.getString(PaymentFacts.PAYMENT))
        nothing(31)
        assertEquals(Screens.PAY_UNKNOWN, here.screen)
        activity.restart(Place(Screens.OWN_NUMBER))
        idle()
        assertFalse("the number is forgotten all the same", sees("060"))
    }

    @Test
    fun `the staff comes in with the supervisor's PIN, for five minutes`() {
        stand("SAS65")
        hold(name, 2_000)
        expectFront()
        atTheDoor()
        type(PIN)
        touch(R.string.staff_enter)
        expect(R.string.staff_lock)
        touch(R.string.about_title)
        expect(R.string.about_records)
        expect(R.string.profile_kiosk)
        nothing(290)
        expect(R.string.about_records)
        nothing(11)
        expectFront()
        back()
        expectFront()
        goTo(Place(Screens.ABOUT))
        expectFront()
    }

    @Test
    fun `locked again by hand, by the process dying, and after a sleep`() {
        stand("SAS66")
        for (leave in listOf<() -> Unit>({ touch(R.string.staff_lock) }, { die() }, { sleep() })) {
            atTheDoor()
            type(PIN)
            touch(R.string.staff_enter)
            expect(R.string.staff_lock)
            leave()
            expectFront()
        }
    }

    /** Behind a dark screen no timer runs. */
    private fun sleep() {
        close()
        org.robolectric.shadows.ShadowSystemClock.advanceBy(java.time.Duration.ofMinutes(6))
        open()
    }

    @Test
    fun `wrong PINs make everybody wait, also after a restart`() {
        stand("SAS67")
        atTheDoor()
        repeat(4) { at ->
            type("1234")
            touch(R.string.staff_enter)
            expect(text(R.string.trouble_type_pin, (4 - at).toString()))
        }
        type("1234")
        touch(R.string.staff_enter)
        type(PIN)
        touch(R.string.staff_enter)
        expect(text(R.string.trouble_wait_for_pin, "1"))
        die()
        type(PIN)
        touch(R.string.staff_enter)
        expect(text(R.string.trouble_wait_for_pin, "1"))
        back()
        expectFront()
    }

    @Test
    fun `a new kiosk asks for a PIN first, and is shut until it has one, a book and a shift`() {
        open()
        enrol(office, "SAS68", "kiosk")
        activity.restart(Place(Screens.HOME))
        idle()
        expect(R.string.pin_new)
        nothing(301)
        expect(R.string.kiosk_closed)
        assertFalse(sees(Language.English.own))
        hold(R.string.app_name, 3_200)
        expect(R.string.pin_new)
        type(PIN)
        touch(R.string.pin_go_on)
        type(PIN)
        touch(R.string.pin_go_on)
        expect(R.string.pin_set)
        touch(R.string.pin_go_on)
        expect(R.string.remedy_sync)
        pos.core.sync().run()
        pos.core.device().openShift(STAFF, 0)
        touch(R.string.staff_lock)
        expectFront()
    }

    @Test
    fun `where the device's owner allows it, the keys that leave are dead, except for the staff`() {
        val owner = pos.getSystemService(Context.DEVICE_POLICY_SERVICE) as DevicePolicyManager
        val admin = ComponentName(pos, "owner")
        shadowOf(owner).setDeviceOwner(admin)
        owner.setLockTaskPackages(admin, arrayOf(pos.packageName))
        stand("SAS69")
        assertEquals(ActivityManager.LOCK_TASK_MODE_LOCKED, tasks())
        atTheDoor()
        type(PIN)
        touch(R.string.staff_enter)
        assertEquals(ActivityManager.LOCK_TASK_MODE_NONE, tasks())
        nothing(301)
        assertEquals(ActivityManager.LOCK_TASK_MODE_LOCKED, tasks())
    }

    private fun tasks() = (activity.getSystemService(Context.ACTIVITY_SERVICE) as ActivityManager).lockTaskModeState

    /** Ready for the first stranger. */
    private fun stand(till: String) {
        open()
        begin(office, till, "kiosk")
        pos.core.device().setPin(null, PIN)
        activity.restart(Place(Screens.HOME))
        idle()
        touch(R.string.staff_lock)
        expectFront()
    }

    private fun expectFront() {
        for (language in Language.values()) expect(language.own)
        expect(name)
    }

    private fun atTheDoor() {
        hold(name, 3_200)
        expect(R.string.staff_pin)
    }

    /** A finger on the glass, and nothing else. */
    private fun press() {
        val now = android.os.SystemClock.uptimeMillis()
        val event = MotionEvent.obtain(now, now, MotionEvent.ACTION_DOWN, 1f, 1f, 0)
        activity.dispatchTouchEvent(event)
        event.recycle()
        idle()
    }

    private fun ask(it: FoundView): String {
        val due = pos.core.book().household(it.account).payable!!
        return pos.core.payments().begin(pos.core.collect().newRequest(), it.account, due.paise, PayMode.UPI, "", STAFF).payment
    }

    /** The utility's, as it stands there. */
    private val name get() = pos.core.home().utility

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
