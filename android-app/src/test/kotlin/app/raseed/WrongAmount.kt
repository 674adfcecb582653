// Stands between the head office and a payment provider, and changes the amount in every code that the provider makes.
package app.raseed

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.io.Closeable
import java.net.HttpURLConnection
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.URL

class WrongAmount(private val provider: String) : Closeable {
    private val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0).apply {
        createContext("/", ::pass)
        start()
    }

    /** Where the head office finds it. */
    val url = "http://127.0.0.1:${server.address.port}"

    private fun pass(asked: HttpExchange) = asked.use {
        val onward = URL(provider + it.requestURI).openConnection() as HttpURLConnection
        onward.requestMethod = it.requestMethod
        for (name in listOf("Authorization", "Content-Type")) it.requestHeaders.getFirst(name)?.let { value -> onward.setRequestProperty(name, value) }
        val body = it.requestBody.readBytes()
        if (body.isNotEmpty()) {
            onward.doOutput = true
            onward.outputStream.use { out -> out.write(body) }
        }
        val status = onward.responseCode
        val said = (if (status < 400) onward.inputStream else onward.errorStream)?.readBytes()?.decodeToString().orEmpty()
        val changed = said.replace(Regex("am=[0-9.]+"), "am=1.00").encodeToByteArray()
        it.responseHeaders.add("Content-Type", "application/json")
        it.sendResponseHeaders(status, changed.size.toLong())
        it.responseBody.write(changed)
    }

    private inline fun HttpExchange.use(task: (HttpExchange) -> Unit) = try {
        task(this)
    } finally {
        close()
    }

    override fun close() = server.stop(0)
}
