// Hands a text to any app that sends texts: the person chooses which, and to whom.
package app.raseed.look

import android.app.Activity
import android.content.Intent

fun sendText(activity: Activity, text: String, title: String) {
    val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
    activity.startActivity(Intent.createChooser(send, title))
}
