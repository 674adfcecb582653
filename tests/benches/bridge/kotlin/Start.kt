// From a fresh process to the first screen's data: the library, the till's file, the first view. Every time is that of a process
// of its own, because the second opening in one is another thing.

import app.raseed.core.uniffiEnsureInitialized
import java.io.File

private val PARTS = listOf("load the library", "open the till", "home", "warm the finder")

/** `PROGRAM BOOK FOLDER TIMES` measures; `child FOLDER` is one of its processes. */
fun main(arguments: Array<String>) {
    if (arguments[0] == "child") return println(child(Place(File(arguments[1]))).joinToString(" "))
    val (program, book, folder, times) = arguments
    val till = File(folder, "T1")
    Office(program, File(folder), book).use { office -> Place(till).made(office, "T1") }
    val laps = List(times.toInt()) { fresh(till) }
    println("From a fresh process to the first screen, ${File(book, "accounts.csv").useLines { it.count() - 1 }} households, $times processes:\n")
    println("| part | median | slowest |")
    println("|---|---|---|")
    for ((at, part) in PARTS.withIndex()) row(part, laps.map { it[at] })
    row("**to the first screen's data** (the first three)", laps.map { it.take(3).sum() })
}

private fun child(place: Place): List<Long> {
    val laps = mutableListOf<Long>()
    var began = System.nanoTime()
    fun lap() {
        laps += System.nanoTime() - began
        began = System.nanoTime()
    }
    // Links the library, and compares what it exports with what the Kotlin was generated for.
    uniffiEnsureInitialized()
    lap()
    // Making the root does nothing; the first call opens the till, and this one does hardly anything else.
    val core = place.core()
    core.device().clocks()
    lap()
    core.home()
    lap()
    core.book().warm()
    lap()
    return laps
}

/** The same, in a process of its own that knows what this one knows. */
private fun fresh(till: File): List<Long> {
    val java = File(System.getProperty("java.home"), "bin/java").path
    val same = listOf("jna.library.path", "raseed.library").map { "-D$it=${System.getProperty(it)}" }
    val words = listOf(java) + same + listOf("-cp", System.getProperty("java.class.path"), "StartKt", "child", till.path)
    val process = ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    val said = process.inputStream.bufferedReader().readText()
    check(process.waitFor() == 0) { "a process that should start failed: $said" }
    return said.trim().split(" ").map(String::toLong)
}

private fun row(what: String, nanos: List<Long>) = println("| $what | ${micros(middle(nanos))} | ${micros(nanos.max() / 1e3)} |")
