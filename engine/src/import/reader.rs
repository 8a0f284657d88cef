//! Reads fields of items and keeps the list of what was wrong with them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::findings::LISTED;
use super::item::Item;
use super::repair::{self, Read};
use super::{Rejection, Warning};
use crate::model::derive_id;

/// Reads fields under the name of one source.
#[derive(Debug)]
pub(super) struct Reader<'s> {
    /// The name ids are derived from.
    pub source: &'s str,
    /// What could not be used.
    pub rejections: Vec<Rejection>,
    /// What was repaired; of each kind as many as [`LISTED`].
    pub warnings: Vec<Warning>,
    warned: BTreeMap<&'static str, u64>,
}

impl<'s> Reader<'s> {
    /// A reader with nothing to complain about yet.
    pub(super) fn of(source: &'s str) -> Self {
        Self {
            source,
            rejections: Vec::new(),
            warnings: Vec::new(),
            warned: BTreeMap::new(),
        }
    }

    /// How many warnings of each kind were counted and not listed.
    pub(super) fn unlisted_warnings(&self) -> BTreeMap<&'static str, u64> {
        self.warned
            .iter()
            .filter(|(_, count)| **count > LISTED)
            .map(|(kind, count)| (*kind, count - LISTED))
            .collect()
    }

    /// Notes that a value was repaired or left out.
    pub(super) fn warn(
        &mut self,
        kind: &'static str,
        item: &Item<'_>,
        field: &str,
        message: impl Into<String>,
    ) {
        let count = self.warned.entry(kind).or_default();
        *count += 1;
        if *count <= LISTED {
            self.warnings.push(Warning {
                kind,
                place: item.place(),
                field: field.to_owned(),
                message: message.into(),
            });
        }
    }

    /// Notes that an item cannot be used.
    pub(super) fn reject(
        &mut self,
        item: &Item<'_>,
        field: &str,
        reason: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.rejections.push(Rejection {
            place: item.place(),
            field: Some(field.to_owned()),
            reason: reason.into(),
            remedy: remedy.into(),
        });
    }

    /// Text, cleaned.
    pub(super) fn text(&mut self, item: &Item<'_>, names: &[&str]) -> Option<String> {
        let (name, raw) = item.find(names)?;
        let (text, kinds) = repair::clean(&raw);
        for kind in kinds {
            self.warn(kind, item, name, format!("{} cleaned", quote(&raw)));
        }
        (!text.is_empty()).then_some(text)
    }

    /// A value that `read` understands; what it does not is left out.
    pub(super) fn value<T>(
        &mut self,
        item: &Item<'_>,
        names: &[&str],
        dropped: &'static str,
        read: impl Fn(&str) -> Option<Read<T>>,
    ) -> Option<T> {
        let (name, raw) = item.find(names)?;
        let Some(Read { value, repaired }) = read(&raw) else {
            let message = format!("{} not understood, left out", quote(&raw));
            self.warn(dropped, item, name, message);
            return None;
        };
        if let Some(kind) = repaired {
            self.warn(
                kind,
                item,
                name,
                format!("{} read with a repair", quote(&raw)),
            );
        }
        Some(value)
    }

    /// A time of day.
    pub(super) fn time(&mut self, item: &Item<'_>, names: &[&str]) -> Option<Time> {
        self.value(item, names, "time-dropped", repair::time)
    }

    /// A day.
    pub(super) fn date(&mut self, item: &Item<'_>, names: &[&str]) -> Option<Date> {
        self.value(item, names, "date-dropped", repair::date)
    }

    /// A moment.
    pub(super) fn timestamp(&mut self, item: &Item<'_>, names: &[&str]) -> Option<Timestamp> {
        self.value(item, names, "date-dropped", |raw| {
            let value = repair::timestamp(raw).or_else(|| {
                let midnight = repair::date(raw)?
                    .value
                    .to_zoned_datetime(crate::model::london());
                Some(midnight.ok()?.timestamp())
            })?;
            Some(Read {
                value,
                repaired: None,
            })
        })
    }

    /// A number.
    pub(super) fn number(&mut self, item: &Item<'_>, names: &[&str]) -> Option<f64> {
        if let Some((name, raw)) = item.find(names)
            && item.is_text(name)
        {
            self.warn(
                "number-as-text",
                item,
                name,
                format!("{} is a text", quote(&raw)),
            );
        }
        self.value(item, names, "number-dropped", repair::number)
    }

    /// A whole number that is not negative.
    pub(super) fn count(&mut self, item: &Item<'_>, names: &[&str]) -> Option<u32> {
        let value = self.number(item, names)?;
        (value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value))
            .then_some(value as u32)
    }

    /// The address of a page.
    pub(super) fn url(&mut self, item: &Item<'_>, names: &[&str]) -> Option<String> {
        self.value(item, names, "url-dropped", repair::url)
    }

    /// An address to write to.
    pub(super) fn email(&mut self, item: &Item<'_>, names: &[&str]) -> Option<String> {
        self.value(item, names, "email-dropped", |raw| {
            let text = raw.trim();
            let bare = text.strip_prefix("mailto:").unwrap_or(text);
            let (local, domain) = bare.split_once('@')?;
            let good =
                !local.is_empty() && domain.contains('.') && !bare.contains(char::is_whitespace);
            good.then(|| Read {
                value: bare.to_owned(),
                repaired: (bare.len() != raw.len()).then_some("email-repaired"),
            })
        })
    }

    /// Yes or no; anything else is neither.
    pub(super) fn yes(item: &Item<'_>, names: &[&str]) -> bool {
        item.find(names).is_some_and(|(_, raw)| {
            matches!(
                raw.trim().to_lowercase().as_str(),
                "true" | "yes" | "1" | "y" | "t"
            )
        })
    }

    /// The id under which a text names a record of a kind: the UUID that it is,
    /// else one derived from it.
    pub(super) fn named(&self, kind: &str, written: &str) -> Uuid {
        let written = written.trim();
        match written.parse::<Uuid>() {
            Ok(id) if !id.is_nil() => id,
            _ => derive_id(self.source, kind, written),
        }
    }

    /// The id of the record of a kind that a field names.
    pub(super) fn reference(&self, item: &Item<'_>, kind: &str, names: &[&str]) -> Option<Uuid> {
        let (_, written) = item.find(names)?;
        Some(self.named(kind, &written))
    }

    /// An item's own id, and the source's where that is another.
    pub(super) fn own_id(&self, item: &Item<'_>, kind: &str) -> Option<(Uuid, Option<String>)> {
        let (_, written) = item.find(&["id"])?;
        let id = self.named(kind, &written);
        let foreign = (!written.trim().eq_ignore_ascii_case(&id.to_string()))
            .then(|| written.trim().to_owned());
        Some((id, foreign))
    }

    /// The id of a part of a record: its own, or one from its owner and place among its like.
    pub(super) fn part_id(&self, item: &Item<'_>, kind: &str, owner: Uuid, nth: usize) -> Uuid {
        self.own_id(item, kind).map_or_else(
            || derive_id(self.source, kind, &format!("{owner}/{nth}")),
            |(id, _)| id,
        )
    }
}

/// The start of a text, for a message.
fn quote(raw: &str) -> String {
    let start: String = raw.chars().take(40).collect();
    if start.len() < raw.len() {
        format!("'{start}…'")
    } else {
        format!("'{start}'")
    }
}
