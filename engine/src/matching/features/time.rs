//! `time`: whether it is open long enough when the person can go.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let values = &asked.settings.values.time;
    let Some(spans) = &asked.place(candidate).week.spans else {
        return values.unknown;
    };
    let (from, to) = asked.criteria.hours();
    let mut best: f64 = 0.0;
    for (day, wanted) in asked.criteria.weekdays().into_iter().enumerate() {
        if !wanted {
            continue;
        }
        for (opens, closes) in &spans[day] {
            let overlap = (*closes).min(to).saturating_sub((*opens).max(from));
            best = best.max(if overlap >= values.visit_minutes {
                1.0
            } else {
                values.other_hours
            });
        }
    }
    best
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate, value: f64) -> String {
    let week = &asked.place(candidate).week;
    let Some(spans) = &week.spans else {
        return "Does not say when it is open.".to_owned();
    };
    let open: Vec<String> = DAYS
        .iter()
        .zip(spans)
        .flat_map(|(day, spans)| {
            spans
                .iter()
                .map(move |(from, to)| format!("{day} {} to {}", clock(*from), clock(*to)))
        })
        .collect();
    let how = if value >= 1.0 {
        "Open when asked"
    } else if value > 0.0 {
        "Open that day at other hours"
    } else {
        "Not open when asked"
    };
    let rarely = if week.not_every_week {
        ", not every week"
    } else {
        ""
    };
    format!(
        "{how}: {}{rarely}.",
        if open.is_empty() {
            "no hours listed".to_owned()
        } else {
            open.join(", ")
        }
    )
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", (minutes / 60) % 24, minutes % 60)
}
