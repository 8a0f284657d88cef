//! `causeway collaborators` and `causeway network`: the real binary.

use crate::cli::Desk;

/// What a command prints as JSON has these members.
fn check(desk: &Desk, command: &[&str], members: &[&str]) -> serde_json::Value {
    let all: Vec<&str> = command
        .iter()
        .chain(&["--format", "json"])
        .copied()
        .collect();
    let ran = desk.run(&all);
    assert_eq!(ran.code, 0, "{command:?}: {ran:?}");
    let answer = ran.json();
    for member in members.iter().chain(&["snapshot"]) {
        assert!(
            answer.get(*member).is_some(),
            "{command:?} has no {member}: {answer}"
        );
    }
    answer
}

#[test]
fn every_command_of_the_network_answers_as_the_api_does() {
    let desk = Desk::loaded();
    let list = ["total", "limit", "offset", "links"];
    let with =
        |member: &'static str| -> Vec<&str> { std::iter::once(member).chain(list).collect() };
    check(
        &desk,
        &["network"],
        &["nodes", "edges", "gini", "reciprocity"],
    );
    check(&desk, &["network", "summary"], &["components"]);
    check(&desk, &["network", "brokers"], &with("brokers"));
    check(&desk, &["network", "cut-nodes"], &with("cut_nodes"));
    check(&desk, &["network", "bridges"], &with("bridges"));
    check(&desk, &["network", "communities"], &with("communities"));
    check(&desk, &["network", "isolated"], &with("organizations"));
    check(&desk, &["network", "cores"], &with("cores"));
    check(&desk, &["network", "equity"], &["equity", "gini"]);
    check(&desk, &["network", "offers"], &with("offers"));
    check(&desk, &["network", "pairings"], &with("pairs"));
    let around = ["network", "around", "Chapel Pantry", "--depth", "1"];
    let answer = check(&desk, &around, &["nodes", "edges", "left_out"]);
    assert_eq!(answer["total"], 2);
    let close = ["network", "what-if", "--close", "chapel pantry"];
    check(
        &desk,
        &close,
        &["before", "after", "lost_routes", "affected"],
    );
    let meet = [
        "network",
        "what-if",
        "--introduce",
        "Chapel Pantry",
        "Mill Road Makers",
    ];
    check(&desk, &meet, &["before", "after"]);
    let needs = [
        "network",
        "consortium",
        "--need",
        "Food bank",
        "--near",
        "SW12",
    ];
    let answer = check(
        &desk,
        &needs,
        &["members", "uncovered", "connected", "guarantee"],
    );
    assert_eq!(
        answer["members"][0]["organization"]["name"],
        "Chapel Pantry"
    );
    let who = ["collaborators", "Mill Road Makers", "--include-partners"];
    let answer = check(&desk, &who, &with("collaborators"));
    assert_eq!(answer["collaborators"][0]["already_partners"], true);
}

#[test]
fn a_route_leads_to_a_service_by_its_name() {
    let desk = Desk::loaded();
    let asked = ["network", "route", "Mill Road", "Thursday food bank"];
    let answer = check(&desk, &asked, &["routes", "introducer"]);
    assert_eq!(
        answer["routes"][0]["hops"][0]["to"]["name"],
        "Chapel Pantry"
    );
    let ran = desk.run(&asked);
    assert!(
        ran.stdout
            .contains("Mill Road Makers –refers_to→ Chapel Pantry"),
        "{ran:?}"
    );
}

#[test]
fn an_organisation_that_is_not_known_is_answered_with_the_nearest_and_of_several_all_are_named() {
    let desk = Desk::loaded();
    desk.run(&["collaborators", "Chapel Pantrey"])
        .check_refused(2, "did you mean 'Chapel Pantry'?");
    desk.run(&["network", "around", "a"])
        .check_refused(2, "fits 2 organisations");
    desk.run(&["network", "route", "Mill Road Makers", "Nowhere"])
        .check_refused(2, "there is no organisation 'Nowhere'");
    desk.run(&["network", "consortium", "--need", "no such thing at all"])
        .check_refused(2, "--need");
}

#[test]
fn the_graph_and_its_picture_are_written_where_asked() {
    let desk = Desk::loaded();
    let read = |name: &str| std::fs::read_to_string(desk.path(name)).unwrap();
    let out = [
        "network",
        "export",
        "--as",
        "graphml",
        "--out",
        "network.graphml",
    ];
    assert_eq!(desk.run(&out).code, 0);
    assert!(read("network.graphml").contains("Chapel Pantry"));
    let ran = desk.run(&["network", "export", "--as", "csv", "--table", "edges"]);
    assert!(ran.stdout.starts_with("source,target,kind"), "{ran:?}");
    assert_eq!(desk.run(&["network", "--svg", "all.svg"]).code, 0);
    let around = ["network", "around", "Chapel Pantry", "--svg", "around.svg"];
    assert_eq!(desk.run(&around).code, 0);
    assert!(read("all.svg").contains("Partner network of 2 organisations"));
    assert!(read("around.svg").contains("Partners around Chapel Pantry"));
}
