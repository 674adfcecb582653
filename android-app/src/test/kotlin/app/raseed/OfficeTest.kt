// The head office that other tests lean on: it enrols, and it keeps its address when it comes back.
package app.raseed

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import java.net.Socket

class OfficeTest {
    @get:Rule
    val office = Office()

    @Test
    fun `it enrols, goes away and comes back at the same address`() {
        val address = office.address
        assertTrue(office.enrol("SAS07").startsWith("http://$address/enrol#"))
        assertTrue(answers())
        office.stop()
        assertTrue(!answers())
        office.serve()
        assertEquals(address, office.address)
        assertTrue(answers())
    }

    private fun answers(): Boolean {
        val (host, port) = office.address.split(":")
        return runCatching { Socket(host, port.toInt()).close() }.isSuccess
    }
}
