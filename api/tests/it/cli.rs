//! The command line: the real binary, on folders of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Two groups with a service each, one of them partner of the other.
const SERVICES: &str = r#"[
  {"id":"11111111-1111-4111-8111-111111111111","name":"Thursday food bank","description":"Free food parcels for anyone who has run out.","status":"active",
   "phones":[{"id":"11111111-1111-4111-8111-11111111111a","number":"020 7946 0001"}],
   "organization":{"id":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","name":"Chapel Pantry","description":"Invented."},
   "service_at_locations":[{"id":"11111111-1111-4111-8111-11111111111b","location":{"id":"11111111-1111-4111-8111-11111111111c","location_type":"physical","name":"Chapel hall","latitude":51.4435,"longitude":-0.1525}}]},
  {"id":"22222222-2222-4222-8222-222222222222","name":"Knitting circle","description":"A weekly knitting group.","status":"active",
   "organization":{"id":"bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb","name":"Mill Road Makers","description":"Invented."}}
]"#;
const PARTNERSHIPS: &str = "from,to,kind\nMill Road Makers,Chapel Pantry,refers_to\nNobody At All,Chapel Pantry,refers_to\n";

/// A folder with a store of its own and the two files.
pub(crate) struct Desk(tempfile::TempDir);

impl Desk {
    pub(crate) fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.write("services.json", SERVICES);
        desk.write("partnerships.csv", PARTNERSHIPS);
        desk
    }

    /// One into whose store both files were imported.
    pub(crate) fn loaded() -> Self {
        let desk = Self::new();
        let import = [
            "import",
            "services.json",
            "partnerships.csv",
            "--source",
            "test",
        ];
        assert_eq!(desk.run(&import).code, 0);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_causeway"));
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&self.command(arguments).output().unwrap())
    }
}

/// What came of a command.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// The command refused: with that code, nothing on stdout, and the reason on stderr.
    pub(crate) fn check_refused(&self, code: i32, reason: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.stdout.is_empty(), "{self:?}");
        assert!(self.stderr.contains(reason), "{self:?}");
    }
}

fn total(report: &Value, word: &str) -> u64 {
    report[word]["total"].as_u64().unwrap()
}

#[test]
fn every_command_has_help_with_an_example() {
    let desk = Desk::new();
    let commands = [
        "serve",
        "import",
        "export",
        "match",
        "collaborators",
        "network",
        "gaps",
        "site",
        "scenario",
        "evaluate",
        "backup",
        "restore",
        "lexicon",
    ];
    for command in commands {
        let ran = desk.run(&[command, "--help"]);
        assert_eq!(ran.code, 0, "{command}");
        assert!(ran.stdout.contains("Example:"), "{command}");
        assert!(ran.stdout.contains("--store"), "{command}");
    }
    assert!(desk.run(&["--help"]).stdout.contains("Example:"));
    desk.run(&["mach"]).check_refused(2, "match");
}

#[test]
fn an_import_reports_and_the_same_again_changes_nothing() {
    let desk = Desk::new();
    let import = [
        "import",
        "services.json",
        "partnerships.csv",
        "--source",
        "test",
        "--format",
        "json",
    ];
    let first = desk.run(&import);
    assert_eq!(first.code, 0, "{first:?}");
    let report = &first.json()["imports"][0];
    assert_eq!(report["read"]["services"], 2);
    assert_eq!(report["read"]["partnerships"], 2);
    assert!(total(report, "added") >= 6);
    let rejection = &report["rejected"][0];
    assert_eq!(rejection["row"], 2);
    assert_eq!(rejection["field"], "from");
    assert!(
        rejection["reason"]
            .as_str()
            .unwrap()
            .contains("Nobody At All")
    );
    assert!(!rejection["remedy"].as_str().unwrap().is_empty());

    let second = desk.run(&import).json();
    let again = &second["imports"][0];
    assert_eq!(
        total(again, "added") + total(again, "changed") + total(again, "removed"),
        0
    );
    assert_eq!(total(again, "unchanged"), total(report, "added"));
}

#[test]
fn the_report_for_people_names_the_row_and_the_remedy() {
    let desk = Desk::new();
    let ran = desk.run(&[
        "import",
        "services.json",
        "partnerships.csv",
        "--source",
        "test",
    ]);
    assert!(
        ran.stdout.contains("partnerships.csv, row 2, from"),
        "{ran:?}"
    );
    assert!(ran.stdout.contains("  added"), "{ran:?}");
}

