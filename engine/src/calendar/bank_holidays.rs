//! Bank holidays of the United Kingdom.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use thiserror::Error;

use crate::model::Answer;

const TABLE: &str = include_str!("../../../data/calendar/bank_holidays.csv");

/// The parts of the United Kingdom that differ in their bank holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Division {
    /// England and Wales.
    #[default]
    EnglandAndWales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// Which days are bank holidays where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BankHolidays(BTreeMap<(Division, Date), String>);

/// Why a table of bank holidays cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "line {line} of the bank holidays is not date,division,name with a division of england-and-wales, scotland or northern-ireland"
)]
pub struct BankHolidaysError {
    /// Counted from 1, the heading included.
    pub line: usize,
}

impl BankHolidays {
    /// The table of this program: 2023 to 2028.
    #[must_use]
    pub fn bundled() -> &'static Self {
        static BUNDLED: LazyLock<BankHolidays> = LazyLock::new(|| {
            BankHolidays::parse(TABLE)
                .expect("the bundled table does not change, and a test reads it")
        });
        &BUNDLED
    }

    /// Reads `date,division,name` below a heading.
    pub fn parse(table: &str) -> Result<Self, BankHolidaysError> {
        let mut days = BTreeMap::new();
        for (index, line) in table.lines().enumerate().skip(1) {
            let (key, name) = read(line).ok_or(BankHolidaysError { line: index + 1 })?;
            days.insert(key, name);
        }
        Ok(Self(days))
    }

    /// Whether that day is one there. Unknown in years the table does not have.
    #[must_use]
    pub fn is(&self, date: Date, division: Division) -> Answer {
        if self.name(date, division).is_some() {
            Answer::Yes
        } else if self.has_year(date.year(), division) {
            Answer::No
        } else {
            Answer::Unknown
        }
    }

    /// What the holiday is called.
    #[must_use]
    pub fn name(&self, date: Date, division: Division) -> Option<&str> {
        self.0.get(&(division, date)).map(String::as_str)
    }

    fn has_year(&self, year: i16, division: Division) -> bool {
        // Every year begins with a holiday in January.
        let Ok(first) = Date::new(year, 1, 1) else {
            return false;
        };
        self.0
            .range((division, first)..=(division, first.last_of_year()))
            .next()
            .is_some()
    }
}

fn read(line: &str) -> Option<((Division, Date), String)> {
    let mut fields = line.splitn(3, ',');
    let date = fields.next()?.parse().ok()?;
    let division = match fields.next()? {
        "england-and-wales" => Division::EnglandAndWales,
        "scotland" => Division::Scotland,
        "northern-ireland" => Division::NorthernIreland,
        _ => return None,
    };
    Some(((division, date), fields.next()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(day: Date, england: bool, scotland: bool, ireland: bool) {
        let holidays = BankHolidays::parse(TABLE).unwrap();
        let is = |division| holidays.is(day, division) == Answer::Yes;
        assert_eq!(is(Division::EnglandAndWales), england, "{day}");
        assert_eq!(is(Division::Scotland), scotland, "{day}");
        assert_eq!(is(Division::NorthernIreland), ireland, "{day}");
    }

    #[test]
    fn the_divisions_differ() {
        check(date(2026, 4, 3), true, true, true);
        check(date(2026, 4, 6), true, false, true);
        check(date(2026, 3, 17), false, false, true);
        check(date(2026, 8, 3), false, true, false);
        check(date(2026, 8, 31), true, false, true);
        check(date(2026, 11, 30), false, true, false);
        check(date(2026, 11, 24), false, false, false);
    }

    #[test]
    fn a_holiday_at_the_weekend_is_moved() {
        check(date(2026, 12, 28), true, true, true);
        check(date(2027, 12, 27), true, true, true);
        check(date(2027, 12, 28), true, true, true);
        check(date(2023, 1, 3), false, true, false);
    }

    #[test]
    fn years_the_table_lacks_are_unknown() {
        let holidays = BankHolidays::bundled();
        let answer = holidays.is(date(2035, 12, 25), Division::default());
        assert_eq!(answer, Answer::Unknown);
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(
            BankHolidays::parse("heading\n2026-01-01,wales,x"),
            Err(BankHolidaysError { line: 2 })
        );
    }
}
