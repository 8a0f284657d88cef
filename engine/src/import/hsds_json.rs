//! Open Referral UK and HSDS as JSON: pages, lists, JSON lines, single full
//! records and tabular packages, of versions 1 and 3.

use serde_json::{Map, Value};

use super::gather::Gathering;
use super::hsds_csv;
use super::input::NamedBytes;
use super::item::{Fields, Item};
use super::records::{self, Met};
use super::{Place, Reading, Rejection, Warning};
use crate::model::Kind;

/// Fields under which an answer of an API keeps its list.
const LISTS: [(&str, Option<Kind>); 10] = [
    ("contents", None),
    ("content", None),
    ("data", None),
    ("items", None),
    ("results", None),
    ("services", Some(Kind::Service)),
    ("organizations", Some(Kind::Organization)),
    ("locations", Some(Kind::Location)),
    ("taxonomies", Some(Kind::Taxonomy)),
    ("organization_package", Some(Kind::Organization)),
];

/// Reads all pages of a source.
pub(super) fn read(files: &[&NamedBytes], source: &str) -> Reading {
    let mut all = Gathering::of(source);
    for file in files {
        read_file(file, &mut all);
    }
    records::settle(&mut all);
    all.finish("hsds-json")
}

fn read_file(file: &NamedBytes, all: &mut Gathering<'_>) {
    let (text, foreign_encoding) = file.text();
    if foreign_encoding {
        all.reader.warnings.push(Warning {
            kind: "encoding-guessed",
            place: place(file, None),
            field: String::new(),
            message: "not UTF-8; read as Windows-1252 (Latin-1)".to_owned(),
        });
    }
    let error = match serde_json::from_str::<Value>(&text) {
        Ok(value) => return document(file, &value, all),
        Err(error) => error,
    };
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines().next().unwrap_or_default();
    if lines().nth(1).is_none() || serde_json::from_str::<Map<String, Value>>(first).is_err() {
        all.reader.rejections.push(Rejection {
            place: place(file, None),
            field: None,
            reason: format!("not JSON: {error}"),
            remedy: "fetch the file again, or mend it at that line".to_owned(),
        });
        return;
    }
    for (at, line) in lines().enumerate() {
        let row = at as u64 + 1;
        match serde_json::from_str::<Value>(line) {
            Ok(value) => listed(file, Some(row), &value, None, all),
            Err(error) => all.reader.rejections.push(Rejection {
                place: place(file, Some(row)),
                field: None,
                reason: format!("not JSON: {error}"),
                remedy: "mend the line".to_owned(),
            }),
        }
    }
}

fn place(file: &NamedBytes, row: Option<u64>) -> Place {
    Place {
        file: file.name.clone(),
        row,
    }
}

fn document(file: &NamedBytes, value: &Value, all: &mut Gathering<'_>) {
    let list = |values: &[Value], kind, all: &mut Gathering<'_>| {
        for (at, value) in values.iter().enumerate() {
            listed(file, Some(at as u64 + 1), value, kind, all);
        }
    };
    let object = match value {
        Value::Array(values) => return list(values, None, all),
        Value::Object(object) => object,
        _ => return,
    };
    if is_tabular(object) {
        return hsds_csv::gather_json(&file.name, object, all);
    }
    // A record has an id or a name of its own; a page has neither.
    let record = object.contains_key("id") || object.contains_key("name");
    let found = LISTS
        .iter()
        .filter(|_| !record)
        .filter_map(|(name, kind)| Some((object.get(*name)?.as_array()?, *kind)));
    let mut any = false;
    for (values, kind) in found {
        any = true;
        list(values, kind, all);
        let told = ["size", "number_of_elements"]
            .iter()
            .find_map(|name| object.get(*name)?.as_u64());
        if let Some(told) = told.filter(|told| *told < values.len() as u64) {
            all.reader.warnings.push(Warning {
                kind: "page-header-differs",
                place: place(file, None),
                field: "size".to_owned(),
                message: format!("the page says {told} items and holds {}", values.len()),
            });
        }
    }
    if !any {
        listed(file, Some(1), value, None, all);
    }
}

