//! Files as tables of items.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord};
use serde_json::{Map, Value};

use super::Table;
use crate::import::input::NamedBytes;
use crate::import::item::{Columns, Fields, Item};
use crate::import::{Place, Rejection, Warning};

/// A table in memory.
pub(super) struct Loaded {
    /// Which.
    pub table: Table,
    /// Its file's name in reports.
    pub file: String,
    /// What its package shares.
    pub folder: String,
    /// What was wrong with the file as such.
    pub warnings: Vec<Warning>,
    /// Rows that are no rows.
    pub rejections: Vec<Rejection>,
    rows: Rows,
}

enum Rows {
    Cells(Columns, Vec<StringRecord>),
    Objects(Vec<Map<String, Value>>),
}

impl Loaded {
    /// How many rows.
    pub(super) fn len(&self) -> usize {
        match &self.rows {
            Rows::Cells(_, rows) => rows.len(),
            Rows::Objects(rows) => rows.len(),
        }
    }

    /// The rows, from 1.
    pub(super) fn items(&self) -> impl Iterator<Item = Item<'_>> {
        (0..self.len()).map(|at| Item {
            file: &self.file,
            row: Some(at as u64 + 1),
            fields: match &self.rows {
                Rows::Cells(columns, rows) => Fields::Row(columns, &rows[at]),
                Rows::Objects(rows) => Fields::Object(&rows[at]),
            },
        })
    }
}

/// Reads a file of comma-separated values.
pub(super) fn csv(file: &NamedBytes) -> Loaded {
    let (text, foreign_encoding) = file.text();
    let place = |row| Place {
        file: file.name.clone(),
        row,
    };
    let mut warnings = Vec::new();
    let mut rejections = Vec::new();
    if foreign_encoding {
        warnings.push(Warning {
            kind: "encoding-guessed",
            place: place(None),
            field: String::new(),
            message: "not UTF-8; read as Windows-1252 (Latin-1)".to_owned(),
        });
    }
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().map_or_else(
        |_| Vec::new(),
        |header| {
            header
                .iter()
                .map(|name| name.trim().to_lowercase())
                .collect()
        },
    );
    let mut columns = Columns::new();
    for (at, name) in names.iter().enumerate() {
        columns.entry(name.clone()).or_insert(at);
    }
    let mut rows = Vec::new();
    for (at, row) in reader.records().enumerate() {
        let number = Some(at as u64 + 1);
        match row {
            Ok(row) => {
                let beyond = row
                    .iter()
                    .skip(names.len())
                    .any(|cell| !cell.trim().is_empty());
                if row.len() < names.len() || beyond {
                    warnings.push(Warning {
                        kind: "ragged-row",
                        place: place(number),
                        field: String::new(),
                        message: format!(
                            "{} cells under {} columns; read from the left",
                            row.len(),
                            names.len()
                        ),
                    });
                }
                rows.push(row);
            }
            Err(error) => rejections.push(Rejection {
                place: place(number),
                field: None,
                reason: format!("not a row of a table: {error}"),
                remedy: "mend the row's quotation marks".to_owned(),
            }),
        }
    }
    let set: BTreeSet<String> = names.into_iter().collect();
    let table = Table::of(file, &set);
    if table.is_none() {
        rejections.push(Rejection {
            place: place(None),
            field: None,
            reason: "not a table of HSDS".to_owned(),
            remedy: "name the file as HSDS names the table, for example services.csv".to_owned(),
        });
    }
    Loaded {
        table: table.unwrap_or(Table::About),
        file: file.name.clone(),
        folder: file.folder().to_owned(),
        warnings,
        rejections,
        rows: Rows::Cells(columns, rows),
    }
}

/// Reads one table of tabular JSON.
pub(super) fn json(file: &str, name: &str, rows: &Value) -> Option<Loaded> {
    let rows: Vec<Map<String, Value>> = rows
        .as_array()?
        .iter()
        .filter_map(|row| row.as_object().cloned())
        .collect();
    let stem = name.trim_end_matches(".csv").to_lowercase();
    let table = Table::named(&stem, |column| {
        rows.iter().any(|row| row.contains_key(column))
    })?;
    Some(Loaded {
        table,
        file: format!("{file}!{name}"),
        folder: String::new(),
        warnings: Vec::new(),
        rejections: Vec::new(),
        rows: Rows::Objects(rows),
    })
}
