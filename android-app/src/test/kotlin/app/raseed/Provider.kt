// A payment provider beside the test, and the payer in front of it: the `raseed psp` program. No money moves.
package app.raseed

import java.io.Closeable
import java.io.File
import java.util.concurrent.TimeUnit

/** Tells [office], which asks it from then on, of every payment. [wrongAmount]: its codes ask for another amount than was ordered. */
class Provider(private val office: Office, wrongAmount: Boolean = false) : Closeable {
    private val process: Process
    private val url: String
    private var between: WrongAmount? = null

    init {
        office.stop()
        val secret = File(office.data.parentFile, "provider.secret").path
        val told = "http://${office.address}/v1/psp/webhook"
        process = program("simulate", "--listen", "127.0.0.1:0", "--secret-file", secret, "--webhook", told, "--configure", office.data.path)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        url = Office.field(process.inputStream.bufferedReader().readLine() ?: error("the provider stopped at once"), "url")
        if (wrongAmount) between = WrongAmount(url).also { office.asks(url, it.url) }
        office.serve()
    }

    /** Somebody pays what the code on the screen asks for; the head office has heard of it when this returns. */
    fun pay(code: String) {
        tell("pay", "--at", url, code)
        repeat(TRIES) { if ("\"waiting\":0" in tell("state", "--at", url)) return }
        error("the news of a payment never arrived: " + tell("state", "--at", url))
    }

    private fun tell(vararg words: String): String {
        val asked = program(*words).redirectErrorStream(true).start()
        val said = asked.inputStream.bufferedReader().readText()
        check(asked.waitFor() == 0) { "raseed psp ${words.joinToString(" ")}: $said" }
        return said
    }

    private fun program(vararg words: String) = ProcessBuilder(listOf(Office.PROGRAM.path, "--json", "psp") + words)

    override fun close() {
        between?.close()
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
    }

    private companion object {
        const val TRIES = 200
    }
}
