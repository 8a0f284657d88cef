//! Asks paired with offers by the greatest sum rather than by who came first.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Distance, Haversine};

use super::assign;
use super::offers::{OfferFacts, facts, time_fit};
use crate::model::{Direction, OfferId, ResourceKind};
use crate::scoring::nearness;
use crate::snapshot::Snapshot;

/// Kilometres at which nearness is .61, as for collaborators.
const SIGMA_KM: f64 = 4.0;

/// One thing that speaks for or against a pair. The score is their product.
#[derive(Debug, Clone, PartialEq)]
pub struct PairReason {
    /// What was compared.
    pub feature: &'static str,
    /// 0 to 1.
    pub value: f64,
    /// In words.
    pub sentence: String,
}

/// An ask and the offer that it goes with.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The offer.
    pub offer: OfferId,
    /// The ask.
    pub ask: OfferId,
    /// 0 to 1, the product of the reasons' values.
    pub score: f64,
    /// Why.
    pub reasons: Vec<PairReason>,
}

/// How asks are met together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pairing {
    /// The best score first, then by ask.
    pub pairs: Vec<Pair>,
    /// Asks that nothing on offer fits, or that lost to others, by id.
    pub unmatched: Vec<OfferId>,
}

/// Pairs that score less are not worth a telephone call.
pub(super) const LEAST: f64 = 0.25;

/// Pairs asks with offers one to one, so that the sum of scores is greatest
/// (METHODS B). An organization's own offers do not meet its asks.
///
/// *Complexity:* O(a²·o) for each kind of resource.
#[must_use]
pub fn pair_offers(snapshot: &Snapshot) -> Pairing {
    /// What can stand in for each other.
    const ALIKE: [&[ResourceKind]; 4] = [
        &[ResourceKind::Space],
        &[
            ResourceKind::Skill,
            ResourceKind::Training,
            ResourceKind::Knowledge,
        ],
        &[ResourceKind::Volunteers],
        &[ResourceKind::Equipment],
    ];
    let all = facts(snapshot);
    let mut pairing = Pairing::default();
    let mut met: BTreeSet<OfferId> = BTreeSet::new();
    for kinds in ALIKE {
        let of = |direction| -> Vec<&OfferFacts> {
            all.iter()
                .filter(|one| one.offer.direction == direction && kinds.contains(&one.offer.kind))
                .collect()
        };
        let (offers, asks) = (of(Direction::Offer), of(Direction::Ask));
        let scores: Vec<Vec<f64>> = asks
            .iter()
            .map(|ask| {
                let score = |offer: &&OfferFacts| product(&fit(offer, ask));
                let scores = offers.iter().map(score);
                scores
                    .map(|score| if score >= LEAST { score } else { 0.0 })
                    .collect()
            })
            .collect();
        for (row, column) in assign(&scores) {
            let (ask, offer) = (asks[row], offers[column]);
            met.insert(ask.offer.id);
            pairing.pairs.push(Pair {
                offer: offer.offer.id,
                ask: ask.offer.id,
                score: scores[row][column],
                reasons: fit(offer, ask),
            });
        }
    }
    pairing
        .pairs
        .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.ask.cmp(&b.ask)));
    pairing.unmatched = all
        .iter()
        .filter(|one| one.offer.direction == Direction::Ask)
        .map(|ask| ask.offer.id)
        .filter(|id| !met.contains(id))
        .collect();
    pairing
}

/// The product of the reasons' values; 0 where there is none.
pub(super) fn product(reasons: &[PairReason]) -> f64 {
    if reasons.is_empty() {
        0.0
    } else {
        reasons.iter().map(|reason| reason.value).product()
    }
}

/// What speaks for an offer meeting an ask; empty where it cannot.
pub(super) fn fit(from: &OfferFacts, to: &OfferFacts) -> Vec<PairReason> {
    let (offer, ask) = (&from.offer, &to.offer);
    if offer.organization_id == ask.organization_id {
        return Vec::new();
    }
    let kind = kind_fit(offer.kind, ask.kind);
    let time = time_fit(offer, ask);
    let overlap = offer
        .valid_from
        .is_none_or(|first| ask.valid_to.is_none_or(|last| first <= last))
        && ask
            .valid_from
            .is_none_or(|first| offer.valid_to.is_none_or(|last| first <= last));
    if kind <= 0.0 || time <= 0.0 || !overlap {
        return Vec::new();
    }
    let sum = |subject: &BTreeMap<String, f64>| subject.values().sum::<f64>();
    let both = from.subject.iter().filter_map(|(stem, ours)| {
        let theirs = to.subject.get(stem)?;
        Some(ours.min(*theirs))
    });
    let shared: f64 = both.sum();
    let likeness = shared / sum(&from.subject).min(sum(&to.subject)).max(1e-9);
    // A room is a room, and hands are hands; all else is of use only if it is
    // what is sought.
    let floor = match offer.kind {
        ResourceKind::Space => 0.8,
        ResourceKind::Volunteers => 0.3,
        _ => 0.0,
    };
    let km = from
        .place
        .zip(to.place)
        .map(|(here, there)| Haversine.distance(here, there) / 1_000.0);
    let room = match (offer.capacity, ask.capacity) {
        (Some(has), Some(needs)) if needs > 0.0 => Some((has / needs).min(1.0)),
        _ => None,
    };
    let stated = ask
        .access
        .iter()
        .filter(|feature| offer.access.contains(feature))
        .count();
    let mut reasons = vec![
        PairReason {
            feature: "kind",
            value: kind * (floor + (1.0 - floor) * (2.0 * likeness).min(1.0)),
            sentence: format!("“{}” for “{}”", offer.title, ask.title),
        },
        PairReason {
            feature: "time",
            value: time,
            sentence: if offer.days.is_empty() || ask.days.is_empty() {
                "days to be agreed".to_owned()
            } else {
                format!("free for {:.0}% of the time asked for", time * 100.0)
            },
        },
        PairReason {
            feature: "distance",
            value: km.map_or(0.5, |km| nearness(km, SIGMA_KM)),
            sentence: km.map_or_else(
                || "how far apart is not known".to_owned(),
                |km| format!("{km:.1} km apart"),
            ),
        },
        PairReason {
            feature: "capacity",
            value: room.unwrap_or(0.7),
            sentence: match room {
                Some(room) if room >= 1.0 => "room for all".to_owned(),
                Some(room) => format!("enough for {:.0}% of what is asked", room * 100.0),
                None => "whether it is enough is not said".to_owned(),
            },
        },
    ];
    if !ask.access.is_empty() {
        let asked = ask.access.len() as f64;
        reasons.push(PairReason {
            feature: "access",
            // What is not stated may still be there.
            value: (stated as f64 + 0.5 * (asked - stated as f64)) / asked,
            sentence: format!("{stated} of {asked} access needs stated to be met"),
        });
    }
    reasons
}

fn kind_fit(offer: ResourceKind, ask: ResourceKind) -> f64 {
    use ResourceKind::{Knowledge, Skill, Training};
    let teaches = |kind| matches!(kind, Skill | Training | Knowledge);
    if offer == ask {
        1.0
    } else if teaches(offer) && teaches(ask) {
        0.5
    } else {
        0.0
    }
}
