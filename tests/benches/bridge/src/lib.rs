//! What the calls from Kotlin are compared with: the fast path's functions as uniffi would carry them (bytes by value, there
//! and back), and the verbs of a collection with no bridge at all. Only for the comparison.

mod direct;

pub use direct::Direct;

use raseed::fast::{Frame, draw_qr, read_qr};

uniffi::setup_scaffolding!("raseed_bench_bridge");

/// As `Natives.qrPixels`; nothing, where that refuses.
#[uniffi::export]
pub fn qr_pixels(text: String, most: u32, width: u32) -> Vec<u8> {
    let (most, width) = (whole(most), whole(width));
    let mut pixels = vec![0; width * width * 4];
    let side = draw_qr(&text, most, width, &mut pixels).unwrap_or_default();
    pixels.truncate(side * side * 4);
    pixels
}

/// As `Natives.frameText`.
#[uniffi::export]
pub fn frame_text(luma: Vec<u8>, width: u32, height: u32, stride: u32) -> Option<String> {
    let frame = Frame { luma: &luma, width: whole(width), height: whole(height), stride: whole(stride) };
    read_qr(&frame).unwrap_or_default()
}

fn whole(number: u32) -> usize {
    usize::try_from(number).expect("no pointer here is shorter than 32 bits")
}
