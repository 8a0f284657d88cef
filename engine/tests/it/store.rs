//! The promise of the store: one contract for all, and for the one that lasts
//! kills, cuts and flipped bits.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use causeway_engine::model::{
    Change, ChangeSet, Directory, Entry, PostcodeDistrict, PostcodePoint, Provenance, Record,
    RecordKey, Service, derive_id,
};
use causeway_engine::store::{
    Access, Limits, Store, StoreError, StoreUrl, open, open_with, restore,
};
use jiff::Timestamp;
use tempfile::TempDir;

/// Small enough for segments to end and checkpoints to be made all the time.
const SMALL: Limits = Limits {
    segment_bytes: 6 << 10,
    checkpoint_bytes: 24 << 10,
    history_bytes: 12 << 10,
    free_floor_bytes: 0,
};

/// Numbers that differ from test to test and not from run to run (`SplitMix64`).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

fn put(record: impl Into<Record>) -> Change {
    Change::Put(Box::new(Entry {
        record: record.into(),
        provenance: Provenance {
            source: "invented".to_owned(),
            ..Provenance::default()
        },
    }))
}

fn service(number: u64, name: &str) -> Service {
    Service {
        id: derive_id("test", "service", &number.to_string()).into(),
        name: name.to_owned(),
        description: Some("A warm room and\na cup of tea, \u{1F375} free.".to_owned()),
        minimum_age: Some(0.1 + number as f64 / 3.0),
        ..Service::default()
    }
}

fn key(record: impl Into<Record>) -> RecordKey {
    record.into().key()
}

/// The change set of that number in an invented import: it adds, changes and
/// removes, and some records are large.
fn batch(number: u64) -> ChangeSet {
    let mut random = Seeded(number);
    let mut changes: Vec<Change> = (0..12)
        .map(|_| put(service(random.below(400), &format!("Kitchen {number}"))))
        .collect();
    changes.push(Change::Remove(key(service(random.below(400), ""))));
    if number.is_multiple_of(10) {
        changes.push(put(district(number % 20, 1200 + random.below(1200))));
    }
    ChangeSet {
        at: Timestamp::from_second(1_770_000_000 + number.cast_signed()).unwrap(),
        changes,
    }
}

/// A record of up to 150 kB.
fn district(number: u64, points: u64) -> PostcodeDistrict {
    PostcodeDistrict {
        id: derive_id("test", "district", &number.to_string()).into(),
        outward: format!("ZZ{number}"),
        points: (0..points)
            .map(|point| PostcodePoint {
                inward: *b"1AA",
                latitude: 51.0 + 1.0 / (point + 3) as f64,
                longitude: -0.1,
                terminated: false,
            })
            .collect(),
    }
}

/// What a store holds after that many of the import's change sets.
fn expected(batches: u64) -> Directory {
    let mut directory = Directory::default();
    for number in 1..=batches {
        directory.apply(batch(number));
    }
    directory
}

fn sled(folder: &Path) -> StoreUrl {
    StoreUrl::Sled(folder.to_owned())
}

fn writer(folder: &Path) -> Result<Box<dyn Store>, StoreError> {
    open_with(&sled(folder), Access::Write, &SMALL)
}

