//! What a reader finds wrong, listed up to a limit and counted beyond it.

use std::collections::BTreeMap;
use std::fmt::Arguments;

use super::{Place, Reading, Rejection, Warning};

/// How many rejections of one field, and warnings of one kind, are listed. More
/// of the same teach nobody anything; they are counted.
pub(super) const LISTED: u64 = 1_000;

/// Rejections and warnings of one file.
pub(super) struct Findings<'a> {
    file: &'a str,
    rejections: Vec<Rejection>,
    warnings: Vec<Warning>,
    rejected: BTreeMap<String, u64>,
    warned: BTreeMap<&'static str, u64>,
}

impl<'a> Findings<'a> {
    /// None so far.
    pub(super) fn of(file: &'a str) -> Self {
        Self {
            file,
            rejections: Vec::new(),
            warnings: Vec::new(),
            rejected: BTreeMap::new(),
            warned: BTreeMap::new(),
        }
    }

    /// Where a row of the file stands.
    pub(super) fn place(&self, row: Option<u64>) -> Place {
        Place {
            file: self.file.to_owned(),
            row,
        }
    }

    /// A row, or with `None` the whole file, cannot be used. The words are put
    /// together only where they are listed.
    pub(super) fn reject(
        &mut self,
        row: Option<u64>,
        field: &str,
        reason: Arguments<'_>,
        remedy: Arguments<'_>,
    ) {
        if let Some(count) = self.rejected.get_mut(field) {
            *count += 1;
            if *count > LISTED {
                return;
            }
        } else {
            self.rejected.insert(field.to_owned(), 1);
        }
        self.rejections.push(Rejection {
            place: self.place(row),
            field: Some(field.to_owned()),
            reason: reason.to_string(),
            remedy: remedy.to_string(),
        });
    }

    /// A value was repaired or left out.
    pub(super) fn warn(
        &mut self,
        kind: &'static str,
        row: Option<u64>,
        field: &str,
        message: Arguments<'_>,
    ) {
        let count = self.warned.entry(kind).or_default();
        *count += 1;
        if *count <= LISTED {
            self.warnings.push(Warning {
                kind,
                place: self.place(row),
                field: field.to_owned(),
                message: message.to_string(),
            });
        }
    }

    /// Hands all of it on, in the order of the rows.
    pub(super) fn put_into(mut self, reading: &mut Reading) {
        self.rejections
            .sort_by(|a, b| (&a.place, &a.field).cmp(&(&b.place, &b.field)));
        self.warnings
            .sort_by(|a, b| (&a.place, a.kind).cmp(&(&b.place, b.kind)));
        reading.rejections.append(&mut self.rejections);
        reading.warnings.append(&mut self.warnings);
        let beyond = |count: u64| count.saturating_sub(LISTED);
        reading.unlisted_rejections += self.rejected.into_values().map(beyond).sum::<u64>();
        for (kind, count) in self.warned {
            if beyond(count) > 0 {
                *reading.unlisted_warnings.entry(kind).or_default() += beyond(count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_listed_is_counted() {
        let mut findings = Findings::of("a.csv");
        for row in 1..=1_500 {
            findings.reject(Some(row), "postcode", format_args!("bad"), format_args!(""));
            findings.warn("repeated", Some(row), "postcode", format_args!("again"));
        }
        let mut reading = Reading::default();
        findings.put_into(&mut reading);
        assert_eq!(
            (reading.rejections.len(), reading.unlisted_rejections),
            (1_000, 500)
        );
        assert_eq!(
            (
                reading.warnings.len(),
                reading.unlisted_warnings.get("repeated")
            ),
            (1_000, Some(&500))
        );
    }
}
