//! Offers and asks: searched, and read for comparing. Where one is confidential
//! does not show, neither in a distance nor by being found near it.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Distance, Haversine, Point};
use jiff::civil::{Time, Weekday};

use crate::model::{AccessFeature, Direction, Offer, ResourceKind};
use crate::snapshot::Snapshot;
use crate::text::Words;

/// What offers and asks to look for; what is not named does not narrow.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OfferQuery {
    /// Given or sought.
    pub direction: Option<Direction>,
    /// What kind of thing.
    pub kind: Option<ResourceKind>,
    /// Words that title or description must hold, all of them.
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

/// An offer or an ask that fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundOffer<'a> {
    /// The record.
    pub offer: &'a Offer,
    /// Metres from the place that was asked for, as the crow flies. `None`:
    /// none was, or where it is is not known or not to be told.
    pub distance_m: Option<f64>,
    /// Whether where it is must not be told.
    pub confidential: bool,
}

/// The current offers and asks that fit, the nearest first where a place is
/// asked for, then by id.
///
/// *Complexity:* O(offers + places).
#[must_use]
pub fn find_offers<'a>(snapshot: &'a Snapshot, query: &OfferQuery) -> Vec<FoundOffer<'a>> {
    let hidden = HiddenPlaces::of(snapshot);
    let asked = query.words.as_deref().map(stems);
    let window = Offer {
        days: query.days.clone(),
        from_time: query.from_time,
        to_time: query.to_time,
        ..Offer::default()
    };
    let mut found: Vec<FoundOffer<'a>> = current(snapshot)
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
                .is_none_or(|asked| asked.is_subset(&subject(offer)))
        })
        .filter(|offer| time_fit(offer, &window) > 0.0)
        .map(|offer| {
            let confidential = hidden.hides(snapshot, offer);
            let here = place_of(snapshot, offer).filter(|_| !confidential);
            FoundOffer {
                offer,
                distance_m: query
                    .near
                    .zip(here)
                    .map(|(near, here)| Haversine.distance(near, here)),
                confidential,
            }
        })
        .filter(|found| {
            query
                .within_km
                .is_none_or(|most| found.distance_m.is_some_and(|metres| metres <= most * 1e3))
        })
        .collect();
    found.sort_by(|a, b| {
        let far = |found: &FoundOffer<'_>| found.distance_m.unwrap_or(f64::INFINITY);
        far(a).total_cmp(&far(b)).then(a.offer.id.cmp(&b.offer.id))
    });
    found
}

/// Offers and asks that have not run out, by id.
fn current(snapshot: &Snapshot) -> impl Iterator<Item = &Offer> {
    snapshot
        .directory
        .offers
        .iter()
        .filter(|offer| offer.valid_to.is_none_or(|last| last >= snapshot.today))
}

/// An offer or an ask with what comparing it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferFacts {
    /// The record.
    pub offer: Offer,
    /// The stems of what it is about, with how telling each is.
    pub(super) subject: BTreeMap<String, f64>,
    /// Where it is. `None`: not known, or not to be told.
    pub(super) place: Option<Point>,
}

/// The current offers and asks with what comparing them takes, by id.
///
/// A word tells the more the fewer use it, `ln(1 + n/uses)`, and twice that in a title.
pub(super) fn facts(snapshot: &Snapshot) -> Vec<OfferFacts> {
    let hidden = HiddenPlaces::of(snapshot);
    let subjects: Vec<BTreeSet<String>> = current(snapshot).map(subject).collect();
    let mut uses: BTreeMap<&str, f64> = BTreeMap::new();
    for stem in subjects.iter().flatten() {
        *uses.entry(stem).or_default() += 1.0;
    }
    let telling = |offer: &Offer, subject: &BTreeSet<String>| {
        let title = stems(&offer.title);
        let weigh = |stem: &String| {
            let uses = uses.get(stem.as_str()).copied().unwrap_or(1.0);
            let told = if title.contains(stem) { 2.0 } else { 1.0 };
            (stem.clone(), told * (subjects.len() as f64 / uses).ln_1p())
        };
        subject.iter().map(weigh).collect()
    };
    current(snapshot)
        .zip(&subjects)
        .map(|(offer, subject)| OfferFacts {
            subject: telling(offer, subject),
            place: place_of(snapshot, offer).filter(|_| !hidden.hides(snapshot, offer)),
            offer: offer.clone(),
        })
        .collect()
}

/// The share of the ask's days and hours that the offer has: 1 all, 0 none,
/// .5 where either does not say.
pub(super) fn time_fit(offer: &Offer, ask: &Offer) -> f64 {
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

/// Where an offer is: its own point, else its place's. It may have to be kept.
fn place_of(snapshot: &Snapshot, offer: &Offer) -> Option<Point> {
    let location = || snapshot.directory.locations.find(offer.location_id?);
    let (latitude, longitude) = offer
        .latitude
        .zip(offer.longitude)
        .or_else(|| location().and_then(|it| it.latitude.zip(it.longitude)))?;
    Some(Point::new(longitude, latitude))
}

/// The confidential places of each organization, which its offers must not give away.
#[derive(Debug, Default)]
struct HiddenPlaces(BTreeMap<u32, Vec<HiddenPlace>>);

#[derive(Debug)]
struct HiddenPlace {
    point: Option<Point>,
    postcodes: Vec<String>,
}

impl HiddenPlaces {
    fn of(snapshot: &Snapshot) -> Self {
        let facts = &snapshot.facts;
        let mut hidden = Self::default();
        for place in facts.places.iter().filter(|place| place.confidential) {
            let Some(owner) = facts.services[place.service as usize].organization else {
                continue;
            };
            let location = place
                .location
                .and_then(|id| snapshot.directory.locations.find(id));
            let addresses = location.into_iter().flat_map(|it| &it.addresses);
            hidden.0.entry(owner).or_default().push(HiddenPlace {
                point: place.point,
                postcodes: addresses
                    .filter_map(|address| address.postal_code.as_deref().map(folded_postcode))
                    .collect(),
            });
        }
        hidden
    }

    /// Whether where an offer is must not be told: its place is confidential,
    /// or what it says of itself is where its organization's is.
    fn hides(&self, snapshot: &Snapshot, offer: &Offer) -> bool {
        /// A point this near to a confidential place gives it away.
        const NEAR_M: f64 = 250.0;
        let location = offer
            .location_id
            .and_then(|id| snapshot.directory.locations.find(id));
        if location.is_some_and(|location| location.confidential) {
            return true;
        }
        let theirs = snapshot
            .graph
            .node(offer.organization_id)
            .and_then(|node| self.0.get(&node));
        let postcode = offer.postcode.as_deref().map(folded_postcode);
        let point = offer.latitude.zip(offer.longitude);
        theirs.into_iter().flatten().any(|hidden| {
            let near = hidden
                .point
                .zip(point)
                .is_some_and(|(there, (latitude, longitude))| {
                    Haversine.distance(there, Point::new(longitude, latitude)) <= NEAR_M
                });
            near || postcode
                .as_ref()
                .is_some_and(|postcode| hidden.postcodes.contains(postcode))
        })
    }
}

fn folded_postcode(text: &str) -> String {
    crate::text::fold(text).replace(' ', "")
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
