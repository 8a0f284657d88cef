//! `causeway import`, killed in the middle: what was acknowledged is there in
//! whole batches, and the same import again completes it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use causeway_engine::import;
use causeway_engine::model::{ChangeSet, Directory, RecordKey};
use causeway_engine::store::{self, Access, StoreError, StoreUrl};
use jiff::Timestamp;

const SOURCE: &str = "invented";
/// Enough for several batches.
const SERVICES: usize = 13_000;
const KILLS: u64 = 8;

/// A package of many small services.
fn package(folder: &Path) -> PathBuf {
    let mut text = "id,name,description\n".to_owned();
    for number in 0..SERVICES {
        writeln!(text, "s{number},Lunch club {number},A warm meal and a chat").unwrap();
    }
    let path = folder.join("services.csv");
    std::fs::write(&path, text).unwrap();
    path
}

/// What the import of a package writes, batch by batch.
fn batches(package: &Path) -> Vec<ChangeSet> {
    let reading = import::read_path(package, None, SOURCE).unwrap();
    import::reconcile(
        &Directory::default(),
        reading,
        SOURCE,
        Timestamp::UNIX_EPOCH,
    )
    .0
}

fn import(store: &Path, package: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_causeway"));
    command
        .arg("import")
        .arg(package)
        .args(["--source", SOURCE, "--store"])
        .arg(format!("sled:{}", store.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Bytes of everything in a folder.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}

/// The version a store holds, and the keys of its records; nothing where it was
/// killed before there was a store.
fn held(store: &Path) -> (u64, BTreeSet<RecordKey>) {
    let store = match store::open(&StoreUrl::Sled(store.to_owned()), Access::Read) {
        Err(StoreError::Missing { .. }) => return (0, BTreeSet::new()),
        opened => opened.unwrap(),
    };
    let loaded = store.load().unwrap();
    let keys = loaded.directory.provenances().map(|(key, _)| key).collect();
    (loaded.sequence, keys)
}

#[test]
fn an_import_killed_in_the_middle_leaves_whole_batches_and_can_be_run_again() {
    let folder = tempfile::tempdir().unwrap();
    let package = package(folder.path());
    let batches = batches(&package);
    assert!(batches.len() > 5);
    let whole = {
        let store = folder.path().join("whole");
        assert!(import(&store, &package).status().unwrap().success());
        size(&store)
    };
    let mut cut = 0;
    for kill in 0..KILLS {
        let store = folder.path().join(format!("store-{kill}"));
        let mut child = import(&store, &package).spawn().unwrap();
        // Each time a little later: by what is on disk, which is the same on every machine.
        let until = whole * kill / KILLS / 2;
        while child.try_wait().unwrap().is_none() && size(&store) < until {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let (sequence, keys) = held(&store);
        let expected: BTreeSet<RecordKey> = batches[..sequence as usize]
            .iter()
            .flat_map(|batch| &batch.changes)
            .map(causeway_engine::model::Change::key)
            .collect();
        assert_eq!(keys, expected, "killed at {until} bytes");
        cut += u64::from((1..batches.len() as u64).contains(&sequence));

        if kill % 4 == 1 {
            assert!(import(&store, &package).status().unwrap().success());
            assert_eq!(held(&store).1.len(), SERVICES);
        }
    }
    assert!(cut > 0, "no kill came between the first batch and the last");
}
