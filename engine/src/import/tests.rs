//! Whole files through the public functions: what is read, what is turned
//! away, and that a second time changes nothing.

use std::path::PathBuf;

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::{
    Directory, Kind, Location, LocationId, Organization, OrganizationId, Partnership,
    PartnershipId, Record, Service, ServiceAtLocation, ServiceAtLocationId, ServiceId,
    ServiceStatus,
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// Applies a reading; gives the report.
fn apply(directory: &mut Directory, reading: Reading, source: &str, second: i64) -> ImportReport {
    let (sets, report) = reconcile(directory, reading, source, at(second));
    for set in sets {
        assert!(set.changes.len() <= 2_000);
        directory.apply(set);
    }
    report
}

fn kinds(reading: &Reading) -> Vec<&str> {
    let mut kinds: Vec<&str> = reading
        .warnings
        .iter()
        .map(|warning| warning.kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Reads files of a folder made for the test.
fn folder(files: &[(&str, &str)]) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    read_path(folder.path(), None, "test").unwrap()
}

fn service(reading: &Reading) -> &Service {
    reading
        .drafts
        .iter()
        .find_map(|draft| match &draft.record {
            Record::Service(service) => Some(service),
            _ => None,
        })
        .unwrap()
}

fn location(reading: &Reading) -> &Location {
    reading
        .drafts
        .iter()
        .find_map(|draft| match &draft.record {
            Record::Location(location) => Some(location),
            _ => None,
        })
        .unwrap()
}

fn count(reading: &Reading, kind: Kind) -> usize {
    reading
        .drafts
        .iter()
        .filter(|draft| draft.record.kind() == kind)
        .count()
}

#[test]
fn tables_of_version_1_become_records_with_their_defects_mended() {
    let reading = folder(&[
        (
            "organizations.csv",
            "\u{feff}name,id,url\r\nHall,1,www.hall.example\r\n",
        ),
        (
            "services.csv",
            "id,organization_id,name,description,status\n7,1,Lunch,\"Soup\\n\\n###MON###\",closed\n8,9,Tea,,\n",
        ),
        (
            "locations.csv",
            "id,organization_id,name,latitude,longitude\n3,1,Hall,0,0\n",
        ),
        (
            "services_at_location.csv",
            "id,service_id,location_id,description\n5,7,3,\n",
        ),
        (
            "regular_schedules.csv",
            "id,service_id,weekday,opens_at,closes_at\n,7,Monday,9:0am,5pm\n,7,Tuesday,,\n",
        ),
        (
            "eligibility.csv",
            "id,service_id,eligibility\n,,Anyone\n1,7,\"Over 60, \nlocal\"\n",
        ),
        (
            "taxonomy.csv",
            "id,name,parent_id,parent_name,vocabulary\nfood.bank,Food,,,Ours\n",
        ),
        (
            "services_taxonomy.csv",
            "id,service_id,taxonomy_id,taxonomy_detail\n1,7,food.bank,\n",
        ),
        (
            "physical_addresses.csv",
            "id,location_id,address_1,state_province\n1,3,1 High St,\"FL \"\n",
        ),
        ("input_rows.csv", "a,b\n1,2\n"),
    ]);
    let lunch = service(&reading);
    assert_eq!(lunch.description.as_deref(), Some("Soup"));
    assert_eq!(lunch.status, ServiceStatus::Defunct);
    assert_eq!(lunch.schedules.len(), 1);
    assert_eq!(lunch.schedules[0].opens_at.unwrap().hour(), 9);
    assert_eq!(lunch.schedules[0].byday.as_deref(), Some("MO"));
    assert_eq!(
        lunch.eligibility_description.as_deref(),
        Some("Over 60, \nlocal")
    );
    assert_eq!(lunch.attributes.len(), 1);
    assert_eq!(location(&reading).latitude, None);
    assert_eq!(
        location(&reading).addresses[0].state_province.as_deref(),
        Some("FL")
    );
    assert_eq!(reading.rows["services"], 2);
    assert_eq!(reading.rejections.len(), 1);
    let rejection = &reading.rejections[0];
    assert!(rejection.place.file.ends_with("eligibility.csv"));
    assert_eq!(rejection.place.row, Some(1));
    assert_eq!(rejection.field.as_deref(), Some("service_id"));
    for kind in [
        "newline-marker",
        "source-marker",
        "time-repaired",
        "url-scheme-added",
        "coordinate-dropped",
        "schedule-without-times",
        "status-repaired",
        "file-unread",
        "blanks-trimmed",
    ] {
        assert!(kinds(&reading).contains(&kind), "{kind}");
    }
    let mut directory = Directory::default();
    let report = apply(&mut directory, reading, "test", 1);
    assert_eq!(report.added.of(Kind::Service), 2);
    // Tea's organization is nowhere: it is kept and said so.
    assert_eq!(report.warnings_by_kind["reference-unknown"], 1);
}

#[test]
fn rows_that_are_ragged_or_not_utf_8_are_read_with_a_warning() {
    let bytes = b"id,name,description\n1,Caf\xe9\n2,Tea,Hot,extra\n";
    let reading = read_bytes("services.csv", bytes, None, "test").unwrap();
    assert_eq!(service(&reading).name, "Café");
    assert_eq!(count(&reading, Kind::Service), 2);
    assert!(kinds(&reading).contains(&"encoding-guessed"));
    assert!(kinds(&reading).contains(&"ragged-row"));
}

#[test]
fn a_page_with_all_nested_becomes_records_and_the_fuller_telling_wins() {
    let page = r#"{"total_items":2,"size":2,"contents":[
        {"id":"10000000-0000-4000-8000-000000000001","name":"Lunch","status":"active",
         "organization":{"id":"20000000-0000-4000-8000-000000000001","name":"Hall"},
         "service_at_locations":[{"id":"s1","location":{"id":"l1","name":"Refuge","description":"Confidential address","latitude":"51.5","longitude":"-0.1"}}],
         "attributes":[{"id":"a1","taxonomy_term":{"id":"food.bank","name":"Food bank","taxonomy_detail":{"id":"t1","name":"Ours"}}}],
         "languages":["Polish"]},
        {"id":"x2","name":"Tea",
         "organization":{"id":"20000000-0000-4000-8000-000000000001","name":"Hall","description":"A hall"}}]}"#;
    let reading = read_bytes("services.json", page.as_bytes(), None, "test").unwrap();
    assert_eq!(reading.format, "hsds-json");
    assert_eq!(reading.rows["services"], 2);
    for (kind, expected) in [
        (Kind::Service, 2),
        (Kind::Organization, 1),
        (Kind::Location, 1),
        (Kind::ServiceAtLocation, 1),
        (Kind::Taxonomy, 1),
        (Kind::TaxonomyTerm, 1),
    ] {
        assert_eq!(count(&reading, kind), expected, "{kind:?}");
    }
    let organization = reading.drafts.iter().find_map(|draft| match &draft.record {
        Record::Organization(organization) => Some(organization),
        _ => None,
    });
    assert_eq!(organization.unwrap().description.as_deref(), Some("A hall"));
    assert!(location(&reading).confidential);
    assert_eq!(location(&reading).latitude, Some(51.5));
    assert_eq!(
        service(&reading).languages[0].name.as_deref(),
        Some("Polish")
    );
    assert!(kinds(&reading).contains(&"number-as-text"));
}