/// A store with that many change sets, closed in good order.
fn filled(batches: u64) -> (TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("store");
    let store = writer(&folder).unwrap();
    for number in 1..=batches {
        store.append(&batch(number)).unwrap();
    }
    (temporary, folder)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let path = file.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn last_segment(folder: &Path) -> PathBuf {
    files_under(&folder.join("log")).pop().unwrap()
}

// One contract for all stores.

fn check_contract(open: &dyn Fn() -> Box<dyn Store>, scratch: &Path) {
    let store = open();
    assert_eq!(store.sequence(), 0);
    assert!(store.load().unwrap().directory.is_empty());
    assert_eq!(store.changes_since(0).unwrap(), []);

    for number in 1..=30 {
        assert_eq!(store.append(&batch(number)).unwrap(), number);
        assert_eq!(store.sequence(), number);
    }
    for _ in 0..2 {
        let loaded = store.load().unwrap();
        assert_eq!(loaded.sequence, 30);
        assert_eq!(loaded.directory, expected(30));
        assert_eq!(loaded.notes, [""; 0]);
    }

    let changes = store.changes_since(27).unwrap();
    assert_eq!(changes, [(28, batch(28)), (29, batch(29)), (30, batch(30))]);
    assert_eq!(store.changes_since(30).unwrap(), []);
    assert_eq!(store.changes_since(99).unwrap(), []);

    // What JSON has no word for is refused, and nothing of its change set is taken.
    let mut unwritable = service(1, "Not a number");
    unwritable.minimum_age = Some(f64::NAN);
    let changes = vec![put(service(2, "Fine")), put(unwritable)];
    let refused = store.append(&ChangeSet {
        changes,
        ..batch(31)
    });
    assert!(
        matches!(refused, Err(StoreError::Unwritable { .. })),
        "{refused:?}"
    );
    assert_eq!(store.load().unwrap().directory, expected(30));

    // Within a change set the later change wins.
    let changes = vec![
        put(service(500, "First")),
        put(service(500, "Second")),
        put(service(501, "Gone")),
        Change::Remove(key(service(501, ""))),
        Change::Remove(key(service(502, "Never there"))),
    ];
    let sequence = store
        .append(&ChangeSet {
            changes,
            ..batch(31)
        })
        .unwrap();
    assert_eq!(sequence, 31);
    let directory = store.load().unwrap().directory;
    assert_eq!(
        directory.services.find(service(500, "").id).unwrap().name,
        "Second"
    );
    assert!(directory.services.find(service(501, "").id).is_none());
    assert_eq!(store.append(&ChangeSet::default()).unwrap(), 32);

    let file = scratch.join("backup");
    assert_eq!(store.backup(&file).unwrap(), 32);
    let copy = sled(&scratch.join("restored"));
    assert_eq!(restore(&file, &copy).unwrap(), 32);
    let restored = open_with(&copy, Access::Write, &SMALL).unwrap();
    assert_eq!(restored.load().unwrap().directory, directory);
    assert_eq!(restored.append(&batch(33)).unwrap(), 33);
    assert_eq!(restored.changes_since(32).unwrap(), [(33, batch(33))]);
    assert!(matches!(
        restored.changes_since(31),
        Err(StoreError::HistoryGone {
            since: 31,
            oldest: 33
        })
    ));
    assert_eq!(store.load().unwrap().directory, directory);

    // Writers take turns.
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for number in 0..5 {
                    let changes = vec![put(service(1000 + worker * 5 + number, "Shared"))];
                    store
                        .append(&ChangeSet {
                            changes,
                            ..ChangeSet::default()
                        })
                        .unwrap();
                }
            });
        }
    });
    let loaded = store.load().unwrap();
    assert_eq!(loaded.sequence, 52);
    assert_eq!(loaded.directory.len(), directory.len() + 20);
}

#[test]
fn a_store_in_memory_keeps_the_contract() {
    let scratch = tempfile::tempdir().unwrap();
    check_contract(
        &|| open(&StoreUrl::Memory, Access::Write).unwrap(),
        scratch.path(),
    );
}

#[test]
fn a_store_in_a_folder_keeps_the_contract() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("store");
    check_contract(
        &|| open(&sled(&folder), Access::Write).unwrap(),
        scratch.path(),
    );
}

#[test]
fn a_store_that_tidies_up_all_the_time_keeps_the_contract() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("store");
    let limits = Limits {
        history_bytes: u64::MAX,
        ..SMALL
    };
    check_contract(
        &|| open_with(&sled(&folder), Access::Write, &limits).unwrap(),
        scratch.path(),
    );
}

// What lasts.

#[test]
fn a_store_opens_as_it_was_closed() {
    let (_temporary, folder) = filled(60);
    for access in [Access::Write, Access::Read, Access::Write] {
        let store = open_with(&sled(&folder), access, &SMALL).unwrap();
        let loaded = store.load().unwrap();
        assert_eq!((loaded.sequence, store.sequence()), (60, 60));
        assert_eq!(loaded.directory, expected(60));
        assert_eq!(loaded.notes, [""; 0]);
    }
}

