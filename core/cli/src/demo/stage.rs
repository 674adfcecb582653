//! How the demonstration speaks: headings, notes, receipts, progress. With `--json`: one line a fact, no pictures.

use crate::demo::office::World;
use crate::output::{Failure, Output};
use crate::picture;
use indicatif::{ProgressBar, ProgressStyle};
use raseed_protocol::language::Language;
use raseed_till::{Given, Payment, Till};
use serde_json::json;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The voice of the demonstration.
pub struct Stage<'a> {
    folder: PathBuf,
    out: &'a Output,
    bold: bool,
    scene: u32,
}

impl<'a> Stage<'a> {
    /// A stage that keeps its things in `folder`.
    pub fn new(folder: PathBuf, out: &'a Output) -> Stage<'a> {
        let bold = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Stage { folder, out, bold, scene: 0 }
    }

    /// Where things are kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Begins a scene.
    pub fn scene(&mut self, title: &str) {
        self.scene += 1;
        let heading = format!("{}. {title}", self.scene);
        let heading = if self.bold { format!("\n\x1b[1m{heading}\x1b[0m") } else { format!("\n{heading}") };
        self.speak("scene", title, &heading);
    }

    /// Says something.
    pub fn note(&self, text: &str) {
        self.speak("note", text, &indented(text));
    }

    /// Something that must be so; the demonstration ends if it is not.
    pub fn must(&self, holds: bool, what: &str) -> Result<(), Failure> {
        if holds {
            self.speak("holds", what, &format!("   [ok] {what}"));
            Ok(())
        } else {
            Err(Failure::new("demo", format!("this should hold and does not: {what}")))
        }
    }

    /// Shows a receipt: text, QR code, PNG.
    pub fn receipt(&self, till: &Till, given: &Given) -> Result<(), Failure> {
        let file = self.folder.join(format!("receipt-{}.png", given.id));
        let symbol = picture::write_png(&file, &given.link)?;
        let slip = till.slip(given, false, Language::English)?.to_text(40);
        let text = format!("\n{}\n{}", indented(&slip), indented(&symbol.to_terminal()));
        self.speak("receipt", &given.id.to_string(), &text);
        self.note(&format!(
            "version {} symbol, {} characters; as a picture: {}",
            symbol.version(),
            given.link.len(),
            file.display()
        ));
        Ok(())
    }

    /// Shows the code of a payment.
    pub fn code(&self, payment: &Payment, code: &str) -> Result<(), Failure> {
        let file = self.folder.join(format!("payment-{}.png", payment.id));
        let symbol = picture::write_png(&file, code)?;
        let text =
            format!("\n   {} for this payment alone\n{}\n   {code}", payment.amount, indented(&symbol.to_terminal()));
        self.speak("code", code, &text);
        Ok(())
    }

    /// A spinner for something that takes a while.
    pub fn working(&self, what: &str) -> ProgressBar {
        let bar = ProgressBar::new_spinner().with_message(what.to_owned());
        bar.set_style(ProgressStyle::with_template("   {spinner} {msg} {elapsed}").expect("a valid template"));
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }

    /// Ends, and says what to try next.
    pub fn finish(&mut self, world: &World) -> Result<(), Failure> {
        self.scene("That was all of it. What to try next");
        let folder = self.folder.display();
        let program = std::env::args().next().unwrap_or_else(|| "raseed".to_owned());
        self.note(&format!(
            "Everything is in {folder}\n\
             {program} till --data {folder}/SAS07 find kaur\n\
             {program} till --data {folder}/SAS07 collect {} 100\n\
             {program} office --data {folder}/office serve --listen {}\n\
             {program} till --data {folder}/SAS07 sync            (in another terminal)\n\
             {program} office --data {folder}/office ledger --verify\n\
             {program} journal check {folder}/SAS07/till.db",
            world.household, world.address
        ));
        self.note("Then import a book of your own: schemas/book-import.md says how it looks.");
        Ok(())
    }

    fn speak(&self, kind: &str, value: &str, text: &str) {
        // The reader may have closed the pipe (`| head`); the demonstration goes on to its end all the same.
        let _ = self.out.say(&json!({ kind: value }), || text.to_owned());
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("   {line}")).collect::<Vec<_>>().join("\n")
}
