// One wish is one receipt, whatever happens between the thumb and the answer: the device is turned, the process dies, the answer
// is lost, the button is pressed twice.
package app.raseed

import app.raseed.bridge.FoundView
import app.raseed.bridge.Money
import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.ClassRule
import org.junit.Test
import java.util.concurrent.CountDownLatch

class PaymentTest : House() {
    private val receipts get() = pos.core.home().receipts.toInt()

    @Test
    fun `turned at every step, it is taken once`() = upsetAtEveryStep("SAS11") { turn() }

    @Test
    fun `the process dying at every step, it is taken once`() = upsetAtEveryStep("SAS12") { die() }

    private fun upsetAtEveryStep(till: String, upset: () -> Unit) {
        open()
        begin(office, till)
        val households = households()
        for (at in 0..steps(households[0]).size) {
            val before = receipts
            val household = households[at]
            steps(household).forEachIndexed { step, act ->
                if (step == at) upset()
                act()
            }
            if (at == steps(household).size) upset()
            expect(R.string.receipt_taken)
            assertEquals("upset before step $at", before + 1, receipts)
            assertEquals(household.account, pos.core.home().newest?.account)
            back()
            expect(R.string.home_collect)
        }
    }

    /** From the first key to the receipt. */
    private fun steps(it: FoundView): List<() -> Unit> = listOf(
        { goTo(Place(Screens.FIND)) },
        { type(it.digits.dropLast(1)) },
        { type(it.digits.takeLast(1)) },
        { touch(text(R.string.household_all, due(it).text)) },
        { touch("Cash") },
        { touch(pos.core.collect().likelySums(due(it).paise).last().text) },
        { hold(text(R.string.cash_hold, due(it).text)) },
    )

    private fun due(it: FoundView): Money = pos.core.book().household(it.account).payable!!

    @Test
    fun `what was typed stands there after the device was turned, and after coming back`() {
        open()
        begin(office, "SAS13")
        val household = households()[0]
        goTo(Place(Screens.FIND))
        type(household.digits)
        expect(household.account)
        back()
        expect(R.string.find_title)
        expect(household.digits)
        touch(household.name)
        touch(R.string.household_other)
        type("120")
        turn()
        expect("₹120")
        type("00")
        expect("₹12,000")
        touch(R.string.erase)
        touch(R.string.erase)
        touch(text(R.string.amount_take, "₹120"))
        touch("Cash")
        touch(R.string.cash_other)
        type("100")
        expect(text(R.string.cash_missing, "₹20"))
        assertEquals("nothing is taken while some is missing", false, sees(text(R.string.cash_hold, "₹120")))
        die()
        expect(text(R.string.cash_missing, "₹20"))
        touch(R.string.erase)
        touch(R.string.erase)
        type("50")
        expect(text(R.string.cash_change, "₹30"))
        hold(text(R.string.cash_hold, "₹120"))
        assertEquals(1, receipts)
    }

    @Test
    fun `the process dies after the receipt stands and before the screen knows`() {
        val due = atCash("SAS14")
        whileTheCoreIsHeld {
            press(text(R.string.cash_hold, due.text))
            expect(R.string.cash_recording)
        }
        // Now it is recorded; the answer waits, and nobody is there to hear it.
        pos.work.finish()
        die()
        expect(R.string.receipt_again)
        expect(due.text)
        assertEquals(1, receipts)
        back()
        expect(R.string.home_collect)
        assertEquals(1, receipts)
    }

    @Test
    fun `the device is turned while the core records`() {
        val due = atCash("SAS15")
        whileTheCoreIsHeld { press(text(R.string.cash_hold, due.text)) }
        turn()
        expect(R.string.receipt_title)
        expect(due.text)
        assertEquals(1, receipts)
    }

    @Test
    fun `a second press, a third, and the way back do nothing while it is recorded`() {
        val due = atCash("SAS16")
        whileTheCoreIsHeld {
            val button = find(text(R.string.cash_hold, due.text))
            press(text(R.string.cash_hold, due.text))
            button.performClick()
            button.performClick()
            @Suppress("DEPRECATION")
            activity.onBackPressed()
            expect(R.string.cash_recording)
        }
        idle()
        expect(R.string.receipt_taken)
        assertEquals(1, receipts)
        back()
        expect(R.string.home_collect)
    }

    @Test
    fun `held too shortly, nothing is taken`() {
        val due = atCash("SAS17")
        hold(text(R.string.cash_hold, due.text), milliseconds = 300)
        expect(text(R.string.cash_hold, due.text))
        assertEquals(0, receipts)
        back()
        touch("Cash")
        hold(text(R.string.cash_hold, due.text))
        assertEquals(1, receipts)
    }

    private fun atCash(till: String): Money {
        open()
        begin(office, till)
        val household = households()[0]
        val due = due(household)
        goTo(Place(Screens.FIND))
        type(household.digits)
        touch(text(R.string.household_all, due.text))
        touch("Cash")
        return due
    }

    /** The core is busy with something else, so that what is asked of it meanwhile stays unanswered. */
    private fun whileTheCoreIsHeld(act: () -> Unit) {
        val free = CountDownLatch(1)
        pos.work.ask({ free.await() }) {}
        try {
            act()
        } finally {
            free.countDown()
        }
    }

    companion object {
        @ClassRule
        @JvmField
        val office = Office()
    }
}
