//! Openings: the days and hours that schedules come to.

use jiff::civil::{Date, Time};

use super::{BankHolidays, Division, Recurrence};
use crate::model::{Answer, Schedule};

/// One opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opening {
    /// The day on which it opens.
    pub date: Date,
    /// Local opening time, where the schedule says.
    pub from: Option<Time>,
    /// Local closing time. Not after `from`: on the next day.
    pub to: Option<Time>,
    /// Yes, but on bank holidays of which the schedule says nothing: unknown.
    pub open: Answer,
}

/// The openings from `from` to `to`, both included, by date, then hours.
/// Schedules that tell no days give none ([`Recurrence::parse`] says why). On
/// bank holidays openings are left out where the schedule says so, and are
/// unknown where it does not say.
#[must_use]
pub fn openings(
    schedules: &[Schedule],
    from: Date,
    to: Date,
    holidays: &BankHolidays,
    division: Division,
) -> Vec<Opening> {
    let mut found: Vec<Opening> = schedules
        .iter()
        .filter_map(|schedule| Some((schedule, Recurrence::parse(schedule).ok()?)))
        .flat_map(|(schedule, recurrence)| {
            let on_holidays = open_on_bank_holidays(schedule);
            recurrence
                .dates(from, to)
                .into_iter()
                .map(move |date| Opening {
                    date,
                    from: schedule.opens_at,
                    to: schedule.closes_at,
                    open: match holidays.is(date, division) {
                        Answer::Yes => on_holidays,
                        Answer::No | Answer::Unknown => Answer::Yes,
                    },
                })
        })
        .filter(|opening| opening.open != Answer::No)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a schedule says that it holds on bank holidays, by its words.
#[must_use]
pub fn open_on_bank_holidays(schedule: &Schedule) -> Answer {
    for text in [&schedule.notes, &schedule.description]
        .into_iter()
        .flatten()
    {
        let text = text.to_lowercase();
        let Some(at) = text.find("bank hol") else {
            continue;
        };
        // The words that decide stand shortly before, in the same sentence, or right behind.
        let before = text[..at]
            .rsplit(['.', ';', '\n'])
            .next()
            .unwrap_or_default();
        let behind = text[at..]
            .split(['.', ';', '\n'])
            .next()
            .unwrap_or_default();
        let says = |words: &[&str]| words.iter().any(|word| before.contains(word));
        if says(&[
            "closed",
            "not ",
            "except",
            "exclu",
            "excl",
            "apart from",
            "no ",
        ]) || behind.contains("closed")
        {
            return Answer::No;
        }
        if says(&["includ", "incl", "open"]) || behind.contains("open") {
            return Answer::Yes;
        }
    }
    Answer::Unknown
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::model::Frequency;

    fn weekly(byday: &str, notes: Option<&str>) -> Schedule {
        Schedule {
            freq: Some(Frequency::Weekly),
            byday: Some(byday.to_owned()),
            opens_at: Some(time(9, 0, 0, 0)),
            closes_at: Some(time(17, 0, 0, 0)),
            notes: notes.map(str::to_owned),
            ..Schedule::default()
        }
    }

    fn check(notes: Option<&str>, expected: &[Answer]) {
        // The last Monday of August 2026 is a bank holiday, the one before is not.
        let found = openings(
            &[weekly("MO", notes)],
            date(2026, 8, 24),
            date(2026, 8, 31),
            BankHolidays::bundled(),
            Division::EnglandAndWales,
        );
        let answers: Vec<Answer> = found.iter().map(|opening| opening.open).collect();
        assert_eq!(answers, expected, "{notes:?}");
    }

    #[test]
    fn on_a_bank_holiday_only_the_schedule_can_say() {
        check(None, &[Answer::Yes, Answer::Unknown]);
        check(Some("Not open on Bank Holidays"), &[Answer::Yes]);
        check(Some("9-5 (except bank holidays)"), &[Answer::Yes]);
        check(
            Some("Open every Monday including bank holidays"),
            &[Answer::Yes, Answer::Yes],
        );
    }

    #[test]
    fn openings_are_in_order_and_once() {
        let schedules = [weekly("TU,MO", None), weekly("MO", None)];
        let found = openings(
            &schedules,
            date(2026, 11, 23),
            date(2026, 11, 29),
            BankHolidays::bundled(),
            Division::EnglandAndWales,
        );
        let days: Vec<i8> = found.iter().map(|opening| opening.date.day()).collect();
        assert_eq!(days, [23, 24]);
    }
}
