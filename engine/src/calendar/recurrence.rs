//! The recurrence rules of schedules, as days.

use jiff::civil::{Date, Weekday};
use thiserror::Error;

use crate::model::{Frequency, Schedule};

/// A schedule's rule, read and checked: the part of RFC 5545 (section 3.3.10)
/// that HSDS schedules borrow.
///
/// Where a schedule gives no start, it has always been: with an interval
/// above one nobody can then tell the weeks apart, so every week is taken and
/// [`Recurrence::is_weekly`] says no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    frequency: Rhythm,
    interval: i32,
    /// Weekdays with the ordinal within month or year, 0 for every.
    days: Vec<(i32, Weekday)>,
    month_days: Vec<i32>,
    weeks: Vec<i32>,
    year_days: Vec<i32>,
    week_start: Weekday,
    anchor: Option<Date>,
    first: Option<Date>,
    last: Option<Date>,
    count: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rhythm {
    Once,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// Why a schedule tells no days.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecurrenceError {
    /// A part of the rule cannot be read.
    #[error("'{text}' in {field} is not {expected}")]
    Part {
        /// The schedule's field.
        field: &'static str,
        /// What it holds.
        text: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// The rule does not say on which days.
    #[error("the schedule names no day; give byday, bymonthday or dtstart")]
    NoDay,
}

impl Recurrence {
    /// Reads the rule of a schedule. A weekly rule with ordinals (`1TU`) is
    /// read as monthly, and a rule without frequency by its other parts: that
    /// is what those who write them mean.
    pub fn parse(schedule: &Schedule) -> Result<Self, RecurrenceError> {
        let days = parse_days(schedule.byday.as_deref())?;
        let month_days = parse_numbers("bymonthday", schedule.bymonthday.as_deref(), 31)?;
        let weeks = parse_numbers("byweekno", schedule.byweekno.as_deref(), 53)?;
        let year_days = parse_numbers("byyearday", schedule.byyearday.as_deref(), 366)?;
        let ordinals = days.iter().any(|(ordinal, _)| *ordinal != 0);
        let anchor = schedule.dtstart.or(schedule.valid_from);
        let frequency = match schedule.freq {
            Some(Frequency::Daily) => Rhythm::Daily,
            Some(Frequency::Weekly) if ordinals => Rhythm::Monthly,
            Some(Frequency::Weekly) => Rhythm::Weekly,
            Some(Frequency::Monthly) => Rhythm::Monthly,
            Some(Frequency::Yearly) => Rhythm::Yearly,
            None if ordinals || !month_days.is_empty() => Rhythm::Monthly,
            None if !days.is_empty() => Rhythm::Weekly,
            None if !year_days.is_empty() || !weeks.is_empty() => Rhythm::Yearly,
            None => Rhythm::Once,
        };
        let named = !(days.is_empty() && month_days.is_empty() && year_days.is_empty());
        let enough = match frequency {
            Rhythm::Daily => true,
            Rhythm::Once => schedule.dtstart.is_some(),
            _ => named || anchor.is_some(),
        };
        if !enough {
            return Err(RecurrenceError::NoDay);
        }
        let week_start = match schedule.wkst.as_deref().map(str::trim) {
            None | Some("") => Weekday::Monday,
            Some(text) => weekday(text).ok_or_else(|| RecurrenceError::Part {
                field: "wkst",
                text: text.to_owned(),
                expected: "one of MO, TU, WE, TH, FR, SA, SU",
            })?,
        };
        let interval = schedule.interval.unwrap_or(1).clamp(1, 10_000);
        Ok(Self {
            frequency,
            interval: i32::try_from(interval).unwrap_or(1),
            days,
            month_days,
            weeks,
            year_days,
            week_start,
            anchor,
            first: schedule.dtstart.max(schedule.valid_from),
            last: match (schedule.until, schedule.valid_to) {
                (Some(until), Some(valid_to)) => Some(until.min(valid_to)),
                (until, valid_to) => until.or(valid_to),
            },
            count: schedule.count,
        })
    }

    /// The days from `from` to `to`, both included, in order.
    ///
    /// *Complexity*: O(days looked at): the window, or from the start on where
    /// the rule counts its days.
    #[must_use]
    pub fn dates(&self, from: Date, to: Date) -> Vec<Date> {
        let from = self.first.map_or(from, |first| first.max(from));
        let to = self.last.map_or(to, |last| last.min(to));
        match (self.count, self.anchor) {
            // RFC 5545 counts from the start, also what lies before the window.
            (Some(count), Some(anchor)) => self
                .matching(anchor, to)
                .take(count as usize)
                .filter(|date| *date >= from)
                .collect(),
            _ => self.matching(from, to).collect(),
        }
    }

    /// Whether it recurs every week on the same days.
    #[must_use]
    pub fn is_weekly(&self) -> bool {
        self.interval == 1
            && matches!(self.frequency, Rhythm::Daily | Rhythm::Weekly)
            && self.month_days.is_empty()
            && self.weeks.is_empty()
            && self.year_days.is_empty()
    }

    fn matching(&self, from: Date, to: Date) -> impl Iterator<Item = Date> {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let date = next.filter(|date| *date <= to)?;
            next = date.tomorrow().ok();
            Some(date)
        })
        .filter(|date| self.holds_on(*date))
    }

    fn holds_on(&self, date: Date) -> bool {
        self.is_in_step(date)
            && self.day_fits(date)
            && fits(&self.weeks, i32::from(date.iso_week_date().week()), 0)
            && fits(
                &self.year_days,
                i32::from(date.day_of_year()),
                i32::from(date.days_in_year()),
            )
    }

    /// Whether the interval meets this day's week, month or year.
    fn is_in_step(&self, date: Date) -> bool {
        let Some(anchor) = self.anchor else {
            return true;
        };
        let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
        let periods = match self.frequency {
            Rhythm::Once => return date == anchor,
            Rhythm::Daily => days_between(anchor, date),
            Rhythm::Weekly => {
                days_between(self.start_of_week(anchor), self.start_of_week(date)) / 7
            }
            Rhythm::Monthly => months(date) - months(anchor),
            Rhythm::Yearly => i32::from(date.year()) - i32::from(anchor.year()),
        };
        periods % self.interval == 0
    }

    /// Whether the days named, or the start's own day where none is, hold this one.
    fn day_fits(&self, date: Date) -> bool {
        let month_day_fits = fits(
            &self.month_days,
            i32::from(date.day()),
            i32::from(date.days_in_month()),
        );
        if !self.days.is_empty() {
            return month_day_fits && self.days.iter().any(|day| self.weekday_fits(*day, date));
        }
        if !self.month_days.is_empty() {
            return month_day_fits;
        }
        match (self.frequency, self.anchor) {
            (Rhythm::Weekly, Some(anchor)) => date.weekday() == anchor.weekday(),
            (Rhythm::Monthly, Some(anchor)) => date.day() == anchor.day(),
            (Rhythm::Yearly, Some(anchor)) if self.year_days.is_empty() => {
                (date.month(), date.day()) == (anchor.month(), anchor.day())
            }
            _ => true,
        }
    }

    fn weekday_fits(&self, (ordinal, weekday): (i32, Weekday), date: Date) -> bool {
        let (day, days) = if self.frequency == Rhythm::Yearly {
            (
                i32::from(date.day_of_year()),
                i32::from(date.days_in_year()),
            )
        } else {
            (i32::from(date.day()), i32::from(date.days_in_month()))
        };
        date.weekday() == weekday
            && match ordinal {
                0 => true,
                1.. => (day - 1) / 7 + 1 == ordinal,
                _ => (days - day) / 7 + 1 == -ordinal,
            }
    }

    fn start_of_week(&self, date: Date) -> Date {
        let past = date.weekday().since(self.week_start);
        date.saturating_sub(jiff::Span::new().days(past))
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(0)
}

