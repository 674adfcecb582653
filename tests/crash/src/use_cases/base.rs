//! What is on the storage before a script begins: all of it safe.

use super::{Begins, Old};
use crate::bench::{Bench, OFFICE, TILL, collector};
use crate::image::Image;
use crate::past::{Past, Wish};
use crate::shim;
use raseed_head_office::Office;
use raseed_head_office::import::BookFile;
use raseed_protocol::money::Paise;
use raseed_protocol::time::{Day, WallMs};
use raseed_tests::world::{BookShape, Seeded, book};
use raseed_till::OpenShift;
use std::path::Path;

/// The book of the laboratory's first day; `A-9` is nobody's in any script, so that it can always be collected for.
pub fn world_book(months_later: i32) -> BookFile {
    let day = first_day().period().plus_months(months_later).first_day().plus_days(21);
    book(BookShape { accounts: 9, months: 2, fees: true }, day)
}

fn first_day() -> Day {
    "2026-11-22".parse().expect("a day")
}

/// Makes what a use case begins with, in a folder that is used for nothing else now.
pub fn base(begins: Begins, seed: u64, root: &Path) -> (Image, Past) {
    if begins == Begins::Old {
        return Old::read().base(seed, root);
    }
    Image::default().write(root).expect("the laboratory's folder can be written");
    shim::restart_randomness();
    let noon = WallMs(first_day().start().0 + 12 * 3_600_000);
    let book = world_book(0);
    let mut entropy = Seeded::new(seed);
    let mut fill = |bytes: &mut [u8]| entropy.next(bytes);
    let office = Office::create(&root.join(OFFICE), &book.rules.tenant, noon, &mut fill).expect("a new office");
    office.import_book(&book.rules, &book.tariffs, book.accounts, noon).expect("a good book");
    office.add_till(&TILL.parse().expect("a till name"), TILL).expect("a new till");
    drop(office);
    let mut bench = Bench::new(root, &Image::default(), Past::beginning(noon), seed, None);
    if begins == Begins::Ready {
        make_ready(&mut bench);
    }
    let wall = bench.wall();
    let (image, mut past) = bench.finish();
    past.wishes.clear();
    past.began = wall;
    (image, past)
}

fn make_ready(bench: &mut Bench) {
    bench.open_office().expect("a new office opens");
    let link = bench.link().expect("an active till");
    bench.ask(Wish::Enrol(link)).expect("enrolled");
    bench.open_till().expect("a new till opens");
    bench.ask(Wish::Sync).expect("the book comes");
    bench.ask(Wish::Shift(OpenShift { staff: collector(), float: Paise::ZERO })).expect("a first shift");
    bench.till().set_pin(None, "2468").expect("a first PIN");
    for (account, amount) in [("A-1", 20), ("A-2", 30)] {
        bench.clock.pass(60_000);
        bench.collect(account, amount).expect("dues are open");
    }
    bench.clock.pass(60_000);
}