#[test]
fn old_history_is_let_go_and_said_to_be_gone() {
    let (_temporary, folder) = filled(120);
    let store = writer(&folder).unwrap();
    let Err(StoreError::HistoryGone { since: 0, oldest }) = store.changes_since(0) else {
        panic!("history is still there");
    };
    let kept = store.changes_since(oldest - 1).unwrap();
    assert_eq!(kept.first().unwrap(), &(oldest, batch(oldest)));
    assert_eq!(kept.len() as u64, 121 - oldest);
    assert!(files_under(&folder.join("checkpoint")).len() <= 2);
}

#[test]
fn deleting_the_view_is_always_safe() {
    let (_temporary, folder) = filled(30);
    fs::remove_dir_all(folder.join("sled")).unwrap();
    let loaded = writer(&folder).unwrap().load().unwrap();
    assert_eq!(loaded.directory, expected(30));
    assert!(loaded.notes[0].contains("rebuilt"), "{:?}", loaded.notes);
    assert_eq!(writer(&folder).unwrap().load().unwrap().notes, [""; 0]);
}

#[test]
fn a_view_that_is_behind_catches_up() {
    let (_temporary, folder) = filled(30);
    let old = folder.with_file_name("old");
    copy(&folder.join("sled"), &old);
    let store = writer(&folder).unwrap();
    store.append(&batch(31)).unwrap();
    drop(store);
    fs::remove_dir_all(folder.join("sled")).unwrap();
    copy(&old, &folder.join("sled"));
    let loaded = writer(&folder).unwrap().load().unwrap();
    assert_eq!(loaded.directory, expected(31));
    assert_eq!(loaded.notes, [""; 0]);
}

#[test]
fn a_process_that_died_inside_the_view_does_not_take_the_next_one_along() {
    let (_temporary, folder) = filled(10);
    fs::write(folder.join("sled.opening"), []).unwrap();
    let loaded = writer(&folder).unwrap().load().unwrap();
    assert_eq!(loaded.directory, expected(10));
    assert!(loaded.notes[0].contains("rebuilt"), "{:?}", loaded.notes);
}

#[test]
fn only_one_process_writes_and_others_may_read() {
    let (temporary, folder) = filled(5);
    let store = writer(&folder).unwrap();
    let refused = writer(&folder).err().unwrap();
    let message = refused.to_string();
    assert!(matches!(refused, StoreError::Locked { .. }));
    assert!(
        message.contains(&format!("process {}", std::process::id())),
        "{message}"
    );

    let reader = open(&sled(&folder), Access::Read).unwrap();
    store.append(&batch(6)).unwrap();
    assert_eq!(reader.load().unwrap().directory, expected(6));
    assert_eq!(reader.sequence(), 6);
    assert_eq!(reader.changes_since(5).unwrap(), [(6, batch(6))]);
    assert!(matches!(
        reader.append(&batch(7)),
        Err(StoreError::ReadOnly)
    ));
    assert_eq!(reader.backup(&temporary.path().join("backup")).unwrap(), 6);

    let nowhere = temporary.path().join("nowhere");
    assert!(matches!(
        open(&sled(&nowhere), Access::Read),
        Err(StoreError::Missing { .. })
    ));
    assert!(!nowhere.exists());
}

#[test]
fn reading_while_another_writes_sees_whole_change_sets_only() {
    let (_temporary, folder) = filled(1);
    let store = writer(&folder).unwrap();
    std::thread::scope(|scope| {
        let written = scope.spawn(|| {
            for number in 2..=80 {
                store.append(&batch(number)).unwrap();
            }
        });
        let mut before = 0;
        while !written.is_finished() {
            let loaded = open(&sled(&folder), Access::Read).unwrap().load().unwrap();
            assert_eq!(loaded.directory, expected(loaded.sequence));
            assert!(loaded.sequence >= before);
            before = loaded.sequence;
        }
    });
}

#[test]
fn a_full_disk_stops_writing_and_not_reading() {
    let (_temporary, folder) = filled(3);
    let limits = Limits {
        free_floor_bytes: u64::MAX / 2,
        ..SMALL
    };
    let store = open_with(&sled(&folder), Access::Write, &limits).unwrap();
    assert!(matches!(
        store.append(&batch(4)),
        Err(StoreError::NoSpace { .. })
    ));
    let loaded = store.load().unwrap();
    assert_eq!((loaded.sequence, loaded.directory), (3, expected(3)));
}

