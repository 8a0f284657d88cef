//! One object of a source, whether a row of a table or an object of JSON, so
//! that each field is read, repaired and complained about in one place only.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::StringRecord;
use serde_json::{Map, Value};

use super::Place;

/// One object and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    /// The file's name in reports.
    pub file: &'a str,
    /// The row, or the place of the outermost object in its list.
    pub row: Option<u64>,
    /// What it holds.
    pub fields: Fields<'a>,
}

/// What an object holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fields<'a> {
    /// An object of JSON.
    Object(&'a Map<String, Value>),
    /// A row under its header.
    Row(&'a Columns, &'a StringRecord),
    /// A bare word in place of an object, as in `"languages": ["Polish"]`.
    Word(&'a str),
}

/// Where each column of a table stands, by its name in lower case.
pub(super) type Columns = HashMap<String, usize>;

/// Fields that a bare word can stand for: the one that says what the object is.
const WORD_FIELDS: [&str; 8] = [
    "name",
    "language",
    "description",
    "document",
    "source",
    "number",
    "url",
    "accessibility",
];

impl<'a> Item<'a> {
    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        Place {
            file: self.file.to_owned(),
            row: self.row,
        }
    }

    /// The first of some fields that holds anything, with its name, as it is
    /// written. `NA`, `null` and blanks hold nothing.
    pub(super) fn find<'n>(&self, names: &[&'n str]) -> Option<(&'n str, Cow<'a, str>)> {
        names.iter().find_map(|name| {
            let text = self.written(name)?;
            (!is_nothing(&text)).then_some((*name, text))
        })
    }

    fn written(&self, name: &str) -> Option<Cow<'a, str>> {
        match self.fields {
            Fields::Object(object) => match object.get(name)? {
                Value::String(text) => Some(Cow::Borrowed(text)),
                Value::Number(number) => Some(Cow::Owned(number.to_string())),
                Value::Bool(yes) => Some(Cow::Borrowed(if *yes { "true" } else { "false" })),
                Value::Array(words) => {
                    // `"byday": ["MO", "WE"]`.
                    let words: Option<Vec<&str>> = words.iter().map(Value::as_str).collect();
                    words.map(|words| Cow::Owned(words.join(",")))
                }
                Value::Null | Value::Object(_) => None,
            },
            Fields::Row(columns, cells) => cells.get(*columns.get(name)?).map(Cow::Borrowed),
            Fields::Word(word) => WORD_FIELDS.contains(&name).then_some(Cow::Borrowed(word)),
        }
    }

    /// Whether a field is a text where it should be a number.
    pub(super) fn is_text(&self, name: &str) -> bool {
        matches!(self.fields, Fields::Object(object) if matches!(object.get(name), Some(Value::String(_))))
    }

    /// The object in a field.
    pub(super) fn inside(&self, names: &[&str]) -> Option<Item<'a>> {
        self.list(names).into_iter().next()
    }

    /// The objects in a field, whether it is a list of them or a single one.
    pub(super) fn list(&self, names: &[&str]) -> Vec<Item<'a>> {
        let Fields::Object(object) = self.fields else {
            return Vec::new();
        };
        let mut items = Vec::new();
        for name in names {
            match object.get(*name) {
                Some(Value::Array(values)) => {
                    items.extend(values.iter().filter_map(|value| self.item(value)));
                }
                Some(value @ Value::Object(_)) => items.extend(self.item(value)),
                _ => {}
            }
        }
        items
    }

    fn item(&self, value: &'a Value) -> Option<Item<'a>> {
        let fields = match value {
            Value::Object(object) => Fields::Object(object),
            Value::String(word) if !is_nothing(word) => Fields::Word(word),
            _ => return None,
        };
        Some(Item { fields, ..*self })
    }

    /// Whether an object has that field, with whatever in it.
    pub(super) fn has(&self, name: &str) -> bool {
        match self.fields {
            Fields::Object(object) => object.contains_key(name),
            Fields::Row(columns, _) => columns.contains_key(name),
            Fields::Word(_) => false,
        }
    }
}

/// Whether a text stands for no value.
pub(super) fn is_nothing(text: &str) -> bool {
    matches!(
        text.trim().trim_matches('\u{a0}'),
        "" | "NA" | "N/A" | "n/a" | "#N/A" | "NaN" | "nan" | "null" | "NULL" | "None" | "-"
    )
}
