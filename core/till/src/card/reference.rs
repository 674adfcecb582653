//! The reference of a card sale: its request, and a seal that no other app on the device can guess.
//!
//! Any app can answer in a payment app's name (a deep link has no sender), and the number of a request can be guessed: it
//! counts up. So the seal comes out of the till's own key: the SHA-256 of its Ed25519 signature, which is the same every time
//! (RFC 8032, section 5.1.6), over a text that nothing else signs. It is stored nowhere: after a restart the same request has
//! the same reference. It must never be shown or written down: it leaves the till only to the payment app that is asked.

use raseed_protocol::ids::EntryId;
use raseed_protocol::keys::{Hash, Signer, SigningRefused};
use raseed_protocol::payment_reference::PaymentReference;

/// What is signed begins so. COSE (0x84) and HTTP message signatures (a quotation mark) begin otherwise.
const PURPOSE: &str = "raseed card sale 1\n";

/// The reference of this payment; `None` if its number leaves no room for a seal, see [`PaymentReference::of_card`].
pub(crate) fn card_reference(payment: &EntryId, key: &dyn Signer) -> Result<Option<PaymentReference>, SigningRefused> {
    let signature = key.sign(format!("{PURPOSE}{payment}").as_bytes())?;
    Ok(PaymentReference::of_card(payment, &Hash::of(&signature).0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use raseed_protocol::keys::SigningKey;

    fn reference(seed: u8, payment: &str) -> String {
        let key = SigningKey::from_seed(&[seed; 32]);
        card_reference(&payment.parse().unwrap(), &key).unwrap().unwrap().to_string()
    }

    /// The reference in `tests/vectors/card`.
    #[test]
    fn the_same_payment_has_the_same_reference_after_every_restart() {
        assert_eq!(reference(7, "SAS07-1-42"), "SAS07-1-42-WMMKB6GK3CUAI");
    }

    #[test]
    fn another_payment_or_another_till_has_another_seal() {
        let seals =
            [(7, "SAS07-1-42"), (7, "SAS07-1-43"), (7, "SAS07-2-42"), (8, "SAS07-1-42")].map(|(seed, payment)| {
                let reference = reference(seed, payment);
                reference.rsplit_once('-').unwrap().1.to_owned()
            });
        let different: std::collections::BTreeSet<_> = seals.iter().collect();
        assert_eq!(different.len(), seals.len(), "{seals:?}");
    }
}
