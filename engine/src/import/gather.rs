//! Collects the records of one source. A record met twice is merged: what one
//! telling leaves open the other fills in, and nothing stands there twice.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::item::Item;
use super::parts::Part;
use super::reader::Reader;
use super::{Draft, Reading};
use crate::model::{Kind, Record, RecordKey};

/// The records of a source so far.
#[derive(Debug)]
pub(super) struct Gathering<'s> {
    /// Reads fields and keeps what was wrong.
    pub reader: Reader<'s>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    drafts: Vec<Draft>,
    at: HashMap<RecordKey, usize>,
    /// Records that had a row or list item of their own.
    listed: HashSet<RecordKey>,
    /// Kinds of which the source would have told, had it any.
    told: BTreeSet<Kind>,
}

impl<'s> Gathering<'s> {
    /// Nothing yet.
    pub(super) fn of(source: &'s str) -> Self {
        Self {
            reader: Reader::of(source),
            rows: BTreeMap::new(),
            drafts: Vec::new(),
            at: HashMap::new(),
            listed: HashSet::new(),
            told: BTreeSet::new(),
        }
    }

    /// Notes that the source tells of all it has of a kind, be it none: what
    /// was read of that kind before and is not listed now has left it.
    pub(super) fn tells_of(&mut self, kind: Kind) {
        self.told.insert(kind);
    }

    /// Adds a record that was met inside another.
    pub(super) fn put(
        &mut self,
        record: impl Into<Record>,
        foreign_id: Option<String>,
        item: &Item<'_>,
    ) {
        let record = record.into();
        let key = record.key();
        let Some(at) = self.at.get(&key) else {
            self.at.insert(key, self.drafts.len());
            self.drafts.push(Draft {
                record,
                foreign_id,
                place: item.place(),
                references: Vec::new(),
            });
            return;
        };
        let known = &mut self.drafts[*at];
        if known.record != record {
            known.record = merge(&known.record, &record).unwrap_or(record);
        }
    }

    /// Adds a record that has a row or list item of its own; a second one of
    /// the same id is merged with a warning.
    pub(super) fn list(
        &mut self,
        record: impl Into<Record>,
        foreign_id: Option<String>,
        item: &Item<'_>,
    ) {
        let record = record.into();
        let key = record.key();
        if !self.listed.insert(key) {
            self.reader.warn(
                "id-repeated",
                item,
                "id",
                format!("{key} stands there more than once; the tellings are merged"),
            );
        }
        self.put(record, foreign_id, item);
    }

    /// A record that was added.
    pub(super) fn find_mut(&mut self, kind: Kind, id: Uuid) -> Option<&mut Record> {
        let at = *self.at.get(&RecordKey { kind, id })?;
        Some(&mut self.drafts[at].record)
    }

    /// A record that was added.
    pub(super) fn find(&self, kind: Kind, id: Uuid) -> Option<&Record> {
        let at = *self.at.get(&RecordKey { kind, id })?;
        Some(&self.drafts[at].record)
    }

    /// All records, to put a last hand to.
    pub(super) fn records_mut(&mut self) -> impl Iterator<Item = (&mut Record, super::Place)> {
        self.drafts
            .iter_mut()
            .map(|draft| (&mut draft.record, draft.place.clone()))
    }

    /// All that was read.
    pub(super) fn finish(self, format: &'static str) -> Reading {
        let mut told = self.told;
        told.extend(self.drafts.iter().map(|draft| draft.record.kind()));
        let unlisted_warnings = self.reader.unlisted_warnings();
        Reading {
            format,
            drafts: self.drafts,
            rejections: self.reader.rejections,
            warnings: self.reader.warnings,
            unlisted_warnings,
            rows: self.rows,
            speaks_for: told.into_iter().collect(),
            ..Reading::default()
        }
    }
}

/// Adds a part to a list unless it is there already; one of the same id is merged.
pub(super) fn add<T: Part>(parts: &mut Vec<T>, part: T) {
    match parts.iter_mut().find(|known| known.id() == part.id()) {
        None => parts.push(part),
        Some(known) if *known == part => {}
        Some(known) => {
            if let Some(merged) = merge(known, &part) {
                *known = merged;
            }
        }
    }
}

/// Two tellings as one: of two values for a field the fuller telling's counts,
/// lists are joined by id, and what either calls confidential is so.
fn merge<T: Serialize + DeserializeOwned>(first: &T, second: &T) -> Option<T> {
    let first = serde_json::to_value(first).ok()?;
    let second = serde_json::to_value(second).ok()?;
    let merged = if fullness(&second) > fullness(&first) {
        merged(second, first)
    } else {
        merged(first, second)
    };
    serde_json::from_value(merged).ok()
}

/// How many fields are given.
fn fullness(value: &Value) -> usize {
    value.as_object().map_or(0, |fields| {
        let given = |value: &&Value| match value {
            Value::Null => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(values) => !values.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
        };
        fields.values().filter(given).count()
    })
}

fn merged(fuller: Value, other: Value) -> Value {
    match (fuller, other) {
        (Value::Object(mut fields), Value::Object(others)) => {
            for (name, other) in others {
                let value = match fields.remove(&name) {
                    Some(value) => merged(value, other),
                    None => other,
                };
                fields.insert(name, value);
            }
            Value::Object(fields)
        }
        (Value::Array(mut values), Value::Array(others)) => {
            for other in others {
                let same = values.iter_mut().find(|value| is_same(value, &other));
                match same {
                    Some(value) => *value = merged(value.take(), other),
                    None => values.push(other),
                }
            }
            Value::Array(values)
        }
        (Value::Bool(a), Value::Bool(b)) => Value::Bool(a || b),
        (Value::Null, other) => other,
        (Value::String(text), other) if text.is_empty() => other,
        (value, _) => value,
    }
}

/// Whether two members of a list tell of the same thing: one id, or all else equal.
fn is_same(a: &Value, b: &Value) -> bool {
    let (Value::Object(a), Value::Object(b)) = (a, b) else {
        return a == b;
    };
    let id = |fields: &Map<String, Value>| fields.get("id").cloned();
    if id(a) == id(b) {
        return true;
    }
    let rest = |fields: &Map<String, Value>| -> Map<String, Value> {
        fields
            .iter()
            .filter(|(name, _)| *name != "id")
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    rest(a) == rest(b)
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::model::{Organization, Phone};

    #[test]
    fn the_fuller_telling_wins_and_nothing_stands_twice() {
        let phone = |n: u128, number: &str| Phone {
            id: Uuid::from_u128(n),
            number: number.to_owned(),
            ..Phone::default()
        };
        let short = Organization {
            name: "Hall".into(),
            website: Some("https://old.example".into()),
            phones: vec![phone(1, "1"), phone(2, "2")],
            ..Organization::default()
        };
        let full = Organization {
            name: "The Hall".into(),
            description: Some("A hall".into()),
            email: Some("office@hall.example".into()),
            legal_status: Some("charity".into()),
            phones: vec![phone(2, "2")],
            ..Organization::default()
        };
        let both = merge(&short, &full).unwrap();
        assert_eq!(both.name, "The Hall");
        assert_eq!(both.website.as_deref(), Some("https://old.example"));
        assert_eq!(both.phones.len(), 2);
        assert_eq!(merge(&full, &short).unwrap().name, "The Hall");
    }
}
