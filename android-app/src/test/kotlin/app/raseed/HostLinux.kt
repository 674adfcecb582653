// The system calls of the simulated device, with the one that it lacks: a folder can be opened, so that a name in it can be made
// durable.
package app.raseed

import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowLinux
import java.io.File
import java.io.FileDescriptor

@Implements(className = "libcore.io.Linux", isInAndroidSdk = false)
class HostLinux : ShadowLinux() {
    @Implementation
    override fun open(path: String, flags: Int, mode: Int): FileDescriptor =
        if (File(path).isDirectory) FileDescriptor() else super.open(path, flags, mode)
}
