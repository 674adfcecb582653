//! The answer to a till that asks what became of its payment requests.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// `GET /v1/tills/{till}/payments?since=N` answers with this: what is new after word number N, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentWords {
    /// Signed payment words (`payment_word::PaymentWord`), at most [`PaymentWords::MAX`]; only the newest of each request.
    #[serde(serialize_with = "write_words", deserialize_with = "read_words")]
    pub words: Vec<Vec<u8>>,
    /// True if there are more after the last of these: ask again from its number.
    pub more: bool,
}

impl PaymentWords {
    /// The most words of one answer.
    pub const MAX: usize = 100;
}

fn write_words<S: Serializer>(words: &[Vec<u8>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(words.iter().map(|word| data_encoding::BASE64.encode(word)))
}

fn read_words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u8>>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    if texts.len() > PaymentWords::MAX {
        return Err(D::Error::custom("more words than one answer has"));
    }
    let word = |text: String| data_encoding::BASE64.decode(text.as_bytes());
    texts.into_iter().map(word).collect::<Result<_, _>>().map_err(|_| D::Error::custom("not Base64"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_back_and_bounded() {
        let words = |count| PaymentWords { words: vec![vec![0xd2, 0x84]; count], more: true };
        let json = |words: &PaymentWords| serde_json::to_string(words).unwrap();
        assert_eq!(json(&words(1)), r#"{"words":["0oQ="],"more":true}"#);
        let most = words(PaymentWords::MAX);
        assert_eq!(serde_json::from_str::<PaymentWords>(&json(&most)).unwrap(), most);
        assert!(serde_json::from_str::<PaymentWords>(&json(&words(PaymentWords::MAX + 1))).is_err());
        assert!(serde_json::from_str::<PaymentWords>(r#"{"words":["?"],"more":false}"#).is_err());
    }
}
