// The second copy: on a card if there is one, beside the till if not, and said plainly when it cannot be written.
package app.raseed

import android.os.Environment
import app.raseed.bridge.copyFolder
import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import org.robolectric.shadows.ShadowEnvironment
import java.io.File

class CopyFolderTest : House() {
    @Test
    fun `what is taken is kept on the card that is in the device`() {
        val folder = card(removable = true, Environment.MEDIA_MOUNTED)
        assertEquals(File(folder, "copy"), copyFolder(pos))
        begin(office, "SAS01")
        take("BHG-0002")
        assertTrue(File(folder, "copy").list().orEmpty().any { it.endsWith(".sealed") })
    }

    @Test
    fun `without a card it is kept beside the till`() {
        val beside = File(pos.noBackupFilesDir, "copy")
        assertEquals(beside, copyFolder(pos))
        card(removable = true, Environment.MEDIA_REMOVED)
        assertEquals(beside, copyFolder(pos))
        card(removable = false, Environment.MEDIA_MOUNTED)
        assertEquals("storage that is built in is no second place", beside, copyFolder(pos))
        begin(office, "SAS02")
        take("BHG-0003")
        assertTrue(beside.list().orEmpty().any { it.endsWith(".sealed") })
        open()
        assertTrue(seesNot(R.string.home_second_copy))
    }

    @Test
    fun `a copy that cannot be written is said, and money is taken all the same`() {
        begin(office, "SAS03")
        breakCopy()
        open()
        expect(R.string.home_second_copy)
        take("BHG-0004")
        goTo(Place(Screens.HOME))
        expect(R.string.home_second_copy)
        assertEquals(1u, pos.core.home().receipts)
    }

    /** One more place for files, as the system says of it. */
    private fun card(removable: Boolean, state: String): File {
        ShadowEnvironment.addExternalDir("card-$removable-$state")
        val folder = pos.getExternalFilesDirs(null).last()
        ShadowEnvironment.setExternalStorageRemovable(folder, removable)
        ShadowEnvironment.setExternalStorageState(folder, state)
        return folder
    }

    private companion object {
        @JvmField
        @ClassRule
        val office = Office()
    }
}
