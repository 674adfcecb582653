//! What a Bharat QR can hold, each value parsed once. Numbers of cards and accounts are a merchant's, never a payer's.

use crate::qr::field::{ans, digits, text_field};
use crate::qr::{FieldError, Vpa};

text_field!(
    /// The name over the door (59), in printable ASCII.
    MerchantName, "merchant's name", "1 to 23 printable ASCII characters, no blank at either end",
    |text| ans(text, 1..=23) && text.trim() == text
);
text_field!(
    /// Where the merchant is (60), in printable ASCII.
    City, "city", "1 to 15 printable ASCII characters, no blank at either end",
    |text| ans(text, 1..=15) && text.trim() == text
);
text_field!(
    /// A merchant's number at RuPay (06): acquirer (6 digits), a 0, a sequence (8), a Luhn check digit.
    RupayPan, "RuPay merchant number", "16 digits, the seventh a 0, the last a Luhn check digit",
    |text| digits(text, 16..=16) && text.as_bytes()[6] == b'0' && luhn(text)
);
text_field!(
    /// A merchant's number at Visa or Mastercard (02 to 05), with its Luhn check digit.
    CardPan, "merchant number of a card network", "15 or 16 digits, the last a Luhn check digit",
    |text| digits(text, 15..=16) && luhn(text)
);
text_field!(
    /// A merchant's account (08): the branch's IFSC and up to 26 more letters and digits, nothing between.
    BankAccount, "bank account", "an IFSC (as in SBIN0001234) and 1 to 26 letters or digits right after it",
    is_account
);
text_field!(
    /// Where to read more about this one payment (27.02).
    ShortUrl, "reference address", "http:// or https://, at most 26 characters",
    |text| ans(text, 9..=26) && !text.contains(' ') && (text.starts_with("https://") || text.starts_with("http://"))
);
text_field!(
    /// A percentage of the amount (57), 00.01 to 99.99.
    Percentage, "percentage", "00.01 to 99.99 as five characters",
    |text| text.len() == 5 && text != "00.00"
        && text.split_once('.').is_some_and(|(whole, part)| digits(whole, 2..=2) && digits(part, 2..=2))
);
text_field!(
    /// A language (64.00; ISO 639): `hi`, `pa`, `bn`.
    LanguageTag, "language", "two small letters, as in hi",
    |text| text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase())
);
text_field!(
    /// A name or city in the merchant's own language (64.01, 64.02): any script, in its composed form.
    LocalName, "name in another language", "1 to 15 characters that can be seen",
    |text| (1..=15).contains(&text.chars().count()) && text.trim() == text && !text.chars().any(char::is_control)
);

impl MerchantName {
    /// The beginning of a longer name, so far as it fits.
    pub fn shortened(name: &str) -> Result<MerchantName, FieldError> {
        let end = name.char_indices().nth(23).map_or(name.len(), |(at, _)| at);
        name[..end].trim().parse()
    }
}

/// The longest address in 26.01.
const MAX_VPA: usize = 50;

/// Whether an address fits into 26.01.
pub(super) fn fits_in_code(vpa: &Vpa) -> bool {
    vpa.as_str().len() <= MAX_VPA
}

fn is_account(text: &str) -> bool {
    let Some((ifsc, account)) = text.split_at_checked(11) else { return false };
    let upper = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let (bank, branch) = ifsc.as_bytes().split_at(4);
    bank.iter().all(u8::is_ascii_uppercase)
        && branch[0] == b'0'
        && branch.iter().copied().all(upper)
        && (1..=26).contains(&account.len())
        && account.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// The check digit of ISO/IEC 7812: every second digit from the right doubled, the digits of all added, a whole ten.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(digit - b'0');
            if at % 2 == 0 { digit } else { digit * 2 % 10 + digit * 2 / 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merchant_numbers_of_published_codes_are_numbers() {
        for pan in ["6100030700074696", "6100590000000089", "6100530000001042"] {
            assert!(pan.parse::<RupayPan>().is_ok(), "{pan}");
        }
        for bad in ["", "6100030700074695", "6100031700074696", "610003070007469", "61000307000746960"] {
            assert!(bad.parse::<RupayPan>().is_err(), "{bad}");
        }
        assert!("4403847000746908".parse::<CardPan>().is_ok() && "4403847000746909".parse::<CardPan>().is_err());
    }

    #[test]
    fn accounts_and_names_are_bounded() {
        for good in ["HDFC000062250200018553226", "SBIN0001234X", "YESB0CMSNOC222333004882700126"] {
            assert!(good.parse::<BankAccount>().is_ok(), "{good}");
        }
        for bad in ["", "SBIN0001234", "SBIN1001234X", "sbin0001234X", "SBIN0001234 1", "SBIN000123é1"] {
            assert!(bad.parse::<BankAccount>().is_err(), "{bad}");
        }
        let long = "Sahibzada Ajit Singh Nagar Water";
        assert!(long.parse::<MerchantName>().is_err());
        assert_eq!(MerchantName::shortened(long).unwrap().as_str(), "Sahibzada Ajit Singh Na");
        assert!(MerchantName::shortened("जल").is_err() && " x".parse::<City>().is_err());
        assert!("00.01".parse::<Percentage>().is_ok() && "99.99".parse::<Percentage>().is_ok());
        assert!("00.00".parse::<Percentage>().is_err() && "5".parse::<Percentage>().is_err());
        assert!("https://a.in/1".parse::<ShortUrl>().is_ok() && "ftp://a.in/1".parse::<ShortUrl>().is_err());
    }
}
