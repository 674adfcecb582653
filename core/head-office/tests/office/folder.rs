//! The folder of an office: made whole or not at all, opened only with its own keys and known books.

use crate::support::*;
use raseed_head_office::store::StoreError;
use raseed_head_office::{KeyFileError, Office, OfficeError};
use raseed_protocol::wire::ProblemCode;
use std::fs;
use std::os::unix::fs::PermissionsExt;

#[test]
fn an_office_is_made_once_and_opened_again() {
    let fixture = Fixture::new();
    for key in ["root.key", "office.key"] {
        let mode = fs::metadata(fixture.folder.join(key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{key}");
    }
    assert_eq!(fs::metadata(&fixture.folder).unwrap().permissions().mode() & 0o777, 0o700);
    let again = Office::create(&fixture.folder, &"SAS".parse().unwrap(), now(), &mut entropy(2));
    assert!(matches!(again, Err(OfficeError::FolderInUse(_))));
    let opened = Office::open(&fixture.folder).unwrap();
    assert_eq!(opened.root_key(), fixture.office.root_key());
    assert_eq!(opened.tenant().as_str(), "SAS");
    let left: Vec<_> = fs::read_dir(fixture.folder.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing unfinished is left beside it");
}

#[test]
fn an_interrupted_making_is_begun_again() {
    let dir = tempfile::tempdir().unwrap();
    let unfinished = dir.path().join(".office.unfinished");
    fs::create_dir(&unfinished).unwrap();
    fs::write(unfinished.join("root.key"), b"cut sho").unwrap();
    Office::create(&dir.path().join("office"), &"SAS".parse().unwrap(), now(), &mut entropy(1)).unwrap();
    assert!(!unfinished.exists());
}

#[test]
fn keys_of_another_office_or_open_to_others_are_refused() {
    let (fixture, other) = (Fixture::new(), tempfile::tempdir().unwrap());
    let other = other.path().join("other");
    Office::create(&other, &"SAS".parse().unwrap(), now(), &mut entropy(9)).unwrap();
    let key = fixture.folder.join("office.key");
    fs::copy(other.join("office.key"), &key).unwrap();
    assert!(matches!(Office::open(&fixture.folder), Err(OfficeError::OtherKeys)));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(matches!(Office::open(&fixture.folder), Err(OfficeError::KeyFile(KeyFileError::Exposed(_)))));
    fs::remove_file(&key).unwrap();
    fs::write(&key, [1; 31]).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(matches!(Office::open(&fixture.folder), Err(OfficeError::KeyFile(KeyFileError::Damaged(_)))));
}

#[test]
fn the_books_of_a_newer_program_are_refused_untouched() {
    let fixture = Fixture::new();
    let (folder, books) = (fixture.folder.clone(), fixture.folder.join("office.sqlite"));
    let Fixture { office, _dir, .. } = fixture;
    drop(office);
    let connection = rusqlite::Connection::open(&books).unwrap();
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA user_version = 99;").unwrap();
    drop(connection);
    let before = fs::read(&books).unwrap();
    let refused = Office::open(&folder).err().unwrap();
    assert!(matches!(refused, OfficeError::Store(StoreError::Newer { found: 99, .. })), "{refused}");
    assert_eq!(refused.problem().code, ProblemCode::Unavailable);
    assert_eq!(fs::read(&books).unwrap(), before);
}

#[test]
fn a_database_of_something_else_is_refused() {
    let fixture = Fixture::new();
    let books = fixture.folder.join("office.sqlite");
    drop(fixture.office);
    fs::remove_file(&books).unwrap();
    let _ = fs::remove_file(fixture.folder.join("office.sqlite-wal"));
    rusqlite::Connection::open(&books).unwrap().execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    assert!(matches!(Office::open(&fixture.folder), Err(OfficeError::Store(StoreError::NotOurs))));
    fs::remove_file(&books).unwrap();
    assert!(matches!(Office::open(&fixture.folder), Err(OfficeError::NotOneTenant(0))));
}