#[test]
fn a_restore_never_overwrites_and_never_takes_a_damaged_backup() {
    let (temporary, folder) = filled(8);
    let backup = temporary.path().join("backup");
    writer(&folder).unwrap().backup(&backup).unwrap();
    assert!(matches!(
        restore(&backup, &sled(&folder)),
        Err(StoreError::NotEmpty { .. })
    ));
    assert!(matches!(
        restore(&backup, &StoreUrl::Memory),
        Err(StoreError::NotDurable)
    ));

    let target = temporary.path().join("target");
    let whole = fs::read(&backup).unwrap();
    let mut random = Seeded(8);
    for _ in 0..40 {
        let mut bytes = whole.clone();
        let at = random.below(whole.len() as u64) as usize;
        if random.below(2) == 0 {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << random.below(8);
        }
        fs::write(&backup, &bytes).unwrap();
        let refused = restore(&backup, &sled(&target));
        assert!(
            matches!(refused, Err(StoreError::Damaged { .. })),
            "{refused:?}"
        );
        assert!(!target.exists());
    }
    fs::write(&backup, &whole).unwrap();
    fs::create_dir(&target).unwrap();
    assert_eq!(restore(&backup, &sled(&target)).unwrap(), 8);
    assert_eq!(
        writer(&target).unwrap().load().unwrap().directory,
        expected(8)
    );
}

#[test]
fn a_newer_format_is_named_and_left_alone() {
    let (_temporary, folder) = filled(2);
    let segment = last_segment(&folder);
    let mut bytes = fs::read(&segment).unwrap();
    bytes[8..12].copy_from_slice(&2_u32.to_le_bytes());
    let crc = crc32c::crc32c(&bytes[..20]);
    bytes[20..24].copy_from_slice(&crc.to_le_bytes());
    fs::write(&segment, &bytes).unwrap();
    let refused = writer(&folder).err();
    assert!(
        matches!(
            refused,
            Some(StoreError::NewerFormat {
                found: 2,
                known: 1,
                ..
            })
        ),
        "{refused:?}"
    );
    assert_eq!(fs::read(&segment).unwrap(), bytes);
}

/// What the store kept as `tests/data/store-format-1` holds. Change neither:
/// whoever has data in that format must be able to go on.
fn format_1() -> [ChangeSet; 3] {
    let change_set = |second, changes| ChangeSet {
        at: Timestamp::from_second(second).unwrap(),
        changes,
    };
    let service = |number: u128, name: &str| Service {
        id: uuid::Uuid::from_u128(number).into(),
        name: name.to_owned(),
        minimum_age: Some(0.1),
        ..Service::default()
    };
    [
        change_set(
            1_780_000_000,
            vec![put(service(1, "Tea")), put(service(2, "Soup"))],
        ),
        change_set(1_780_000_001, vec![Change::Remove(key(service(1, "")))]),
        change_set(1_780_000_002, vec![put(service(3, "Bread \u{1F35E}"))]),
    ]
}

#[test]
fn a_store_of_the_first_format_still_opens() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("store");
    copy(
        Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/store-format-1"
        )),
        &folder,
    );
    let mut directory = Directory::default();
    for change_set in format_1() {
        directory.apply(change_set);
    }
    let store = writer(&folder).unwrap();
    assert_eq!(store.load().unwrap().directory, directory);
    assert_eq!(
        store.changes_since(2).unwrap(),
        [(3, format_1()[2].clone())]
    );
    assert!(!files_under(&folder.join("checkpoint")).is_empty());
}

#[test]
fn store_addresses_are_read_strictly() {
    for good in ["sled:./causeway-data", "memory:"] {
        assert_eq!(good.parse::<StoreUrl>().unwrap().to_string(), good);
    }
    for bad in [
        "",
        "sled:",
        "memory:x",
        "postgres://localhost/x",
        "./causeway-data",
    ] {
        assert!(
            matches!(bad.parse::<StoreUrl>(), Err(StoreError::Address { .. })),
            "{bad}"
        );
    }
}