/// Whether a list of positions, the negative ones from the end, is empty or holds this one.
fn fits(list: &[i32], position: i32, length: i32) -> bool {
    list.is_empty() || list.contains(&position) || list.contains(&(position - length - 1))
}

fn parts(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default()
        .split([',', ';', ' ', '|'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

fn parse_numbers(
    field: &'static str,
    text: Option<&str>,
    most: i32,
) -> Result<Vec<i32>, RecurrenceError> {
    parts(text)
        .map(|part| {
            let number: Option<i32> = part.parse().ok();
            number
                .filter(|number| *number != 0 && number.abs() <= most)
                .ok_or_else(|| RecurrenceError::Part {
                    field,
                    text: part.to_owned(),
                    expected: "a list of numbers like 1,15,-1",
                })
        })
        .collect()
}

fn parse_days(text: Option<&str>) -> Result<Vec<(i32, Weekday)>, RecurrenceError> {
    parts(text)
        .map(|part| {
            let letters = part.trim_start_matches(|c: char| !c.is_alphabetic());
            let ordinal = &part[..part.len() - letters.len()];
            let ordinal = if ordinal.is_empty() {
                Some(0)
            } else {
                ordinal
                    .parse()
                    .ok()
                    .filter(|n: &i32| (-53..=53).contains(n))
            };
            ordinal
                .zip(weekday(letters))
                .ok_or_else(|| RecurrenceError::Part {
                    field: "byday",
                    text: part.to_owned(),
                    expected: "a list of days like MO,WE or 1TU,-1FR",
                })
        })
        .collect()
}

/// The day that two letters, a short form or a name stands for.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    let text = text.to_lowercase();
    let names = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let text = text
        .strip_suffix("days")
        .map_or(text.clone(), |stem| format!("{stem}day"));
    match text.as_str() {
        "weds" => return Some(Weekday::Wednesday),
        "thurs" | "thurday" => return Some(Weekday::Thursday),
        "mons" => return Some(Weekday::Monday),
        "fris" => return Some(Weekday::Friday),
        "sats" => return Some(Weekday::Saturday),
        "suns" => return Some(Weekday::Sunday),
        _ => {}
    }
    names
        .into_iter()
        .find(|(name, _)| text.len() >= 2 && name.starts_with(&text))
        .map(|(_, day)| day)
}

/// The two letters of a day.
pub(super) fn letters(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// A schedule from the text of an RFC 5545 rule.
    fn schedule(rule: &str, start: Option<Date>) -> Schedule {
        let mut schedule = Schedule {
            dtstart: start,
            ..Schedule::default()
        };
        for part in rule.split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap();
            let text = Some(value.to_owned());
            match key {
                "FREQ" => {
                    schedule.freq = Some(serde_json::from_value(value.into()).unwrap());
                }
                "INTERVAL" => schedule.interval = value.parse().ok(),
                "COUNT" => schedule.count = value.parse().ok(),
                "BYDAY" => schedule.byday = text,
                "BYMONTHDAY" => schedule.bymonthday = text,
                "WKST" => schedule.wkst = text,
                "UNTIL" => schedule.until = Date::strptime("%Y%m%d", &value[..8]).ok(),
                _ => unreachable!("{key}"),
            }
        }
        schedule
    }

    fn check(rule: &str, start: Option<Date>, expected: &[Date]) {
        let recurrence = Recurrence::parse(&schedule(rule, start)).unwrap();
        let dates = recurrence.dates(date(2026, 11, 1), date(2026, 12, 31));
        assert_eq!(dates, expected, "{rule}");
    }

    #[test]
    fn dates_agree_with_dateutil() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/opening_rules.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/opening_rules.json not there");
            return;
        };
        let reference: Value = serde_json::from_str(&text).unwrap();
        let cases = reference["cases"].as_array().unwrap();
        assert!(cases.len() >= 7);
        for case in cases {
            let input = &case["input"];
            let day = |value: &Value| -> Date { value.as_str().unwrap().parse().unwrap() };
            let rule = input["rrule"].as_str().unwrap();
            let schedule = schedule(rule, Some(day(&input["dtstart"])));
            let ours = Recurrence::parse(&schedule)
                .unwrap()
                .dates(day(&input["window"][0]), day(&input["window"][1]));
            let expected: Vec<Date> = case["expected"]["dates"]
                .as_array()
                .unwrap()
                .iter()
                .map(day)
                .collect();
            assert_eq!(ours, expected, "{rule}");
        }
    }

    #[test]
    fn a_count_counts_from_the_start() {
        let start = Some(date(2026, 10, 26));
        let expected = [date(2026, 11, 2), date(2026, 11, 9)];
        check("FREQ=WEEKLY;BYDAY=MO;COUNT=3", start, &expected);
    }

    #[test]
    fn the_start_of_the_week_matters_every_other_week() {
        // The example of RFC 5545: a Tuesday and a Sunday every second week.
        let start = Some(date(2026, 11, 3));
        let monday = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO";
        let sunday = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU";
        let november = |day| date(2026, 11, day);
        check(monday, start, &[3, 8, 17, 22].map(november));
        check(sunday, start, &[3, 15, 17, 29].map(november));
    }

    #[test]
    fn weekly_with_ordinals_is_meant_monthly() {
        let expected = [date(2026, 11, 3), date(2026, 12, 1)];
        check("FREQ=WEEKLY;BYDAY=1TU", None, &expected);
        check("BYDAY=1TU", None, &expected);
    }

    #[test]
    fn a_start_alone_is_once() {
        check("", Some(date(2026, 12, 24)), &[date(2026, 12, 24)]);
    }

    #[test]
    fn a_rule_that_tells_no_day_is_an_error() {
        for rule in ["", "FREQ=WEEKLY", "FREQ=MONTHLY"] {
            let error = Recurrence::parse(&schedule(rule, None)).unwrap_err();
            assert_eq!(error, RecurrenceError::NoDay);
        }
        for rule in [
            "BYDAY=XX",
            "BYMONTHDAY=32",
            "BYDAY=0.5MO",
            "BYDAY=MO;WKST=Z",
        ] {
            assert!(Recurrence::parse(&schedule(rule, None)).is_err(), "{rule}");
        }
    }

    proptest! {
        #[test]
        fn a_smaller_window_holds_the_same_days(
            interval in 1..4_u32, count in proptest::option::of(1..40_u32), offset in 0..60_i64,
            byday in proptest::sample::select(vec!["MO", "TU,TH", "1WE", "-1FR,2SA"]),
        ) {
            let mut schedule = schedule("FREQ=MONTHLY", Some(date(2026, 1, 7)));
            schedule.byday = Some(byday.to_owned());
            schedule.interval = Some(interval);
            schedule.count = count;
            let recurrence = Recurrence::parse(&schedule).unwrap();
            let (from, to) = (date(2025, 12, 1), date(2027, 6, 30));
            let inner = from.saturating_add(jiff::Span::new().days(offset));
            let mut wide = recurrence.dates(from, to);
            wide.retain(|date| *date >= inner);
            prop_assert_eq!(recurrence.dates(inner, to), wide);
        }
    }
}
