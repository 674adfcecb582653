//! `app.raseed.bridge.Natives`: the crossing itself, and nothing else.
//!
//! Buffers are direct: Java's memory is read and written where it lies. Every size is checked against the buffer's own
//! capacity before a slice is made of it, and what goes wrong, a panic too, arrives in Java as an exception in plain words.

use super::{Frame, Pixels, Refused, draw_qr, escpos, read_qr};
use jni::errors::{Error, ErrorPolicy};
use jni::objects::{JByteArray, JByteBuffer, JClass, JObjectArray, JString};
use jni::strings::JNIString;
use jni::sys::{jboolean, jint};
use jni::{Env, EnvUnowned, jni_str};
use thiserror::Error as ThisError;

/// `static int qrPixels(String text, int most, int width, ByteBuffer out)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_app_raseed_bridge_Natives_qrPixels<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
    text: JString<'local>,
    most: jint,
    width: jint,
    out: JByteBuffer<'local>,
) -> jint {
    env.with_env(|env| -> Result<jint, Failed> {
        let text = text.try_to_string(env)?;
        // SAFETY: `out` is held by the caller for the whole call, and Kotlin's side gives each thread a buffer of its own.
        let out = unsafe { memory_mut(env, &out) }?;
        let [most, width] = [most, width].map(|pixels| usize::try_from(pixels).unwrap_or(0));
        let side = draw_qr(&text, most, width, out)?;
        Ok(jint::try_from(side).expect("not more than the width, which was one"))
    })
    .resolve::<Throw>()
}

/// `static String frameText(ByteBuffer luma, int width, int height, int rowStride)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_app_raseed_bridge_Natives_frameText<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
    luma: JByteBuffer<'local>,
    width: jint,
    height: jint,
    stride: jint,
) -> JString<'local> {
    env.with_env(|env| -> Result<JString<'local>, Failed> {
        // SAFETY: the camera does not write into a plane before its image is closed, and the caller closes it afterwards.
        let luma = unsafe { memory(env, &luma) }?;
        let [width, height, stride] = sizes(width, height, stride)?;
        match read_qr(&Frame { luma, width, height, stride })? {
            Some(text) => Ok(env.new_string(text)?),
            None => Ok(JString::null()),
        }
    })
    .resolve::<Throw>()
}

/// `static byte[][] escPos(ByteBuffer pixels, int width, int height, int rowStride, boolean cut)`
#[unsafe(no_mangle)]
pub extern "system" fn Java_app_raseed_bridge_Natives_escPos<'local>(
    mut env: EnvUnowned<'local>,
    _class: JClass<'local>,
    pixels: JByteBuffer<'local>,
    width: jint,
    height: jint,
    stride: jint,
    cut: jboolean,
) -> JObjectArray<'local, JByteArray<'local>> {
    env.with_env(|env| -> Result<JObjectArray<'local, JByteArray<'local>>, Failed> {
        // SAFETY: the pixels are a copy that nobody writes to before the call returns.
        let bytes = unsafe { memory(env, &pixels) }?;
        let [width, height, stride] = sizes(width, height, stride)?;
        let bands = escpos(&Pixels { bytes, width, height, stride }, cut)?;
        let array = JObjectArray::<JByteArray>::new(env, bands.len(), JByteArray::null())?;
        for (index, band) in bands.iter().enumerate() {
            let band = env.byte_array_from_slice(band)?;
            array.set_element(env, index, &band)?;
            env.delete_local_ref(band);
        }
        Ok(array)
    })
    .resolve::<Throw>()
}

/// What Java is told.
#[derive(Debug, ThisError)]
enum Failed {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("give a direct buffer: {0}")]
    Java(#[from] Error),
}

fn sizes(width: jint, height: jint, stride: jint) -> Result<[usize; 3], Refused> {
    let whole = |side: jint| usize::try_from(side).map_err(|_| Refused::Size(width, height, stride));
    Ok([whole(width)?, whole(height)?, whole(stride)?])
}

/// The memory of a direct buffer, from its beginning to its capacity whatever its position.
///
/// # Safety
/// Nobody may write to it while the slice lives.
unsafe fn memory<'a>(env: &Env<'_>, buffer: &'a JByteBuffer<'_>) -> Result<&'a [u8], Error> {
    let (start, length) = (env.get_direct_buffer_address(buffer)?, env.get_direct_buffer_capacity(buffer)?);
    // SAFETY: JNI gives the address (checked not to be null) and the capacity of one allocation that lives as long as the
    // buffer, which `buffer` keeps alive; bytes have no alignment and no forbidden value.
    Ok(unsafe { std::slice::from_raw_parts(start, length) })
}

/// As [`memory`], to write.
///
/// # Safety
/// Nobody else may read or write it while the slice lives.
#[expect(clippy::mut_from_ref, reason = "the buffer is a handle; its memory is not behind the reference")]
unsafe fn memory_mut<'a>(env: &Env<'_>, buffer: &'a JByteBuffer<'_>) -> Result<&'a mut [u8], Error> {
    let (start, length) = (env.get_direct_buffer_address(buffer)?, env.get_direct_buffer_capacity(buffer)?);
    // SAFETY: as in `memory`; that nobody else uses it is the caller's promise.
    Ok(unsafe { std::slice::from_raw_parts_mut(start, length) })
}

/// A refusal becomes an `IllegalArgumentException` with its own words, a panic an `IllegalStateException`.
struct Throw;

impl<T: Default> ErrorPolicy<T, Failed> for Throw {
    type Captures<'unowned_env_local: 'native_method, 'native_method> = ();

    fn on_error<'unowned_env_local: 'native_method, 'native_method>(
        env: &mut Env<'unowned_env_local>,
        _: &mut (),
        error: Failed,
    ) -> jni::errors::Result<T> {
        if !env.exception_check() {
            // It answers with an error because an exception is now on its way; that is what was asked for.
            let _ = env.throw_new(jni_str!("java/lang/IllegalArgumentException"), JNIString::from(error.to_string()));
        }
        Ok(T::default())
    }

    fn on_panic<'unowned_env_local: 'native_method, 'native_method>(
        env: &mut Env<'unowned_env_local>,
        _: &mut (),
        panic: Box<dyn std::any::Any + Send + 'static>,
    ) -> jni::errors::Result<T> {
        // Dropping what was thrown could panic once more.
        std::mem::forget(panic);
        let words =
            jni_str!("something that cannot happen has happened in the library; the picture was left as it was");
        let _ = env.throw_new(jni_str!("java/lang/IllegalStateException"), words);
        Ok(T::default())
    }
}
