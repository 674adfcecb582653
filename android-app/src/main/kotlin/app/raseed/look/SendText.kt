// Hands a text to an app that sends texts; to whom, the person chooses there.
package app.raseed.look

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri

/** The person chooses the app, too. */
fun sendText(activity: Activity, text: String, title: String) {
    val send = Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text)
    activity.startActivity(Intent.createChooser(send, title))
}

/** As a text message, which every phone reads; where there is no app for these, as [sendText] does. */
fun sendMessage(activity: Activity, text: String, title: String) {
    val message = Intent(Intent.ACTION_SENDTO, Uri.parse("smsto:")).putExtra("sms_body", text)
    try {
        activity.startActivity(message)
    } catch (e: ActivityNotFoundException) {
        sendText(activity, text, title)
    }
}
