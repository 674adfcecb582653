//! Settlement files: the vectors, the samples, and what no line of any file may do.

#![allow(clippy::unwrap_used)] // the helpers of a test may stop it

use proptest::prelude::*;
use raseed_head_office::psp::settlement::{BadLine, Mapping, SettlementFile, SettlementRefused, read, read_file};
use raseed_protocol::money::Paise;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn json_file(path: &str) -> Value {
    serde_json::from_slice(&fs::read(root().join(path)).unwrap()).unwrap()
}

fn vectors() -> Value {
    json_file("tests/vectors/settlement/files.json")
}

fn mapping(value: &Value) -> Mapping {
    Mapping::from_json(value.to_string().as_bytes()).unwrap()
}

fn list<'a>(case: &'a Value, name: &str) -> &'a [Value] {
    case[name].as_array().map_or(&[][..], Vec::as_slice)
}

#[test]
fn each_vector_is_read_as_it_says() {
    let vectors = vectors();
    for case in list(&vectors, "cases") {
        let name = case["case"].as_str().unwrap();
        let mapping = mapping(&vectors["mappings"][case["mapping"].as_str().unwrap()]);
        let lines: Vec<&str> = list(case, "lines").iter().map(|line| line.as_str().unwrap()).collect();
        match read(lines.join("\n").as_bytes(), &mapping) {
            Ok(file) => compare(name, case, &file),
            Err(refused) => assert_eq!(Value::from(refused.to_string()), case["refused"], "{name}"),
        }
    }
}

fn compare(name: &str, case: &Value, file: &SettlementFile) {
    assert_eq!(case.get("refused"), None, "{name}");
    let file = serde_json::to_value(file).unwrap();
    for part in ["payments", "bad", "charges"] {
        assert_eq!(list(&file, part), list(case, part), "{name}: {part}");
    }
    for count in ["passed_over", "repeated", "more_bad"] {
        assert_eq!(file[count].as_u64().unwrap(), case[count].as_u64().unwrap_or(0), "{name}: {count}");
    }
}

/// The good mapping with each change made to it.
fn changed_mappings(vectors: &Value) -> Vec<(&Value, Value)> {
    let changed = |case: &Value| {
        let mut mapping = vectors["mappings"]["plain"].clone();
        for (pointer, value) in case["change"].as_object().unwrap() {
            let (parent, member) = pointer.rsplit_once('/').unwrap();
            mapping.pointer_mut(parent).unwrap()[member] = value.clone();
        }
        mapping
    };
    list(vectors, "bad_mappings").iter().map(|case| (case, changed(case))).collect()
}

#[test]
fn a_mapping_that_leaves_anything_open_is_refused() {
    let vectors = vectors();
    for (case, changed) in changed_mappings(&vectors) {
        let error = Mapping::from_json(changed.to_string().as_bytes()).unwrap_err().to_string();
        match case["error"].as_str() {
            Some(expected) => assert_eq!(error, expected, "{case}"),
            None => assert!(error.starts_with("the mapping cannot be read: unknown "), "{case}: {error}"),
        }
    }
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(70_000));
    assert!(Mapping::from_json(large.as_bytes()).unwrap_err().to_string().contains("larger than"));
}

#[test]
fn the_schema_says_the_same_of_mappings_as_the_program() {
    let validator = jsonschema::validator_for(&json_file("schemas/settlement-mapping.schema.json")).unwrap();
    let vectors = vectors();
    for sample in ["razorpay-recon", "bank-upi-mis"] {
        assert!(validator.is_valid(&json_file(&format!("tests/data/settlement/{sample}.json"))), "{sample}");
    }
    for good in vectors["mappings"].as_object().unwrap().values() {
        assert!(validator.is_valid(good), "{good}");
    }
    for (case, changed) in changed_mappings(&vectors) {
        assert!(!validator.is_valid(&changed), "{case}");
    }
}

fn sample(name: &str) -> SettlementFile {
    let folder = root().join("tests/data/settlement");
    let mapping = Mapping::from_json(&fs::read(folder.join(format!("{name}.json"))).unwrap()).unwrap();
    read_file(&folder.join(format!("{name}.csv")), &mapping).unwrap()
}

