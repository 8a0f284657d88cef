//! With whom an organization could work: ranked, with reasons that add up
//! (METHODS B).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::links::{self, Link};
use super::measures::{Layer, Measures, Named, named};
use super::offers::OfferFacts;
use super::pagerank::{Reach, closeness};
use super::pairing;
use crate::model::OfferId;
use crate::scoring::{self, Reason, nearness, shares};
use crate::snapshot::{Snapshot, Structure};
use crate::text::lexicon::{CommunitySort, ConceptNo};

/// Features and their weights (METHODS B), judged, not learnt.
const WEIGHTS: [(&str, f64); 7] = [
    ("offers_asks", 0.30),
    ("complement", 0.20),
    ("shared_people", 0.15),
    ("shared_place", 0.10),
    ("network", 0.15),
    ("distance", 0.05),
    ("freshness", 0.05),
];

/// Days after which a checked record is worth half.
const HALF_LIFE_DAYS: f64 = 730.0;

/// Kilometres at which nearness is .61.
const SIGMA_KM: f64 = 4.0;

/// How many of the closest by graph and by place are looked at.
const NEAREST: usize = 50;

/// Whose collaborators are looked for, and among whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CollaboratorQuery {
    /// Node of the organization.
    pub node: u32,
    /// Whether those who are partners already are listed too.
    pub include_partners: bool,
    /// Which ties make others close; whoever has a stated tie is a partner in any case.
    pub layer: Layer,
}

/// A candidate, with why.
#[derive(Debug, Clone, PartialEq)]
pub struct Collaborator {
    /// From 1.
    pub rank: usize,
    /// 0 to 1: Σ weight · value over the reasons.
    pub score: f64,
    /// Who.
    pub organization: Named,
    /// Metres between their nearest public places. `None`: not known.
    pub distance_m: Option<f64>,
    /// Why, feature by feature.
    pub reasons: Vec<Reason>,
    /// Partners of both.
    pub shared_partners: Vec<Named>,
    /// Σ 1/ln k over shared partners (Adamic & Adar 2003).
    pub adamic_adar: f64,
    /// Σ 1/k over shared partners (Zhou, Lü & Zhang 2009): what `network` ranks by.
    pub resource_allocation: f64,
    /// Personalised `PageRank` over the largest but the organization's own, 0 to 1.
    pub closeness: f64,
    /// Offers that meet asks: `(offer, ask)`, either way.
    pub offers_matched: Vec<(OfferId, OfferId)>,
    /// Whether they work together already.
    pub already_partners: bool,
}

/// Who could work with an organization, the best first, then by id.
///
/// *Complexity:* O(neighbourhood + candidates · (services + offers)).
#[must_use]
pub fn collaborators(
    snapshot: &Snapshot,
    measures: &Measures,
    query: CollaboratorQuery,
) -> Vec<Collaborator> {
    let sought = Sought::of(snapshot, measures, query);
    let candidates = sought.candidates(query.include_partners);
    let complements: Vec<f64> = candidates
        .iter()
        .map(|other| sought.complement(*other))
        .collect();
    let best_complement = complements.iter().copied().fold(0.0, f64::max);
    let allocation = percentiles(&candidates, |other| sought.allocation(other));
    let reach = percentiles(&candidates, |other| sought.reach.score(other));
    let isolated = sought.ties.degree(query.node) == 0;
    let mut found: Vec<Collaborator> = candidates
        .iter()
        .zip(&complements)
        .map(|(other, complement)| {
            let near = f64::midpoint(allocation[other], reach[other]);
            let complement = if best_complement > 0.0 {
                complement / best_complement
            } else {
                0.0
            };
            sought.judge(*other, complement, (!isolated).then_some(near))
        })
        .collect();
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then(a.organization.id.cmp(&b.organization.id))
    });
    for (place, collaborator) in found.iter_mut().enumerate() {
        collaborator.rank = place + 1;
    }
    found
}

/// The share of candidates that a value is above, ties at their middle; all 0 where all are 0.
fn percentiles(candidates: &[u32], value: impl Fn(u32) -> f64) -> BTreeMap<u32, f64> {
    let values: Vec<f64> = candidates.iter().map(|other| value(*other)).collect();
    let mut sorted = values.clone();
    sorted.sort_unstable_by(f64::total_cmp);
    let rank = |value: f64| {
        if value <= 0.0 {
            return 0.0;
        }
        let below = sorted.partition_point(|other| *other < value);
        let upto = sorted.partition_point(|other| *other <= value);
        f64::midpoint(below as f64, upto as f64) / sorted.len() as f64
    };
    candidates
        .iter()
        .copied()
        .zip(values.iter().map(|value| rank(*value)))
        .collect()
}

struct Sought<'a> {
    snapshot: &'a Snapshot,
    measures: &'a Measures,
    node: u32,
    /// The ties of the layer that was asked for.
    ties: &'a Structure,
    reach: Reach,
    two_steps: BTreeMap<u32, f64>,
}

