// A receipt is proven with no network: a genuine one, one with a letter changed, a stranger's, half a one, another kind of code.
package app.raseed

import android.content.ClipData
import android.content.ClipboardManager
import android.content.Context
import app.raseed.bridge.copyFolder
import app.raseed.frame.Place
import app.raseed.screen.Screens
import org.junit.Assert.assertTrue
import org.junit.ClassRule
import org.junit.Test
import java.io.File

class VerifyTest : House() {
    @Test
    fun `genuine or not, and why`() {
        begin(office, "SAS01")
        val receipt = take("BHG-0002")
        open()
        goTo(Place(Screens.VERIFY))
        expect(R.string.scan_no_camera)
        touch(R.string.verify_type)
        check(receipt.link)
        expect(R.string.verify_genuine)
        expect(receipt.amount.words)
        expect(receipt.receipt)
        expect("BHG-0002")
        turn()
        expect(R.string.verify_genuine)
        die()
        expect(R.string.verify_genuine)

        val at = receipt.link.length - 20
        val other = if (receipt.link[at] == 'A') "B" else "A"
        another(receipt.link.replaceRange(at, at + 1, other), R.string.verify_changed)
        assertTrue("nothing of it is shown", !sees(receipt.amount.money.text))
        another(receipt.link.dropLast(receipt.link.length / 4), R.string.verify_damaged)
        another(stranger, R.string.verify_stranger)
        another("upi://pay?pa=x@y&am=260.00", R.string.verify_other_code)

        touch(R.string.verify_another)
        val board = pos.getSystemService(Context.CLIPBOARD_SERVICE) as ClipboardManager
        board.setPrimaryClip(ClipData.newPlainText("", receipt.link))
        touch(R.string.verify_paste)
        touch(R.string.verify_check)
        expect(R.string.verify_genuine)
    }

    /** This device was set back to an earlier day, and so was its second copy: it has the key, but not the receipt. */
    @Test
    fun `signed by this device, but never given by it`() {
        val receipt = takeAndSetBack("SAS02")
        copyFolder(pos).deleteRecursively()
        look(receipt)
        expect(R.string.verify_not_ours)
    }

    @Test
    fun `a device that was set back has the receipt again from its second copy`() {
        look(takeAndSetBack("SAS03"))
        expect(R.string.verify_genuine)
    }

    private fun takeAndSetBack(name: String): String {
        begin(office, name)
        val till = File(pos.noBackupFilesDir, "till")
        val earlier = File(pos.cacheDir, "earlier")
        pos.core.reopen()
        till.copyRecursively(earlier)
        val receipt = take("BHG-0002")
        pos.core.reopen()
        till.deleteRecursively()
        earlier.copyRecursively(till)
        return receipt.link
    }

    private fun look(link: String) {
        open()
        goTo(Place(Screens.VERIFY))
        touch(R.string.verify_type)
        check(link)
    }

    private fun check(link: String) {
        write(link)
        touch(R.string.verify_check)
    }

    private fun another(link: String, says: Int) {
        touch(R.string.verify_another)
        check(link)
        expect(says)
    }

    private companion object {
        @JvmField
        @ClassRule
        val office = Office()

        /** Genuine, but of another head office. */
        val stranger: String by lazy { Office.field(File("../tests/vectors/receipts/valid.json").readText().replace("\": \"", "\":\""), "text") }
    }
}
