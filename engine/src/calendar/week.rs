//! A typical week of opening hours, compact for matching against the times
//! people can go.

use jiff::Span;
use jiff::civil::{Date, Time, Weekday};

use super::{Recurrence, minute_of_day};
use crate::model::Schedule;

/// Hours by weekday, Monday first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayHours {
    /// Minutes since midnight, from and to (at most 1,440), in order, none
    /// touching another. What runs past midnight goes on in the next day.
    pub spans: [Vec<(u16, u16)>; 7],
    /// Days that are open at hours nobody said.
    pub without_hours: [bool; 7],
}

/// When something is open in a typical week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WeekPattern {
    /// In each week.
    pub every_week: DayHours,
    /// In some weeks only: monthly, every other week, or once.
    pub some_weeks: DayHours,
}

const DAY: u16 = 1_440;
/// How far ahead a typical week is looked for: two months, so that a monthly
/// rule shows all its weekdays and a term's pause does not close a place.
const AHEAD_DAYS: i64 = 62;

impl DayHours {
    /// Whether nothing is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(Vec::is_empty) && !self.without_hours.contains(&true)
    }

    /// Whether it opens on that day at all, at known hours or not.
    #[must_use]
    pub fn is_open_on(&self, day: Weekday) -> bool {
        let day = index(day);
        self.without_hours[day] || !self.spans[day].is_empty()
    }

    fn add(&mut self, day: usize, from: Option<Time>, to: Option<Time>) {
        let (Some(from), Some(to)) = (from, to) else {
            self.without_hours[day] = true;
            return;
        };
        for (day, from, to) in pieces(day, from, to) {
            self.spans[day].push((from, to));
        }
    }

    /// Puts spans in order and joins those that touch.
    fn settle(&mut self) {
        for spans in &mut self.spans {
            spans.sort_unstable();
            spans.dedup_by(|next, held| {
                let touches = next.0 <= held.1;
                if touches {
                    held.1 = held.1.max(next.1);
                }
                touches
            });
        }
    }
}

/// The week that these schedules make around a day: those that hold within two
/// months from it.
#[must_use]
pub fn weekly_pattern(schedules: &[Schedule], on: Date) -> WeekPattern {
    let mut pattern = WeekPattern::default();
    let until = on.saturating_add(Span::new().days(AHEAD_DAYS));
    for schedule in schedules {
        let Ok(recurrence) = Recurrence::parse(schedule) else {
            continue;
        };
        let dates = recurrence.dates(on, until);
        let mut days = [false; 7];
        for date in &dates {
            days[index(date.weekday())] = true;
        }
        let hours = if recurrence.is_weekly() {
            &mut pattern.every_week
        } else {
            &mut pattern.some_weeks
        };
        for day in (0..7).filter(|day| days[*day]) {
            hours.add(day, schedule.opens_at, schedule.closes_at);
        }
    }
    pattern.every_week.settle();
    pattern.some_weeks.settle();
    pattern
}

/// For how many minutes it is open between two times of a day; `to` not after
/// `from` means past midnight.
#[must_use]
pub fn overlap_minutes(hours: &DayHours, day: Weekday, from: Time, to: Time) -> u16 {
    pieces(index(day), from, to)
        .flat_map(|(day, from, to)| {
            hours.spans[day]
                .iter()
                .map(move |(opens, closes)| (*closes).min(to).saturating_sub((*opens).max(from)))
        })
        .sum()
}

/// A stretch of hours cut at midnight, by day.
fn pieces(day: usize, from: Time, to: Time) -> impl Iterator<Item = (usize, u16, u16)> {
    let from = minute_of_day(from);
    let to = match minute_of_day(to) {
        // Files that cannot write 24:00 write the last minute.
        1_439 => DAY,
        to => to,
    };
    let (first, second) = if to > from {
        ((day, from, to), None)
    } else {
        ((day, from, DAY), Some(((day + 1) % 7, 0, to)))
    };
    [Some(first), second]
        .into_iter()
        .flatten()
        .filter(|(_, from, to)| from < to)
}

fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::clock::time_at;
    use crate::model::Frequency;

    fn schedule(freq: Frequency, byday: &str, from: i8, to: i8) -> Schedule {
        Schedule {
            freq: Some(freq),
            byday: Some(byday.to_owned()),
            opens_at: Some(time(from, 0, 0, 0)),
            closes_at: Some(time(to, 0, 0, 0)),
            ..Schedule::default()
        }
    }

    fn on() -> Date {
        date(2026, 11, 24)
    }

    #[test]
    fn each_week_and_some_weeks_are_told_apart() {
        let schedules = [
            schedule(Frequency::Weekly, "MO,TU", 9, 12),
            schedule(Frequency::Weekly, "MO", 12, 17),
            schedule(Frequency::Monthly, "1WE", 14, 16),
        ];
        let pattern = weekly_pattern(&schedules, on());
        assert_eq!(pattern.every_week.spans[0], [(540, 1_020)]);
        assert_eq!(pattern.every_week.spans[1], [(540, 720)]);
        assert!(!pattern.every_week.is_open_on(Weekday::Wednesday));
        assert_eq!(pattern.some_weeks.spans[2], [(840, 960)]);
    }

    #[test]
    fn closing_before_opening_is_past_midnight() {
        let pattern = weekly_pattern(&[schedule(Frequency::Weekly, "SU", 22, 2)], on());
        let hours = &pattern.every_week;
        assert_eq!(hours.spans[6], [(1_320, 1_440)]);
        assert_eq!(hours.spans[0], [(0, 120)]);
        let late = overlap_minutes(hours, Weekday::Sunday, time(23, 0, 0, 0), time(1, 0, 0, 0));
        assert_eq!(late, 120);
        let all_day = weekly_pattern(&[schedule(Frequency::Daily, "", 0, 0)], on());
        assert_eq!(all_day.every_week.spans[3], [(0, 1_440)]);
    }

    #[test]
    fn a_schedule_that_is_over_is_not_in_the_week() {
        let mut over = schedule(Frequency::Weekly, "MO", 9, 12);
        over.valid_to = Some(date(2026, 6, 1));
        assert!(weekly_pattern(&[over], on()).every_week.is_empty());
    }

    #[test]
    fn a_day_without_hours_is_open_at_unknown_hours() {
        let mut bare = schedule(Frequency::Weekly, "TH", 9, 12);
        bare.closes_at = None;
        let hours = weekly_pattern(&[bare], on()).every_week;
        assert!(hours.is_open_on(Weekday::Thursday));
        let (from, to) = (time(0, 0, 0, 0), time(0, 0, 0, 0));
        assert_eq!(overlap_minutes(&hours, Weekday::Thursday, from, to), 0);
    }

    proptest! {
        #[test]
        fn minutes_counted_one_by_one_agree(
            opening in (0..1_440_u16, 0..1_439_u16), asked in (0..1_440_u16, 0..1_439_u16),
        ) {
            let open = Schedule {
                opens_at: time_at(opening.0),
                closes_at: time_at(opening.1),
                ..schedule(Frequency::Weekly, "MO", 0, 0)
            };
            let hours = weekly_pattern(&[open], on()).every_week;
            let ours = overlap_minutes(
                &hours,
                Weekday::Monday,
                time_at(asked.0).unwrap(),
                time_at(asked.1).unwrap(),
            );
            let length = |(from, to): (u16, u16)| if to > from { to - from } else { to + 1_440 - from };
            let within = |(from, to): (u16, u16), minute: u16| {
                minute >= from && minute < from + length((from, to))
            };
            let plain = (0..2_880).filter(|m| within(opening, *m) && within(asked, *m)).count();
            prop_assert_eq!(usize::from(ours), plain);
        }
    }
}
