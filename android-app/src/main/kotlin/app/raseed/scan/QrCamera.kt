// The camera as a reader of QR codes: a preview for the person, the brightness of each frame for the library. It keeps no picture.
package app.raseed.scan

import android.Manifest
import android.annotation.SuppressLint
import android.content.Context
import android.content.pm.PackageManager
import android.graphics.ImageFormat
import android.graphics.Matrix
import android.graphics.SurfaceTexture
import android.hardware.camera2.CameraAccessException
import android.hardware.camera2.CameraCaptureSession
import android.hardware.camera2.CameraCharacteristics
import android.hardware.camera2.CameraDevice
import android.hardware.camera2.CameraManager
import android.hardware.camera2.CaptureRequest
import android.media.Image
import android.media.ImageReader
import android.os.Handler
import android.os.HandlerThread
import android.os.Looper
import android.util.Size
import android.view.Surface
import android.view.TextureView
import app.raseed.bridge.Natives

/** What the screen shows of the camera. */
sealed class ScanState {
    object NoCamera : ScanState()

    /** Ask for [Manifest.permission.CAMERA], then open again. */
    object NotAllowed : ScanState()

    /** Another app has it, or it was switched off by an administrator. */
    object InUse : ScanState()

    object Looking : ScanState()

    /** Told once; the camera is closed by then. */
    data class Found(val text: String) : ScanState()
}

/** Used on the main thread; [tell] is called there. Open it in `onResume`, close it in `onPause`. */
class QrCamera(private val context: Context, private val preview: TextureView, private val tell: (ScanState) -> Unit) {
    private val main = Handler(Looper.getMainLooper())
    private val manager = context.getSystemService(Context.CAMERA_SERVICE) as? CameraManager
    private var open: Opened? = null

    /** Shows the preview and looks for a code until one is found or [close] is called. */
    fun open() {
        close()
        val camera = choose() ?: return tell(ScanState.NoCamera)
        if (context.checkSelfPermission(Manifest.permission.CAMERA) != PackageManager.PERMISSION_GRANTED) {
            return tell(ScanState.NotAllowed)
        }
        val opened = Opened(camera)
        open = opened
        whenSurfaceIsThere { if (open === opened) opened.start() }
    }

    /** Gives the camera back. Harmless when it is not open. */
    fun close() {
        open?.stop()
        open = null
    }

    /** The camera at the back; a terminal may have only one, and anywhere. */
    private fun choose(): Chosen? = try {
        val ids = manager?.cameraIdList.orEmpty().map { it to requireNotNull(manager).getCameraCharacteristics(it) }
        val (id, traits) = ids.find { it.second[CameraCharacteristics.LENS_FACING] == CameraCharacteristics.LENS_FACING_BACK }
            ?: ids.firstOrNull() ?: (null to null)
        traits?.let { size(it) }?.let { Chosen(requireNotNull(id), it, autofocus(traits)) }
    } catch (_: CameraAccessException) {
        null
    }

    /** The smallest of at least 1280 x 720: more only costs time, less cannot resolve a receipt's code. */
    private fun size(traits: CameraCharacteristics): Size? {
        val sizes = traits[CameraCharacteristics.SCALER_STREAM_CONFIGURATION_MAP]?.getOutputSizes(ImageFormat.YUV_420_888).orEmpty()
        return sizes.filter { it.width >= 1280 && it.height >= 720 }.minByOrNull { it.width * it.height }
            ?: sizes.maxByOrNull { it.width * it.height }
    }

    private fun autofocus(traits: CameraCharacteristics): Int {
        val modes = traits[CameraCharacteristics.CONTROL_AF_AVAILABLE_MODES]?.toList().orEmpty()
        val wanted = listOf(CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE, CaptureRequest.CONTROL_AF_MODE_AUTO)
        return wanted.find { it in modes } ?: CaptureRequest.CONTROL_AF_MODE_OFF
    }

    private fun whenSurfaceIsThere(then: () -> Unit) {
        if (preview.isAvailable) return then()
        preview.surfaceTextureListener = object : TextureView.SurfaceTextureListener {
            override fun onSurfaceTextureAvailable(surface: SurfaceTexture, width: Int, height: Int) = then()

            override fun onSurfaceTextureSizeChanged(surface: SurfaceTexture, width: Int, height: Int) = Unit

            override fun onSurfaceTextureDestroyed(surface: SurfaceTexture): Boolean {
                close()
                return true
            }

            override fun onSurfaceTextureUpdated(surface: SurfaceTexture) = Unit
        }
    }

