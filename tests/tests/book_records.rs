//! The book's records travel and are stored without loss, whatever they hold.

use proptest::prelude::*;
use raseed_protocol::book::{Account, BookPage, Rules, Tariff};
use raseed_protocol::keys::{Signer, SigningKey};
use raseed_tests::arbitrary;

proptest! {
    #[test]
    fn a_page_is_read_back_by_its_key_alone(page in arbitrary::page()) {
        let office = SigningKey::from_seed(&[1; 32]);
        let sealed = page.seal(&office).unwrap();
        prop_assert_eq!(BookPage::verify(&sealed, &office.public_key()).unwrap(), page);
        prop_assert!(BookPage::verify(&sealed, &SigningKey::from_seed(&[2; 32]).public_key()).is_err());
    }

    #[test]
    fn what_is_stored_is_read_back(
        account in arbitrary::account(),
        rules in arbitrary::rules(),
        tariff in arbitrary::tariff(),
    ) {
        prop_assert_eq!(Account::from_bytes(&account.to_bytes()), Ok(account));
        prop_assert_eq!(Rules::from_bytes(&rules.to_bytes()), Ok(rules));
        prop_assert_eq!(Tariff::from_bytes(&tariff.to_bytes()), Ok(tariff));
    }

    /// The JSON of the book (imports, exports) and its CBOR say the same.
    #[test]
    fn json_loses_nothing_either(account in arbitrary::account(), rules in arbitrary::rules(), tariff in arbitrary::tariff()) {
        fn again<T: serde::Serialize + serde::de::DeserializeOwned>(record: &T) -> T {
            serde_json::from_str(&serde_json::to_string(record).unwrap()).unwrap()
        }
        prop_assert_eq!(again(&account), account);
        prop_assert_eq!(again(&rules), rules);
        prop_assert_eq!(again(&tariff), tariff);
    }
}
