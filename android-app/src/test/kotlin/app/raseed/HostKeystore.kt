// The machine's stand-in for the Android Keystore: a real provider of that name, whose keys live in this process only. The vault
// runs against it unmodified, with the machine's own AES-GCM.
package app.raseed

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import java.util.Enumeration
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/** Keys by their alias. They outlive an activity and a process that died in a test; a new device begins with none. */
class HostKeystore private constructor() : Provider(NAME, "1", "Keys in memory, for tests") {
    private val sealing = HashMap<String, SecretKey>()

    init {
        putService(service("KeyStore", NAME) { Store() })
        putService(service("KeyGenerator", "AES") { Generator() })
    }

    /** All keys are gone: what was sealed with them cannot be opened any more. */
    fun lose() = sealing.clear()

    private fun service(type: String, algorithm: String, make: () -> Any) =
        object : Service(this, type, algorithm, type, null, null) {
            override fun newInstance(parameter: Any?): Any = make()
        }

    private inner class Generator : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun engineInit(spec: AlgorithmParameterSpec, random: SecureRandom?) {
            this.spec = spec as KeyGenParameterSpec
        }

        override fun engineInit(random: SecureRandom?) = throw UnsupportedOperationException("a key needs an alias")

        override fun engineInit(size: Int, random: SecureRandom?) = throw UnsupportedOperationException("a key needs an alias")

        override fun engineGenerateKey(): SecretKey {
            val bytes = ByteArray(spec.keySize / 8).also(SecureRandom()::nextBytes)
            return SecretKeySpec(bytes, "AES").also { sealing[spec.keystoreAlias] = it }
        }
    }

    private inner class Store : KeyStoreSpi() {
        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit

        override fun engineGetKey(alias: String, password: CharArray?): Key? = sealing[alias]

        override fun engineContainsAlias(alias: String) = alias in sealing

        override fun engineIsKeyEntry(alias: String) = alias in sealing

        override fun engineAliases(): Enumeration<String> = Collections.enumeration(sealing.keys)

        override fun engineSize() = sealing.size

        override fun engineDeleteEntry(alias: String) {
            sealing.remove(alias)
        }

        override fun engineGetCreationDate(alias: String): Date? = null

        override fun engineIsCertificateEntry(alias: String) = false

        override fun engineGetCertificate(alias: String): Certificate? = null

        override fun engineGetCertificateAlias(certificate: Certificate?): String? = null

        override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

        override fun engineStore(stream: OutputStream?, password: CharArray?) = no()

        override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<Certificate>?) = no()

        override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<Certificate>?) = no()

        override fun engineSetCertificateEntry(alias: String, certificate: Certificate?) = no()

        private fun no(): Nothing = throw UnsupportedOperationException("nothing is put in from outside")
    }

    companion object {
        private const val NAME = "AndroidKeyStore"

        /** A new device's Keystore, instead of that of the test before. */
        fun install(): HostKeystore {
            Security.removeProvider(NAME)
            return HostKeystore().also(Security::addProvider)
        }
    }
}
