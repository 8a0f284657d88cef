//! How well matching does on the judged needs of `data/relevance`, by the real
//! binary. The floors lie well below what was measured: they catch a matching
//! that broke, not one that is a little better or worse.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn causeway(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_causeway"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_judged_needs_of_the_demonstration_network_are_met() {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let of = |name: &str| data.join(name).display().to_string();
    causeway(folder.path(), &["import", &of("demo"), "--source", "demo"]);
    let told = causeway(
        folder.path(),
        &[
            "evaluate",
            "--queries",
            &of("relevance/vignettes.jsonl"),
            "--qrels",
            &of("relevance/qrels.tsv"),
            "--format",
            "json",
        ],
    );
    let told: Value = serde_json::from_str(&told).unwrap();
    let mean = |name: &str| told["means"][name]["mean"].as_f64().unwrap();
    assert_eq!(told["queries"].as_object().unwrap().len(), 60);
    assert!(mean("ndcg@10") > 0.5, "{}", mean("ndcg@10"));
    assert!(mean("recall@20") > 0.7, "{}", mean("recall@20"));
    assert!(mean("blocked@10") < 0.1, "{}", mean("blocked@10"));
}
