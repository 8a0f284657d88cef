//! When a service is open, as a week's worth of minutes.

use jiff::civil::{Date, Time};

use crate::calendar::{minute_of_day, schedules_from_text, weekly_pattern};
use crate::model::Schedule;

/// When a service is open in a usual week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Week {
    /// Spans by weekday, Monday first: minutes after midnight, from and to, at
    /// most 1,440; what runs past midnight goes on in the next day. `None`: no
    /// hours are said.
    pub spans: Option<[Vec<(u16, u16)>; 7]>,
    /// By weekday: whether it is open at hours nobody said.
    pub without_hours: [bool; 7],
    /// Whether some of it is not every week.
    pub not_every_week: bool,
}

/// How long something lasts of which only the beginning is said, minutes.
const USUAL_MINUTES: u16 = 60;

impl Week {
    /// Reads schedules around `today`, their words where their fields are
    /// silent, and the times said in a description where there is neither.
    pub(super) fn of(schedules: &[Schedule], description: Option<&str>, today: Date) -> Self {
        let read: Vec<Schedule> = schedules.iter().flat_map(structured).collect();
        let week = Self::around(&read, today);
        let ended = schedules.iter().any(|schedule| has_ended(schedule, today));
        if week.is_said() || ended {
            return week;
        }
        let said = description.map_or_else(Vec::new, schedules_from_text);
        Self::around(&said.into_iter().map(with_end).collect::<Vec<_>>(), today)
    }

    /// Whether anything is said about days or hours.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.spans.is_some() || self.without_hours.contains(&true)
    }

    fn around(schedules: &[Schedule], today: Date) -> Self {
        let pattern = weekly_pattern(schedules, today);
        let mut spans = pattern.every_week.spans;
        let mut without_hours = pattern.every_week.without_hours;
        for (day, more) in pattern.some_weeks.spans.iter().enumerate() {
            spans[day].extend(more);
            spans[day].sort_unstable();
            spans[day].dedup();
            without_hours[day] |= pattern.some_weeks.without_hours[day];
        }
        let some_weeks = pattern.some_weeks.spans.iter().any(|day| !day.is_empty())
            || pattern.some_weeks.without_hours.contains(&true);
        Self {
            spans: spans.iter().any(|day| !day.is_empty()).then_some(spans),
            without_hours,
            not_every_week: some_weeks,
        }
    }
}

fn has_ended(schedule: &Schedule, today: Date) -> bool {
    [schedule.valid_to, schedule.until]
        .into_iter()
        .flatten()
        .any(|last| last < today)
}

/// A schedule by its fields, else by its words.
fn structured(schedule: &Schedule) -> Vec<Schedule> {
    let days = schedule.byday.is_some() || schedule.bymonthday.is_some() || schedule.freq.is_some();
    if days && schedule.opens_at.is_some() {
        return vec![with_end(schedule.clone())];
    }
    let words = [schedule.description.as_deref(), schedule.notes.as_deref()];
    let said: Vec<Schedule> = words
        .into_iter()
        .flatten()
        .map(schedules_from_text)
        .find(|said| !said.is_empty())
        .unwrap_or_default();
    if said.is_empty() {
        return vec![with_end(schedule.clone())];
    }
    said.into_iter()
        .map(|said| {
            with_end(Schedule {
                valid_from: schedule.valid_from,
                valid_to: schedule.valid_to,
                dtstart: schedule.dtstart,
                until: schedule.until,
                ..said
            })
        })
        .collect()
}

/// What says only when it begins lasts an hour, at most until midnight.
fn with_end(mut schedule: Schedule) -> Schedule {
    if let (Some(opens), None) = (schedule.opens_at, schedule.closes_at) {
        let end = (minute_of_day(opens) + USUAL_MINUTES).min(1_439);
        schedule.closes_at = Time::new((end / 60) as i8, (end % 60) as i8, 0, 0).ok();
    }
    schedule
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::model::Frequency;

    const TODAY: Date = date(2026, 11, 24);

    fn check(week: &Week, expected: &[(usize, u16, u16)]) {
        let spans: Vec<(usize, u16, u16)> = week
            .spans
            .iter()
            .flatten()
            .enumerate()
            .flat_map(|(day, spans)| spans.iter().map(move |(from, to)| (day, *from, *to)))
            .collect();
        assert_eq!(spans, expected, "{week:?}");
    }

    fn schedule(byday: &str, opens: Option<Time>, closes: Option<Time>) -> Schedule {
        Schedule {
            freq: Some(Frequency::Weekly),
            byday: Some(byday.to_owned()),
            opens_at: opens,
            closes_at: closes,
            ..Schedule::default()
        }
    }

    #[test]
    fn fields_are_read_first() {
        let monday = schedule("MO", Some(time(9, 0, 0, 0)), Some(time(12, 0, 0, 0)));
        check(
            &Week::of(std::slice::from_ref(&monday), Some("Fridays 2-4pm"), TODAY),
            &[(0, 540, 720)],
        );
        let night = schedule("SU", Some(time(22, 0, 0, 0)), Some(time(2, 0, 0, 0)));
        check(
            &Week::of(&[night], None, TODAY),
            &[(0, 0, 120), (6, 1320, 1440)],
        );
        let ended = Schedule {
            valid_to: Some(date(2025, 1, 1)),
            ..monday
        };
        assert_eq!(
            Week::of(&[ended], Some("Fridays 2-4pm"), TODAY),
            Week::default()
        );
    }

    #[test]
    fn words_fill_what_fields_leave_open() {
        let words = Schedule {
            description: Some("Mon-Fri 9-5".to_owned()),
            ..Schedule::default()
        };
        let weekdays: Vec<(usize, u16, u16)> = (0..5).map(|day| (day, 540, 1020)).collect();
        check(&Week::of(&[words], None, TODAY), &weekdays);
        for (text, expected) in [
            ("A walking group. Tuesdays at 6pm", vec![(1, 1080, 1140)]),
            ("On Mondays, 9am-12pm", vec![(0, 540, 720)]),
            (
                "On weekdays, 10am-1pm.",
                (0..5).map(|day| (day, 600, 780)).collect(),
            ),
            ("Advice for anyone who asks.", vec![]),
        ] {
            check(&Week::of(&[], Some(text), TODAY), &expected);
        }
    }

    #[test]
    fn a_monthly_meeting_is_not_every_week() {
        let week = Week::of(&[], Some("First Tuesday of the month 2-4pm"), TODAY);
        check(&week, &[(1, 840, 960)]);
        assert!(week.not_every_week);
    }

    #[test]
    fn a_day_without_hours_is_no_open_hour() {
        let week = Week::of(&[schedule("TH", None, None)], None, TODAY);
        assert_eq!(week.spans, None);
        assert!(week.without_hours[3]);
    }
}
