// What Robolectric leaves out of the system calls: a folder can be opened, and made durable, as on a device. The machine really does it.
package app.raseed

import android.system.ErrnoException
import android.system.OsConstants
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowLinux
import java.io.File
import java.io.FileDescriptor
import java.io.IOException
import java.nio.channels.FileChannel
import java.nio.file.StandardOpenOption
import java.util.Collections
import java.util.IdentityHashMap

/** Named in robolectric.properties. */
@Implements(className = "libcore.io.Linux", isInAndroidSdk = false)
class HostFiles : ShadowLinux() {
    @Implementation
    public override fun open(path: String, flags: Int, mode: Int): FileDescriptor {
        if (!File(path).isDirectory) return super.open(path, flags, mode)
        val folder = named("open") { FileChannel.open(File(path).toPath(), StandardOpenOption.READ) }
        return FileDescriptor().also { FOLDERS[it] = folder }
    }

    @Implementation
    fun fsync(descriptor: FileDescriptor) {
        named("fsync") { FOLDERS[descriptor]?.force(true) }
    }

    @Implementation
    fun close(descriptor: FileDescriptor) {
        FOLDERS.remove(descriptor)?.close()
    }

    private inline fun <T> named(call: String, task: () -> T): T = try {
        task()
    } catch (error: IOException) {
        throw ErrnoException(call, OsConstants.EIO, error)
    }

    private companion object {
        val FOLDERS: MutableMap<FileDescriptor, FileChannel> = Collections.synchronizedMap(IdentityHashMap())
    }
}
