//! The commands of the front page, run as they stand there.

use crate::program::path;
use std::fs;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const HEADING: &str = "## A till and a head office by hand";

#[test]
#[ignore = "needs the released program"]
fn the_commands_of_the_front_page_work() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("tests/data")).expect("a new folder");
    copy(&Path::new(ROOT).join("tests/data/sample-book"), &at("tests/data/sample-book"));
    fs::create_dir(at("bin")).expect("a new folder");
    std::os::unix::fs::symlink(path(), at("bin/raseed")).expect("a link");

    let [port, provider] = [free_port(), free_port()];
    let mut shell = Command::new("bash")
        .args(["-e", "-o", "pipefail", "-s"])
        .env("PATH", format!("{}:{}", at("bin").display(), std::env::var("PATH").expect("a PATH")))
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(fs::File::create(at("said")).expect("a writable folder"))
        .spawn()
        .expect("bash");
    let mut typing = shell.stdin.take().expect("asked for a pipe");
    typing.write_all(b"trap 'kill $(jobs -p)' EXIT\n").expect("the shell reads");
    for line in commands() {
        let line = on_port(&line, port, provider);
        if typing.write_all(format!("echo; echo '$' {}\n{line} </dev/null\n", quoted(&line)).as_bytes()).is_err() {
            break;
        }
        let serves = [("office serve", port), ("psp simulate", provider)];
        if let Some((_, port)) = serves.into_iter().find(|(what, _)| line.contains(what)) {
            // As a person would: go on when it answers. If it never does, the shell has ended.
            while TcpStream::connect(("127.0.0.1", port)).is_err() {
                assert!(shell.try_wait().expect("our own child").is_none(), "the commands before it failed");
                std::thread::yield_now();
            }
        }
    }
    drop(typing);
    let worked = shell.wait().expect("our own child").success();
    let said = fs::read_to_string(at("said")).expect("what it said");
    assert!(worked, "{said}\na command of README.md failed, after this");
    assert!(said.contains("GENUINE") && said.contains("all agree") && said.contains("WHOLE"), "{said}");
    assert!(said.contains("paid") && said.contains("upi://pay?"), "{said}");
    for made in ["raseed-office", "raseed-till/till.db", "receipt.png"] {
        assert!(at(made).exists(), "{made}");
    }
}

/// The commands of the block, without their comments and without the one that installs.
fn commands() -> Vec<String> {
    let text = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the front page");
    let (_, section) = text.split_once(HEADING).expect("the heading of the section");
    let (_, block) = section.split_once("```sh\n").expect("a block of commands");
    let (block, _) = block.split_once("```").expect("its end");
    let lines = block.lines().map(|line| line.split(" #").next().unwrap_or_default().trim());
    let lines: Vec<String> =
        lines.filter(|line| !line.is_empty() && !line.starts_with("cargo install")).map(str::to_owned).collect();
    assert!(lines.len() > 8, "the block was not found: {lines:?}");
    lines
}

fn quoted(line: &str) -> String {
    format!("'{}'", line.replace('\'', "'\\''"))
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port()
}

/// The usual ports may be taken on this machine.
fn on_port(line: &str, port: u16, provider: u16) -> String {
    line.replace("http://127.0.0.1:8480/v1/psp", &format!("http://127.0.0.1:{port}/v1/psp"))
        .replace("raseed psp simulate", &format!("raseed psp simulate --listen 127.0.0.1:{provider}"))
        .replace("raseed psp pay", &format!("raseed psp pay --at http://127.0.0.1:{provider}"))
        .replace("raseed office serve", &format!("raseed office serve --listen 127.0.0.1:{port}"))
        .replace("raseed office enrol SAS07", &format!("raseed office enrol SAS07 --url http://127.0.0.1:{port}"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}
