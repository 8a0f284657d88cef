//! Where a person is, by postcode or by name.

use geo::Point;

use crate::geography::{Gazetteer, PlaceFound};
use crate::matching::request::Place;

use super::{Requirement, Stated};

/// Words before the name of a place that say that the person is there.
const BEFORE: &[&str] = &[
    "near", "in", "at", "around", "from", "by", "lives", "live", "living", "local", "to",
];

pub(super) fn read(folded: &[&str], gazetteer: &Gazetteer, stated: &mut Vec<Stated>) {
    for at in 0..folded.len() {
        let pair = folded
            .get(at + 1)
            .map(|next| format!("{} {next}", folded[at]));
        // A whole postcode in one word or two, else a district: `sw17 0qt`, `sw170qt`, `sw17`.
        let found = pair
            .filter(|_| {
                has_digit(folded[at]) && folded.get(at + 1).is_some_and(|next| has_digit(next))
            })
            .and_then(|text| Some((gazetteer.place(&text).ok()?, 2)))
            .or_else(|| {
                let word = folded[at];
                let shaped = word.starts_with(|first: char| first.is_ascii_alphabetic())
                    && has_digit(word)
                    && word.len() <= 7;
                shaped
                    .then(|| gazetteer.place(word).ok())
                    .flatten()
                    .map(|found| (found, 1))
            });
        if let Some((found, words)) = found {
            stated.push(Stated {
                requirement: place(found),
                start: at,
                end: at + words,
            });
            return;
        }
    }
    let spans = gazetteer.find_names_in(folded);
    let chosen = spans
        .iter()
        .find(|span| span.start > 0 && BEFORE.contains(&folded[span.start - 1]))
        .or_else(|| spans.first());
    if let Some(span) = chosen
        && let Ok(found) = gazetteer.place(&span.place.name)
    {
        // `HMP Wandsworth`, `Wandsworth prison`: where somebody is held, not where help is wanted.
        let next = folded.get(span.start + span.len);
        if next.is_some_and(|word| matches!(*word, "prison" | "jail" | "nick")) {
            return;
        }
        stated.push(Stated {
            requirement: place(found),
            start: span.start,
            end: span.start + span.len,
        });
    }
}

fn place(found: PlaceFound) -> Requirement {
    Requirement::Place(Place {
        point: Point::new(found.point.longitude(), found.point.latitude()),
        label: found.label,
        radius_km: found.radius_km,
    })
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}