#[test]
fn json_lines_and_version_1_of_the_uk_profile_are_read() {
    let lines = r#"{"id":"1","name":"Lunch","status":"active","organization":{"id":"o","name":"Hall"},"eligibilitys":[{"id":"e","eligibility":"Adults","minimum_age":18}],"regular_schedules":[{"id":"r","byday":"MO","opens_at":"09:00","closes_at":"10:00"}],"service_taxonomys":[{"id":"t","taxonomy":{"id":"esd:1","name":"Food","vocabulary":"esd"}}],"service_at_locations":[{"id":"sl","location":{"id":"l","name":"Hall","physical_addresses":[{"id":"p","address_1":"1 High St"}],"accessibility_for_disabilities":[{"id":"f","accessibility":"Ramp"}]}}]}
{"id":"2","name":"Tea"
{"id":"3","name":"Cake","status":"active"}"#;
    let reading = read_bytes("services.jsonl", lines.as_bytes(), None, "test").unwrap();
    assert_eq!(reading.rows["services"], 2);
    assert_eq!(reading.rejections[0].place.row, Some(2));
    let lunch = service(&reading);
    assert_eq!(lunch.minimum_age, Some(18.0));
    assert_eq!(lunch.schedules.len(), 1);
    assert_eq!(lunch.attributes.len(), 1);
    assert_eq!(location(&reading).addresses.len(), 1);
    assert_eq!(location(&reading).accessibility.len(), 1);
}

#[test]
fn a_file_of_nothing_known_is_an_error_that_names_the_formats() {
    let error = read_bytes("x.csv", b"a,b\n1,2\n", None, "test").unwrap_err();
    assert!(error.to_string().contains("hsds-csv"));
}

fn two_services(names: &[&str]) -> Reading {
    let rows: Vec<String> = names.iter().map(|name| format!("{name},{name}")).collect();
    let rows = rows.join("\n");
    read_bytes(
        "services.csv",
        format!("id,name\n{rows}").as_bytes(),
        None,
        "a",
    )
    .unwrap()
}

#[test]
fn what_a_source_no_longer_lists_goes_defunct_and_comes_back() {
    let mut directory = Directory::default();
    assert_eq!(
        apply(&mut directory, two_services(&["x", "y"]), "a", 1)
            .added
            .total,
        2
    );
    let report = apply(&mut directory, two_services(&["x"]), "a", 2);
    assert_eq!((report.removed.total, report.unchanged.total), (1, 1));
    assert_eq!(directory.services.iter().count(), 1);
    let again = apply(&mut directory, two_services(&["x"]), "a", 3);
    assert_eq!((again.removed.total, again.unchanged.total), (0, 1));
    let report = apply(&mut directory, two_services(&["x", "y"]), "a", 4);
    assert_eq!(report.changed.total, 1);
    assert_eq!(directory.services.iter().count(), 2);
}

#[test]
fn a_kind_of_which_its_source_lists_none_any_more_goes_defunct() {
    let package = |locations: &str| {
        let files = [
            ("services.csv", "id,name\ns,Lunch\n".to_owned()),
            ("locations.csv", format!("id,name\n{locations}")),
        ];
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        read_path(folder.path(), None, "a").unwrap()
    };
    let mut directory = Directory::default();
    apply(&mut directory, package("l,Hall\n"), "a", 1);
    let report = apply(&mut directory, package(""), "a", 2);
    assert_eq!((report.removed.total, report.unchanged.total), (1, 1));
    assert_eq!(directory.locations.iter().count(), 0);

    // A table that is not there at all says nothing.
    apply(&mut directory, package("l,Hall\n"), "a", 3);
    let report = apply(&mut directory, two_services(&["s"]), "a", 4);
    assert_eq!(report.removed.total, 0);
}

#[test]
fn places_that_a_feed_of_services_no_longer_holds_go_defunct() {
    let page = |places: &str| {
        let text = format!(
            r#"{{"contents":[{{"id":"s","name":"Lunch","status":"active","service_at_locations":[{places}]}}]}}"#
        );
        read_bytes("services.json", text.as_bytes(), None, "a").unwrap()
    };
    let mut directory = Directory::default();
    let hall = r#"{"id":"sl","location":{"id":"l","name":"Hall"}}"#;
    apply(&mut directory, page(hall), "a", 1);
    let report = apply(&mut directory, page(""), "a", 2);
    assert_eq!(report.removed.total, 2);
    assert_eq!(directory.locations.iter().count(), 0);
}

#[test]
fn code_point_open_is_recognised_without_a_header() {
    let row = b"\"SE27 9AA\",10,532250,172457,\"E92000001\",\"\",\"\",\"\",\"E09000022\",\"E05\"\n";
    let reading = read_bytes("se.csv", row, None, "a").unwrap();
    assert_eq!(reading.rows["postcodes"], 1);
}

#[test]
fn warnings_of_one_kind_are_listed_up_to_a_limit_and_counted_beyond() {
    let rows: Vec<String> = (0..1_200)
        .map(|n| format!("{n},Lunch,not an address"))
        .collect();
    let text = format!("id,name,url\n{}", rows.join("\n"));
    let reading = read_bytes("services.csv", text.as_bytes(), None, "a").unwrap();
    assert_eq!(reading.warnings.len(), 1_000);
    assert_eq!(reading.unlisted_warnings["url-dropped"], 200);
}

#[test]
fn a_file_of_which_nothing_can_be_read_removes_nothing() {
    let mut directory = Directory::default();
    apply(&mut directory, two_services(&["x"]), "a", 1);
    let report = apply(&mut directory, Reading::default(), "a", 2);
    assert_eq!(report.removed.total, 0);
    assert_eq!(report.warnings_by_kind["nothing-read"], 1);
}

fn reading_of(records: Vec<Record>) -> Reading {
    let speaks_for = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| records.iter().any(|record| record.kind() == *kind))
        .collect();
    Reading {
        drafts: records
            .into_iter()
            .map(|record| Draft {
                record,
                foreign_id: None,
                place: Place::default(),
                references: Vec::new(),
            })
            .collect(),
        speaks_for,
        ..Reading::default()
    }
}

