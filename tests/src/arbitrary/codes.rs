//! Requests for payment as codes: every field over its whole range, each there or not.
//!
//! Names are in the scripts of the places, with the marks that cleaning takes out; what cannot be a name is thrown again.

use super::names::{amount, text, wall};
use proptest::option::of;
use proptest::prelude::*;
use raseed_protocol::money::Paise;
use raseed_protocol::qr::upi::{About, Category, Invoice, Medium, Shop, Tax};
use raseed_protocol::qr::{Amount, Asked, Reference, Vpa, bharat, upi};
use std::fmt::Debug;
use std::str::FromStr;

/// A UPI link.
pub fn upi_request() -> impl Strategy<Value = upi::Request> {
    let who = (vpa(200), shown(99), initiation(), of(asked()));
    let what = (of(parsed("[0-9]{4}")), of(shown(50)), medium(), of(parsed("[0-9]{2}")));
    let when = (of(wall()), of(wall()), of(parsed("[A-Za-z0-9]{6,12}")), of(parsed("[A-Za-z0-9]{35}")));
    let more = (of(about()), shop(), of(parsed("[1-9][0-9]{5}")), of(invoice()));
    (who, what, when, more).prop_map(|(who, what, when, more)| {
        let (payee, name, initiation, asked) = who;
        let (mcc, note, medium, purpose) = what;
        let (made_at, expires_at, org, transaction) = when;
        let (about, shop, pin_code, invoice) = more;
        upi::Request {
            payee,
            name,
            initiation,
            asked,
            mcc,
            note,
            medium,
            purpose,
            org,
            transaction,
            made_at,
            expires_at,
            about,
            shop,
            pin_code,
            invoice,
        }
    })
}

/// A Bharat QR that can be built: what is too long only in the whole is thrown again.
pub fn bharat_request() -> impl Strategy<Value = bharat::Request> {
    let merchant = (plain(23), plain(15), parsed("[1-9][0-9]{5}"), parsed("[0-9]{4}"), bharat_initiation());
    let accounts = (of(rupay()), of(parsed("[A-Z]{4}0[A-Z0-9]{6}[A-Za-z0-9]{1,26}")), networks(), of(vpa(40)));
    let extras = (of(tip()), additional(), of(local_language()));
    (merchant, accounts, extras)
        .prop_map(|(merchant, accounts, extras)| {
            let (name, city, pin_code, mcc, initiation) = merchant;
            let (rupay, account, networks, payee) = accounts;
            let (tip, additional, language) = extras;
            bharat::Request {
                rupay,
                account,
                networks,
                payee,
                tip,
                additional,
                language,
                ..bharat::Request::new(name, city, pin_code, mcc, initiation)
            }
        })
        .prop_filter("too much in one code", |request| request.build().is_ok())
}

/// An address whose part before the `@` has at most this many characters.
fn vpa(most: usize) -> impl Strategy<Value = Vpa> {
    let local = prop_oneof![9 => Just(most.min(30)), 1 => Just(most)]
        .prop_flat_map(|most| prop::collection::vec("[A-Za-z0-9._-]", 0..most));
    ("[A-Za-z0-9]", local, "[A-Za-z][A-Za-z0-9]{1,8}")
        .prop_map(|(first, rest, handle)| format!("{first}{}@{handle}", rest.concat()).parse().expect("an address"))
}

fn reference() -> impl Strategy<Value = Reference> {
    parsed("[A-Za-z0-9_-]{4,35}")
}

fn money() -> impl Strategy<Value = Amount> {
    amount(1..=Amount::MOST_PAISE).prop_map(|paise| paise.try_into().expect("within what can be asked"))
}

fn asked() -> impl Strategy<Value = Asked> {
    (money(), of(money())).prop_map(|(one, other)| match other {
        None => Asked::exactly(one),
        Some(other) => Asked::down_to(one.max(other), one.min(other)).expect("in this order"),
    })
}

fn initiation() -> impl Strategy<Value = upi::Initiation> {
    use upi::Initiation::{DynamicOffline, DynamicOnline, Intent, StaticOffline, StaticOnline};
    prop_oneof![
        of(reference()).prop_map(StaticOffline),
        of(reference()).prop_map(StaticOnline),
        reference().prop_map(DynamicOffline),
        reference().prop_map(DynamicOnline),
        reference().prop_map(Intent),
    ]
}

fn medium() -> impl Strategy<Value = Medium> {
    prop::sample::select(vec![Medium::App, Medium::Pos, Medium::Physical, Medium::Atm, Medium::Web])
}

fn about() -> impl Strategy<Value = About> {
    let category = prop::sample::select(vec![Category::Advertisement, Category::Invoice]);
    (parsed("https?://[a-z0-9.-]{1,30}(/[A-Za-z0-9._~:-]{0,30})?"), category)
        .prop_map(|(url, category)| About { url, category })
}