// What breaks.

/// Cuts the log at every byte of its last frame, with or without the other
/// witnesses of how far it went.
fn check_cuts(witnesses: &[&str], is_right: &dyn Fn(bool, Result<u64, StoreError>)) {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("store");
    let changes = |name: &str| ChangeSet {
        changes: vec![put(service(1, name))],
        ..batch(1)
    };
    let store = open(&sled(&folder), Access::Write).unwrap();
    store.append(&changes("Before")).unwrap();
    let before = store.load().unwrap().directory;
    drop(store);
    let saved = temporary.path().join("saved");
    copy(&folder, &saved);
    let start = fs::metadata(last_segment(&folder)).unwrap().len();
    let store = open(&sled(&folder), Access::Write).unwrap();
    store.append(&changes("After")).unwrap();
    drop(store);
    // A start brings the view up to date.
    let store = open(&sled(&folder), Access::Write).unwrap();
    let after = store.load().unwrap().directory;
    drop(store);
    let log = fs::read(last_segment(&folder)).unwrap();
    for end in start..=log.len() as u64 {
        let cut = temporary.path().join(format!("cut-{end}"));
        copy(&saved, &cut);
        for witness in witnesses {
            let (from, to) = (folder.join(witness), cut.join(witness));
            if from.is_dir() {
                fs::remove_dir_all(&to).unwrap();
                copy(&from, &to);
            } else {
                fs::copy(from, to).unwrap();
            }
        }
        fs::write(last_segment(&cut), &log[..end as usize]).unwrap();
        let opened = open(&sled(&cut), Access::Write).map(|store| {
            let loaded = store.load().unwrap();
            assert_eq!(
                loaded.directory,
                if loaded.sequence == 2 {
                    &after
                } else {
                    &before
                }
                .clone()
            );
            // And it goes on from there.
            assert_eq!(store.append(&changes("More")).unwrap(), loaded.sequence + 1);
            loaded.sequence
        });
        is_right(end == log.len() as u64, opened);
        fs::remove_dir_all(&cut).unwrap();
    }
}

#[test]
fn a_write_broken_off_at_any_byte_is_cut_off() {
    check_cuts(&[], &|is_whole, opened| {
        assert_eq!(opened.unwrap(), if is_whole { 2 } else { 1 });
    });
}

#[test]
fn an_acknowledged_write_cut_at_any_byte_is_missed() {
    for witness in ["head", "sled"] {
        check_cuts(&[witness], &|is_whole, opened| match opened {
            Ok(sequence) => assert!(is_whole && sequence == 2),
            Err(StoreError::Damaged { file, .. }) => {
                assert!(!is_whole && file.extension().unwrap() == "log");
            }
            Err(error) => panic!("{error}"),
        });
    }
}

#[test]
fn a_power_cut_that_left_a_length_without_contents_is_a_write_broken_off() {
    let (_temporary, folder) = filled(3);
    let segment = last_segment(&folder);
    let mut bytes = fs::read(&segment).unwrap();
    bytes.resize(bytes.len() + 3000, 0);
    fs::write(&segment, &bytes).unwrap();
    let loaded = writer(&folder).unwrap().load().unwrap();
    assert_eq!((loaded.sequence, loaded.directory), (3, expected(3)));
    assert!(loaded.notes[0].contains("broken off"), "{:?}", loaded.notes);
}

