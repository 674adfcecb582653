//! Amounts as people type them. Checked against a reading of the digits that knows nothing of grouping or bounds.

use raseed_protocol::money::{MAX_PAISE, Paise};

pub(super) fn amount(bytes: &[u8]) {
    let Ok(typed) = std::str::from_utf8(bytes) else { return };
    let Ok(amount) = typed.parse::<Paise>() else { return };
    assert!(amount.get().abs() <= MAX_PAISE, "an amount is bounded");
    assert_eq!(i128::from(amount.get()), plainly(typed), "the digits say another amount");
    assert_eq!(amount.to_decimal().parse(), Ok(amount), "the form for machines is read back");
    assert_eq!(amount.to_string().parse(), Ok(amount), "the form for people is read back");
    let rupees = amount.floor_to_rupee().get();
    assert!(rupees % 100 == 0 && (amount.get() - rupees).abs() < 100);
    assert!((amount.round_to_rupee().get() - amount.get()).abs() <= 50);
}

/// Paise by the digits alone: those after the last point that has digits on both sides or before it are paise.
fn plainly(typed: &str) -> i128 {
    let typed = typed.trim().trim_end_matches("/-").replace("Rs.", "").replace("rs.", "");
    let (whole, fraction) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let number = |text: String| format!("0{text}").parse::<i128>().expect("at most 64 digits fit");
    let paise = number(digits(whole)) * 100 + number(format!("{:0<2}", digits(fraction)));
    if whole.contains('-') { -paise } else { paise }
}
