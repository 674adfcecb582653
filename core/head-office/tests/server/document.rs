//! Server and `schemas/office.openapi.yaml` are held together: every answer of every test is checked against the
//! document, and every answer in the document is seen on a real server.

use crate::house::{Call, House, Reply};
use crate::provoke;
use raseed_head_office::server::paths;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_saphyr::from_str(include_str!("../../../../schemas/office.openapi.yaml")).unwrap());

/// Checks that the document allows this answer.
#[track_caller]
pub fn check(call: &Call, reply: &Reply) {
    let path = call.target.split('?').next().unwrap();
    let Some(operation) = operation(&call.method, path) else {
        assert!(matches!(reply.status, 404 | 405), "{} {path} is not in the document: {}", call.method, reply.status);
        return assert_fits(&json!({ "$ref": "#/components/schemas/Problem" }), &reply.body);
    };
    let response = resolved(&operation["responses"][reply.status.to_string()]);
    assert!(!response.is_null(), "{} {path} does not list status {}", call.method, reply.status);
    let kind = reply.header("content-type").and_then(|kind| kind.split(';').next()).unwrap();
    let content = response["content"].get(kind).unwrap_or_else(|| panic!("{path} {}: no {kind}", reply.status));
    if let Some(schema) = content.get("schema") {
        assert_fits(schema, &reply.body);
    }
    if reply.status == 200
        && let Some(schema) = operation["requestBody"]["content"]["application/json"].get("schema")
    {
        assert_fits(schema, &call.body);
    }
    for (name, header) in response["headers"].as_object().into_iter().flatten() {
        assert!(header["required"] != true || reply.header(&name.to_lowercase()).is_some(), "{path}: no {name}");
    }
}

fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let (_, item) = DOCUMENT["paths"].as_object()?.iter().find(|(template, _)| is_of(template, path))?;
    item.get(method.to_lowercase())
}

fn is_of(template: &str, path: &str) -> bool {
    let (expected, given): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let fits = |(expected, given): (&&str, &&str)| expected.starts_with('{') || expected == given;
    expected.len() == given.len() && expected.iter().zip(&given).all(fits)
}

fn resolved(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(reference) => DOCUMENT.pointer(reference.strip_prefix('#').unwrap()).unwrap(),
        None => value,
    }
}

#[track_caller]
fn assert_fits(schema: &Value, body: &[u8]) {
    let mut whole = schema.clone();
    whole["components"] = DOCUMENT["components"].clone();
    let body: Value = serde_json::from_slice(body).unwrap();
    if let Err(error) = jsonschema::draft202012::options().build(&whole).unwrap().validate(&body) {
        panic!("{schema} does not allow {body}: {error} at {}", error.instance_path());
    }
}

fn documented() -> BTreeSet<(String, String)> {
    let items = DOCUMENT["paths"].as_object().unwrap().iter();
    let methods = |item: &'static Value| item.as_object().unwrap().keys().filter(|key| *key != "parameters");
    items.flat_map(|(path, item)| methods(item).map(|method| (method.to_uppercase(), path.clone()))).collect()
}

#[test]
fn the_document_has_the_routes_of_the_router_and_no_others() {
    let routes: BTreeSet<_> = paths().into_iter().map(|(method, path)| (method.to_string(), path.to_owned())).collect();
    assert_eq!(routes, documented());
}

#[test]
fn every_answer_in_the_document_is_seen() {
    let mut missing = BTreeSet::new();
    for (method, path) in documented() {
        let operation = &DOCUMENT["paths"][&path][method.to_lowercase()];
        let statuses = operation["responses"].as_object().unwrap().keys();
        missing.extend(statuses.map(|status| (method.clone(), path.clone(), status.parse::<u16>().unwrap())));
    }
    for (call, reply) in provoke::every_answer() {
        check(&call, &reply);
        let seen = |(method, path, status): &(String, String, u16)| {
            *method == call.method && is_of(path, call.target.split('?').next().unwrap()) && *status == reply.status
        };
        missing.retain(|answer| !seen(answer));
    }
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn the_check_can_say_no() {
    let house = House::new();
    let call = house.call("GET", "/v1/health");
    let good = house.ask(&call);
    let reply = |status, body: &str| Reply { status, headers: good.headers.clone(), body: body.into() };
    let refused = |reply: Reply| std::panic::catch_unwind(|| check(&call, &reply)).is_err();
    assert!(!refused(reply(200, r#"{"status":"ok","office_time_ms":1}"#)));
    assert!(refused(reply(201, r#"{"status":"ok","office_time_ms":1}"#)));
    assert!(refused(reply(200, r#"{"status":"bad","office_time_ms":1}"#)));
    assert!(refused(reply(200, r#"{"status":"ok"}"#)));
    assert!(refused(Reply { headers: vec![("content-type".into(), "text/html".into())], ..reply(200, "{}") }));
}