impl<'a> Sought<'a> {
    fn of(snapshot: &'a Snapshot, measures: &'a Measures, query: CollaboratorQuery) -> Self {
        let graph = measures.ties(snapshot, query.layer);
        Self {
            snapshot,
            measures,
            node: query.node,
            ties: graph.structure(),
            reach: closeness(graph, query.node),
            two_steps: links::two_steps(graph.structure(), query.node)
                .into_iter()
                .collect(),
        }
    }

    fn candidates(&self, partners_too: bool) -> Vec<u32> {
        let structure = self.snapshot.graph.structure();
        let profiles = &self.measures.profiles;
        let ours = profiles.at(self.node);
        let mut found: BTreeSet<u32> = self.two_steps.keys().copied().collect();
        found.extend(self.ties.neighbours(self.node));
        found.extend(self.reach.closest(self.node, NEAREST));
        found.extend(profiles.places().co_sharers(self.node));
        let wanted = ours
            .asks
            .iter()
            .map(|ask| ask.offer.kind)
            .collect::<BTreeSet<_>>();
        let given = ours
            .offers
            .iter()
            .map(|offer| offer.offer.kind)
            .collect::<BTreeSet<_>>();
        found.extend((0..).zip(profiles.all()).filter_map(|(other, theirs)| {
            (theirs
                .offers
                .iter()
                .any(|offer| wanted.contains(&offer.offer.kind))
                || theirs
                    .asks
                    .iter()
                    .any(|ask| given.contains(&ask.offer.kind)))
            .then_some(other)
        }));
        for point in ours.points.iter().take(1) {
            // A service is several times in the index; ask for enough to meet
            // fifty organizations.
            let near = self.snapshot.places.nearest(*point, NEAREST * 4);
            let facts = &self.snapshot.facts;
            let mut nearest: Vec<u32> = Vec::new();
            for (place, _) in near {
                let service = facts.places[place as usize].service;
                if let Some(other) = facts.services[service as usize].organization
                    && !nearest.contains(&other)
                {
                    nearest.push(other);
                }
            }
            found.extend(nearest.into_iter().take(NEAREST));
        }
        let neighbours = structure.neighbours(self.node);
        if partners_too {
            found.extend(neighbours);
        } else {
            found.retain(|other| neighbours.binary_search(other).is_err());
        }
        found.remove(&self.node);
        found.into_iter().collect()
    }

    fn allocation(&self, other: u32) -> f64 {
        self.two_steps
            .get(&other)
            .copied()
            .unwrap_or_else(|| links::link(self.ties, self.node, other).resource_allocation)
    }

    fn complement(&self, other: u32) -> f64 {
        let ours = &self.measures.profiles.at(self.node).concepts;
        self.new_kinds(other)
            .map(|kind| self.measures.kinds.lift(kind, ours))
            .sum()
    }

