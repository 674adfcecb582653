//! The link in the message of a bill: `https://<HOST>/P/<bill>/<paise>/<language>`, an address of the head office under which it
//! is paid. Host and path are fixed, as the operators want them registered; bill and amount are values of the template.

use raseed_protocol::book::Rules;
use raseed_protocol::ids::BillNumber;
use raseed_protocol::language::Language;
use raseed_protocol::payment_reference::PaymentReference;

/// What begins the reference of a bill's own payments.
const REFERENCE: &str = "BILL--";

/// The link, with these in the places of bill and amount; `None` where the rules name no host, or nobody to pay by UPI.
pub(super) fn link(rules: &Rules, bill: &str, paise: &str, language: Language) -> Option<String> {
    let payable = rules.payments.upi.is_some() && !rules.receipt_host.is_empty();
    payable.then(|| format!("https://{}/P/{bill}/{paise}/{language}", rules.receipt_host))
}

/// A bill's number as it stands in the link, escaped as in the reference of its payments; `None` if it is too long for one.
pub(super) fn bill_in_link(bill: &BillNumber) -> Option<String> {
    let reference = PaymentReference::of_bill(bill)?.to_string();
    reference.strip_prefix(REFERENCE).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_stands_in_the_link_as_in_its_reference() {
        let in_link = |bill: &str| bill_in_link(&bill.parse().unwrap());
        assert_eq!(in_link("PB/2026_11.0001").as_deref(), Some("PB_s2026__11_d0001"));
        assert_eq!(in_link("B2611-00217").as_deref(), Some("B2611-00217"));
        assert_eq!(in_link("1/2/3/4/5/6/7/8/9//1"), None);
    }
}
