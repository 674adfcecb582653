//! What a scanned text is, before it is read: a UPI link, an EMV code, a bare UPI ID, a receipt, or none of them.

/// The kind of a scanned text. A kind is a guess by its beginning; only reading it says whether it is a good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload<'a> {
    /// A UPI link, to be read by [`upi::read`](super::upi::read).
    Upi(&'a str),
    /// An EMV code, to be read by [`emv::read`](super::emv::read).
    Emv(&'a str),
    /// A bare UPI ID, to be read as a [`Vpa`](super::Vpa).
    Vpa(&'a str),
    /// A receipt's link, to be read by [`receipt_link`](crate::receipt_link).
    Receipt(&'a str),
    /// None of them; also a UPI link that is not for paying, such as a mandate.
    Unknown(&'a str),
}

impl<'a> Payload<'a> {
    /// Tells what a text is. White space and a byte order mark around it are not part of it.
    pub fn of(text: &'a str) -> Payload<'a> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if begins(text, "upi:") {
            return if means_pay(text) { Payload::Upi(text) } else { Payload::Unknown(text) };
        }
        if begins(text, "https://") && text.contains("/V#") {
            return Payload::Receipt(text);
        }
        if is_objects(text) {
            return Payload::Emv(text);
        }
        let apart = |c: char| c.is_whitespace() || c.is_control() || matches!(c, ':' | '/' | '?' | '&' | '=');
        if text.contains('@') && !text.contains(apart) { Payload::Vpa(text) } else { Payload::Unknown(text) }
    }
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// `upi://pay`, or a bad way to write it: `upi:pay`, `upi:///pay`.
fn means_pay(text: &str) -> bool {
    let path = text["upi:".len()..].trim_start_matches('/');
    begins(path, "pay") && !path["pay".len()..].starts_with(|c: char| c.is_alphanumeric())
}

/// It begins as every code does, or begins with an id and ends in a checksum, or names UPI's network.
fn is_objects(text: &str) -> bool {
    let digits = |count: usize| text.get(..count).is_some_and(|start| start.bytes().all(|b| b.is_ascii_digit()));
    let has_sum = text.len() > 12 && text.get(text.len() - 8..).is_some_and(|end| end.starts_with("6304"));
    (text.starts_with("00") && digits(4)) || (digits(4) && has_sum) || text.contains(super::emv::RUPAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_the_beginning() {
        let kind = |text| match Payload::of(text) {
            Payload::Upi(_) => "upi",
            Payload::Emv(_) => "emv",
            Payload::Vpa(_) => "vpa",
            Payload::Receipt(_) => "receipt",
            Payload::Unknown(_) => "unknown",
        };
        for (text, expected) in [
            ("\u{feff}UPI://PAY?PA=a@ybl\r\n", "upi"),
            ("upi:pay?pa=a@ybl", "upi"),
            ("upi:///pay?pa=a@ybl", "upi"),
            ("upi://mandate?pa=a@ybl", "unknown"),
            ("upi://payment?pa=a@ybl", "unknown"),
            ("upi:", "unknown"),
            ("000201", "emv"),
            ("0102116304ABCD", "emv"),
            ("x00201260010A000000524", "emv"),
            ("9876543210", "unknown"),
            ("name@bank", "vpa"),
            ("a@b@c", "vpa"),
            ("mailto:a@b.example", "unknown"),
            ("pay me @ noon", "unknown"),
            ("HTTPS://X/V#AAAA", "receipt"),
            ("https://x.example/pay?pa=a@ybl", "unknown"),
            ("", "unknown"),
            ("नमस्ते", "unknown"),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
