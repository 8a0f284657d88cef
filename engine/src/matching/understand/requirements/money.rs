//! What a person can pay.

use crate::matching::request::CostCeiling;

use super::{Requirement, Stated, occurrences};

const NOTHING: &[&str] = &[
    "no money",
    "cant afford",
    "cannot afford",
    "cant pay",
    "cannot pay",
    "has to be free",
    "must be free",
    "free only",
    "for free",
    "free of charge",
    "skint",
    "broke",
    "penniless",
    "no cash",
    "no income",
    "nothing to live on",
    "no funds",
    "on benefits",
    "on uc",
    "on universal credit",
    "got no money",
    "owns nothing",
];

pub(super) fn read(folded: &[&str], stated: &mut Vec<Stated>) {
    // `up to 5 pounds`, `no more than 3 a week`
    for at in 0..folded.len() {
        let amount = |n: usize| folded.get(at + n).and_then(|word| word.parse::<f64>().ok());
        let limit = match folded[at..] {
            ["up", "to", ..] | ["at", "most", ..] => amount(2).map(|pounds| (pounds, 3)),
            ["no", "more", "than", ..] => amount(3).map(|pounds| (pounds, 4)),
            ["under", ..] => amount(1).map(|pounds| (pounds, 2)),
            _ => None,
        };
        let money = |end: usize| {
            matches!(
                folded.get(end),
                Some(&("pounds" | "quid" | "pound" | "a" | "per" | "each"))
            )
        };
        if let Some((pounds, words)) = limit.filter(|(_, words)| money(at + words)) {
            let requirement = Requirement::Cost(CostCeiling::Pounds(pounds));
            stated.push(Stated {
                requirement,
                start: at,
                end: at + words + 1,
            });
            return;
        }
    }
    let found = NOTHING
        .iter()
        .filter(|phrase| {
            **phrase != "broke" || folded.windows(2).any(|pair| pair == ["is", "broke"])
        })
        .flat_map(|phrase| occurrences(folded, phrase))
        .min();
    if let Some((start, end)) = found {
        stated.push(Stated {
            requirement: Requirement::Cost(CostCeiling::Free),
            start,
            end,
        });
    }
}
