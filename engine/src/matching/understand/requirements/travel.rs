//! How a person gets about, and how soon help must come.

use crate::matching::request::{Travel, Urgency};

use super::{Requirement, Stated, read_table};

const TRAVEL: &[(Travel, &[&str])] = &[
    (
        Travel::Limited,
        &[
            "cant get far",
            "cant go far",
            "cannot get far",
            "cannot go far",
            "cant travel",
            "cannot travel",
            "cant walk far",
            "cannot walk far",
            "cant get about",
            "cant get around",
            "limited mobility",
            "poor mobility",
            "struggles to get about",
            "cant manage the bus",
            "cant use buses",
            "cant use the bus",
            "cant do buses",
            "housebound",
            "not far",
            "local only",
            "very local",
            "somewhere local",
            "cant get there",
            "too frail to travel",
            "no transport",
            "cant get to",
        ],
    ),
    (
        Travel::Wheel,
        &["wheelchair", "mobility scooter", "powerchair"],
    ),
    (
        Travel::Walk,
        &["walking distance", "on foot", "within a walk", "only walk"],
    ),
    (
        Travel::Car,
        &[
            "has a car",
            "can drive",
            "drives",
            "by car",
            "has car",
            "own car",
        ],
    ),
];

const URGENCY: &[(Urgency, &[&str])] = &[
    (
        Urgency::Crisis,
        &[
            "emergency",
            "right now",
            "in crisis",
            "tonight",
            "immediately",
            "this minute",
            "in danger",
        ],
    ),
    (
        Urgency::Soon,
        &[
            "urgent",
            "urgently",
            "asap",
            "as soon as possible",
            "this week",
            "today",
            "tomorrow",
            "desperate",
        ],
    ),
];

pub(super) fn read(folded: &[&str], stated: &mut Vec<Stated>) {
    // The first that fits: who cannot get far and has a wheelchair cannot get far.
    let mut travel = Vec::new();
    read_table(folded, TRAVEL, Requirement::Travel, &mut travel);
    travel.truncate(1);
    stated.append(&mut travel);
    let mut urgency = Vec::new();
    read_table(folded, URGENCY, Requirement::Urgency, &mut urgency);
    urgency.truncate(1);
    stated.append(&mut urgency);
}
