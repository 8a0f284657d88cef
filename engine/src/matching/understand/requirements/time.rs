//! Days and hours a person can go.

use jiff::civil::{Date, Time, Weekday, time};

use super::{Requirement, Stated, occurrences};

const DAYS: &[(&[&str], Weekday)] = &[
    (&["monday", "mondays", "mon"], Weekday::Monday),
    (&["tuesday", "tuesdays", "tues", "tue"], Weekday::Tuesday),
    (&["wednesday", "wednesdays", "weds"], Weekday::Wednesday),
    (
        &["thursday", "thursdays", "thurs", "thur"],
        Weekday::Thursday,
    ),
    (&["friday", "fridays", "fri"], Weekday::Friday),
    (&["saturday", "saturdays"], Weekday::Saturday),
    (&["sunday", "sundays"], Weekday::Sunday),
];

const WORKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];
const WEEKEND: [Weekday; 2] = [Weekday::Saturday, Weekday::Sunday];

/// Phrases with the days and hours they mean.
struct Span {
    phrases: &'static [&'static str],
    days: &'static [Weekday],
    from: Option<Time>,
    to: Option<Time>,
}

const SPANS: &[Span] = &[
    Span {
        phrases: &[
            "evenings",
            "in the evening",
            "evening only",
            "after work",
            "works days",
            "works all day",
            "works full time",
            "working full time",
            "evenings only",
        ],
        days: &[],
        from: Some(time(18, 0, 0, 0)),
        to: None,
    },
    Span {
        phrases: &[
            "mornings",
            "in the morning",
            "morning only",
            "while the kids are at school",
            "school hours",
        ],
        days: &[],
        from: None,
        to: Some(time(12, 0, 0, 0)),
    },
    Span {
        phrases: &["afternoons", "in the afternoon"],
        days: &[],
        from: Some(time(12, 0, 0, 0)),
        to: Some(time(18, 0, 0, 0)),
    },
    Span {
        phrases: &["weekend", "weekends", "at the weekend", "works in the week"],
        days: &WEEKEND,
        from: None,
        to: None,
    },
    Span {
        phrases: &["weekdays", "weekday", "in the week", "during the week"],
        days: &WORKDAYS,
        from: None,
        to: Some(time(17, 0, 0, 0)),
    },
    Span {
        phrases: &["after school", "afterschool"],
        days: &WORKDAYS,
        from: Some(time(15, 30, 0, 0)),
        to: None,
    },
];

/// Words before a day's name that make it a story, not a wish.
const STORY: &[&str] = &[
    "last", "since", "ago", "died", "fell", "happened", "previous", "this", "payday", "week",
];

pub(super) fn read(folded: &[&str], _today: Date, stated: &mut Vec<Stated>) {
    let mut days: Vec<(Weekday, usize)> = Vec::new();
    for (at, word) in folded.iter().enumerate() {
        let story = folded[at.saturating_sub(3)..at]
            .iter()
            .any(|before| STORY.contains(before));
        let named = DAYS.iter().find(|(names, _)| names.contains(word));
        if let Some((_, day)) = named.filter(|_| !story) {
            days.push((*day, at));
        }
    }
    if let (Some((_, first)), Some((_, last))) = (days.first().copied(), days.last().copied()) {
        let days = days.into_iter().map(|(day, _)| day).collect();
        stated.push(Stated {
            requirement: Requirement::Days(days),
            start: first,
            end: last + 1,
        });
    }
    for span in SPANS {
        let found = span
            .phrases
            .iter()
            .flat_map(|phrase| occurrences(folded, phrase))
            .min();
        let Some((start, end)) = found else { continue };
        // `no food over the weekend` and `worse in the evening` tell when it hurts.
        let wish = folded[..start]
            .iter()
            .rev()
            .take(4)
            .any(|word| WISH.contains(word))
            || folded
                .get(end)
                .is_some_and(|word| matches!(*word, "only" | "please" | "best" | "best."))
            || span.phrases.iter().any(|phrase| {
                matches!(*phrase, "after work" | "evenings only")
                    && occurrences(folded, phrase).next().is_some()
            });
        if !wish {
            continue;
        }
        let mut add = |requirement| {
            stated.push(Stated {
                requirement,
                start,
                end,
            });
        };
        if !span.days.is_empty() {
            add(Requirement::Days(span.days.to_vec()));
        }
        if let Some(from) = span.from {
            add(Requirement::FromTime(from));
        }
        if let Some(to) = span.to {
            add(Requirement::ToTime(to));
        }
    }
}

/// Words that make a time a wish.
const WISH: &[&str] = &[
    "only",
    "can",
    "free",
    "available",
    "able",
    "prefers",
    "wants",
    "needs",
    "come",
    "go",
    "attend",
    "do",
    "works",
    "working",
    "work",
    "make",
    "manage",
    "looking",
    "something",
    "group",
    "class",
    "club",
];
