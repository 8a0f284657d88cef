//! Opening times out of free text: `Mon-Fri 9-5`, `first Tuesday of the month 2-4pm`.

use jiff::civil::{Time, Weekday};

use super::clock::{Half, Spelt, time_at};
use super::phrases::{Phrase, phrases};
use super::recurrence::letters;
use crate::model::{Frequency, Schedule};

/// Schedules for the opening times in a text, in its order, one for each
/// stretch of hours; none where it tells none (`by appointment`, `varies`).
///
/// Each carries the text as its description, so that nothing said beside the
/// times is lost, and a nil id. Days without hours are taken only where the
/// text has no hours at all. Hours without `am` or `pm` are those of daytime:
/// `9-5` is nine to seventeen, `2-4` is in the afternoon.
///
/// ```
/// use causeway_engine::calendar::schedules_from_text;
/// let schedules = schedules_from_text("Mon–Fri 9-5, 1st Saturday of month 10am – 12 noon");
/// assert_eq!(schedules.len(), 2);
/// assert_eq!(schedules[0].byday.as_deref(), Some("MO,TU,WE,TH,FR"));
/// assert_eq!(schedules[1].byday.as_deref(), Some("1SA"));
/// ```
#[must_use]
pub fn schedules_from_text(text: &str) -> Vec<Schedule> {
    let phrases = phrases(text);
    let by_appointment = phrases.contains(&Phrase::Appointment);
    let groups = Reader::default().read(&phrases);
    let has_hours = groups.iter().any(|group| !group.hours.is_empty());
    groups
        .iter()
        .filter(|group| !group.days.is_empty())
        .flat_map(|group| {
            if group.hours.is_empty() && !has_hours && !by_appointment && !group.is_exception {
                vec![group.schedule((None, None), text)]
            } else {
                let hours = group.hours.iter();
                hours.map(|hours| group.schedule(*hours, text)).collect()
            }
        })
        .collect()
}

type Hours = (Option<Time>, Option<Time>);

/// Days and the hours said for them.
#[derive(Debug, Default)]
struct Group {
    /// With the ordinal in the month, 0 for every.
    days: Vec<(i32, Weekday)>,
    hours: Vec<Hours>,
    every_other_week: bool,
    is_exception: bool,
}

impl Group {
    fn schedule(&self, (opens_at, closes_at): Hours, text: &str) -> Schedule {
        let monthly = self.days.iter().any(|(ordinal, _)| *ordinal != 0);
        let days: Vec<String> = self
            .days
            .iter()
            .map(|(ordinal, day)| match ordinal {
                0 => letters(*day).to_owned(),
                _ => format!("{ordinal}{}", letters(*day)),
            })
            .collect();
        Schedule {
            freq: Some(if monthly {
                Frequency::Monthly
            } else {
                Frequency::Weekly
            }),
            interval: self.every_other_week.then_some(2),
            byday: Some(days.join(",")),
            opens_at,
            closes_at,
            description: Some(text.trim().to_owned()),
            ..Schedule::default()
        }
    }
}

/// What has been read so far.
#[derive(Debug, Default)]
struct Reader {
    groups: Vec<Group>,
    ordinals: Vec<i32>,
    /// Hours that stand before their days.
    waiting: Vec<Hours>,
    every_other_week: bool,
    excepting: bool,
    /// Words since the last days or hours: what is far off does not belong together.
    words: usize,
}

/// `Wednesday 10-12. We also run a holiday club for children, 11-1` does not
/// say when on Wednesday that is.
const MOST_WORDS_BETWEEN: usize = 5;

