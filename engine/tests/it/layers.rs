//! The import order of the rooms, as `engine/README.md` draws it: a file may
//! use only rooms on lower floors than its own.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors, lowest first.
const FLOORS: &[&[&str]] = &[
    &["model", "text"],
    &["store", "export", "calendar", "geography"],
    &["import", "snapshot"],
    &["scoring"],
    &["network"],
    &["matching", "planning", "quality"],
    &["engine"],
    &["evaluation"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_room_uses_one_above_it() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&sources, &mut all);
    let mut wrong = Vec::new();
    for path in all {
        let inside = path.strip_prefix(&sources).expect("a file of the sources");
        let room = inside
            .iter()
            .next()
            .and_then(|part| part.to_str())
            .unwrap_or_default();
        let Some(own) = floor(room.trim_end_matches(".rs")) else {
            continue;
        };
        let text = fs::read_to_string(&path).expect("a source file");
        // Tests at a file's end may build on anything.
        let code: String = text
            .split("#[cfg(test)]")
            .next()
            .unwrap_or_default()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        for used in code.split("crate::").skip(1) {
            let name: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if floor(&name).is_some_and(|other| other > own) {
                wrong.push(format!("{} uses {name}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
