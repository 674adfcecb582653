// A real head office beside the test: the `raseed` program with the sample book of 5,000 households, on a free port.
package app.raseed

import java.io.File
import java.nio.file.Files
import java.util.concurrent.TimeUnit

/**
 * Use as `@ClassRule` or by hand; [stop] it and [serve] it again to take the network away and give it back. [otherwise]: what stands
 * differently in the rules of its book.
 */
class Office(private vararg val otherwise: Pair<String, String>) : org.junit.rules.ExternalResource() {
    private val folder: File = Files.createTempDirectory("raseed-office").toFile()
    private var server: Process? = null

    /** Where tills reach it; the same after it was stopped and started again. */
    lateinit var address: String
        private set

    override fun before() {
        // Where looks of a class come one after another, the rule of the one before has cleared up.
        folder.mkdirs()
        tell("import", book().path)
        serve("127.0.0.1:0")
    }

    override fun after() {
        stop()
        folder.deleteRecursively()
    }

    private fun book(): File {
        if (otherwise.isEmpty()) return BOOK
        val book = File(folder, "book").also { BOOK.copyRecursively(it) }
        val rules = File(book, "rules.json")
        rules.writeText(otherwise.fold(rules.readText()) { text, (old, new) -> text.replace(old, new).also { check(it != text) { old } } })
        return book
    }

    /** Where it keeps everything. */
    val data: File get() = File(folder, "data")

    /** From its next start on it asks its payment service at another address. */
    fun asks(old: String, new: String) {
        val config = File(data, "psp.json")
        config.writeText(config.readText().also { check(old in it) { it } }.replace(old, new))
    }

    /** Answers again, at the address it had. */
    fun serve() {
        if (server == null) serve(address)
    }

    /** The network is gone: nobody answers. */
    fun stop() {
        server?.run {
            destroy()
            if (!waitFor(10, TimeUnit.SECONDS)) destroyForcibly().waitFor()
        }
        server = null
    }

    /** A link that enrols this till once; [profile]: what it is used for, a collector's if it is null. */
    fun enrol(till: String, profile: String? = null): String {
        val used = if (profile == null) emptyArray() else arrayOf("--profile", profile)
        return field(tell("enrol", till, "--url", "http://$address", *used), "link")
    }

    fun revoke(till: String) = tell("revoke", till)

    /** What the program answers to `raseed office VERB ...`, in JSON. */
    fun tell(vararg words: String): String {
        val process = program(*words).redirectErrorStream(true).start()
        val said = process.inputStream.bufferedReader().readText()
        check(process.waitFor() == 0) { "raseed office ${words.joinToString(" ")}: $said" }
        return said
    }

    /** What the ledger says is in the hands of this till, in paise. */
    fun cash(till: String): Long {
        val ledger = tell("ledger")
        val line = Regex("""\{[^{}]*"till":"$till"[^{}]*\}""").find(ledger)?.value ?: return 0
        return Regex("\"cash_paise\":(-?\\d+)").find(line)?.groupValues?.get(1)?.toLong() ?: error("no cash in $line")
    }

    private fun serve(at: String) {
        val process = program("serve", "--listen", at).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        server = process
        val said = process.inputStream.bufferedReader().readLine() ?: error("the head office stopped at once")
        address = field(said, "listening")
    }

    private fun program(vararg words: String) =
        ProcessBuilder(listOf(PROGRAM.path, "office", "--data", data.path, "--json") + words)

    companion object {
        private val ROOT = File("..").canonicalFile
        private val BOOK = File(ROOT, "tests/data/sample-book")

        /** The built program; RASEED may name another. */
        val PROGRAM: File by lazy {
            val named = System.getenv("RASEED")?.let(::File)
            val built = listOf("release", "debug").map { File(ROOT, "target/$it/raseed") }
            // The newest: an older one may not know today's book.
            (named ?: built.filter(File::exists).maxByOrNull(File::lastModified))
                ?: error("there is no raseed program: cargo build -p raseed")
        }

        /** A field of one line of JSON that holds text. */
        fun field(json: String, name: String): String =
            Regex("\"$name\":\"([^\"]*)\"").find(json)?.groupValues?.get(1) ?: error("no $name in $json")
    }
}
