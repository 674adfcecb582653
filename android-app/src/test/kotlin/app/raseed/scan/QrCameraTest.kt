// What can be known without a lens: the states of a camera that cannot be had, and the way of a frame from a buffer to a text.
package app.raseed.scan

import android.Manifest
import android.content.Context
import android.graphics.ImageFormat
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraManager
import android.util.Size
import android.view.TextureView
import app.raseed.bridge.Natives
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowCameraCharacteristics
import org.robolectric.shadows.StreamConfigurationMapBuilder
import java.nio.ByteBuffer

@RunWith(RobolectricTestRunner::class)
class QrCameraTest {
    private val context = RuntimeEnvironment.getApplication()
    private val states = mutableListOf<ScanState>()

    @Test
    fun aDeviceWithoutACameraSaysSo() {
        open()
        assertEquals(listOf<ScanState>(ScanState.NoCamera), states)
    }

    @Test
    fun withoutPermissionNothingIsOpened() {
        addCamera()
        open()
        assertEquals(listOf<ScanState>(ScanState.NotAllowed), states)
    }

    @Test
    fun allowedItWaitsForItsPreviewAndClosesWithoutAWord() {
        addCamera()
        shadowOf(context).grantPermissions(Manifest.permission.CAMERA)
        open().close()
        assertEquals(emptyList<ScanState>(), states)
    }

    @Test
    fun aFrameWithPaddedRowsIsReadWhereItLies() {
        val (width, height, stride) = Triple(640, 480, 704)
        val text = "HTTPS://RECEIPTS.EXAMPLE.GOV.IN/V#" + "QKBFAWCFUQHAKIPP".repeat(8)
        val luma = ByteBuffer.allocateDirect(stride * height)
        for (at in 0 until luma.capacity()) luma.put(at, if (at % stride < width) 120 else 0)
        val pixels = ByteBuffer.allocateDirect(400 * 400 * 4)
        val side = Natives.qrPixels(text, 6, 400, pixels)
        for (row in 0 until side) {
            for (column in 0 until side) luma.put((row + 20) * stride + column + 90, pixels.get((row * side + column) * 4))
        }
        assertEquals(text, Natives.frameText(luma, width, height, stride))
        assertNull(Natives.frameText(ByteBuffer.allocateDirect(stride * height), width, height, stride))
    }

    @Test
    fun aMistakeIsAnExceptionInPlainWordsAndNeverACrash() {
        val small = ByteBuffer.allocateDirect(100)
        val said = { call: () -> Unit -> assertThrows(IllegalArgumentException::class.java) { call() }.message }
        assertEquals("the buffer holds 100 bytes; give one of 1000", said { Natives.frameText(small, 10, 100, 10) })
        assertEquals("a picture of -1 x 5 with rows 9 bytes apart cannot be; check its size", said { Natives.frameText(small, -1, 5, 9) })
        assertEquals("a slip is drawn 100 dots wide; draw it 384 or 576 dots wide", said { Natives.escPos(small, 100, 1, 400, false) })
        assertEquals(true, said { Natives.frameText(ByteBuffer.allocate(100), 10, 10, 10) }!!.startsWith("give a direct buffer"))
    }

    private fun open() = QrCamera(context, TextureView(context)) { states += it }.also { it.open() }

    private fun addCamera() {
        val traits = ShadowCameraCharacteristics.newCameraCharacteristics()
        shadowOf(traits).set(CameraCharacteristics.LENS_FACING, CameraCharacteristics.LENS_FACING_BACK)
        val sizes = StreamConfigurationMapBuilder.newBuilder().addOutputSize(ImageFormat.YUV_420_888, Size(1280, 720)).build()
        shadowOf(traits).set(CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP, sizes)
        shadowOf(context.getSystemService(Context.CAMERA_SERVICE) as CameraManager).addCamera("0", traits)
    }
}