fn organization(n: u128, name: &str) -> Record {
    Organization {
        id: OrganizationId(Uuid::from_u128(n)),
        name: name.to_owned(),
        ..Organization::default()
    }
    .into()
}

#[test]
fn no_source_changes_the_records_of_another() {
    let mut directory = Directory::default();
    apply(
        &mut directory,
        reading_of(vec![organization(1, "Hall")]),
        "a",
        1,
    );
    let report = apply(
        &mut directory,
        reading_of(vec![organization(1, "Barn")]),
        "b",
        2,
    );
    assert_eq!(report.rejected.len(), 1);
    assert!(report.rejected[0].reason.contains("source a"));
    assert_eq!(directory.organizations.iter().next().unwrap().name, "Hall");
}

#[test]
fn organizations_are_found_by_name_and_an_ambiguous_name_is_turned_away() {
    let mut directory = Directory::default();
    let organizations = vec![
        organization(1, "St Anne’s Hall"),
        organization(2, "Barn"),
        organization(3, "BARN"),
    ];
    apply(&mut directory, reading_of(organizations), "a", 1);
    let tie = |n: u128, to: &str| {
        let mut reading = reading_of(vec![
            Partnership {
                id: PartnershipId(Uuid::from_u128(n)),
                ..Partnership::default()
            }
            .into(),
        ]);
        reading.drafts[0].references = vec![
            Reference {
                field: "from",
                text: "ST ANNE'S HALL".to_owned(),
            },
            Reference {
                field: "to",
                text: to.to_owned(),
            },
        ];
        reading
    };
    let good = apply(
        &mut directory,
        tie(10, "00000000-0000-0000-0000-000000000002"),
        "b",
        2,
    );
    assert_eq!(good.added.total, 1);
    assert_eq!(
        directory.partnerships.iter().next().unwrap().from.0,
        Uuid::from_u128(1)
    );
    let ambiguous = apply(&mut directory, tie(11, "barn"), "c", 3);
    assert!(
        ambiguous.rejected[0]
            .remedy
            .contains("00000000-0000-0000-0000-000000000003")
    );
    let unknown = apply(&mut directory, tie(12, "Nobody"), "d", 4);
    assert!(unknown.rejected[0].reason.contains("Nobody"));
}