fn total(file: &SettlementFile) -> Paise {
    file.payments.iter().map(|payment| payment.amount).sum()
}

#[test]
fn the_samples_are_read_whole() {
    let razorpay = sample("razorpay-recon");
    assert_eq!((razorpay.payments.len(), razorpay.passed_over), (3, 2));
    assert_eq!(total(&razorpay), Paise::new(155_050).unwrap());
    assert_eq!(razorpay.payments[0].reference.as_deref(), Some("SAS07-1-391"));
    assert_eq!((razorpay.charges[2].fee.as_str(), razorpay.charges[2].tax.as_str()), ("0.40", "0.07"));
    let bank = sample("bank-upi-mis");
    assert_eq!((bank.payments.len(), bank.passed_over), (3, 1));
    assert_eq!(total(&bank), Paise::new(201_050).unwrap());
    assert_eq!(bank.payments[2].id.as_str(), "rrn-632717100908");
    for file in [razorpay, bank] {
        assert_eq!((file.bad.as_slice(), file.repeated), (&[][..], 0));
        let text = serde_json::to_string(&file).unwrap().to_lowercase();
        assert!(!text.contains("payer") && !text.contains("@simbank"), "a payer was kept: {text}");
    }
}

#[test]
fn sizes_are_bounded() {
    let mapping = mapping(&vectors()["mappings"]["plain"]);
    let header = "id,ref,rrn,amount,paid\n";
    let lines = |count: usize, line: &str| [header, &format!("{line}\n").repeat(count)].concat();
    let bad = read(lines(1003, "x").as_bytes(), &mapping).unwrap();
    assert_eq!((bad.bad.len(), bad.more_bad), (1000, 3));
    let long = read(lines(1, &"x".repeat(9000)).as_bytes(), &mapping).unwrap();
    assert!(matches!(&long.bad[..], [BadLine { line: 2, .. }]));
    assert!(matches!(read(lines(1_000_001, "").as_bytes(), &mapping), Err(SettlementRefused::TooManyLines)));
    let large = vec![b'\n'; raseed_head_office::psp::settlement::MAX_FILE + 1];
    assert!(matches!(read(&large, &mapping), Err(SettlementRefused::TooLarge)));
    assert!(matches!(read(b"\xFF\xFEi\0d\0", &mapping), Err(SettlementRefused::NotCsv)));
    assert!(matches!(read_file(Path::new("nowhere.csv"), &mapping), Err(SettlementRefused::Unreadable(_))));
}

proptest! {
    /// What is written is read back, whatever lines of rubbish stand between, and every line is accounted for.
    #[test]
    fn good_lines_survive_any_neighbours(
        rows in proptest::collection::vec((1i64..10_000_000, proptest::option::of("[ -~]{0,30}")), 0..30),
    ) {
        let mapping = mapping(&vectors()["mappings"]["plain"]);
        let mut text = "id,ref,rrn,amount,paid\n".to_owned();
        let mut expected = Vec::new();
        for (number, (paise, rubbish)) in rows.iter().enumerate() {
            let amount = Paise::new(*paise).unwrap();
            text.push_str(&format!("pay_{number},R{number},,{},1795345805\n", amount.to_decimal()));
            expected.push((format!("pay_{number}"), amount));
            if let Some(rubbish) = rubbish {
                text.push_str(rubbish);
                text.push('\n');
            }
        }
        let file = read(text.as_bytes(), &mapping).unwrap();
        let read: Vec<_> = file.payments.iter().map(|payment| (payment.id.to_string(), payment.amount)).collect();
        prop_assert_eq!(read, expected);
        let blank = |line: &&str| line.split(',').all(|value| value.trim().is_empty() || value.trim() == "\"\"");
        let rubbish = rows.iter().filter_map(|(_, rubbish)| rubbish.as_deref()).filter(|line| !blank(line)).count();
        prop_assert!(file.bad.len() <= rubbish, "{} of {}", json!(file.bad), rubbish);
    }
}