    fn new_kinds(&self, other: u32) -> impl Iterator<Item = ConceptNo> + '_ {
        let ours = &self.measures.profiles.at(self.node).concepts;
        self.measures
            .profiles
            .at(other)
            .concepts
            .iter()
            .copied()
            .filter(|kind| ours.binary_search(kind).is_err())
    }

    /// The best fit of offers and asks, either way, with all pairs that fit.
    fn exchange(&self, other: u32) -> (f64, Vec<(OfferId, OfferId)>, Option<String>) {
        let profiles = &self.measures.profiles;
        let (ours, theirs) = (profiles.at(self.node), profiles.at(other));
        let mut pairs = Vec::new();
        let mut best: Option<(f64, String)> = None;
        let mut side = |offers: &[OfferFacts], asks: &[OfferFacts]| {
            let mut most = 0.0_f64;
            for offer in offers {
                for ask in asks {
                    let reasons = pairing::fit(offer, ask);
                    let value = pairing::product(&reasons);
                    if value >= pairing::LEAST {
                        pairs.push((offer.offer.id, ask.offer.id));
                        if best.as_ref().is_none_or(|(known, _)| value > *known) {
                            best = Some((value, reasons[0].sentence.clone()));
                        }
                        most = most.max(value);
                    }
                }
            }
            most
        };
        let missed =
            (1.0 - side(&theirs.offers, &ours.asks)) * (1.0 - side(&ours.offers, &theirs.asks));
        pairs.sort_unstable();
        (1.0 - missed, pairs, best.map(|(_, sentence)| sentence))
    }

    fn judge(&self, other: u32, complement: f64, network: Option<f64>) -> Collaborator {
        let structure = self.snapshot.graph.structure();
        let profiles = &self.measures.profiles;
        let (exchange, offers_matched, exchanged) = self.exchange(other);
        let people = profiles.shared_people(self.node, other);
        let shared_place = profiles.places().shared(self.node, other);
        let distance_m = profiles.distance_m(self.node, other);
        let Link {
            shared,
            adamic_adar,
            resource_allocation,
            ..
        } = links::link(self.ties, self.node, other);
        let assured = profiles.at(other).assured;
        let values = [
            (
                exchange,
                exchanged.map_or_else(
                    || "no offers that meet asks".to_owned(),
                    |pair| format!("What one offers the other seeks: {pair}"),
                ),
            ),
            (complement, self.complement_sentence(other, complement)),
            (people, self.people_sentence(other)),
            (
                shared_place.weight / (1.0 + shared_place.weight),
                match shared_place.count {
                    0 => "No place in common".to_owned(),
                    1 => "Both work from the same place".to_owned(),
                    count => format!("Both work from the same {count} places"),
                },
            ),
            (
                network.unwrap_or(0.0),
                match shared.len() {
                    0 => "No partner in common".to_owned(),
                    1 => "One partner in common".to_owned(),
                    count => format!("{count} partners in common"),
                },
            ),
            (
                distance_m.map_or(0.5, |metres| nearness(metres / 1000.0, SIGMA_KM)),
                distance_m.map_or_else(
                    || "How far apart is not known".to_owned(),
                    |metres| format!("{:.1} km apart", metres / 1000.0),
                ),
            ),
            fresh(assured, self.snapshot.today),
        ];
        let applies = |feature: &str| feature != "network" || network.is_some();
        let weights: Vec<f64> = WEIGHTS
            .iter()
            .map(|(feature, weight)| if applies(feature) { *weight } else { 0.0 })
            .collect();
        let reasons: Vec<Reason> = WEIGHTS
            .iter()
            .zip(shares(&weights))
            .zip(values)
            .filter(|(((feature, _), _), _)| applies(feature))
            .map(|(((feature, _), weight), (value, sentence))| Reason {
                feature,
                value: value.clamp(0.0, 1.0),
                weight,
                sentence,
            })
            .collect();
        Collaborator {
            rank: 0,
            score: scoring::score(&reasons),
            organization: named(self.snapshot, other),
            distance_m,
            reasons,
            shared_partners: shared
                .into_iter()
                .map(|node| named(self.snapshot, node))
                .collect(),
            adamic_adar,
            resource_allocation,
            closeness: self.reach.share(other),
            offers_matched,
            already_partners: structure
                .neighbours(self.node)
                .binary_search(&other)
                .is_ok(),
        }
    }

    fn complement_sentence(&self, other: u32, value: f64) -> String {
        if value <= 0.0 {
            return "No help that is often found together with yours".to_owned();
        }
        let ours = &self.measures.profiles.at(self.node).concepts;
        let mut kinds: Vec<(f64, ConceptNo)> = self
            .new_kinds(other)
            .map(|kind| (self.measures.kinds.lift(kind, ours), kind))
            .filter(|(lift, _)| *lift > 0.0)
            .collect();
        kinds.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let names: Vec<&str> = kinds
            .iter()
            .take(3)
            .map(|(_, kind)| self.snapshot.lexicon.concept(*kind).name.as_str())
            .collect();
        format!("Does what goes with your work: {}", names.join(", "))
    }

    fn people_sentence(&self, other: u32) -> String {
        let profiles = &self.measures.profiles;
        let both: Vec<String> = profiles
            .at(self.node)
            .people
            .intersection(&profiles.at(other).people)
            .map(|people| self.plain(people))
            .take(4)
            .collect();
        if both.is_empty() {
            "No people in common, as far as is said".to_owned()
        } else {
            format!("Both serve {}", both.join(", "))
        }
    }

    /// A sort of people, as a profile holds it, in plain words.
    fn plain(&self, people: &str) -> String {
        match people.split_once(' ') {
            Some(("language", code)) => {
                let mut known = self.snapshot.lexicon.communities().iter();
                let name = known
                    .find(|one| one.sort == CommunitySort::Language && one.id == code)
                    .map_or(code, |language| language.name.as_str());
                format!("{name} speakers")
            }
            // Areas are folded.
            Some(("area", area)) => area
                .split(' ')
                .map(|word| {
                    let mut letters = word.chars();
                    let first = letters.next().map(char::to_uppercase);
                    first.into_iter().flatten().chain(letters).collect()
                })
                .collect::<Vec<String>>()
                .join(" "),
            Some((_, words)) => words.to_owned(),
            None => people.to_owned(),
        }
    }
}

fn fresh(assured: Option<Date>, today: Date) -> (f64, String) {
    match assured {
        Some(day) => {
            let days = f64::from((today - day).get_days());
            (
                scoring::freshness(days, HALF_LIFE_DAYS),
                format!("Record checked on {day}"),
            )
        }
        None => (0.3, "When the record was checked is not known".to_owned()),
    }
}