#[test]
fn a_service_at_an_unknown_location_is_turned_away() {
    let link: Record = ServiceAtLocation::default().into();
    let report = apply(&mut Directory::default(), reading_of(vec![link]), "a", 1);
    assert_eq!(report.rejected[0].field.as_deref(), Some("service_id"));
}

proptest! {
    #[test]
    fn a_second_reading_of_anything_changes_nothing(
        organizations in prop::collection::vec((0u128..20, "[a-c]{1,3}", prop::option::of(0u128..30)), 0..15),
        services in prop::collection::vec((0u128..20, prop::option::of(0u128..25), prop::option::of(0u128..25)), 0..15),
        removed in 0usize..15,
    ) {
        let mut records: Vec<Record> = Vec::new();
        for (id, name, parent) in organizations {
            records.push(Organization {
                id: OrganizationId(Uuid::from_u128(id)),
                name,
                parent_organization_id: parent.map(|id| OrganizationId(Uuid::from_u128(id))),
                ..Organization::default()
            }.into());
        }
        for (id, owner, place) in services {
            let service_id = ServiceId(Uuid::from_u128(id));
            records.push(Service {
                id: service_id,
                name: "s".to_owned(),
                organization_id: owner.map(|id| OrganizationId(Uuid::from_u128(id))),
                ..Service::default()
            }.into());
            if let Some(place) = place {
                let location_id = LocationId(Uuid::from_u128(place));
                if place % 2 == 0 {
                    records.push(Location { id: location_id, ..Location::default() }.into());
                }
                records.push(ServiceAtLocation {
                    id: ServiceAtLocationId(Uuid::from_u128(id)),
                    service_id,
                    location_id,
                    ..ServiceAtLocation::default()
                }.into());
            }
        }
        let mut directory = Directory::default();
        apply(&mut directory, reading_of(records.clone()), "a", 1);
        for second in 2..4 {
            let (sets, report) = reconcile(&directory, reading_of(records.clone()), "a", at(second));
            prop_assert!(sets.is_empty(), "{report:?}");
        }
        // Nor after some left and came back.
        let fewer = records.iter().skip(removed).cloned().collect();
        apply(&mut directory, reading_of(fewer), "a", 5);
        apply(&mut directory, reading_of(records.clone()), "a", 6);
        let (sets, _) = reconcile(&directory, reading_of(records), "a", at(7));
        prop_assert!(sets.is_empty());
    }
}

fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")).join(path);
    if path.exists() {
        return Some(path);
    }
    skipped(&path);
    None
}

fn skipped(path: &Path) {
    eprintln!("skipped: {} is not there", path.display());
}

/// Reads a reference file twice; the second time must change nothing.
fn check(
    path: &str,
    rows: &[(&str, u64)],
    records: &[(Kind, usize)],
) -> Option<(ImportReport, Directory)> {
    let path = shared(path)?;
    let reading = read_path(&path, None, "reference").unwrap();
    for (table, expected) in rows {
        assert_eq!(
            reading.rows.get(*table),
            Some(expected),
            "{table} in {:?}",
            reading.rows
        );
    }
    for (kind, expected) in records {
        assert_eq!(count(&reading, *kind), *expected, "{kind:?}");
    }
    let mut directory = Directory::default();
    let report = apply(&mut directory, reading.clone(), "reference", 1);
    let (sets, again) = reconcile(&directory, reading, "reference", at(2));
    assert!(sets.is_empty(), "{:?} {:?}", again.added, again.changed);
    for rejection in &report.rejected {
        assert!(!rejection.reason.is_empty() && !rejection.remedy.is_empty());
    }
    Some((report, directory))
}

#[test]
fn the_miami_package_is_read_whole() {
    let rows = [
        ("services", 4_089),
        ("organizations", 1_074),
        ("locations", 4_089),
        ("services_at_locations", 4_089),
        ("service_taxonomy", 26_259),
        ("taxonomy_terms", 1_994),
        ("schedules", 11_350),
        ("languages", 9_364),
        ("eligibility", 2_244),
        ("accessibility", 4_089),
    ];
    let records = [
        (Kind::Service, 4_089),
        (Kind::Organization, 1_074),
        (Kind::Location, 4_089),
        (Kind::ServiceAtLocation, 4_089),
        // Three ids stand there twice.
        (Kind::TaxonomyTerm, 1_991),
    ];
    let Some((report, directory)) = check(
        "data/directory/us_miami_open211_hsds1.1.zip",
        &rows,
        &records,
    ) else {
        return;
    };
    // Each eligibility row lacks the id of its service.
    assert_eq!(
        report
            .rejected
            .iter()
            .filter(|rejection| rejection.place.file.contains("eligibility"))
            .count(),
        2_244
    );
    assert!(report.warnings_by_kind["time-repaired"] > 0);
    assert!(report.warnings_by_kind["mojibake-repaired"] > 0);
    let placed = directory
        .locations
        .iter()
        .filter(|location| location.latitude.is_some())
        .count();
    assert_eq!(placed, 4_089 - 1_829);
    let mut text = directory
        .services
        .iter()
        .filter_map(|service| service.description.as_deref());
    assert!(!text.any(|text| text.contains("\\n") || text.contains("###MON###")));
}

