//! Files of an older form under a newer program: the same entries, the same tables as a new file, and no crash on the way that
//! loses anything.

use raseed_crash::bench::{Bench, OFFICE, TILL};
use raseed_crash::lab::Room;
use raseed_crash::past::{Past, Wish};
use raseed_crash::plan::exhaust;
use raseed_crash::tape::Device;
use raseed_crash::use_cases::{self, Begins, Hit, Old, UseCase};
use raseed_protocol::ids::Sequence;
use raseed_protocol::time::WallMs;
use rusqlite::Connection;
use std::path::Path;

/// What a file is made of, and its form.
fn schema(file: &Path) -> (i64, Vec<String>) {
    let file = Connection::open(file).expect("a file");
    let sql = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name";
    let mut statement = file.prepare(sql).expect("every file has one");
    let rows = statement.query_map([], |row| row.get(0)).expect("readable");
    let form = file.pragma_query_value(None, "user_version", |row| row.get(0)).expect("readable");
    (form, rows.collect::<Result<_, _>>().expect("readable"))
}

#[test]
fn an_old_file_is_brought_up_to_the_newest_form_and_nothing_in_it_changes() {
    let (room, new) = (Room::new(), Room::new());
    let old = Old::read();
    let image = old.image();
    image.write(room.root()).expect("written");
    let (till, office) = (room.root().join(TILL), room.root().join(OFFICE).join("office.sqlite"));
    let before = Old::journal(&till);
    assert_eq!((schema(&till.join("till.db")).0, schema(&office).0), (1, 2), "the forms that the fixture is of");

    let mut bench = Bench::new(room.root(), &image, Past::beginning(WallMs(old.wall_ms)), 5, None);
    bench.open_office().expect("the books open");
    bench.open_till().expect("the till opens");
    let standing = bench.till().standing();
    assert_eq!(standing.newest.sequence, Sequence(u64::try_from(before.len()).expect("a short journal")));
    assert!(standing.unsent > 20, "{standing:?}");
    let made = bench.till().projections().expect("readable");
    bench.till().rebuild().expect("from the journal");
    assert_eq!(bench.till().projections().expect("readable"), made);
    assert_eq!(Old::journal(&till), before, "not one byte of an entry");

    bench.collect("A-9", 5).expect("money is taken as before");
    bench.ask(Wish::Sync).expect("all of it is sent");
    assert_eq!(bench.till().standing().unsent, 0);
    assert_eq!(bench.office().verify_books().expect("readable").findings, vec![]);
    assert_eq!(Old::journal(&till)[..before.len()], before);
    bench.close();

    let (fresh, _) = use_cases::base(Begins::Ready, 1, new.root());
    fresh.write(new.root()).expect("written");
    assert_eq!(schema(&till.join("till.db")), schema(&new.root().join(TILL).join("till.db")));
    assert_eq!(schema(&office), schema(&new.root().join(OFFICE).join("office.sqlite")));
}

/// Behind every call of the till, with every model of damage; the head office's are among the cases of every build.
#[test]
fn no_crash_on_the_way_loses_anything() {
    let room = Room::new();
    let upgrade = use_cases::named("upgrade").expect("a use case");
    let all = exhaust(&UseCase { hits: &[Hit::Till], ..*upgrade }, 1, Device::AsReleased, &room);
    println!("{} cases behind {} calls, {} images opened", all.cases, all.cuts, all.opened);
    assert!(all.findings.is_empty(), "{:#?}", all.findings);
}
