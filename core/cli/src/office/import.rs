//! `raseed office import`

use crate::machine;
use crate::output::{Failure, Output};
use raseed_head_office::Office;
use raseed_head_office::import::{BookFile, ImportRefused, read_folder, read_json};
use serde_json::json;
use std::fs::File;
use std::path::Path;

/// The payment app of rehearsals, as rules name it.
const TAKES_NO_MONEY: &str = "simulator";
const WARNING: &str =
    "\nwarning: the card app of these rules is the simulator, which takes no money; devices that take money refuse it";

/// Imports a book into the office in `folder`, making the office if there is none.
pub fn run(folder: &Path, book: &Path, out: &Output) -> Result<(), Failure> {
    let book = read(book)?;
    let office = open_or_create(folder, &book)?;
    let (accounts, tariffs) = (book.accounts.len(), book.tariffs.len());
    let imported = office.import_book(&book.rules, &book.tariffs, book.accounts, machine::wall())?;
    let rehearses = book.rules.payments.card.as_ref().is_some_and(|app| app.acquirer == TAKES_NO_MONEY);
    let value = json!({
        "tenant": office.tenant(),
        "accounts": accounts,
        "tariffs": tariffs,
        "accounts_added": imported.accounts_added,
        "accounts_changed": imported.accounts_changed,
        "demands_added": imported.demands_added,
        "card_app_takes_no_money": rehearses,
    });
    out.say(&value, || {
        let warning = if rehearses { WARNING } else { "" };
        format!(
            "the book of {} is in: {accounts} accounts and {tariffs} tariffs read; {} accounts new, {} changed, {} bills new{warning}",
            office.tenant(),
            imported.accounts_added,
            imported.accounts_changed,
            imported.demands_added
        )
    })
}

fn read(path: &Path) -> Result<BookFile, Failure> {
    let refused = |error: ImportRefused| Failure::new("bad-book", format!("nothing was imported\n{error}"));
    if path.is_dir() {
        return read_folder(path).map_err(refused);
    }
    let file = File::open(path).map_err(Failure::io(path.display()))?;
    read_json(file).map_err(refused)
}

/// The office in this folder; a new one for the book's tenant if there is nothing there.
pub fn open_or_create(folder: &Path, book: &BookFile) -> Result<Office, Failure> {
    let empty = std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if empty {
        return Ok(Office::create(folder, &book.rules.tenant, machine::wall(), &mut machine::random)?);
    }
    Ok(Office::open(folder)?)
}
