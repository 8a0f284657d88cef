//! Partnerships from a table: `from`, `to`, `kind` and, where known, `directed`,
//! `since`, `until`, `strength`, `source`, `note`; the columns in any order.
//!
//! `from` and `to` name organizations by id, registered number or name. They
//! are handed on as they are written, since only the whole directory can tell
//! whom they mean. An `id` column, as our own export writes it, keeps ids.

use std::collections::BTreeSet;

use super::findings::Findings;
use super::table::{Rejected, Row, Table, finite};
use super::{Draft, Reading, Reference};
use crate::model::{Kind, Partnership, PartnershipId, PartnershipKind, Record, derive_id};

/// What this reads, as reports name it.
const FORMAT: &str = "partnerships-csv";

/// Reads a table of partnerships.
pub(super) fn read(file: &str, bytes: &[u8], source: &str) -> Reading {
    let table = Table::read(bytes);
    let mut findings = Findings::of(file);
    let mut reading = Reading {
        format: FORMAT,
        rows: [("partnerships".to_owned(), table.len())].into(),
        speaks_for: vec![Kind::Partnership],
        ..Reading::default()
    };
    if table.has_columns(&["from", "to", "kind"], &mut findings) {
        let mut seen = BTreeSet::new();
        for row in table.rows() {
            let Ok((partnership, references)) = partnership(row, source, &mut findings) else {
                continue;
            };
            if !seen.insert(partnership.id) {
                findings.warn(
                    "partnership-repeated",
                    Some(row.number),
                    "from",
                    format_args!("the same partnership stands further up, and that one counts"),
                );
                continue;
            }
            reading.drafts.push(Draft {
                foreign_id: row.foreign_id(partnership.id.0),
                record: Record::Partnership(partnership),
                place: findings.place(Some(row.number)),
                references,
            });
        }
    }
    findings.put_into(&mut reading);
    reading
}

fn partnership(
    row: Row<'_>,
    source: &str,
    findings: &mut Findings<'_>,
) -> Result<(Partnership, Vec<Reference>), Rejected> {
    let from = required(row, "from", findings)?;
    let to = required(row, "to", findings)?;
    let kind = kind_of(row, findings)?;
    if from.to_lowercase() == to.to_lowercase() {
        findings.reject(
            Some(row.number),
            "to",
            format_args!("`{from}` stands on both sides"),
            format_args!("name two organizations, or take the row out"),
        );
        return Err(Rejected);
    }
    let strength = strength(row, findings)?;
    let since = row.first_day("since", findings);
    let until = row.last_day("until", since, findings)?;
    let key = format!(
        "{from}|{to}|{}|{}",
        kind.name(),
        since.map(|day| day.to_string()).unwrap_or_default()
    );
    let id = row
        .cell("id")
        .and_then(|id| id.parse().ok())
        .unwrap_or_else(|| PartnershipId(derive_id(source, "partnership", &key)));
    let partnership = Partnership {
        id,
        kind,
        directed: directed(row, findings),
        since,
        until,
        strength,
        source: row.text("source"),
        note: row.text("note"),
        ..Partnership::default()
    };
    let references = [("from", from), ("to", to)]
        .map(|(field, text)| Reference {
            field,
            text: text.to_owned(),
        })
        .into();
    Ok((partnership, references))
}

fn required<'a>(
    row: Row<'a>,
    name: &'static str,
    findings: &mut Findings<'_>,
) -> Result<&'a str, Rejected> {
    row.cell(name).ok_or_else(|| {
        findings.reject(
            Some(row.number),
            name,
            format_args!("`{name}` is empty"),
            format_args!("name an organization by its id, registered number or name"),
        );
        Rejected
    })
}

fn kind_of(row: Row<'_>, findings: &mut Findings<'_>) -> Result<PartnershipKind, Rejected> {
    let written = row.cell("kind").unwrap_or_default();
    let letters = letters(written);
    let like = |kind: &PartnershipKind| strsim::jaro_winkler(&letters, &self::letters(kind.name()));
    if let Some(kind) = PartnershipKind::ALL
        .into_iter()
        .find(|kind| self::letters(kind.name()) == letters)
    {
        return Ok(kind);
    }
    let nearest = PartnershipKind::ALL
        .into_iter()
        .max_by(|a, b| like(a).total_cmp(&like(b)))
        .unwrap_or_default();
    findings.reject(
        Some(row.number),
        "kind",
        format_args!("`{written}` is not a kind of partnership"),
        format_args!(
            "the nearest is `{}`; the kinds are {}",
            nearest.name(),
            PartnershipKind::ALL.map(PartnershipKind::name).join(", ")
        ),
    );
    Err(Rejected)
}