/// Damages one file in a copy of the store: it comes back whole, or it is
/// refused with the damage named. Gives whether it came back.
fn check_damage(
    folder: &Path,
    whole: &Directory,
    sequence: u64,
    random: &mut Seeded,
    part: &str,
) -> bool {
    let damaged = folder.with_file_name("damaged");
    copy(folder, &damaged);
    let files: Vec<PathBuf> = files_under(&damaged)
        .into_iter()
        .filter(|file| file.strip_prefix(&damaged).unwrap().starts_with(part))
        .filter(|file| fs::metadata(file).unwrap().len() > 0)
        .collect();
    let file = &files[random.below(files.len() as u64) as usize];
    let mut bytes = fs::read(file).unwrap();
    let at = random.below(bytes.len() as u64) as usize;
    let is_cut = random.below(2) == 0;
    if is_cut {
        bytes.truncate(at);
    } else {
        bytes[at] ^= 1 << random.below(8);
    }
    fs::write(file, bytes).unwrap();
    let what = format!("{} at {at}, cut: {is_cut}", file.display());
    let opened = writer(&damaged).and_then(|store| store.load());
    let came_back = match opened {
        Ok(loaded) => {
            assert_eq!(loaded.sequence, sequence, "{what}: {:?}", loaded.notes);
            assert!(loaded.directory == *whole, "{what}: {:?}", loaded.notes);
            true
        }
        Err(error @ StoreError::Damaged { .. }) => {
            let StoreError::Damaged { file: named, .. } = &error else {
                unreachable!()
            };
            assert_eq!(named, file, "{error}");
            false
        }
        Err(error) => panic!("{what}: {error}"),
    };
    fs::remove_dir_all(&damaged).unwrap();
    came_back
}

#[test]
fn damage_to_any_file_is_made_good_or_named() {
    let (_temporary, folder) = filled(50);
    let whole = expected(50);
    let mut random = Seeded(50);
    let mut came_back = |part: &str, count: u64| {
        (0..count)
            .filter(|_| check_damage(&folder, &whole, 50, &mut random, part))
            .count()
    };
    came_back("log", 20);
    // What is derived, or there twice, can always be made good.
    assert_eq!(came_back("sled", 20), 20);
    assert_eq!(came_back("checkpoint", 10), 10);
    assert_eq!(came_back("head", 5), 5);
}

// Kills. The test binary starts itself as the process that writes.

const CHILD: &str = "CAUSEWAY_TEST_STORE";
const IMPORT: u64 = 600;

/// Runs only as the child of the next test.
#[test]
fn the_process_that_is_killed() {
    let Ok(folder) = std::env::var(CHILD) else {
        return;
    };
    let store = writer(Path::new(&folder)).unwrap();
    let mut out = std::io::stdout();
    writeln!(out, "\nacknowledged {}", store.sequence()).unwrap();
    for number in store.sequence() + 1..=IMPORT {
        let sequence = store.append(&batch(number)).unwrap();
        writeln!(out, "acknowledged {sequence}").unwrap();
    }
}

/// Starts an import and kills it after so many acknowledgements and a moment;
/// gives the last one seen.
fn import_and_kill(folder: &Path, after: u64, moment: u64) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "store::the_process_that_is_killed",
            "--exact",
            "--nocapture",
        ])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut last = 0;
    let mut seen = 0;
    while seen < after {
        let Some(Ok(line)) = lines.next() else { break };
        if let Some(number) = line.strip_prefix("acknowledged ") {
            last = number.parse().unwrap();
            seen += 1;
        }
    }
    for _ in 0..moment {
        std::hint::spin_loop();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for line in lines.map_while(Result::ok) {
        if let Some(number) = line.strip_prefix("acknowledged ") {
            last = number.parse().unwrap();
        }
    }
    last
}

#[test]
fn killed_fifty_times_an_import_loses_nothing_and_completes() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("store");
    let mut random = Seeded(9);
    let mut whole = (0, Directory::default());
    for _ in 0..50 {
        // 0: killed while it opens.
        let after = random.below(5);
        let acknowledged = import_and_kill(&folder, after, random.below(300_000));
        let loaded = match writer(&folder) {
            Ok(store) => store.load().unwrap(),
            Err(error) => panic!("{error}"),
        };
        assert!(
            loaded.sequence >= acknowledged.max(whole.0),
            "{} of {acknowledged}",
            loaded.sequence
        );
        for number in whole.0 + 1..=loaded.sequence {
            whole.1.apply(batch(number));
        }
        whole.0 = loaded.sequence;
        assert_eq!(loaded.directory, whole.1);
    }
    assert!(whole.0 < IMPORT, "every kill fell into the import");
    import_and_kill(&folder, IMPORT + 1, 0);
    let loaded = writer(&folder).unwrap().load().unwrap();
    assert_eq!(
        (loaded.sequence, loaded.directory),
        (IMPORT, expected(IMPORT))
    );
}
