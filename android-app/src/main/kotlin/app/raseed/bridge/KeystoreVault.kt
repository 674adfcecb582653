// Where the till's secrets sleep: each in a file, sealed with AES-256-GCM under a key that never leaves the Android Keystore.
package app.raseed.bridge

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.system.ErrnoException
import android.system.Os
import android.system.OsConstants
import app.raseed.core.SecretVault
import app.raseed.core.VaultTrouble
import java.io.File
import java.io.FileOutputStream
import java.io.IOException
import java.io.RandomAccessFile
import java.security.GeneralSecurityException
import java.security.KeyStore
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/**
 * A file holds the 12 bytes of the nonce, then what was sealed with its tag. The name is sealed along with it, so that two files
 * cannot be exchanged. Writing is whole or not at all, and durable when it returns.
 */
class KeystoreVault(private val folder: File) : SecretVault {
    override fun load(name: String): ByteArray? = trouble {
        val file = file(name)
        if (!file.exists()) return null
        val sealed = file.readBytes()
        val key = known() ?: throw GeneralSecurityException("the key that sealed it is gone")
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.DECRYPT_MODE, key, GCMParameterSpec(TAG_BITS, sealed, 0, NONCE))
        cipher.updateAAD(name.toByteArray())
        cipher.doFinal(sealed, NONCE, sealed.size - NONCE)
    }

    override fun save(name: String, secret: ByteArray) = trouble {
        val cipher = Cipher.getInstance(CIPHER)
        // The Keystore chooses the nonce: one that is given twice would open both.
        cipher.init(Cipher.ENCRYPT_MODE, known() ?: made())
        cipher.updateAAD(name.toByteArray())
        val sealed = cipher.iv + cipher.doFinal(secret)
        if (!folder.isDirectory && !folder.mkdirs()) throw IOException("no folder for it")
        val unfinished = File(folder, "$name.new")
        FileOutputStream(unfinished).use {
            it.write(sealed)
            it.fd.sync()
        }
        val before = opened(file(name))
        if (!unfinished.renameTo(file(name))) throw IOException("it could not be put in its place")
        keepNames()
        wipe(before)
    }

    override fun forget(name: String) = trouble {
        val file = file(name)
        val before = opened(file)
        if (file.exists() && !file.delete()) throw IOException("it could not be removed")
        wipe(before)
    }

    private fun opened(file: File): RandomAccessFile? = if (file.exists()) RandomAccessFile(file, "rw") else null

    /** Writes over what a file held that has no name any more. As far as the storage lets it: flash may write elsewhere. */
    private fun wipe(file: RandomAccessFile?) {
        try {
            file?.use {
                it.write(ByteArray(it.length().toInt()))
                it.fd.sync()
            }
        } catch (_: IOException) {
            // What is kept is in its place: that is what was asked for.
        }
    }

    private fun file(name: String) = File(folder, "$name.sealed")

    /** Makes a new name in the folder survive a power cut. */
    private fun keepNames() {
        val open = try {
            Os.open(folder.path, OsConstants.O_RDONLY, 0)
        } catch (error: ErrnoException) {
            throw IOException(error)
        }
        try {
            Os.fsync(open)
        } catch (error: ErrnoException) {
            throw IOException(error)
        } finally {
            Os.close(open)
        }
    }

    private fun known(): SecretKey? {
        val keys = KeyStore.getInstance(KEYSTORE).apply { load(null) }
        return keys.getKey(ALIAS, null) as SecretKey?
    }

    private fun made(): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val wish = KeyGenParameterSpec.Builder(ALIAS, purposes)
            .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
            .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
            .setKeySize(256)
            .build()
        return KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, KEYSTORE).apply { init(wish) }.generateKey()
    }

    /** What the Keystore and the file system say, as the one trouble that the core knows. */
    private inline fun <T> trouble(task: () -> T): T = try {
        task()
    } catch (error: GeneralSecurityException) {
        throw VaultTrouble.Unreachable(error.toString())
    } catch (error: IOException) {
        throw VaultTrouble.Unreachable(error.toString())
    } catch (error: RuntimeException) {
        // A Keystore whose service is away answers with these.
        throw VaultTrouble.Unreachable(error.toString())
    }

    private companion object {
        const val KEYSTORE = "AndroidKeyStore"
        const val ALIAS = "raseed"
        const val CIPHER = "AES/GCM/NoPadding"
        const val NONCE = 12
        const val TAG_BITS = 128
    }
}
