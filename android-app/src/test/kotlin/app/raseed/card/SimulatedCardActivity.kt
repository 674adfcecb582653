// The payment app of tests: it charges nobody, keeps what it said of a sale, and says the same when it is asked after.
package app.raseed.card

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import org.json.JSONObject

class SimulatedCardActivity : Activity() {
    override fun onCreate(saved: Bundle?) {
        super.onCreate(saved)
        val request = JSONObject(requireNotNull(intent.getStringExtra("request")))
        val reference = request.getString("reference")
        if (request.getString("kind") == "sale") charges[reference] = (charges[reference] ?: 0) + 1
        // A sale that it never saw was not begun.
        val status = if (reference in charges) says else "cancelled"
        val answer = JSONObject().put("status", status).put("reference", reference)
            .put("amount_paise", request.getLong("amount_paise")).put("rrn", RRN).put("card", "************4821")
        setResult(RESULT_OK, Intent().putExtra("response", answer.toString()))
        finish()
    }

    companion object {
        const val RRN = "532611480219"

        /** How often each sale was charged, by the reference that this app was given. */
        val charges = HashMap<String, Int>()
        var says = "approved"
    }
}
