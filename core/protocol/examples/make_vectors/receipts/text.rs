//! Texts that are no receipt link, or only a part of one.

use super::super::people::HOST;
use super::{Case, DAMAGED, NOT_A_LINK, link_of_bytes, refused, usual_certificate, usual_entry, usual_link};

/// A link around any bytes.
pub fn pack(bytes: &[u8]) -> String {
    format!("HTTPS://{}/V#{}", HOST.to_ascii_uppercase(), data_encoding::BASE32_NOPAD.encode(bytes))
}

/// The cases of `receipts/text.json`.
pub fn cases() -> Vec<Case> {
    let mut cases = not_links();
    cases.extend(damaged());
    cases
}

fn not_links() -> Vec<Case> {
    let link = usual_link();
    let packed = link.split_once("/V#").expect("a link").1;
    [
        ("nothing", String::new()),
        ("a payment code", "upi://pay?pa=saswater@examplebank&am=260.00".into()),
        ("another address", "https://pay.saswater.example/".into()),
        ("an open line", link.replace("HTTPS", "HTTP")),
        ("another page", format!("HTTPS://PAY.SASWATER.EXAMPLE/W#{packed}")),
        ("the page in lower case", format!("HTTPS://PAY.SASWATER.EXAMPLE/v#{packed}")),
        ("no mark before the receipt", format!("HTTPS://PAY.SASWATER.EXAMPLE/V{packed}")),
        ("the receipt alone", packed.into()),
        ("something before the link", format!("see {link}")),
        ("eight rupee signs", "₹₹₹₹₹₹₹₹/V#".into()),
    ]
    .map(|(name, text)| refused(name, NOT_A_LINK, text))
    .into()
}

fn damaged() -> Vec<Case> {
    let link = usual_link();
    let (before, packed) = link.split_at(link.find('#').expect("a link") + 1);
    let with = |packed: &str| format!("{before}{packed}");
    let cut = |by: usize| link[..link.len() - by].to_owned();
    let long = [&[0x82, 0x81][..], &usual_certificate(), &usual_entry(), &[0; 2048]].concat();
    [
        ("nothing after the mark", before.to_owned()),
        ("one character lost at the end", cut(1)),
        ("two characters lost at the end", cut(2)),
        ("eight characters lost at the end", cut(8)),
        ("half of it lost", cut(packed.len() / 2)),
        ("the first character lost", with(&packed[1..])),
        ("in lower case", with(&packed.to_ascii_lowercase())),
        ("one letter in lower case", with(&packed.replacen('A', "a", 1))),
        ("a digit that Base32 does not have", with(&packed.replacen('A', "1", 1))),
        ("O and 0 confused", with(&packed.replacen('O', "0", 1))),
        ("a blank in the middle", with(&format!("{} {}", &packed[..80], &packed[80..]))),
        ("a line end in the middle", with(&format!("{}\n{}", &packed[..80], &packed[80..]))),
        ("padded", with(&format!("{packed}{}", "=".repeat(8 - packed.len() % 8)))),
        ("one character more", with(&format!("{packed}A"))),
        ("unused bits that are not zero", with(&odd_tail(packed))),
        ("a second mark", with(&format!("#{packed}"))),
        ("written twice", with(&format!("{packed}{packed}"))),
        ("in Base64", with(&data_encoding::BASE64.encode(&usual_entry()))),
        ("an empty array", pack(&[0x80])),
        ("one byte longer than a link can be", link_of_bytes(2049)),
        ("longer than a receipt can be", pack(&long)),
        ("very long", with(&"A".repeat(20_000))),
    ]
    .map(|(name, text)| refused(name, DAMAGED, text))
    .into()
}

/// The same bytes if the unused bits at the end were not looked at.
fn odd_tail(packed: &str) -> String {
    assert!(!packed.len().is_multiple_of(8), "the usual link has unused bits at its end");
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (head, last) = packed.split_at(packed.len() - 1);
    let at = ALPHABET.iter().position(|letter| last.as_bytes()[0] == *letter).expect("a letter of Base32");
    format!("{head}{}", char::from(ALPHABET[at ^ 1]))
}