#[test]
fn the_ohana_sample_is_read_whole() {
    let rows = [
        ("services", 23),
        ("locations", 22),
        ("organizations", 8),
        ("taxonomy_terms", 290),
    ];
    let records = [
        (Kind::Service, 23),
        (Kind::Location, 22),
        (Kind::Organization, 8),
        (Kind::TaxonomyTerm, 290),
    ];
    let Some((_, directory)) = check("data/directory/us_ohana_sample", &rows, &records) else {
        return;
    };
    assert!(
        directory
            .services
            .iter()
            .all(|service| service.organization_id.is_some())
    );
    assert!(
        directory
            .services
            .iter()
            .any(|service| !service.attributes.is_empty())
    );
    assert!(
        directory
            .locations
            .iter()
            .any(|location| location.accessibility.len() > 1)
    );
}

#[test]
fn the_illinois_tables_are_read_and_the_raw_export_beside_them_is_not() {
    let rows = [
        ("services", 430),
        ("locations", 520),
        ("phones", 982),
        ("schedules", 2_492),
    ];
    // One row has neither id nor name.
    let records = [(Kind::Service, 429)];
    let Some((report, _)) = check("data/directory/us_illinois_ilao_legal", &rows, &records) else {
        return;
    };
    assert_eq!(report.warnings_by_kind["file-unread"], 3);
    assert_eq!(report.warnings_by_kind["schedule-without-times"], 665);
}

#[test]
fn the_official_examples_are_read() {
    check(
        "oruk/uk-3.0/examples/service_full.json",
        &[("services", 1)],
        &[
            (Kind::Service, 1),
            (Kind::Organization, 1),
            (Kind::Location, 1),
        ],
    );
    check(
        "oruk/uk-3.0/examples/service_list.json",
        &[("services", 1)],
        &[],
    );
    check(
        "oruk/uk-3.0/examples/organization_full.json",
        &[("organizations", 1)],
        &[(Kind::Organization, 1)],
    );
    check(
        "oruk/uk-3.0/examples/taxonomy_term_list.json",
        &[("taxonomy_terms", 1)],
        &[],
    );
    check(
        "oruk/hsds-3.0/examples/service_full.json",
        &[("services", 1)],
        &[],
    );
    check(
        "oruk/hsds-3.0/examples/location.json",
        &[("locations", 1)],
        &[],
    );
    check(
        "oruk/hsds-3.0/examples/tabular.json",
        &[("services", 1), ("organizations", 1), ("schedules", 1)],
        &[],
    );
    check(
        "oruk/hsds-3.0/examples/csv",
        &[("services", 1), ("organizations", 1), ("schedules", 1)],
        &[(Kind::ServiceAtLocation, 1)],
    );
    check(
        "oruk/hsds-3.1-dev/examples/csv",
        &[("services", 1), ("service_capacities", 1)],
        &[],
    );
    check("oruk/uk-3.0/examples", &[], &[]);
    check(
        "oruk/uk-3.0/validator-mocks/bulk/service_list.json",
        &[("services", 128)],
        &[(Kind::Service, 1)],
    );
    for folder in ["pass", "warn", "fail"] {
        check(&format!("oruk/uk-3.0/validator-mocks/{folder}"), &[], &[]);
    }
}
