//! The page for citizens: everything that it names is there, and nothing of it can reach out.

use crate::house::{House, Reply};

fn text(reply: &Reply) -> String {
    assert_eq!(reply.status, 200);
    String::from_utf8(reply.body.clone()).unwrap()
}

#[test]
fn the_page_carries_the_root_key_and_the_names_of_the_office() {
    let house = House::new();
    let page = text(&house.ask(&house.call("GET", "/V")));
    assert!(page.contains(&house.office.root_key().to_string()));
    assert!(page.contains("SAS") && page.contains("Water and sanitation") && page.contains("&quot;10&quot;:"));
    assert!(!page.contains("{{"), "every place is filled");
}

#[test]
fn every_file_that_the_page_names_is_served() {
    let house = House::new();
    let mut found = vec!["/V".to_owned()];
    let mut next = 0;
    while let Some(target) = found.get(next).cloned() {
        let file = text(&house.ask(&house.call("GET", &target)));
        let quoted = file.split(['"', '\'']).filter_map(|part| part.strip_prefix("/V/").or(part.strip_prefix("./")));
        found.extend(quoted.map(|name| format!("/V/{name}")).filter(|name| name.contains('.')).collect::<Vec<_>>());
        found = found.into_iter().fold(Vec::new(), |mut once, name| {
            if !once.contains(&name) {
                once.push(name);
            }
            once
        });
        next += 1;
    }
    assert!(found.len() >= 4, "{found:?}");
}

#[test]
fn the_page_can_send_nothing_and_is_asked_for_again() {
    let house = House::new();
    let page = house.ask(&house.call("GET", "/V"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe") && !policy.contains("connect-src"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    let worker = house.ask(&house.call("GET", "/V/worker.js"));
    assert_eq!(worker.header("service-worker-allowed"), Some("/V"));
    assert_eq!(worker.header("content-security-policy"), Some("default-src 'none'; connect-src 'self'"));
}

#[test]
fn nothing_else_is_served_from_there() {
    let house = House::new();
    for target in ["/V/", "/V/verify.html", "/V/README.md", "/V/..%2foffice.key", "/V/../office.key", "/v", "/V/%FF"] {
        let reply = house.ask(&house.call("GET", target));
        assert_eq!(reply.problem().0, 404, "{target}");
    }
}
