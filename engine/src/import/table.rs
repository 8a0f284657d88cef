//! A table of text with one header row, cells found by the name of their column.

use std::borrow::Cow;

use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use jiff::civil::Date;
use uuid::Uuid;

use super::findings::Findings;

/// A table, read whole.
pub(super) struct Table {
    /// Names of the columns, [folded](fold_name).
    pub(super) columns: Vec<String>,
    rows: Vec<StringRecord>,
}

impl Table {
    /// Reads a table with commas, semicolons or tabs between its cells. Rows may
    /// be shorter or longer than the header. Blank rows are no rows.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut reader = reader_of(bytes);
        let mut rows = reader
            .byte_records()
            .map_while(Result::ok)
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .map(StringRecord::from_byte_record_lossy);
        let columns = rows
            .next()
            .map(|header| header.iter().map(fold_name).collect())
            .unwrap_or_default();
        let rows = rows.collect();
        Self { columns, rows }
    }

    /// Where the column of that name stands.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// How many rows, the header not counted.
    pub(super) fn len(&self) -> u64 {
        self.rows.len() as u64
    }

    /// The rows with their numbers from 1.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (1..).zip(&self.rows).map(|(number, cells)| Row {
            number,
            columns: &self.columns,
            cells,
        })
    }

    /// Whether all columns are there; rejects the file for each that is not.
    pub(super) fn has_columns(&self, names: &[&str], findings: &mut Findings<'_>) -> bool {
        let mut all = true;
        for name in names {
            if self.column(name).is_none() {
                all = false;
                findings.reject(
                    None,
                    name,
                    format_args!("the table has no column `{name}`"),
                    format_args!(
                        "add it to the header, which now reads `{}`",
                        self.columns.join(",")
                    ),
                );
            }
        }
        all
    }
}

/// A row of a [`Table`].
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// Its number, from 1.
    pub(super) number: u64,
    columns: &'a [String],
    cells: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// What the cell of that column says. None: nothing, or there is no such column.
    pub(super) fn cell(&self, name: &str) -> Option<&'a str> {
        self.at(self.columns.iter().position(|column| column == name)?)
    }

    /// What the cell at that place says.
    pub(super) fn at(&self, column: usize) -> Option<&'a str> {
        self.cells.get(column).filter(|cell| !cell.is_empty())
    }

    /// The same as text of its own.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.cell(name).map(str::to_owned)
    }

    /// The source's own key of a record, where it is another than our id.
    pub(super) fn foreign_id(&self, id: Uuid) -> Option<String> {
        let written = self.cell("id")?;
        (!written.eq_ignore_ascii_case(&id.to_string())).then(|| written.to_owned())
    }

    /// A number, where the cell holds a finite one; a warning where it holds something else.
    pub(super) fn number_in(&self, name: &str, findings: &mut Findings<'_>) -> Option<f64> {
        let cell = self.cell(name)?;
        let number = finite(cell);
        if number.is_none() {
            findings.warn(
                "number-left-out",
                Some(self.number),
                name,
                format_args!("`{cell}` is not a number and was left out"),
            );
        }
        number
    }

    /// A date as `2026-03-31`; `31/03/2026` is read with a warning.
    ///
    /// # Errors
    ///
    /// The cell, where it holds something else.
    pub(super) fn date_in(
        &self,
        name: &str,
        findings: &mut Findings<'_>,
    ) -> Result<Option<Date>, &'a str> {
        let Some(cell) = self.cell(name) else {
            return Ok(None);
        };
        if let Ok(date) = cell.parse() {
            return Ok(Some(date));
        }
        let date = Date::strptime("%d/%m/%Y", cell).ok().ok_or(cell)?;
        findings.warn(
            "date-repaired",
            Some(self.number),
            name,
            format_args!("`{cell}` was read as {date}, day first"),
        );
        Ok(Some(date))
    }

    /// The first day of something: left out with a warning where it cannot be read.
    pub(super) fn first_day(&self, name: &str, findings: &mut Findings<'_>) -> Option<Date> {
        self.date_in(name, findings).unwrap_or_else(|cell| {
            findings.warn(
                "date-left-out",
                Some(self.number),
                name,
                format_args!("`{cell}` is not a date and was left out"),
            );
            None
        })
    }

    /// The last day of something. One that cannot be read rejects the row: left
    /// out, it would turn what is over into what goes on.
    ///
    /// # Errors
    ///
    /// The row was rejected.
    pub(super) fn last_day(
        &self,
        name: &str,
        first: Option<Date>,
        findings: &mut Findings<'_>,
    ) -> Result<Option<Date>, Rejected> {
        let last = self.date_in(name, findings).map_err(|cell| {
            findings.reject(
                Some(self.number),
                name,
                format_args!("`{cell}` is not a date"),
                format_args!("write it as year-month-day, for example 2026-03-31"),
            );
            Rejected
        })?;
        if let (Some(first), Some(last)) = (first, last)
            && last < first
        {
            findings.reject(
                Some(self.number),
                name,
                format_args!("it ends on {last}, before it begins on {first}"),
                format_args!("check both dates; perhaps they are the wrong way round"),
            );
            return Err(Rejected);
        }
        Ok(last)
    }
}

/// A row was rejected, and the findings say why.
#[derive(Debug)]
pub(super) struct Rejected;

/// A name as columns are compared: small letters, digits, and `_` between words.
pub(super) fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for sign in name.trim().chars() {
        if sign.is_alphanumeric() {
            folded.extend(sign.to_lowercase());
        } else if sign == '+' {
            // `65+` is not `65`.
            folded.push_str("_over");
        } else if !folded.is_empty() && !folded.ends_with('_') {
            folded.push('_');
        }
    }
    folded.truncate(folded.trim_end_matches('_').len());
    folded
}

/// A finite number; commas between thousands are read over.
pub(super) fn finite(text: &str) -> Option<f64> {
    let plain = if text.contains(',') {
        Cow::Owned(text.replace(',', ""))
    } else {
        Cow::Borrowed(text)
    };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// A reader of the records of a table, the header among them.
pub(super) fn reader_of(bytes: &[u8]) -> Reader<&[u8]> {
    // Some programs put this mark before UTF-8.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(delimiter(bytes))
        .from_reader(bytes)
}

/// What stands between the cells of the first line most often.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let mut best = (0, b',');
    for sign in [b',', b';', b'\t'] {
        let count = line.split(|byte| *byte == sign).count() - 1;
        if count > best.0 {
            best = (count, sign);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_compared_without_case_and_signs() {
        for (written, folded) in [
            (" From ", "from"),
            ("Persons_All-Ages", "persons_all_ages"),
            ("Persons_65+", "persons_65_over"),
            ("Valid From", "valid_from"),
        ] {
            assert_eq!(fold_name(written), folded);
        }
    }

    #[test]
    fn semicolons_marks_and_short_rows_are_read() {
        let table = Table::read("\u{feff}A;B\n1\n\n2;3;4\n".as_bytes());
        assert_eq!(table.columns, ["a", "b"]);
        let cells: Vec<_> = table
            .rows()
            .map(|row| (row.number, row.cell("b")))
            .collect();
        assert_eq!(cells, [(1, None), (2, Some("3"))]);
    }
}
