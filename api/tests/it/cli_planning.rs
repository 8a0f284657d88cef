//! `causeway gaps`, `site` and `scenario`: the real binary over the
//! demonstration's files.

use serde_json::Value;

use crate::cli::Desk;

/// A desk into whose store the demonstration was imported.
fn demonstration() -> Desk {
    let desk = Desk::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/demo/");
    let files = [
        "services.json",
        "partnerships.csv",
        "offers.csv",
        "areas.csv",
    ]
    .map(|name| format!("{folder}{name}"));
    let mut import = vec!["import"];
    import.extend(files.iter().map(String::as_str));
    import.extend(["--source", "demonstration"]);
    let ran = desk.run(&import);
    assert_eq!(ran.code, 0, "{ran:?}");
    desk
}

#[test]
fn gaps_are_printed_written_and_drawn() {
    let desk = demonstration();
    let overview = desk.run(&["gaps"]);
    assert_eq!(overview.code, 0, "{overview:?}");
    assert!(overview.stdout.contains("Needs by the share that is unmet"));

    let gaps = desk.run(&["gaps", "--need", "food bank"]);
    assert!(
        gaps.stdout.contains("nearest ") && gaps.stdout.contains("10 of 186 areas"),
        "{gaps:?}"
    );
    let json = desk
        .run(&["gaps", "--need", "food bank", "--format", "json"])
        .json();
    assert_eq!(json["areas"].as_array().unwrap().len(), 186);
    assert!(
        json.get("links").is_none(),
        "there are no pages on the command line"
    );

    let out = [
        "gaps",
        "--need",
        "food bank",
        "--by",
        "ward",
        "--svg",
        "map.svg",
        "--report",
        "gaps.html",
        "--out",
        "gaps.geojson",
        "--as",
        "geojson",
    ];
    assert_eq!(desk.run(&out).code, 0);
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    assert!(read("map.svg").starts_with("<svg "));
    assert!(read("gaps.html").contains("The ten worst gaps"));
    let layer: Value = serde_json::from_str(&read("gaps.geojson")).unwrap();
    assert_eq!(layer["type"], "FeatureCollection");

    desk.run(&["gaps", "--need", "fodo bnak"])
        .check_refused(2, "--need");
    desk.run(&["gaps", "--by", "wards"])
        .check_refused(2, "ward");
    desk.run(&["gaps", "--need", "food bank", "--area", "Balam"])
        .check_refused(2, "Balham");
    desk.run(&["gaps", "--out", "x.csv"])
        .check_refused(2, "--as");
}

#[test]
fn tables_of_travel_times_and_of_demand_take_the_place_of_estimates() {
    let desk = demonstration();
    desk.write(
        "bus.csv",
        "origin,destination,minutes\nE01004472,E01004473,9\nE01004472,E01004517,soon\n",
    );
    desk.write("survey.csv", "area,people\nE01004472,300\nE01004473,50\n");
    let asked = [
        "gaps",
        "--need",
        "befriending",
        "--travel-times",
        "bus.csv",
        "--demand",
        "survey.csv",
        "--format",
        "json",
    ];
    let ran = desk.run(&asked);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.stderr.contains("bus.csv: line 3"), "{}", ran.stderr);
    let notes = ran.json()["method"]["notes"].to_string();
    assert!(
        notes.contains("bus.csv") && notes.contains("survey.csv"),
        "{notes}"
    );
    assert_eq!(ran.json()["totals"]["demand"], 350.0);

    // The same from the configuration.
    desk.write(
        "causeway.toml",
        "[planning]\ntravel_times = 'bus.csv'\n[planning.rates]\n'befriending' = 0.1\n",
    );
    let set = desk.run(&[
        "gaps",
        "--need",
        "befriending",
        "--format",
        "json",
        "--config",
        "causeway.toml",
    ]);
    assert_eq!(set.code, 0, "{set:?}");
    assert_eq!(set.json()["method"]["rate"], 0.1);
    assert!(
        set.json()["method"]["notes"]
            .to_string()
            .contains("bus.csv")
    );

    desk.write("old.csv", "area,people\nE01999999,300\n");
    desk.run(&["gaps", "--need", "befriending", "--demand", "old.csv"])
        .check_refused(2, "old.csv names no area of this study");
    desk.run(&["gaps", "--need", "befriending", "--demand", "none.csv"])
        .check_refused(1, "none.csv");
}

#[test]
fn scenarios_are_files_and_stand_side_by_side() {
    let desk = demonstration();
    desk.write(
        "west.json",
        r#"{"title": "West", "need": "food bank", "open": [{"postcode": "SW15"}]}"#,
    );
    desk.write("nothing.json", r#"{"need": "food bank"}"#);
    let ran = desk.run(&["scenario", "west.json", "nothing.json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let head = ran.stdout.lines().next().unwrap();
    assert!(head.contains("West") && head.contains("nothing"), "{head}");
    let both = desk
        .run(&["scenario", "west.json", "nothing.json", "--format", "json"])
        .json();
    let scenarios = both["scenarios"].as_array().unwrap();
    assert!(scenarios[0]["people_gaining"].as_f64().unwrap() > 0.0);
    assert_eq!(scenarios[1]["people_gaining"], 0.0);
    let one = desk
        .run(&["scenario", "west.json", "--format", "json"])
        .json();
    assert_eq!(one["areas"].as_array().unwrap().len(), 186);

    desk.write(
        "bad.json",
        r#"{"need": "food bank", "open": [{"postcde": "SW15"}]}"#,
    );
    desk.run(&["scenario", "bad.json"])
        .check_refused(2, "/open/0/postcde");
    desk.run(&["scenario", "missing.json"])
        .check_refused(1, "missing.json");
}

#[test]
fn so_many_sites_are_named_with_their_hosts() {
    let desk = demonstration();
    let ran = desk.run(&["site", "--need", "debt advice", "--count", "4"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.stdout.contains(" 4. ") && ran.stdout.contains("next best"),
        "{ran:?}"
    );
    let json = desk
        .run(&[
            "site",
            "--need",
            "debt advice",
            "--count",
            "2",
            "--candidates",
            "offers",
            "--format",
            "json",
        ])
        .json();
    let sites = json["sites"].as_array().unwrap();
    assert_eq!(sites.len(), 2);
    assert!(
        sites.iter().all(|site| site["host"]["name"].is_string()),
        "rooms on offer have a host"
    );
    desk.run(&["site", "--need", "debt advice", "--candidates", "halls"])
        .check_refused(2, "offers, venues, areas");
    desk.run(&["site", "--count", "2"])
        .check_refused(2, "--need");
}
