// What one collection costs, call by call: the façade through uniffi from Kotlin, against the same verbs called in Rust. In turn,
// in one JVM, on two tills of one head office. Prints a table in Markdown.

import app.raseed.bridge.Natives
import app.raseed.core.Raseed
import app.raseed.core.RaseedException
import app.raseed.core.SlipBlock
import java.io.File
import java.nio.ByteBuffer
import uniffi.raseed_bench_bridge.Direct

private val STEPS =
    listOf("home", "find, four keys", "household", "preview", "likelySums", "newRequest", "cash", "slip", "QR pixels (JNI)")
private const val WIDTH = 384
private val PIXELS = ByteBuffer.allocateDirect(WIDTH * WIDTH * 4)

/** `PROGRAM BOOK FOLDER PAIRS`. */
fun main(arguments: Array<String>) {
    val (program, book, folder, pairs) = arguments
    Office(program, File(folder), book).use { office ->
        val (ours, theirs) = listOf("T1", "T2").map { Place(File(folder, it)).made(office, it) }
        val core = ours.core()
        val direct = Direct(theirs.till, theirs.vault)
        val payers = payers(core, book, pairs.toInt())
        val laps = payers.map { (account, typed) -> collect(core, account, typed) to direct.collect(typed, account).map(ULong::toLong) }
        table(File(book, "accounts.csv").useLines { it.count() - 1 }, laps.drop(laps.size / 3))
    }
}

/** Households all over the book that can pay what they owe, with the first letters of their names as somebody types them. */
private fun payers(core: Raseed, book: String, most: Int): List<Pair<String, List<String>>> {
    val lines = File(book, "accounts.csv").readLines().drop(1).map { it.split(",") }.shuffled(java.util.Random(7))
    val able = lines.asSequence().filter { it[2].length >= 4 && canPay(core, it[0]) }
    return able.take(most).map { it[0] to (1..4).map { keys -> it[2].take(keys) } }.toList()
}

private fun canPay(core: Raseed, account: String): Boolean = try {
    core.book().household(account).payable?.let { core.collect().preview(account, it.paise) } != null
} catch (_: RaseedException) {
    false
}

/** The nanoseconds of each step. */
private fun collect(core: Raseed, account: String, typed: List<String>): List<Long> {
    val (book, till, receipts) = Triple(core.book(), core.collect(), core.receipts())
    val laps = mutableListOf<Long>()
    var began = System.nanoTime()
    fun <T> lap(done: T): T {
        laps += System.nanoTime() - began
        began = System.nanoTime()
        return done
    }
    lap(core.home())
    lap(typed.forEach { book.find(it, 20u) })
    val payable = lap(book.household(account)).payable!!.paise
    lap(till.preview(account, payable))
    lap(till.likelySums(payable))
    val request = lap(till.newRequest())
    val receipt = lap(till.cash(request, account, payable, STAFF))
    val slip = lap(receipts.slip(receipt.receipt, app.raseed.core.Language.PUNJABI))
    lap(Natives.qrPixels(slip.firstNotNullOf { it as? SlipBlock.Qr }.text, 4, WIDTH, PIXELS))
    return laps
}

private fun table(households: Int, laps: List<Pair<List<Long>, List<Long>>>) {
    println("One collection, $households households, ${laps.size} pairs:\n")
    println("| call | from Kotlin, median | in Rust, median | Kotlin / Rust |")
    println("|---|---|---|---|")
    for ((at, step) in STEPS.withIndex()) row(step, laps.map { it.first[at] }, laps.map { it.second[at] })
    row("**all of it**", laps.map { it.first.sum() }, laps.map { it.second.sum() })
    println()
}

private fun row(what: String, kotlin: List<Long>, rust: List<Long>) {
    val (a, b) = middle(kotlin) to middle(rust)
    println("| $what | ${micros(a)} | ${micros(b)} | ${if (b < 1) "" else "%.2f".format(a / b)} |")
}
