//! HSDS as tables: a folder or zip of CSV files, versions 1 and 3, and the
//! tabular JSON that holds the same rows.
//!
//! Records come first; rows of the other tables are then attached to the
//! records they name. A row that names none is rejected.

mod attach;
mod load;
mod table;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Map, Value};

use super::Reading;
use super::gather::Gathering;
use super::input::NamedBytes;
use super::item::{Fields, Item};
use super::records::{self, Met};
use super::repair;
use crate::model::{Kind, LocationId, Record};
use attach::Attaching;
use load::Loaded;

pub(super) use table::Table;

/// Reads the tables in some files, each folder a package of its own.
pub(super) fn read(files: &[&NamedBytes], source: &str) -> Reading {
    let mut all = Gathering::of(source);
    let mut loaded: Vec<Loaded> = files.par_iter().map(|file| load::csv(file)).collect();
    for table in &mut loaded {
        all.reader.warnings.append(&mut table.warnings);
        all.reader.rejections.append(&mut table.rejections);
    }
    let mut packages: BTreeMap<String, Vec<Loaded>> = BTreeMap::new();
    for table in loaded {
        packages
            .entry(table.folder.clone())
            .or_default()
            .push(table);
    }
    for tables in packages.values_mut() {
        gather(tables, &mut all);
    }
    records::settle(&mut all);
    all.finish("hsds-csv")
}

/// Reads tabular JSON: an object of tables, each a list of rows.
pub(super) fn gather_json(file: &str, tables: &Map<String, Value>, all: &mut Gathering<'_>) {
    let mut loaded: Vec<Loaded> = tables
        .iter()
        .filter_map(|(name, rows)| load::json(file, name, rows))
        .collect();
    gather(&mut loaded, all);
}

fn gather(tables: &mut [Loaded], all: &mut Gathering<'_>) {
    // Owners before what they own; files of one table in the order of their names.
    tables.sort_by(|a, b| a.table.cmp(&b.table).then_with(|| a.file.cmp(&b.file)));
    let mut attaching = Attaching::default();
    for loaded in &*tables {
        *all.rows.entry(loaded.table.name().to_owned()).or_default() += loaded.len() as u64;
        if let Some(kind) = loaded.table.kind() {
            all.tells_of(kind);
        }
        if loaded.table == Table::About {
            if let Some(item) = loaded.items().next() {
                all.reader.warn(
                    "table-unused",
                    &item,
                    "",
                    "holds notes about other tables; left unread",
                );
            }
            continue;
        }
        for item in loaded.items() {
            match loaded.table {
                Table::Organizations => {
                    let id = records::organization(&item, Met::Listed, all);
                    if let Some(id) = id {
                        attach::listed_words(&item, Kind::Organization, id.0, all);
                    }
                }
                Table::Services => service(&item, all),
                Table::Locations => {
                    let id = records::location(&item, Met::Listed, all);
                    if let Some(id) = id {
                        attach::listed_words(&item, Kind::Location, id.0, all);
                    }
                }
                Table::ServicesAtLocations => {
                    records::service_at_location(&item, None, None, Met::Listed, all);
                }
                Table::Taxonomies => {
                    records::taxonomy(&item, Met::Listed, all);
                }
                Table::TaxonomyTerms => {
                    records::term(&item, Met::Listed, all);
                }
                other => attaching.row(other, &item, all),
            }
        }
    }
}

/// A row of services: with the place and the terms that Ohana puts into the same row.
fn service(item: &Item<'_>, all: &mut Gathering<'_>) {
    let Some(id) = records::service(item, None, Met::Listed, all) else {
        return;
    };
    attach::listed_words(item, Kind::Service, id.0, all);
    let Some(location_id) = all.reader.reference(item, "location", &["location_id"]) else {
        return;
    };
    records::link(id, LocationId(location_id), item, all);
    let owner = match all.find(Kind::Location, location_id) {
        Some(Record::Location(location)) => location.organization_id,
        _ => None,
    };
    if let Some(Record::Service(service)) = all.find_mut(Kind::Service, id.0)
        && service.organization_id.is_none()
    {
        service.organization_id = owner;
    }
}

/// The words of a cell that lists several, with commas between.
fn words(item: &Item<'_>, field: &str) -> Vec<String> {
    let Fields::Row(..) = item.fields else {
        return Vec::new();
    };
    item.find(&[field]).map_or_else(Vec::new, |(_, raw)| {
        raw.split([',', ';'])
            .map(|word| repair::clean(word).0)
            .filter(|word| !word.is_empty())
            .collect()
    })
}
