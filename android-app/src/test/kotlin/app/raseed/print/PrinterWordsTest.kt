// Every state of a printer has words of its own in every language, and the colours of the states that a person must look at.
package app.raseed.print

import app.raseed.bridge.PrintSent
import app.raseed.bridge.PrintTrouble
import app.raseed.bridge.PrinterState
import app.raseed.frame.Language
import app.raseed.frame.LanguageChoice
import app.raseed.look.Banner
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

@RunWith(RobolectricTestRunner::class)
class PrinterWordsTest {
    private val states = listOf(
        PrintState.NoPrinter,
        PrintState.Connecting("P"),
        PrintState.Printing(1, 2),
        PrintState.Waiting(PrinterState.OVERHEATED),
        PrintState.Waiting(PrinterState.BUSY),
        PrintState.Printed(paperLow = false),
        PrintState.Printed(paperLow = true),
        PrintState.Unconfirmed,
    ) + NoConnection.values().map(PrintState::Unreachable) +
        PrintTrouble.values().flatMap { trouble -> PrintSent.values().map { PrintState.Stopped(trouble, it) } }

    @Test
    fun `each state has its own words`() {
        for (language in Language.values()) {
            LanguageChoice(RuntimeEnvironment.getApplication()).chosen = language
            val context = LanguageChoice(RuntimeEnvironment.getApplication()).applied(RuntimeEnvironment.getApplication())
            val words = states.map { PrinterWords.of(context, it).words }
            assertEquals(words, words.distinct())
        }
    }

    @Test
    fun `only what is printed is green`() {
        val green = states.filter { PrinterWords.of(RuntimeEnvironment.getApplication(), it).kind == Banner.Kind.Done }
        assertEquals(states.filterIsInstance<PrintState.Printed>(), green)
    }
}