fn shop() -> impl Strategy<Value = Shop> {
    let label = || of(parsed("[A-Za-z0-9._-]{1,20}"));
    (label(), label(), label()).prop_map(|(merchant, store, terminal)| Shop { merchant, store, terminal })
}

fn invoice() -> impl Strategy<Value = Invoice> {
    let part = || amount(0..=1_000_000_000);
    let tax = (part(), part(), part(), part())
        .prop_map(|(central, state, integrated, cess)| Tax::new(central, state, integrated, cess).expect("a tax"));
    let gstin = of(parsed("[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]"));
    (parsed("[A-Za-z0-9/-]{3,20}"), wall(), tax, gstin).prop_map(|(number, made_at, tax, gstin)| Invoice {
        number,
        made_at,
        tax,
        gstin,
    })
}

fn bharat_initiation() -> impl Strategy<Value = bharat::Initiation> {
    let url = parsed("https://[a-z0-9./-]{1,18}");
    prop_oneof![
        of(money()).prop_map(|amount| bharat::Initiation::Static { amount }),
        (of(asked()), reference(), of(url)).prop_map(|(asked, reference, url)| bharat::Initiation::Dynamic {
            asked,
            reference,
            url
        }),
    ]
}

fn rupay() -> impl Strategy<Value = bharat::RupayPan> {
    "[0-9]{6}0[0-9]{8}".prop_map(|digits| checked(&digits))
}

fn networks() -> impl Strategy<Value = bharat::Networks> {
    let pan = || of("[0-9]{14,15}".prop_map(|digits| checked(&digits)));
    (pan(), pan(), pan(), pan()).prop_map(|(a, b, c, d)| bharat::Networks { visa: [a, b], mastercard: [c, d] })
}

/// With the one digit behind it that makes it a number.
fn checked<T: FromStr<Err: Debug>>(digits: &str) -> T {
    (0..10).find_map(|check| format!("{digits}{check}").parse().ok()).expect("one of ten digits fits")
}

fn tip() -> impl Strategy<Value = bharat::Tip> {
    prop_oneof![
        Just(bharat::Tip::Ask),
        money().prop_map(bharat::Tip::Fixed),
        "[0-9]{2}\\.[0-9][1-9]".prop_map(|text| bharat::Tip::Percent(text.parse().expect("a percentage"))),
    ]
}

fn additional() -> impl Strategy<Value = bharat::Additional> {
    let some = || of(plain(8));
    let ask =
        any::<(bool, bool, bool)>().prop_map(|(address, mobile, email)| bharat::ConsumerAsk { address, mobile, email });
    (some(), some(), some(), some(), some(), some(), some(), of(plain(25)), ask).prop_map(
        |(bill, mobile, store, loyalty, reference, consumer, terminal, purpose, ask)| bharat::Additional {
            bill,
            mobile,
            store,
            loyalty,
            reference,
            consumer,
            terminal,
            purpose,
            ask,
        },
    )
}

fn local_language() -> impl Strategy<Value = bharat::LocalLanguage> {
    let name = || text(1..=15).prop_filter_map("no name", |text| text.parse().ok());
    (parsed("[a-z]{2}"), name(), of(name())).prop_map(|(language, name, city)| bharat::LocalLanguage {
        language,
        name,
        city,
    })
}

/// What a payer is shown, as people write it.
fn shown<T: FromStr + Debug>(most: usize) -> impl Strategy<Value = T> {
    let marks = prop::sample::select(vec!["", "", "", "&", "%", "+", "=", "#", "@", " & Sons", "\u{202e}"]);
    (text(1..=most / 2), marks, text(0..=most / 2))
        .prop_filter_map("no name", |(before, mark, after)| format!("{before}{mark}{after}").parse().ok())
}

/// Printable ASCII, no blank at either end.
fn plain<T: FromStr + Debug>(most: usize) -> impl Strategy<Value = T> {
    prop::collection::vec(prop::char::range(' ', '~'), 1..=most)
        .prop_filter_map("no text", |characters| characters.into_iter().collect::<String>().trim().parse().ok())
}

fn parsed<T: FromStr<Err: Debug> + Debug>(pattern: &'static str) -> impl Strategy<Value = T> {
    pattern.prop_map(|text| text.parse().expect("the pattern is that of the field"))
}

/// The amount that a request asks for, and its floor.
pub fn asked_paise(asked: Option<&Asked>) -> (Option<Paise>, Option<Paise>) {
    (asked.map(|asked| asked.amount().paise()), asked.and_then(Asked::minimum).map(Amount::paise))
}
