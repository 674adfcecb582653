// What this device is, whether all is whole, and when it is getting full.
package app.raseed

import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.shadows.ShadowStatFs

class AboutTest : House() {
    @Test
    fun `what the till knows about itself, and everything checked`() {
        begin(office, "SAS01")
        take("BHG-0002")
        open()
        goTo(Place(Screens.ABOUT))
        val about = pos.core.about()
        for (fact in listOf(about.till, about.grandTotal.text, about.officeUrl, about.head.chunked(4).joinToString(" "))) expect(fact)
        expect(about.storage.technical)
        touch(R.string.about_check)
        expect(R.string.about_checked)
    }

    @Test
    fun `little storage is said in time, also before enrolment`() {
        HostKeystore.install()
        ShadowStatFs.registerStats(pos.noBackupFilesDir, 100_000, 30_000, 30_000)
        open()
        goTo(Place(Screens.ABOUT))
        expect(R.string.about_little_room, "122")
        expect(R.string.trouble_enrol)
        ShadowStatFs.registerStats(pos.noBackupFilesDir, 1_000_000, 900_000, 900_000)
        turn()
        assertTrue(seesNot(R.string.about_little_room, "122"))
        touch(R.string.printer_title)
        expect(R.string.printer_none)
    }

    private companion object {
        @JvmField
        @ClassRule
        val office = Office()
    }
}
