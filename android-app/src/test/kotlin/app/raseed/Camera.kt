// Pictures of screens, as PNG, in android-app/target/pictures/<set>/<screen>.png.
package app.raseed

import android.graphics.Bitmap
import android.graphics.Canvas
import android.view.View
import java.io.File

object Camera {
    val folder = File("target/pictures")

    fun take(view: View, set: String, screen: String): File {
        val picture = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
        view.draw(Canvas(picture))
        val file = File(folder, "$set/$screen.png")
        file.parentFile!!.mkdirs()
        file.outputStream().use { picture.compress(Bitmap.CompressFormat.PNG, 100, it) }
        picture.recycle()
        return file
    }
}
