// What both measurements with a till need: a real head office with a book in it, tills enrolled there, and their ports.

import app.raseed.core.DeviceClock
import app.raseed.core.DevicePorts
import app.raseed.core.Language
import app.raseed.core.Moment
import app.raseed.core.Raseed
import app.raseed.core.SecretVault
import java.io.File
import java.util.concurrent.TimeUnit

const val STAFF = "jaspreet"

/** A till's folder, with the folder of its keys beside it. */
class Place(private val folder: File) {
    val till = File(folder, "till").path
    val vault = File(folder, "vault").path

    fun core() = Raseed(till, DevicePorts(HostClock, FolderVault(File(vault))), Language.PUNJABI, rehearsal = false)

    /** Enrolled, with the whole book, and open for business. */
    fun made(office: Office, name: String): Place {
        core().apply {
            device().enrol(office.enrol(name))
            sync().run()
            device().openShift(STAFF, 0)
            reopen()
            destroy()
        }
        return this
    }
}

/** `raseed office serve` on a free port, over the book in a folder. */
class Office(private val program: String, private val folder: File, book: String) : AutoCloseable {
    private val server: Process
    private val address: String

    init {
        tell("import", book)
        server = start("serve", "--listen", "127.0.0.1:0")
        address = field(server.inputStream.bufferedReader().readLine() ?: error("the head office stopped at once"), "listening")
    }

    fun enrol(till: String) = field(tell("enrol", till, "--url", "http://$address"), "link")

    override fun close() {
        server.destroy()
        if (!server.waitFor(10, TimeUnit.SECONDS)) server.destroyForcibly().waitFor()
    }

    private fun tell(vararg words: String): String {
        val process = start(*words)
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor() == 0) { "raseed office ${words.joinToString(" ")}: $said" }
        return said
    }

    private fun start(vararg words: String): Process =
        ProcessBuilder(listOf(program, "office", "--data", File(folder, "office").path, "--json") + words)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()

    private fun field(json: String, name: String) =
        Regex("\"$name\":\"([^\"]*)\"").find(json)?.groupValues?.get(1) ?: error("no $name in $json")
}

/** One boot as long as the run lasts. */
object HostClock : DeviceClock {
    override fun now() = System.currentTimeMillis().let { Moment(it, it, 0) }
}

/** Keys as plain files: what a Keystore takes on top is the device's own, and not measured. */
class FolderVault(private val folder: File) : SecretVault {
    override fun load(name: String) = file(name).takeIf(File::exists)?.readBytes()

    override fun save(name: String, secret: ByteArray) {
        folder.mkdirs()
        file(name).writeBytes(secret)
    }

    override fun forget(name: String) {
        file(name).delete()
    }

    private fun file(name: String) = File(folder, "$name.key")
}
