// The vault's files: sealed, durable, bound to their names; and refused when anything about them is not as it was written.
package app.raseed.bridge

import app.raseed.HostKeystore
import app.raseed.core.VaultTrouble
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import java.io.File
import java.nio.file.Files

@RunWith(RobolectricTestRunner::class)
class KeystoreVaultTest {
    private val folder = File(Files.createTempDirectory("vault").toFile(), "deeper")
    private val vault = KeystoreVault(folder)
    private lateinit var keystore: HostKeystore

    private val secret = ByteArray(32) { it.toByte() }
    private val other = ByteArray(32) { (it + 100).toByte() }

    @Before
    fun device() {
        keystore = HostKeystore.install()
    }

    @Test
    fun `what is kept is found again, by the next life of the app too, and stands nowhere in clear`() {
        assertNull(vault.load("till"))
        vault.save("till", secret)
        assertArrayEquals(secret, KeystoreVault(folder).load("till"))
        vault.save("till", other)
        assertArrayEquals(other, vault.load("till"))
        assertEquals(listOf("till.sealed"), folder.list().orEmpty().toList())
        val file = sealed("till").readBytes()
        assertEquals(12 + 32 + 16, file.size)
        assertFalse(String(other, Charsets.ISO_8859_1) in String(file, Charsets.ISO_8859_1))
    }

    @Test
    fun `the same secret is never sealed the same way twice`() {
        vault.save("till", secret)
        val once = sealed("till").readBytes()
        vault.save("till", secret)
        assertFalse(once.contentEquals(sealed("till").readBytes()))
    }

    @Test
    fun `two files that were exchanged are refused`() {
        vault.save("till", secret)
        vault.save("database", other)
        val (till, database) = sealed("till").readBytes() to sealed("database").readBytes()
        sealed("till").writeBytes(database)
        sealed("database").writeBytes(till)
        refused("till")
        refused("database")
    }

    @Test
    fun `a file that is damaged anywhere, cut or empty is refused`() {
        vault.save("till", secret)
        val whole = sealed("till").readBytes()
        for (at in whole.indices) {
            sealed("till").writeBytes(whole.clone().also { it[at] = (it[at].toInt() xor 1).toByte() })
            refused("till")
        }
        for (length in listOf(0, 1, 11, 12, 13, whole.size - 1)) {
            sealed("till").writeBytes(whole.copyOf(length))
            refused("till")
        }
        sealed("till").writeBytes(whole)
        assertArrayEquals(secret, vault.load("till"))
    }

    @Test
    fun `without the key of the device nothing opens`() {
        vault.save("till", secret)
        keystore.lose()
        refused("till")
    }

    @Test
    fun `what is forgotten is gone`() {
        vault.forget("till")
        vault.save("till", secret)
        vault.forget("till")
        assertNull(vault.load("till"))
        assertEquals(0, folder.list().orEmpty().size)
    }

    @Test
    fun `where nothing can be written it says so, and what was there stays`() {
        vault.save("till", secret)
        // A folder in the way of the unfinished file.
        File(folder, "till.new/in the way").mkdirs()
        assertThrows(VaultTrouble.Unreachable::class.java) { vault.save("till", other) }
        assertArrayEquals(secret, vault.load("till"))
    }

    private fun refused(name: String) {
        assertThrows(VaultTrouble.Unreachable::class.java) { vault.load(name) }
    }

    private fun sealed(name: String) = File(folder, "$name.sealed")
}