    private class Chosen(val id: String, val size: Size, val autofocus: Int)

    /** One opening, from start to stop; it is not used again. */
    private inner class Opened(private val camera: Chosen) {
        private val thread = HandlerThread("qr-camera").apply { start() }
        private val background = Handler(thread.looper)

        // Two images: one being read, one being filled; older ones are dropped.
        private val reader = ImageReader.newInstance(camera.size.width, camera.size.height, ImageFormat.YUV_420_888, 2)
        private var device: CameraDevice? = null
        private var surface: Surface? = null

        @Volatile private var stopped = false

        @SuppressLint("MissingPermission")
        fun start() {
            val texture = preview.surfaceTexture ?: return
            texture.setDefaultBufferSize(camera.size.width, camera.size.height)
            fill(preview, camera.size)
            surface = Surface(texture)
            reader.setOnImageAvailableListener(::look, background)
            try {
                requireNotNull(manager).openCamera(camera.id, whenOpen, background)
            } catch (_: CameraAccessException) {
                fail()
            } catch (_: SecurityException) {
                main.post { if (open === this) tell(ScanState.NotAllowed) }
            }
        }

        /** In the camera's own thread, behind what it does just now; a frame that is being read is finished first. */
        fun stop() {
            if (stopped) return
            stopped = true
            background.post {
                device?.close()
                reader.close()
                surface?.release()
                thread.quitSafely()
            }
        }

        private val whenOpen = object : CameraDevice.StateCallback() {
            override fun onOpened(opened: CameraDevice) {
                device = opened
                if (stopped) return opened.close()
                @Suppress("DEPRECATION") // Its successor is not there before Android 9.
                try {
                    opened.createCaptureSession(listOf(requireNotNull(surface), reader.surface), whenReady, background)
                } catch (_: CameraAccessException) {
                    fail()
                }
            }

            override fun onDisconnected(opened: CameraDevice) = fail()

            override fun onError(opened: CameraDevice, error: Int) = fail()
        }

        private val whenReady = object : CameraCaptureSession.StateCallback() {
            override fun onConfigured(session: CameraCaptureSession) {
                if (stopped) return
                try {
                    val request = session.device.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW).apply {
                        addTarget(requireNotNull(surface))
                        addTarget(reader.surface)
                        set(CaptureRequest.CONTROL_AF_MODE, camera.autofocus)
                    }
                    session.setRepeatingRequest(request.build(), null, background)
                    main.post { if (open === this@Opened) tell(ScanState.Looking) }
                } catch (_: CameraAccessException) {
                    fail()
                } catch (_: IllegalStateException) {
                    // Closed in between.
                }
            }

            override fun onConfigureFailed(session: CameraCaptureSession) = fail()
        }

        private fun look(reader: ImageReader) {
            if (stopped) return
            val text = reader.acquireLatestImage()?.use(::read) ?: return
            main.post {
                if (open !== this) return@post
                close()
                tell(ScanState.Found(text))
            }
        }

        /** A frame that the reader stumbles over is a frame without a code; the next one comes at once. */
        private fun read(image: Image): String? = try {
            val luma = image.planes[0]
            Natives.frameText(luma.buffer, image.width, image.height, luma.rowStride)
        } catch (_: IllegalStateException) {
            null
        }

        private fun fail() {
            main.post {
                if (open !== this) return@post
                close()
                tell(ScanState.InUse)
            }
        }
    }

    private companion object {
        /** Fills the view and cuts off what is over, instead of pulling the picture out of shape. The buffer lies on its side. */
        fun fill(view: TextureView, size: Size) {
            val (width, height) = view.width.toFloat() to view.height.toFloat()
            if (width == 0f || height == 0f) return
            val (across, down) = if (width < height) size.height to size.width else size.width to size.height
            val scale = maxOf(width / across, height / down)
            val matrix = Matrix()
            matrix.setScale(across * scale / width, down * scale / height, width / 2, height / 2)
            view.setTransform(matrix)
        }
    }
}
