// The process: what lives longer than the activity. The threads that calls run on, and (through the bridge) the till.
package app.raseed

import android.app.Application
import app.raseed.frame.Work

class Pos : Application() {
    /** For the core: quick, one call after another. */
    val work: Work by lazy { Work("core") }

    /** For what waits for others: the network, a printer. */
    val slowWork: Work by lazy { Work("slow") }
}
