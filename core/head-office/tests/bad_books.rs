//! Bad books, as data: each case of `tests/data/bad-books/*.json` changes one good book and says what must be reported.
//!
//! The format of the cases is described in `tests/data/README.md`.

#![allow(clippy::unwrap_used)] // the helpers of a test may stop it

use raseed_head_office::import::{self, BookFile, FolderBytes, ImportRefused};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/bad-books")
}

fn json(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder().join(name)).unwrap()).unwrap()
}

#[test]
fn the_good_book_is_good_in_both_forms() {
    let good = json("good.json");
    let case = Map::new();
    let from_folder = import(&good, &case).unwrap_or_else(|refused| panic!("{refused}"));
    assert_eq!(import::read_json(&bytes_of(&good, &case, "book.json")[..]), Ok(from_folder));
}

#[test]
fn every_bad_book_is_refused_as_its_case_says() {
    let good = json("good.json");
    let mut wrong = Vec::new();
    let mut cases = 0;
    for file in ["accounts.json", "demands.json", "rules.json", "tariffs.json", "book.json", "tables.json"] {
        for case in json(file).as_array().unwrap() {
            let case = case.as_object().unwrap();
            cases += 1;
            let got = match import(&good, case) {
                Ok(_) => Value::String("imported".into()),
                Err(refused) => serde_json::to_value(refused.rows).unwrap(),
            };
            if got != case["expect"] {
                wrong.push(format!("{file}: {}\n got {got:#}", case["case"]));
            }
        }
    }
    assert!(cases > 60, "{cases} cases");
    assert!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_bill_too_many_is_refused_and_a_long_report_is_cut() {
    let good = json("good.json");
    let bills = |from: usize, to: usize, amount: &str| {
        let row = |number| Value::String(format!("A-1,C-{number},2026-10,2026-10-04,2026-10-20,WATER,{amount}"));
        let lines: Vec<Value> = [good["demands.csv"][0].clone()].into_iter().chain((from..to).map(row)).collect();
        import(&good, &Map::from_iter([("demands.csv".to_owned(), Value::Array(lines))]))
    };
    assert_eq!(bills(0, 240, "1").unwrap().accounts[0].demands.len(), 240);
    let refused = bills(0, 241, "1").unwrap_err();
    assert_eq!(
        refused.rows[0].to_string(),
        "demands.csv, line 242, account: there are more than 240 bills on this account; \
         take some out, or split the book by villages or wards"
    );
    let refused = bills(0, 203, "-1").unwrap_err();
    assert_eq!((refused.rows.len(), refused.more), (200, 3));
}

/// A case that changes `book.json` is about the one file, any other about the folder.
fn import(good: &Value, case: &Map<String, Value>) -> Result<BookFile, ImportRefused> {
    if case.contains_key("book.json") {
        return import::read_json(&bytes_of(good, case, "book.json")[..]);
    }
    let file = |name| bytes_of(good, case, name);
    let (rules, tariffs, accounts, demands) =
        (file("rules.json"), file("tariffs.json"), file("accounts.csv"), file("demands.csv"));
    import::read_parts(FolderBytes { rules: &rules, tariffs: &tariffs, accounts: &accounts, demands: &demands })
}

fn bytes_of(good: &Value, case: &Map<String, Value>, name: &str) -> Vec<u8> {
    let good = &good[name];
    let json_of = |value: &Value| serde_json::to_vec_pretty(value).unwrap();
    match (good, case.get(name)) {
        (Value::Array(lines), None) if name.ends_with("csv") => joined(lines),
        (_, None) => json_of(good),
        (_, Some(Value::Array(lines))) if name.ends_with("csv") => joined(lines),
        // Text of which each character stands for one byte.
        (_, Some(Value::String(bytes))) => bytes.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
        (Value::Array(lines), Some(Value::Object(change))) if name.ends_with("csv") => {
            let mut lines = lines.clone();
            for (line, values) in change {
                set_values(&mut lines, line.parse().unwrap(), values.as_object().unwrap());
            }
            joined(&lines)
        }
        (_, Some(Value::Object(change))) => {
            let mut value = good.clone();
            change.iter().for_each(|(pointer, to)| set_pointer(&mut value, pointer, to));
            json_of(&value)
        }
        (_, Some(other)) => panic!("a case cannot be made of {other}"),
    }
}

fn joined(lines: &[Value]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_str().unwrap(), "\n"]).collect::<String>().into_bytes()
}

/// Sets columns of the line with this number; a line after the last is a copy of the last.
fn set_values(lines: &mut Vec<Value>, line: usize, values: &Map<String, Value>) {
    if line > lines.len() {
        lines.push(lines.last().unwrap().clone());
    }
    let columns: Vec<String> = lines[0].as_str().unwrap().split(',').map(str::to_owned).collect();
    let mut row: Vec<String> = lines[line - 1].as_str().unwrap().split(',').map(str::to_owned).collect();
    for (column, value) in values {
        let place = columns.iter().position(|name| name == column).unwrap();
        row[place] = value.as_str().unwrap().to_owned();
    }
    lines[line - 1] = Value::String(row.join(","));
}

/// Sets the value at a JSON pointer; `-` at its end appends to a list.
fn set_pointer(value: &mut Value, pointer: &str, to: &Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match value.pointer_mut(parent).unwrap() {
        Value::Array(list) if last == "-" => list.push(to.clone()),
        Value::Array(list) => list[last.parse::<usize>().unwrap()] = to.clone(),
        Value::Object(map) => drop(map.insert(last.to_owned(), to.clone())),
        other => panic!("nothing can be set in {other}"),
    }
}