#[test]
fn a_dry_run_leaves_no_trace() {
    let desk = Desk::new();
    let ran = desk.run(&["import", "services.json", "--dry-run"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("nothing was changed"));
    assert!(!desk.path("causeway-data").exists());
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_imported() {
    let desk = Desk::new();
    desk.write("notes.txt", "nothing of use");
    let ran = desk.run(&["import", "notes.txt", "services.json"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("notes.txt"), "{ran:?}");
    assert!(ran.stdout.contains("services.json"), "{ran:?}");
    desk.run(&["import", "services.json", "--as", "punchcards"])
        .check_refused(2, "punchcards");
}

#[test]
fn a_match_explains_its_score_and_the_way_in() {
    let desk = Desk::loaded();
    let ran = desk.run(&[
        "match",
        "no food in the house",
        "--near",
        "51.44,-0.15",
        "--from",
        "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let answer = ran.json();
    let first = &answer["matches"][0];
    assert_eq!(first["service"]["name"], "Thursday food bank");
    assert_eq!(first["organization"]["name"], "Chapel Pantry");
    assert_eq!(first["route"][0]["kind"], "refers_to");
    let reasons = first["reasons"].as_array().unwrap();
    let sum: f64 = reasons
        .iter()
        .map(|reason| reason["value"].as_f64().unwrap() * reason["weight"].as_f64().unwrap())
        .sum();
    assert!((sum - first["score"].as_f64().unwrap()).abs() < 1e-9);
}

#[test]
fn a_match_for_people_shows_sums_distance_and_route() {
    let desk = Desk::loaded();
    let ran = desk.run(&[
        "match",
        "no food in the house",
        "--near",
        "51.44,-0.15",
        "--from",
        "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb",
    ]);
    for part in [
        " 1. ",
        "Thursday food bank – Chapel Pantry",
        " km",
        " × ",
        "call 020 7946 0001",
        "route: Mill Road Makers –refers_to→ Chapel Pantry",
    ] {
        assert!(ran.stdout.contains(part), "{part}: {ran:?}");
    }
    assert!(
        !ran.stdout.contains('\u{1b}'),
        "no colour where there is no terminal"
    );
}

#[test]
fn arguments_that_cannot_be_used_are_named() {
    let desk = Desk::loaded();
    let check = |arguments: &[&str], reason: &str| {
        let all: Vec<&str> = ["match", "food"].iter().chain(arguments).copied().collect();
        desk.run(&all).check_refused(2, reason);
    };
    check(&["--near", "ZZ99 9ZZ"], "--near");
    check(&["--travel", "rocket"], "wheel, limited");
    check(&["--cost", "much"], "`free`");
    check(&["--limit", "0"], "--limit");
    check(&["--age=-3"], "--age");
    check(&["--term", "no such term at all"], "no such term at all");
    check(
        &["--from", "cccccccc-cccc-4ccc-8ccc-cccccccccccc"],
        "cccccccc",
    );
}

#[test]
fn without_a_store_the_remedy_is_said() {
    Desk::new()
        .run(&["match", "food"])
        .check_refused(1, "import data first");
}

#[test]
fn the_command_line_beats_the_environment_which_beats_the_file() {
    let desk = Desk::loaded();
    std::fs::rename(desk.path("causeway-data"), desk.path("here")).unwrap();
    desk.write("causeway.toml", "store = 'sled:nowhere-1'\n");
    let matches = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        command.env("CAUSEWAY_STORE", "sled:here");
        Ran::of(&command.output().unwrap())
    };
    let asked = ["match", "food", "--config", "causeway.toml"];
    assert_eq!(matches(&asked).code, 0);
    desk.run(&asked).check_refused(1, "nowhere-1");
    let asked = ["match", "food", "--store", "sled:nowhere-2"];
    matches(&asked).check_refused(1, "nowhere-2");
}

#[test]
fn an_unknown_setting_is_named_with_its_place() {
    let desk = Desk::new();
    desk.write("causeway.toml", "[matching]\nenuogh = 3\n");
    desk.run(&["lexicon", "explain", "food", "--config", "causeway.toml"])
        .check_refused(2, "did you mean 'enough'?");
}

#[test]
fn every_setting_is_printed_and_reads_back() {
    let desk = Desk::new();
    desk.write("mine.toml", "[matching.values.cost]\nunknown = 0.25\n");
    let printed = desk.run(&["settings", "--config", "mine.toml"]);
    assert_eq!(printed.code, 0, "{printed:?}");
    for part in ["[matching.page]", "[lexicon.reading]", "unknown = 0.25"] {
        assert!(printed.stdout.contains(part), "{part} in {printed:?}");
    }
    desk.write("whole.toml", &printed.stdout);
    let again = desk.run(&["settings", "--config", "whole.toml"]);
    assert_eq!(again.stdout, printed.stdout);
}

#[test]
fn an_export_read_into_a_new_store_is_the_same_export() {
    let desk = Desk::loaded();
    let export = |out: &str, store: &str| {
        desk.run(&[
            "export",
            "--as",
            "hsds-json",
            "--out",
            out,
            "--store",
            store,
        ])
    };
    assert_eq!(export("out", "sled:causeway-data").code, 0);
    export("out", "sled:causeway-data").check_refused(2, "not empty");
    let import = [
        "import",
        "out",
        "--source",
        "copy",
        "--store",
        "sled:second",
    ];
    assert_eq!(desk.run(&import).code, 0);
    assert_eq!(export("again", "sled:second").code, 0);
    for file in ["services.json", "organizations.json", "partnerships.csv"] {
        let read = |folder: &str| std::fs::read_to_string(desk.path(folder).join(file)).unwrap();
        assert_eq!(read("out"), read("again"), "{file}");
    }
}

#[test]
fn a_backup_restores_to_the_same_answers() {
    let desk = Desk::loaded();
    let food = |store: &str| desk.run(&["match", "food", "--store", store]).stdout;
    assert_eq!(desk.run(&["backup", "copy"]).code, 0);
    assert_eq!(
        desk.run(&["restore", "copy", "--store", "sled:new"]).code,
        0
    );
    assert_eq!(food("sled:new"), food("sled:causeway-data"));
    desk.run(&["restore", "copy", "--store", "sled:new"])
        .check_refused(1, "not empty");
}

#[test]
fn an_evaluation_prints_its_figures_and_a_run_that_compares_as_equal() {
    let desk = Desk::loaded();
    desk.write("topics.tsv", "q1\tno food in the house\n");
    desk.write("qrels", "q1 0 11111111-1111-4111-8111-111111111111 3\n");
    let evaluate = ["evaluate", "--queries", "topics.tsv", "--qrels", "qrels"];
    let with = |more: &[&str]| {
        let all: Vec<&str> = evaluate.iter().chain(more).copied().collect();
        desk.run(&all)
    };
    let ran = with(&["--run", "out.run"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("ndcg@10          1.0000"), "{ran:?}");
    let compared = with(&["--compare", "out.run", "--format", "json"]).json();
    assert_eq!(compared["compared"]["ndcg@10"]["difference"], 0.0);
    assert_eq!(compared["compared"]["ndcg@10"]["p"], 1.0);
    desk.write("qrels", "q1 0 x\n");
    with(&[]).check_refused(1, "line 1");
}

#[test]
fn an_evaluation_tells_what_was_missed_what_each_part_is_worth_and_who_is_seen() {
    let desk = Desk::loaded();
    desk.write("topics.tsv", "q1\tno food in the house\nq2\txylophagy\n");
    desk.write(
        "qrels",
        "q1 0 11111111-1111-4111-8111-111111111111 3\nq2 0 11111111-1111-4111-8111-111111111111 2\n",
    );
    let told = desk
        .run(&[
            "evaluate",
            "--queries",
            "topics.tsv",
            "--qrels",
            "qrels",
            "--per-query",
            "--ablate",
            "--fairness",
            "--tune",
            "--calibrate",
            "--format",
            "json",
        ])
        .json();
    assert_eq!(told["blocked"]["on_record"], 0.0);
    assert_eq!(told["missed"][0]["missed"], serde_json::json!([]));
    assert_eq!(told["missed"][1]["missed"][0]["stage"], "not understood");
    let without: Vec<&str> = told["ablation"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["without"].as_str().unwrap())
        .collect();
    for stage in ["nothing", "need", "concepts", "words of records", "gates"] {
        assert!(without.contains(&stage), "{without:?}");
    }
    assert_eq!(told["ablation"][0]["ndcg@10"], 0.5);
    assert_eq!(told["fairness"][0]["by"], "size of organisation");
    // One judged match promises nothing.
    assert_eq!(told["promises"]["judged"], 1);
    assert_eq!(told["promises"]["shares"], serde_json::json!([]));
    assert_eq!(told["tuning"]["accepted"], false);
    assert_eq!(told["tuning"]["features"].as_array().unwrap().len(), 12);
}

#[test]
fn gaps_of_the_lexicon_are_words_of_records_and_no_name_in_a_need() {
    let desk = Desk::new();
    desk.write(
        "directory.json",
        r#"[{"id": "11111111-1111-4111-8111-111111111111", "name": "Quintain evenings", "description": "Come and tilt at the quintain.", "status": "active",
             "organization": {"id": "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "name": "Chapel Pantry", "description": "Invented."}}]"#,
    );
    assert_eq!(desk.run(&["import", "directory.json"]).code, 0);
    desk.write(
        "needs.tsv",
        "1\tOctavia Pemberthwaite asks for a quintain\n",
    );
    let ran = desk.run(&["lexicon", "gaps", "--least", "1", "--queries", "needs.tsv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stdout.contains("    1  quintain"), "{ran:?}");
    assert!(
        !ran.stdout.to_lowercase().contains("pemberthwaite"),
        "{ran:?}"
    );
}

#[test]
fn the_lexicon_explains_what_it_reads() {
    let ran = Desk::new().run(&["lexicon", "explain", "no food in the house"]);
    assert!(ran.stdout.contains("(food-bank)"), "{ran:?}");
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let desk = Desk::loaded();
    let mut command = desk.command(&["match", "food", "--format", "json"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command.stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn the_log_is_on_stderr_as_json_where_asked() {
    let desk = Desk::new();
    let ran = desk.run(&["import", "gone.json", "--log-format", "json"]);
    let line: Value = serde_json::from_str(ran.stderr.lines().next().unwrap()).unwrap();
    assert_eq!(line["level"], "ERROR");
    assert!(!Path::new("gone.json").exists());
}