impl Reader {
    fn read(mut self, phrases: &[Phrase]) -> Vec<Group> {
        let mut linked = false;
        for (at, phrase) in phrases.iter().enumerate() {
            match phrase {
                Phrase::Days(days) => self.days(days, linked),
                Phrase::Ordinal(ordinal) => self.ordinals.push(*ordinal),
                Phrase::Hours(from, to) => {
                    let certain = from.certain || to.is_some_and(|to| to.certain);
                    self.hours(settle(*from, *to), certain);
                }
                Phrase::AllDay => self.all_day(&phrases[at + 1..]),
                Phrase::EveryOther => self.every_other_week = true,
                Phrase::Except => self.except(),
                Phrase::Link | Phrase::Appointment => {}
                Phrase::Other => self.other(),
            }
            linked = *phrase == Phrase::Link || (linked && matches!(phrase, Phrase::Ordinal(_)));
        }
        self.groups
    }

    fn days(&mut self, days: &[Weekday], linked: bool) {
        let ordinals = std::mem::take(&mut self.ordinals);
        let named: Vec<(i32, Weekday)> = if ordinals.is_empty() {
            days.iter().map(|day| (0, *day)).collect()
        } else {
            let each = ordinals.iter();
            each.flat_map(|ordinal| days.iter().map(|day| (*ordinal, *day)))
                .collect()
        };
        let excepting = self.excepting;
        let near = self.words == 0;
        self.words = 0;
        if excepting {
            for group in &mut self.groups {
                group.days.retain(|(_, day)| !days.contains(day));
            }
            let hours_follow = self
                .groups
                .last()
                .is_some_and(|group| !group.is_exception && group.hours.is_empty());
            if hours_follow {
                return;
            }
        }
        match self.groups.last_mut() {
            Some(group)
                if linked && near && group.hours.is_empty() && group.is_exception == excepting =>
            {
                for day in named {
                    if !group.days.contains(&day) {
                        group.days.push(day);
                    }
                }
            }
            _ => self.groups.push(Group {
                days: named,
                hours: std::mem::take(&mut self.waiting),
                every_other_week: std::mem::take(&mut self.every_other_week),
                is_exception: excepting,
            }),
        }
    }

    fn hours(&mut self, hours: Hours, certain: bool) {
        let reach = if certain { MOST_WORDS_BETWEEN } else { 1 };
        match self.groups.last_mut() {
            Some(group) if self.words <= reach => group.hours.push(hours),
            Some(_) => {}
            None => self.waiting = vec![hours],
        }
        self.ordinals.clear();
        self.words = 0;
        self.excepting = false;
    }

    fn all_day(&mut self, rest: &[Phrase]) {
        let hours = (time_at(0), time_at(0));
        match self.groups.last_mut() {
            Some(group) if group.hours.is_empty() => group.hours.push(hours),
            _ if matches!(
                rest.iter().find(|next| **next != Phrase::Link),
                Some(Phrase::Days(_))
            ) =>
            {
                self.waiting = vec![hours];
            }
            _ => self.groups.push(Group {
                days: Weekday::Monday
                    .cycle_forward()
                    .take(7)
                    .map(|day| (0, day))
                    .collect(),
                hours: vec![hours],
                ..Group::default()
            }),
        }
    }

    fn except(&mut self) {
        // `Tuesday: closed` speaks of the day before it, `closed Tuesdays` of the one behind.
        let closes_day = self.words == 0
            && self.groups.len() > 1
            && self
                .groups
                .last()
                .is_some_and(|group| group.hours.is_empty() && group.days.len() == 1);
        if closes_day {
            self.groups.pop();
        } else {
            self.excepting = true;
        }
    }

    fn other(&mut self) {
        self.words += 1;
        self.ordinals.clear();
        self.excepting = false;
        if self.words > 1 {
            self.waiting.clear();
        }
    }
}

