//! A text to the modules of its QR symbol, and on to pixels, beside every peer and beside what cannot be saved: the bits and
//! their error correction, which the `qrcode` crate makes for us.

use crate::measure::{Nanos, Samples, hundredths, timed};
use crate::report::Line;
use fast_qr::{ECL, QRBuilder};
use qrcode::bits::{Bits, encode_auto};
use qrcode::ec::construct_codewords;
use qrcode::{EcLevel, QrCode, Version};
use qrcodegen::QrCodeEcc;
use raseed_protocol::symbol::{QUIET_ZONE, Symbol};

/// 180 bytes.
const UPI: &str = "upi://pay?pa=collections.bhagta@examplebank&pn=Bhagta%20Bhai%20Ka%20MC&mc=4900\
                   &tr=RSD7Q2M4K9ZB1XW6T3&tn=BHG-0002%20November%202026&am=1400.00&cu=INR&mode=05\
                   &purpose=00&orgid=159001";
/// 298 bytes, and in byte mode alone, as EMVCo asks.
const BHARAT: &str = "0002010102120216400000000000000226590010A0000005240130collections.bhagta@examp\
                      lebank02071400.0027360010A0000005240118RSD7Q2M4K9ZB1XW6T3520449005303356540714\
                      00.005802IN5922BHAGTA BHAI KA MUN COM6014BHAGTA BHAI KA610615120662650122BHG-0\
                      002/2026-11/WATER0512RSD7Q2M4K9ZB0719SAS07-BHAGTA-MARKET6304ED13";

const PAIRS: usize = 500;
/// As wide as the paper; an app draws as many whole pixels a module as fit.
const WIDTH: usize = 384;
const PIXEL: usize = 4;

/// The payment link and the payment code.
pub fn lines() -> Vec<Line> {
    let upi = Case { what: "UPI link of 180 bytes", text: UPI, in_bytes: None };
    let bharat = Case { what: "Bharat code of 298 bytes", text: BHARAT, in_bytes: Some(13) };
    [upi, bharat].iter().flat_map(Case::lines).collect()
}

struct Case {
    what: &'static str,
    text: &'static str,
    /// The version to draw in byte mode; `None` for the modes and the version that make it smallest.
    in_bytes: Option<i16>,
}

impl Case {
    /// All in turn, so that whatever else the machine does hits everyone.
    fn lines(&self) -> Vec<Line> {
        let [mut ours, mut fast_qr, mut qrcodegen, mut qrcode, mut least] = std::array::from_fn(|_| Samples::default());
        let [mut to_pixels, mut theirs_to_pixels] = std::array::from_fn(|_| Samples::default());
        let mut pixels = vec![[0; PIXEL]; WIDTH * WIDTH];
        let version = self.symbol().version();
        assert_eq!(self.fast_qr().size, self.symbol().width(), "everybody draws the same version");
        for _ in 0..PAIRS {
            ours.push(timed(|| self.symbol()).0);
            fast_qr.push(timed(|| self.fast_qr()).0);
            least.push(timed(|| self.codewords()).0);
            to_pixels.push(timed(|| drawn(&self.symbol(), &mut pixels)).0);
            theirs_to_pixels.push(timed(|| painted(&self.fast_qr(), &mut pixels)).0);
            qrcodegen.push(timed(|| qrcodegen::QrCode::encode_text(self.text, QrCodeEcc::Medium)).0);
            qrcode.push(timed(|| QrCode::with_bits(self.bits(), EcLevel::M)).0);
        }
        let (ours, to_pixels) = (ours.median(), to_pixels.median());
        let line = |time: Nanos, does: &str, peer: &str, theirs: Nanos| {
            Line::note(format!("{}, version {version}{does}: median", self.what), time.to_string())
                .against(format!("{peer} {theirs}"), Some(hundredths(time.0, theirs.0)))
        };
        let within = |line: Line| {
            let held = line.ratio.is_some_and(|ratio| ratio <= 50);
            line.within("<= 0.5", held)
        };
        vec![
            within(line(ours, "", "fast_qr", fast_qr.median())),
            line(ours, "", "qrcodegen", qrcodegen.median()),
            line(ours, "", "qrcode", qrcode.median()),
            line(ours, "", "bits and correction alone", least.median()),
            within(line(to_pixels, ", to pixels", "fast_qr, painted by rows", theirs_to_pixels.median())),
        ]
    }

    fn symbol(&self) -> Symbol {
        let symbol = if self.in_bytes.is_some() { Symbol::in_bytes(self.text) } else { Symbol::new(self.text) };
        symbol.expect("a short text")
    }

    fn fast_qr(&self) -> fast_qr::QRCode {
        QRBuilder::new(self.text).ecl(ECL::M).build().expect("a short text")
    }

    fn bits(&self) -> Bits {
        let Some(version) = self.in_bytes else {
            return encode_auto(self.text.as_bytes(), EcLevel::M).expect("a short text");
        };
        let mut bits = Bits::new(Version::Normal(version));
        let pushed = bits.push_byte_data(self.text.as_bytes());
        pushed.and_then(|()| bits.push_terminator(EcLevel::M)).expect("it fits the version");
        bits
    }

    fn codewords(&self) -> (Vec<u8>, Vec<u8>) {
        let bits = self.bits();
        let version = bits.version();
        construct_codewords(&bits.into_bytes(), version, EcLevel::M).expect("bits of this version")
    }
}

fn drawn(symbol: &Symbol, pixels: &mut [[u8; PIXEL]]) {
    symbol.draw_pixels(WIDTH / symbol.side(1), pixels);
}

/// The same picture of a peer's modules: one row of each is painted, the others are copied.
fn painted(code: &fast_qr::QRCode, pixels: &mut [[u8; PIXEL]]) {
    let modules = code.size + 2 * QUIET_ZONE;
    let dots = WIDTH / modules;
    let side = modules * dots;
    for (row, rows) in pixels[..side * side].chunks_exact_mut(dots * side).enumerate() {
        let (first, copies) = rows.split_at_mut(side);
        for (column, module) in first.chunks_exact_mut(dots).enumerate() {
            let inside = |at: usize| (QUIET_ZONE..QUIET_ZONE + code.size).contains(&at);
            let dark = inside(row) && inside(column) && code[row - QUIET_ZONE][column - QUIET_ZONE].value();
            module.fill(if dark { [0, 0, 0, 255] } else { [255; PIXEL] });
        }
        copies.chunks_exact_mut(side).for_each(|copy| copy.copy_from_slice(first));
    }
}
