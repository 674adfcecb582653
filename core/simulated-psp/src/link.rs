//! A UPI link as a payer's app reads it: only who asks, for how much, under which reference.

use raseed_protocol::money::Paise;

/// The longest link that is read, in bytes.
const MAX_LINK: usize = 1000;

/// What a payer's app needs of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub reference: Option<String>,
    pub amount: Option<Paise>,
}

/// Reads `upi://pay?…`; `None` if it is not one that an app would pay.
pub(crate) fn read(text: &str) -> Option<Link> {
    let query = text.strip_prefix("upi://pay?").filter(|_| text.len() <= MAX_LINK)?;
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    if !decoded(value("pa")?)?.contains('@') {
        return None;
    }
    let amount = value("am").map(|text| text.parse().ok().filter(|amount: &Paise| amount.is_positive()));
    let reference = value("tr").map(decoded);
    Some(Link { reference: transposed(reference)?, amount: transposed(amount)? })
}

/// `None` for what is there and cannot be read.
fn transposed<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    value.map_or(Some(None), |read| read.map(Some))
}

/// Percent-encoding undone (RFC 3986, section 2.1); `+` is itself.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_as_an_app_reads_it() {
        let link = |reference: Option<&str>, paise: Option<i64>| {
            let amount = paise.map(|paise| Paise::new(paise).unwrap());
            Some(Link { reference: reference.map(str::to_owned), amount })
        };
        assert_eq!(read("upi://pay?pa=a@b&pn=X&tr=SAS07-1&am=260.00&cu=INR"), link(Some("SAS07-1"), Some(26_000)));
        assert_eq!(read("upi://pay?pa=a@b&tr=a%2Fb%20c"), link(Some("a/b c"), None));
        assert_eq!(read("upi://pay?pa=a@b"), link(None, None));
        for bad in
            ["upi://pay?tr=1", "upi:pay?pa=a@b", "upi://pay?pa=ab", "upi://pay?pa=a@b&am=-1", "upi://pay?pa=a@b&tr=%F"]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
