// A page with all pictures: a row a screen, a column a language (or large type, or night).
package app.raseed

import java.io.File
import java.nio.file.Files
import java.nio.file.StandardCopyOption

object Album {
    /** Writes index.html beside the sets of pictures that are there. */
    fun write(folder: File) {
        val sets = folder.listFiles(File::isDirectory).orEmpty().map(File::getName).sortedWith(compareBy({ order(it) }, { it }))
        val screens = sets.flatMap { File(folder, it).list().orEmpty().toList() }.distinct().sorted()
        val rows = screens.joinToString("\n") { screen -> "<tr>" + sets.joinToString("") { cell(folder, it, screen) } + "</tr>" }
        val heads = sets.joinToString("") { "<th>$it</th>" }
        // Whole or not at all: two JVMs take pictures at the same time, and the last one sees all of them.
        val page = File.createTempFile("index", ".html", folder)
        page.writeText(
            """<!doctype html><meta charset="utf-8"><title>Raseed: every screen</title>
<style>body{font:16px sans-serif;background:#888}td{vertical-align:top;padding:4px}img{width:270px}th{position:sticky;top:0;background:#fff}</style>
<table><tr>$heads</tr>
$rows
</table>
""",
        )
        Files.move(page.toPath(), File(folder, "index.html").toPath(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING)
    }

    private fun cell(folder: File, set: String, screen: String): String {
        if (!File(folder, "$set/$screen").exists()) return "<td></td>"
        return "<td>${screen.removeSuffix(".png")}<br><a href=\"$set/$screen\"><img loading=\"lazy\" src=\"$set/$screen\" alt=\"$screen, $set\"></a></td>"
    }

    /** The four languages first, in their order; then the rest. */
    private fun order(set: String): Int = listOf("en", "hi", "pa", "bn").indexOf(set).let { if (it < 0) 9 else it }
}
