//! Runs `tests/vectors/words.json` and `months.json`, as they stand in the repository.
//!
//! `tests/oracles/words.py` compares the same files with independent sources.
#![allow(clippy::unwrap_used, reason = "the whole file is a test; a vector that cannot be read must stop it")]

use raseed_protocol::language::{Language, words};
use raseed_protocol::money::Paise;
use raseed_protocol::time::Period;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct File<T> {
    cases: Vec<T>,
}

#[derive(Deserialize)]
struct Amount {
    paise: Paise,
    words: BTreeMap<Language, String>,
}

#[derive(Deserialize)]
struct Month {
    period: Period,
    words: BTreeMap<Language, String>,
}

fn cases<T: for<'a> Deserialize<'a>>(name: &str) -> Vec<T> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(name);
    let file: File<T> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file.cases
}

fn in_all(say: impl Fn(Language) -> String) -> BTreeMap<Language, String> {
    Language::ALL.into_iter().map(|language| (language, say(language))).collect()
}

#[test]
fn amounts_in_words() {
    let cases: Vec<Amount> = cases("words.json");
    for case in &cases {
        assert_eq!(in_all(|language| words(case.paise, language)), case.words, "{}", case.paise);
    }
    for rupees in 0..100 {
        let amount = Paise::from_rupees(rupees).unwrap();
        assert!(cases.iter().any(|case| case.paise == amount), "{amount} is not among the vectors");
    }
}

#[test]
fn months_in_words() {
    let cases: Vec<Month> = cases("months.json");
    assert_eq!(cases.len(), 12);
    for case in cases {
        assert_eq!(in_all(|language| case.period.to_people_in(language)), case.words, "{}", case.period);
    }
}
