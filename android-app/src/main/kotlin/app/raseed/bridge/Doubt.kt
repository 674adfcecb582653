// After which failures nobody knows whether something was recorded. Asking the same once more is what tells.
package app.raseed.bridge

import app.raseed.core.RaseedException

/** True: it may stand in the journal or not. The same request must be asked again before anything else is done. */
val Throwable.leavesDoubt: Boolean
    get() = this is Broken || this is RaseedException.AskAgain || this is RaseedException.FreeSpace

/** True: this device can take nothing more, whatever is asked; the supervisor finds in its file what was recorded. */
val Throwable.endsCollecting: Boolean
    get() = this is RaseedException.BringDevice || this is RaseedException.UpdateApp