/// Letters alone, small: `Refers-To` and `refers_to` are the same kind.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn strength(row: Row<'_>, findings: &mut Findings<'_>) -> Result<Option<f64>, Rejected> {
    let Some(cell) = row.cell("strength") else {
        return Ok(None);
    };
    match finite(cell) {
        Some(strength) if (0.0..=1.0).contains(&strength) => Ok(Some(strength)),
        _ => {
            findings.reject(
                Some(row.number),
                "strength",
                format_args!("`{cell}` is not a strength"),
                format_args!("give a number from 0 to 1, or leave it empty"),
            );
            Err(Rejected)
        }
    }
}

fn directed(row: Row<'_>, findings: &mut Findings<'_>) -> Option<bool> {
    let cell = row.cell("directed")?;
    match cell.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" => Some(true),
        "false" | "no" | "n" | "0" => Some(false),
        _ => {
            findings.warn(
                "directed-left-out",
                Some(row.number),
                "directed",
                format_args!("`{cell}` is neither true nor false and was left out"),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Reading {
        read("ties.csv", text.as_bytes(), "test")
    }

    fn partnerships(reading: &Reading) -> Vec<&Partnership> {
        reading
            .drafts
            .iter()
            .filter_map(|draft| match &draft.record {
                Record::Partnership(partnership) => Some(partnership),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn columns_may_stand_in_any_order_and_kinds_may_be_written_otherwise() {
        let reading = read_text("Kind,TO,from,Since\nRefers-To,B,A,01/02/2024\n");
        let read = partnerships(&reading);
        assert_eq!(read[0].kind, PartnershipKind::RefersTo);
        assert_eq!(
            read[0].since.map(|day| day.to_string()).as_deref(),
            Some("2024-02-01")
        );
        let references: Vec<_> = reading.drafts[0]
            .references
            .iter()
            .map(|reference| (reference.field, reference.text.as_str()))
            .collect();
        assert_eq!(references, [("from", "A"), ("to", "B")]);
        assert_eq!(reading.warnings[0].kind, "date-repaired");
    }

    #[test]
    fn an_unknown_kind_names_the_nearest_known() {
        let reading = read_text("from,to,kind\nA,B,refer\n");
        assert!(reading.drafts.is_empty());
        assert!(reading.rejections[0].remedy.contains("`refers_to`"));
        assert_eq!(reading.rejections[0].place.row, Some(1));
    }

    #[test]
    fn rows_that_cannot_be_true_are_rejected_and_name_their_field() {
        for (row, field) in [
            ("A,a,hosts,,,", "to"),
            ("A,,hosts,,,", "to"),
            ("A,B,hosts,,,1.2", "strength"),
            ("A,B,hosts,,,firm", "strength"),
            ("A,B,hosts,2024-05-01,2024-04-30,", "until"),
            ("A,B,hosts,,soon,", "until"),
        ] {
            let reading = read_text(&format!("from,to,kind,since,until,strength\n{row}\n"));
            assert!(reading.drafts.is_empty(), "{row}");
            assert_eq!(reading.rejections[0].field.as_deref(), Some(field), "{row}");
        }
    }

    #[test]
    fn the_same_row_twice_counts_once() {
        let reading = read_text("from,to,kind\nA,B,hosts\nA,B,hosts\n");
        assert_eq!(reading.drafts.len(), 1);
        assert_eq!(reading.warnings[0].kind, "partnership-repeated");
        assert_eq!(reading.rows["partnerships"], 2);
    }

    #[test]
    fn a_table_without_the_columns_is_rejected_as_a_whole() {
        let reading = read_text("source,target,kind\nA,B,hosts\n");
        let missing: Vec<_> = reading
            .rejections
            .iter()
            .map(|r| r.field.as_deref())
            .collect();
        assert_eq!(missing, [Some("from"), Some("to")]);
    }
}
