//! `raseed qr`: every vector judged as it must be, any bytes answered line by line, and codes made that others can scan.

use crate::place::Place;
use crate::program::{Said, path};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/qr");

fn plain(args: &[&str]) -> Said {
    Said::by(Command::new(path()).args(args).stdin(Stdio::null()))
}

/// What is said about each line.
fn judged(input: &[u8]) -> Vec<String> {
    let mut command = Command::new(path());
    let mut child = command
        .args(["qr", "read"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("asked for a pipe");
    let input = input.to_vec();
    let typing = std::thread::spawn(move || stdin.write_all(&input).expect("all of it is read"));
    let said = Said::by_child(child);
    typing.join().expect("nothing panics in there");
    assert_eq!((said.code(), said.err.as_str()), (0, ""));
    said.out.lines().map(str::to_owned).collect()
}

fn parsed(lines: &[String]) -> Vec<Value> {
    lines.iter().map(|line| serde_json::from_str(line).expect("JSON on every line")).collect()
}

#[test]
#[ignore = "needs the released program"]
fn every_vector_is_judged_as_it_must_be() {
    for file in ["emv.json", "upi.json", "other.json"] {
        let text = std::fs::read_to_string(Path::new(VECTORS).join(file)).expect("the vectors");
        let vectors: Value = serde_json::from_str(&text).expect("JSON");
        let cases = vectors["cases"].as_array().expect("cases");
        let texts: Vec<&str> = cases.iter().map(|case| case["text"].as_str().expect("a text")).collect();
        let said = parsed(&judged(texts.join("\n").as_bytes()));
        // A last line with nothing on it is no line.
        assert_eq!(said.len(), cases.len(), "{file}");
        for (case, said) in cases.iter().zip(&said) {
            for key in ["kind", "valid", "error", "conformant", "violations"] {
                assert_eq!(said[key], case[key], "{}: {key}", case["name"]);
            }
            if said["kind"] == "upi" {
                let amount = case.get("amount_paise").unwrap_or(&Value::Null);
                assert_eq!(&said["fields"]["amount_paise"], amount, "{}", case["name"]);
            }
        }
    }
}

#[test]
#[ignore = "needs the released program"]
fn fields_are_maps_where_templates_are_and_keys_have_an_order() {
    let annex = "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN\
                 5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***\
                 0708A60086670902ME91320016A0112233449988770708123456786304A13A";
    let link = "upi://pay?PA=a%40ybl&pn=A+B&am=250.5&amount_paise=1";
    let lines = judged(format!("{annex}\n{link}\n").as_bytes());
    for line in &lines {
        let places: Vec<usize> = ["kind", "valid", "fields", "error", "conformant", "violations"]
            .iter()
            .map(|key| line.find(&format!("\"{key}\":")).expect("every key is there"))
            .collect();
        assert!(places.is_sorted(), "{line}");
    }
    let said = parsed(&lines);
    assert_eq!(said[0]["fields"]["64"], json!({ "00": "ZH", "01": "最佳运输", "02": "北京" }));
    assert_eq!((&said[0]["fields"]["54"], &said[0]["error"]), (&json!("23.72"), &Value::Null));
    // No parameter of a link can say what only the reader may.
    assert_eq!(said[1]["fields"], json!({ "PA": "a@ybl", "pn": "A+B", "am": "250.5", "amount_paise": 25_050 }));
}

#[test]
#[ignore = "needs the released program"]
fn any_bytes_are_answered_line_by_line() {
    let mut input = b"upi://pay?pa=a@ybl&pn=x\n\xff\xfe\n\0\n\n".to_vec();
    input.extend(b"9".repeat(1_000_000));
    input.extend(b"\r\nname@ybl\r\nupi://pay?pa=\xe0\xa4");
    let said = parsed(&judged(&input));
    let errors: Vec<&str> = said.iter().map(|said| said["error"].as_str().unwrap_or("-")).collect();
    assert_eq!(errors, ["-", "NotUtf8", "NotAPaymentCode", "Empty", "LineTooLong", "-", "NotUtf8"]);
    assert!(judged(b"").is_empty());
}

#[test]
#[ignore = "needs the released program"]
fn what_is_made_is_conformant_and_scans() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (png, svg) = (file("code.png"), file("code.svg"));
    let upi = [
        "qr",
        "make",
        "--png",
        &png,
        "--svg",
        &svg,
        "upi",
        "--payee",
        "saswater@sbi",
        "--name",
        "Water & Sanitation",
        "--reference",
        "SAS07-1-391",
        "--amount",
        "1,260",
        "--minimum",
        "1",
        "--mcc",
        "4900",
        "--note",
        "Bill 217",
        "--minutes",
        "10",
    ];
    let bharat = [
        "qr",
        "make",
        "--png",
        &png,
        "bharat",
        "--name",
        "SAS Nagar Water",
        "--city",
        "SAS Nagar",
        "--pin-code",
        "140301",
        "--mcc",
        "4900",
        "--rupay",
        "6100030700074696",
        "--terminal-label",
        "SAS07",
        "--payee",
        "saswater@sbi",
        "--reference",
        "SAS07-1-391",
        "--amount",
        "₹1,260",
        "--bill",
        "B2611-00217",
    ];
    let sticker = ["qr", "make", "upi", "--payee", "saswater@sbi", "--name", "Jal", "--for-all", "--terminal"];
    for (args, kind) in [(&upi[..], "upi"), (&bharat[..], "emv")] {
        let said = plain(args);
        assert_eq!(said.code(), 0, "{}", said.err);
        let payload = said.out.trim_end();
        let judgement = &parsed(&judged(payload.as_bytes()))[0];
        assert_eq!((&judgement["kind"], &judgement["violations"]), (&json!(kind), &json!([])), "{payload}");
        assert_eq!(scanned(&png), payload);
    }
    let drawing = std::fs::read_to_string(&svg).expect("a picture");
    assert!(drawing.starts_with("<svg ") && drawing.len() > 1_000);
    let said = plain(&sticker);
    assert!(said.out.starts_with("upi://pay?ver=01&mode=01&pa=saswater@sbi&pn=Jal&"), "{}", said.out);
    assert!(said.out.lines().count() > 20, "it is drawn");
}

#[test]
#[ignore = "needs the released program"]
fn a_poster_is_written_as_its_name_says_and_scans() {
    let place = Place::new(1);
    for name in ["poster.png", "poster.svg", "poster.html"] {
        let file = place.text(name);
        let said = place.office(&["poster", "--language", "hi", "--out", &file]).good();
        assert_eq!(said["vpa"], "saswater@examplebank");
        if name.ends_with("png") {
            assert_eq!(scanned(&file), said["code"].as_str().expect("a code"));
        } else {
            assert!(std::fs::read_to_string(&file).expect("a text").contains("</svg>"), "{name}");
        }
    }
    assert_eq!(place.office(&["poster", "--out", &place.text("poster.gif")]).refused().code, "bad-file");
}

#[test]
#[ignore = "needs the released program"]
fn what_cannot_be_made_is_refused_with_a_reason() {
    let upi = ["qr", "make", "upi", "--name", "Jal", "--reference", "SAS07-1-391"];
    for (more, code) in [
        (vec!["--payee", "saswater"], "bad-field"),
        (vec!["--payee", "saswater@sbi", "--amount", "0"], "bad-amount"),
        (vec!["--payee", "saswater@sbi", "--amount", "1.005"], "bad-amount"),
        (vec!["--payee", "saswater@sbi", "--amount", "5", "--minimum", "6"], "bad-amount"),
        (vec!["--payee", "saswater@sbi", "--mcc", "49"], "bad-field"),
    ] {
        let args: Vec<&str> = ["--json"].into_iter().chain(upi).chain(more).collect();
        assert_eq!(plain(&args).refused().code, code, "{args:?}");
    }
    assert_eq!(plain(&["qr", "make", "upi", "--payee", "a@ybl", "--name", "Jal"]).code(), 2, "no reference");
}

/// What is in the picture, by a reader that is not ours.
fn scanned(picture: &str) -> String {
    let output = Command::new("zbarimg").args(["-q", "--raw"]).arg(picture).output();
    let output = output.expect("zbarimg (Debian package zbar-tools) must be there");
    String::from_utf8(output.stdout).expect("text").trim_end().to_owned()
}
