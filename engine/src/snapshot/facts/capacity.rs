//! Whether a service has room.

use std::sync::LazyLock;

use crate::model::{Answer, Service};

use super::phrase::Phrases;
use super::prose::{Prose, Source};

/// Whether a service has room, and how long one waits.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Capacity {
    /// Whether it takes new people.
    pub takes_new: Answer,
    /// Weeks until one's turn.
    pub wait_weeks: Option<f64>,
    /// How many it can serve in a week, where that is recorded.
    pub places_a_week: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    None,
    Some,
    NoWait,
    Days,
    Weeks,
    Months,
    Fortnight,
    /// A length of time that is none of waiting.
    Other,
}

const WEEKS_A_MONTH: f64 = 365.25 / 12.0 / 7.0;

static ROOM: LazyLock<Phrases<Room>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "list|lists|waitlist is|are|has|have|been|currently|now|temporarily? been|currently|now|temporarily? closed|full|suspended|paused
            closed list|lists
            currently|now|completely|already full
            is|are|were full
            full at|until|for
            fully booked|subscribed
            at full|maximum? capacity
            not|unable|cannot|cant .. taking|take|accepting|accept on|any|more? new|more? people|referrals|clients|members|patients|bookings|applications|applicants|anyone|participants|families|learners|children|residents|cases|enquiries
            no new people|referrals|clients|members|patients|bookings|applications|participants
            no free|more? spaces|places|vacancies|availability|appointments
            closed to new? referrals|clients|members|patients|applicants|people|new|applications
            referrals|bookings|applications|intake is|are currently|now|temporarily? closed|paused|suspended",
            Room::None,
        ),
        (
            "spaces|places|vacancies is|are|currently|still? available|free|left|open
            available|free spaces|places
            accepting|taking|welcoming on? new people|referrals|clients|members|patients|participants
            has|have|with space|spaces|room|vacancies|places
            referrals are? open|currently open
            currently has|have space|spaces|vacancies|places",
            Room::Some,
        ),
        (
            "no waiting|wait list|lists|time|times?
            no waitlist
            without a? wait|waiting
            no wait",
            Room::NoWait,
        ),
        ("# days|day|working\n# to # days|working", Room::Days),
        (
            "# weeks|week|wks|weeks'
            # to|or|and # weeks|week|wks
            a|one week",
            Room::Weeks,
        ),
        ("# months|month|mths\n# to|or|and # months|month\na|one month", Room::Months),
        ("fortnight", Room::Fortnight),
        (
            "# week|weeks|day|month|months course|courses|programme|programmes|block|rehabilitation|placement|supply|stay|sessions|group|notice|rolling|intensive|old
            # weeks|week|months|days of sessions|support|counselling|classes|food|pregnancy|age|treatment|therapy|supplies
            # weeks|months pregnant|sober|old
            a|per|every|each|one? week|month|day|fortnight from|on|for|at
            once|twice|times|days|day|nights|hours|meets|every|each|first a|per|of? a|per|the? week|month|fortnight",
            Room::Other,
        ),
    ])
});

impl Capacity {
    /// Reads the recorded capacities, then the words about waiting.
    pub(super) fn of(service: &Service, prose: &Prose<'_>) -> Self {
        let available: Vec<f64> = service
            .capacities
            .iter()
            .filter_map(|capacity| capacity.available)
            .collect();
        let places_a_week = service
            .capacities
            .iter()
            .filter_map(|capacity| capacity.maximum)
            .reduce(f64::max);
        let mut said = Self::said(prose);
        if !available.is_empty() {
            said.takes_new = Answer::from(Some(available.iter().any(|free| *free > 0.0)));
        }
        Self {
            places_a_week,
            ..said
        }
    }