/// Times of the day for two times as written: what `am` and `pm` leave open is
/// taken as daytime, and the end after the start.
fn settle(from: Spelt, to: Option<Spelt>) -> Hours {
    let Some(to) = to else {
        return (time_at(alone(from)), None);
    };
    let end = |start: u16| match to.half {
        Some(half) => half.minute_of_day(to.minute),
        None if !to.settled && to.minute <= start && to.minute < 720 => to.minute + 720,
        None => to.minute,
    };
    let start = match (from.half, to.half) {
        (Some(half), _) => half.minute_of_day(from.minute),
        (None, _) if from.settled => from.minute,
        // `2-4pm` shares its half; `10-2pm` cannot.
        (None, Some(half)) => {
            let close = half.minute_of_day(to.minute);
            [half, Half::Morning, Half::Afternoon]
                .into_iter()
                .map(|half| half.minute_of_day(from.minute))
                .find(|start| *start < close)
                .unwrap_or(from.minute)
        }
        (None, None) => alone(from),
    };
    (time_at(start), time_at(end(start)))
}

/// A time with nothing to compare it with: before seven is after noon.
fn alone(time: Spelt) -> u16 {
    match time.half {
        Some(half) => half.minute_of_day(time.minute),
        None if !time.settled && (60..420).contains(&time.minute) => time.minute + 720,
        None => time.minute,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Schedules as `DAYS FROM-TO`, joined by `; `.
    fn check(text: &str, expected: &str) {
        let time = |time: Option<Time>| {
            time.map(|time| time.strftime("%H:%M").to_string())
                .unwrap_or_default()
        };
        let ours: Vec<String> = schedules_from_text(text)
            .iter()
            .map(|schedule| {
                let every = schedule
                    .interval
                    .map(|n| format!("/{n}"))
                    .unwrap_or_default();
                let days = schedule.byday.clone().unwrap_or_default();
                let (from, to) = (time(schedule.opens_at), time(schedule.closes_at));
                format!("{days}{every} {from}-{to}")
            })
            .collect();
        assert_eq!(ours.join("; "), expected, "{text}");
    }

    #[test]
    fn days_and_hours_are_read() {
        check("Mon-Fri 9-5", "MO,TU,WE,TH,FR 09:00-17:00");
        check("Tuesdays 10am–12", "TU 10:00-12:00");
        check("every weekday 9:30 to 4", "MO,TU,WE,TH,FR 09:30-16:00");
        check("Wednesday 2=3pm", "WE 14:00-15:00");
        check("Weds 12-2pm", "WE 12:00-14:00");
        check("9 - 4 Monday - Friday.", "MO,TU,WE,TH,FR 09:00-16:00");
        check(
            "Tues/Weds 10am - 12pm. Thurs 10am - 2pm",
            "TU,WE 10:00-12:00; TH 10:00-14:00",
        );
        check("Saturday 10am - 12 noon", "SA 10:00-12:00");
        check("Mon - Sat 10.00 - 4.00", "MO,TU,WE,TH,FR,SA 10:00-16:00");
        check(
            "Monday to Sunday, 7 p.m. - midnight",
            "MO,TU,WE,TH,FR,SA,SU 19:00-00:00",
        );
        check("M-F 08:00-18:30", "MO,TU,WE,TH,FR 08:00-18:30");
        check(
            "Mon & Fri 10am - 2pm, Wed 11am - 3pm",
            "MO,FR 10:00-14:00; WE 11:00-15:00",
        );
        check("Friday and Saturday 10pm-2am", "FR,SA 22:00-02:00");
    }

    #[test]
    fn several_stretches_of_a_day_are_kept_apart() {
        check(
            "Wed 2=3pm and 6-7pm, Thu 1-3pm",
            "WE 14:00-15:00; WE 18:00-19:00; TH 13:00-15:00",
        );
        check(
            "Mon 1-2pm Thurs 10-11am Sat 12- 1pm",
            "MO 13:00-14:00; TH 10:00-11:00; SA 12:00-13:00",
        );
    }

    #[test]
    fn days_of_the_month_are_read() {
        check("first Tuesday of the month 2-4pm", "1TU 14:00-16:00");
        check(
            "1st and 3rd Wednesday of each month, 10am-noon",
            "1WE,3WE 10:00-12:00",
        );
        check("last Friday of the month 6pm-8", "-1FR 18:00-20:00");
        check(
            "Tuesdays & Fridays 12pm - 3pm; 1st Saturday of month 10am - 12noon",
            "TU,FR 12:00-15:00; 1SA 10:00-12:00",
        );
        check("every other Monday 5-6.30pm", "MO/2 17:00-18:30");
    }

    #[test]
    fn exceptions_are_taken_out() {
        check(
            "Weekdays and Saturdays 10am-4pm, except Thursdays 10am-12.30pm.",
            "MO,TU,WE,FR,SA 10:00-16:00; TH 10:00-12:30",
        );
        check(
            "Daily (except Tues & Sat) 10:30am - 12pm",
            "MO,WE,TH,FR,SU 10:30-12:00",
        );
        check(
            "9 - 4 weekdays except Wed 9 - 2",
            "MO,TU,TH,FR 09:00-16:00; WE 09:00-14:00",
        );
        check(
            "Monday: 9-5 Tuesday: Closed Wednesday: 9-1",
            "MO 09:00-17:00; WE 09:00-13:00",
        );
        check("Mon-Fri 9-5, closed Wednesdays", "MO,TU,TH,FR 09:00-17:00");
        check(
            "Mon & Thur 1-3pm (except bank holidays)",
            "MO,TH 13:00-15:00",
        );
    }

    #[test]
    fn all_round_the_clock_is_read() {
        check("24/7", "MO,TU,WE,TH,FR,SA,SU 00:00-00:00");
        check("Open 24 hours", "MO,TU,WE,TH,FR,SA,SU 00:00-00:00");
        check("24 hours, weekends", "SA,SU 00:00-00:00");
    }

    #[test]
    fn what_tells_no_times_gives_none() {
        for text in [
            "",
            "NA",
            "by appointment",
            "Mon - Fri by appointment",
            "Not known",
            "See above",
            "One morning per week",
            "5 days and 5 evenings per week",
            "ages 5-11",
            "Call 020 8871 6000",
            "£2 for 10 items",
            "Very limited supplies",
        ] {
            check(text, "");
        }
    }

    #[test]
    fn a_day_without_hours_is_kept_where_no_hours_are_said() {
        check("Thursday morning, tinned food only", "TH -");
        check("Tuesday from 11am", "TU 11:00-");
        check(
            "Monday - Friday via referral and Saturdays 10am -2pm",
            "SA 10:00-14:00",
        );
    }

    #[test]
    fn numbers_that_are_no_times_are_left() {
        check("Children aged 5-11, Mondays 4-5.30pm", "MO 16:00-17:30");
        check("Mon 10-12 for 5-11 years", "MO 10:00-12:00");
    }

    #[test]
    fn most_of_the_food_banks_of_greater_manchester_are_read() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/data/directory/uk_greater_manchester_ogl/food_banks.csv"
        );
        let Ok(mut file) = csv::Reader::from_path(path) else {
            eprintln!("skipped: shared/data/directory food_banks.csv not there");
            return;
        };
        let (mut with_a_time, mut read) = (0, 0);
        for row in file.records() {
            let text = row.unwrap()[2].to_owned();
            let lower = text.to_lowercase();
            if lower.contains("day") && lower.contains(|c: char| c.is_ascii_digit()) {
                with_a_time += 1;
                let hours = schedules_from_text(&text);
                read += usize::from(hours.iter().any(|schedule| schedule.opens_at.is_some()));
            }
        }
        assert!(with_a_time > 100, "{with_a_time}");
        assert!(read * 100 >= with_a_time * 95, "{read} of {with_a_time}");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_failing(text in "\\PC{0,40}") {
            let _ = schedules_from_text(&text);
        }

        #[test]
        fn what_is_read_makes_a_rule(
            text in "((mon|tues|weekdays|1st|last|and|,|except|closed|9|10am|-|2pm|24/7|to|word) ){0,12}",
        ) {
            for schedule in schedules_from_text(&text) {
                prop_assert!(crate::calendar::Recurrence::parse(&schedule).is_ok(), "{schedule:?}");
            }
        }
    }
}
