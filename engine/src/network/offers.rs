//! Offers and asks: searched, and paired by the greatest sum rather than by
//! who came first.

use std::collections::BTreeSet;

use geo::{Distance, Haversine, Point};
use jiff::civil::{Time, Weekday};
use serde::Serialize;

use super::assign;
use crate::model::{AccessFeature, Direction, Offer, OfferId, ResourceKind};
use crate::scoring::nearness;
use crate::snapshot::Snapshot;
use crate::text::Words;

/// Kilometres at which nearness is .61, as for collaborators.
const SIGMA_KM: f64 = 4.0;

/// What offers and asks to look for; what is not named does not narrow.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfferQuery {
    /// Given or sought.
    pub direction: Option<Direction>,
    /// What kind of thing.
    pub kind: Option<ResourceKind>,
    /// Words of title or description, any of them.
    pub words: Option<String>,
    /// WGS84 degrees.
    pub near: Option<Point>,
    /// No further than this from `near`, in kilometres; what has no place is left out.
    pub within_km: Option<f64>,
    /// On one of these days. What does not say is kept.
    pub days: Vec<Weekday>,
    /// At or after this time of day.
    pub from_time: Option<Time>,
    /// At or before this time of day.
    pub to_time: Option<Time>,
    /// What the place must state.
    pub access: Vec<AccessFeature>,
}

/// The current offers and asks that fit, the nearest first where a place is
/// asked for, then by id. Distances in kilometres.
#[must_use]
pub fn find_offers<'a>(
    snapshot: &'a Snapshot,
    query: &OfferQuery,
) -> Vec<(&'a Offer, Option<f64>)> {
    let asked = query.words.as_deref().map(stems);
    let window = Offer {
        days: query.days.clone(),
        from_time: query.from_time,
        to_time: query.to_time,
        ..Offer::default()
    };
    let mut found: Vec<(&Offer, Option<f64>)> = snapshot
        .directory
        .offers
        .iter()
        .filter(|offer| offer.valid_to.is_none_or(|last| last >= snapshot.today))
        .filter(|offer| {
            query
                .direction
                .is_none_or(|direction| offer.direction == direction)
        })
        .filter(|offer| query.kind.is_none_or(|kind| offer.kind == kind))
        .filter(|offer| {
            query
                .access
                .iter()
                .all(|feature| offer.access.contains(feature))
        })
        .filter(|offer| {
            asked
                .as_ref()
                .is_none_or(|asked| !asked.is_disjoint(&subject(offer)))
        })
        .filter(|offer| time_fit(offer, &window) > 0.0)
        .map(|offer| {
            let here = place_of(snapshot, offer);
            let km = query
                .near
                .zip(here)
                .map(|(near, here)| km_between(near, here));
            (offer, km)
        })
        .filter(|(_, km)| {
            query
                .within_km
                .is_none_or(|most| km.is_some_and(|km| km <= most))
        })
        .collect();
    found.sort_by(|a, b| {
        let far = |km: Option<f64>| km.unwrap_or(f64::INFINITY);
        far(a.1).total_cmp(&far(b.1)).then(a.0.id.cmp(&b.0.id))
    });
    found
}

/// One thing that speaks for or against a pair. The score is their product.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairReason {
    /// What was compared.
    pub feature: &'static str,
    /// 0 to 1.
    pub value: f64,
    /// In words.
    pub sentence: String,
}

/// An ask and the offer that it goes with.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Pairing {
    /// The best score first, then by ask.
    pub pairs: Vec<Pair>,
    /// Asks that nothing on offer fits, or that lost to others, by id.
    pub unmatched: Vec<OfferId>,
}

/// Pairs that score less are not worth a telephone call.
pub(super) const LEAST: f64 = 0.05;