    fn said(prose: &Prose<'_>) -> Self {
        const SOURCES: [Source; 5] = [
            Source::Wait,
            Source::Alert,
            Source::Process,
            Source::Eligibility,
            Source::Description,
        ];
        const WAITING: [&str; 6] = [
            "wait",
            "waits",
            "waiting",
            "waitlist",
            "queue",
            "turnaround",
        ];
        let mut found = Self::default();
        for source in SOURCES {
            let (mut full, mut room, mut weeks) = (false, false, None);
            for sentence in prose.of_source(source) {
                let about_waiting = source == Source::Wait || sentence.has(&WAITING);
                if source == Source::Wait && sentence.words == ["none"] {
                    weeks = Some(0.0);
                }
                for hit in ROOM.find(&sentence.words) {
                    let amount = if hit.numbers.is_empty() {
                        1.0
                    } else {
                        hit.numbers.iter().sum::<f64>() / hit.numbers.len() as f64
                    };
                    let waits = match hit.means {
                        Room::None => {
                            full |= !conditional(&sentence.words[..hit.start]);
                            None
                        }
                        Room::Some => {
                            room |= !sentence.denies(hit.start);
                            None
                        }
                        Room::NoWait => {
                            room = true;
                            Some(0.0)
                        }
                        Room::Days => Some(amount / 7.0),
                        Room::Weeks => Some(amount),
                        Room::Months => Some(amount * WEEKS_A_MONTH),
                        Room::Fortnight => Some(2.0),
                        Room::Other => None,
                    };
                    if about_waiting && weeks.is_none() {
                        weeks = waits;
                    }
                }
            }
            if found.takes_new == Answer::Unknown && full != room {
                found.takes_new = Answer::from(Some(room));
            }
            found.wait_weeks = found.wait_weeks.or(weeks);
        }
        found
    }
}

/// Whether what follows is only what would be: `if we are full`.
fn conditional(before: &[&str]) -> bool {
    const CONDITIONS: [&str; 8] = [
        "if",
        "when",
        "unless",
        "once",
        "sometimes",
        "may",
        "often",
        "can",
    ];
    before.iter().any(|word| CONDITIONS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::prose::Texts;
    use super::*;
    use crate::model::ServiceCapacity;

    fn read(wait: &str, description: &str) -> Capacity {
        let service = Service {
            wait_time: Some(wait.to_owned()),
            description: Some(description.to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        Capacity::of(&service, &Prose::of(&texts))
    }

    #[test]
    fn room_is_read() {
        for (sentence, expected) in [
            ("The waiting list is closed.", Answer::No),
            ("List closed until spring", Answer::No),
            ("We are currently full.", Answer::No),
            ("We are not taking new people at the moment", Answer::No),
            ("Not taking referrals until spring.", Answer::No),
            ("Fully booked this term", Answer::No),
            ("No places available.", Answer::No),
            ("Spaces available now", Answer::Yes),
            ("No waiting list.", Answer::Yes),
            ("If we are full we will tell you.", Answer::Unknown),
            (
                "A full programme of events, and a full meal.",
                Answer::Unknown,
            ),
            ("Help to live life to the full", Answer::Unknown),
        ] {
            assert_eq!(read("", sentence).takes_new, expected, "{sentence}");
        }
    }

    #[test]
    fn waits_are_read_in_weeks() {
        for (sentence, expected) in [
            ("Waiting list about 6 weeks.", Some(6.0)),
            ("Expect to wait 4 weeks", Some(4.0)),
            ("There is about 2 weeks' wait", Some(2.0)),
            ("A wait of two to four weeks", Some(3.0)),
            ("No waiting list", Some(0.0)),
            ("A 6 week course, join the waiting list", None),
            ("Meets once a week", None),
            ("Runs for 12 weeks", None),
        ] {
            assert_eq!(read("", sentence).wait_weeks, expected, "{sentence}");
        }
        assert_eq!(read("None.", "").wait_weeks, Some(0.0));
        assert_eq!(read("A fortnight", "").wait_weeks, Some(2.0));
        let months = read("2-3 months wait", "").wait_weeks.unwrap_or_default();
        assert!((months - 10.87).abs() < 0.01, "{months}");
    }

    #[test]
    fn a_recorded_number_beats_words() {
        let service = Service {
            capacities: vec![ServiceCapacity {
                available: Some(0.0),
                ..Default::default()
            }],
            description: Some("Spaces available".to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        assert_eq!(
            Capacity::of(&service, &Prose::of(&texts)).takes_new,
            Answer::No
        );
    }
}
