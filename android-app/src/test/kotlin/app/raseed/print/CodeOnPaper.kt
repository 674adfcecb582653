// What came out of a printer, kept as a picture, and the code on it as another program reads it.
package app.raseed.print

import android.graphics.Bitmap
import java.io.File

fun savePaper(picture: Bitmap, name: String): File {
    val file = File("target/pictures/paper/$name.png")
    file.parentFile!!.mkdirs()
    file.outputStream().use { picture.compress(Bitmap.CompressFormat.PNG, 100, it) }
    return file
}

/** Empty if there is none. */
fun codeOnPaper(picture: File): String {
    val zbar = ProcessBuilder("zbarimg", "-q", "--raw", picture.path).redirectError(ProcessBuilder.Redirect.DISCARD).start()
    return zbar.inputStream.reader().readText().trim()
}