/// Pairs asks with offers one to one, so that the sum of scores is greatest
/// (METHODS B). An organization's own offers do not meet its asks.
///
/// *Complexity:* O(a²·o) for each kind of resource.
#[must_use]
pub fn pair_offers(snapshot: &Snapshot) -> Pairing {
    let current = |direction: Direction| -> Vec<&Offer> {
        snapshot
            .directory
            .offers
            .iter()
            .filter(|offer| offer.direction == direction)
            .filter(|offer| offer.valid_to.is_none_or(|last| last >= snapshot.today))
            .collect()
    };
    let (offers, asks) = (current(Direction::Offer), current(Direction::Ask));
    let mut pairing = Pairing::default();
    let mut met: BTreeSet<OfferId> = BTreeSet::new();
    for kinds in [
        &[ResourceKind::Space][..],
        &[
            ResourceKind::Skill,
            ResourceKind::Training,
            ResourceKind::Knowledge,
        ],
        &[ResourceKind::Volunteers],
        &[ResourceKind::Equipment],
    ] {
        let of_kinds = |all: &[&'_ Offer]| -> Vec<OfferId> {
            all.iter()
                .filter(|one| kinds.contains(&one.kind))
                .map(|one| one.id)
                .collect()
        };
        let find = |id: OfferId| snapshot.directory.offers.find(id);
        let asks: Vec<&Offer> = of_kinds(&asks).into_iter().filter_map(find).collect();
        let offers: Vec<&Offer> = of_kinds(&offers).into_iter().filter_map(find).collect();
        let scores: Vec<Vec<f64>> = asks
            .iter()
            .map(|ask| {
                offers
                    .iter()
                    .map(|offer| {
                        let score = product(&fit(snapshot, offer, ask));
                        if score >= LEAST { score } else { 0.0 }
                    })
                    .collect()
            })
            .collect();
        for (row, column) in assign(&scores) {
            let (ask, offer) = (asks[row], offers[column]);
            met.insert(ask.id);
            pairing.pairs.push(Pair {
                offer: offer.id,
                ask: ask.id,
                score: scores[row][column],
                reasons: fit(snapshot, offer, ask),
            });
        }
    }
    pairing
        .pairs
        .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.ask.cmp(&b.ask)));
    pairing.unmatched = asks
        .iter()
        .map(|ask| ask.id)
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
pub(super) fn fit(snapshot: &Snapshot, offer: &Offer, ask: &Offer) -> Vec<PairReason> {
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
    let (ours, theirs) = (subject(offer), subject(ask));
    let shared = ours.intersection(&theirs).count() as f64;
    let likeness = shared / (ours.len().min(theirs.len()).max(1) as f64);
    // A room is a room; a skill is only of use if it is the one sought.
    let floor = if offer.kind == ResourceKind::Space {
        0.8
    } else {
        0.2
    };
    let km = place_of(snapshot, offer)
        .zip(place_of(snapshot, ask))
        .map(|(here, there)| km_between(here, there));
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

/// The share of the ask's days and hours that the offer has: 1 all, 0 none,
/// .5 where either does not say.
fn time_fit(offer: &Offer, ask: &Offer) -> f64 {
    let days = if offer.days.is_empty() || ask.days.is_empty() {
        None
    } else {
        let both = ask
            .days
            .iter()
            .filter(|day| offer.days.contains(day))
            .count();
        Some(both as f64 / ask.days.len() as f64)
    };
    let hours = match (span(offer), span(ask)) {
        (Some((from, to)), Some((ask_from, ask_to))) => {
            let overlap = to.min(ask_to) - from.max(ask_from);
            Some((overlap / (ask_to - ask_from)).clamp(0.0, 1.0))
        }
        _ => None,
    };
    match (days, hours) {
        (None, None) if ask.days.is_empty() && span(ask).is_none() => 1.0,
        (None, None) => 0.5,
        (Some(share), None) | (None, Some(share)) => share,
        (Some(days), Some(hours)) => days * hours,
    }
}

/// Minutes after midnight, the end past 1,440 where it runs over midnight.
fn span(offer: &Offer) -> Option<(f64, f64)> {
    let minutes = |time: Time| f64::from(time.hour()) * 60.0 + f64::from(time.minute());
    let (from, to) = match (offer.from_time, offer.to_time) {
        (None, None) => return None,
        (from, to) => (from.map_or(0.0, minutes), to.map_or(1440.0, minutes)),
    };
    Some((from, if to <= from { to + 1440.0 } else { to }))
}

fn km_between(a: Point, b: Point) -> f64 {
    Haversine.distance(a, b) / 1000.0
}

/// Where an offer is: its own point, else its place's where that is not confidential.
pub(super) fn place_of(snapshot: &Snapshot, offer: &Offer) -> Option<Point> {
    if let (Some(latitude), Some(longitude)) = (offer.latitude, offer.longitude) {
        return Some(Point::new(longitude, latitude));
    }
    let location = snapshot.directory.locations.find(offer.location_id?)?;
    let point = location
        .latitude
        .zip(location.longitude)
        .filter(|_| !location.confidential);
    point.map(|(latitude, longitude)| Point::new(longitude, latitude))
}

fn subject(offer: &Offer) -> BTreeSet<String> {
    let mut words = stems(&offer.title);
    words.extend(offer.description.as_deref().map(stems).unwrap_or_default());
    words
}

fn stems(text: &str) -> BTreeSet<String> {
    Words::of(text)
        .content()
        .map(|token| token.stem.clone())
        .collect()
}