/// Whether an object is a package of tables: `services.csv`, or several tables of rows.
fn is_tabular(object: &Map<String, Value>) -> bool {
    !object.is_empty()
        && object.iter().all(|(name, value)| {
            value.is_array()
                && hsds_csv::Table::named(name.trim_end_matches(".csv"), |_| true).is_some()
        })
        && (object.len() > 1
            || object
                .keys()
                .any(|name| name.to_lowercase().ends_with(".csv")))
}

/// Reads one item of a list.
fn listed(
    file: &NamedBytes,
    row: Option<u64>,
    value: &Value,
    told: Option<Kind>,
    all: &mut Gathering<'_>,
) {
    let Value::Object(object) = value else {
        all.reader.rejections.push(Rejection {
            place: place(file, row),
            field: None,
            reason: "not an object".to_owned(),
            remedy: "give each record as an object of JSON".to_owned(),
        });
        return;
    };
    let item = Item {
        file: &file.name,
        row,
        fields: Fields::Object(object),
    };
    let kind = told
        .or_else(|| kind_by_fields(&item))
        .or_else(|| kind_by_name(&file.stem()));
    let Some(kind) = kind else {
        all.reader.reject(
            &item,
            "",
            "neither a service nor an organization, place or term",
            "check that the file holds Open Referral records",
        );
        return;
    };
    let table = match kind {
        Kind::Organization => {
            records::organization(&item, Met::Listed, all);
            "organizations"
        }
        Kind::Location => {
            records::location(&item, Met::Listed, all);
            "locations"
        }
        Kind::ServiceAtLocation => {
            records::service_at_location(&item, None, None, Met::Listed, all);
            "services_at_locations"
        }
        Kind::Taxonomy => {
            records::taxonomy(&item, Met::Listed, all);
            "taxonomies"
        }
        Kind::TaxonomyTerm => {
            records::term(&item, Met::Listed, all);
            "taxonomy_terms"
        }
        _ => {
            records::service(&item, None, Met::Listed, all);
            // A service brings its places with it: where it has none, they are gone.
            all.tells_of(Kind::Location);
            all.tells_of(Kind::ServiceAtLocation);
            "services"
        }
    };
    *all.rows.entry(table.to_owned()).or_default() += 1;
}

/// The kind that the fields give away, by the fields only that kind has.
fn kind_by_fields(item: &Item<'_>) -> Option<Kind> {
    let signs: [(Kind, &[&str]); 6] = [
        (Kind::ServiceAtLocation, &["service", "service_id"]),
        (
            Kind::Service,
            &[
                "service_at_locations",
                "organization",
                "status",
                "service_taxonomys",
                "eligibilitys",
                "cost_options",
                "organization_id",
                "service_areas",
                "fees",
                "assured_date",
                "minimum_age",
            ],
        ),
        (
            Kind::Organization,
            &[
                "services",
                "website",
                "organization_identifiers",
                "legal_status",
                "tax_id",
                "tax_status",
                "parent_organization_id",
                "charity_number",
                "logo",
                "year_incorporated",
            ],
        ),
        (
            Kind::Location,
            &[
                "location_type",
                "latitude",
                "physical_addresses",
                "addresses",
                "transportation",
            ],
        ),
        (
            Kind::TaxonomyTerm,
            &[
                "parent_id",
                "taxonomy",
                "term_uri",
                "taxonomy_detail",
                "vocabulary",
                "code",
            ],
        ),
        (Kind::Taxonomy, &["version", "taxonomy_terms"]),
    ];
    // A location belongs to an organization too; what it alone has speaks first.
    let only_place = ["location_type", "latitude", "physical_addresses"];
    if only_place.iter().any(|field| item.has(field)) && !item.has("status") {
        return Some(Kind::Location);
    }
    signs
        .iter()
        .find(|(_, fields)| fields.iter().any(|field| item.has(field)))
        .map(|(kind, _)| *kind)
}

/// The kind in the file's name: `taxonomy_term_list`.
fn kind_by_name(stem: &str) -> Option<Kind> {
    let kinds = [
        ("taxonomy_term", Kind::TaxonomyTerm),
        ("taxonom", Kind::Taxonomy),
        ("service_at_location", Kind::ServiceAtLocation),
        ("service", Kind::Service),
        ("organi", Kind::Organization),
        ("location", Kind::Location),
    ];
    kinds
        .iter()
        .find(|(name, _)| stem.contains(name))
        .map(|(_, kind)| *kind)
}
