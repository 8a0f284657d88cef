//! Who holds the network together, and who stands apart from it.

use serde::Serialize;

use super::betweenness::Method;
use super::collaborators::{Collaborator, collaborators};
use super::measures::{Measures, Named, named};
use crate::snapshot::Snapshot;

/// An organization on many ways between others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Broker {
    /// Who.
    pub organization: Named,
    /// The share of pairs of others whose shortest ways lead through it, 0 to 1.
    pub betweenness: f64,
    /// Burt's constraint: low where its partners do not know each other. `None`: no partners.
    pub constraint: Option<f64>,
    /// How far in it is (k-core).
    pub core: u32,
    /// Whether some lose their only link when it closes.
    pub cut_node: bool,
    /// Who: those it alone ties to the rest.
    pub leaves_behind: Vec<Named>,
    /// How many services those give.
    pub services_behind: usize,
    /// What would happen, in words. Empty where nothing would.
    pub story: String,
}

/// Brokers, and how well they are known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Brokers {
    /// By betweenness, the most first, then by id.
    pub brokers: Vec<Broker>,
    /// Exact, or estimated.
    pub method: Method,
    /// How far off an estimate can be; 0 when exact.
    pub error_bound: f64,
}

/// All organizations that lie between others or would leave some behind.
#[must_use]
pub fn brokers(snapshot: &Snapshot, measures: &Measures) -> Brokers {
    let graph = &measures.graph;
    let mut brokers: Vec<Broker> = (0..snapshot.graph.organizations().len() as u32)
        .filter(|node| graph.betweenness.values[*node as usize] > 0.0 || graph.cuts.is_cut(*node))
        .map(|node| broker(snapshot, measures, node))
        .collect();
    brokers.sort_by(|a, b| {
        b.betweenness
            .total_cmp(&a.betweenness)
            .then(a.organization.id.cmp(&b.organization.id))
    });
    Brokers {
        brokers,
        method: graph.betweenness.method,
        error_bound: graph.betweenness.error_bound,
    }
}

fn broker(snapshot: &Snapshot, measures: &Measures, node: u32) -> Broker {
    let graph = &measures.graph;
    let behind: Vec<u32> = graph
        .cuts
        .leaves_behind(node)
        .into_iter()
        .flatten()
        .collect();
    let services_behind = snapshot
        .facts
        .services
        .iter()
        .filter(|service| service.standing.is_open())
        .filter(|service| {
            service
                .organization
                .is_some_and(|owner| behind.contains(&owner))
        })
        .count();
    let organization = named(snapshot, node);
    let leaves_behind: Vec<Named> = behind.iter().map(|node| named(snapshot, *node)).collect();
    let story = if behind.is_empty() {
        String::new()
    } else {
        let names: Vec<&str> = leaves_behind
            .iter()
            .take(5)
            .map(|one| one.name.as_str())
            .collect();
        let more = match leaves_behind.len() {
            0..=5 => String::new(),
            count => format!(" and {} more", count - 5),
        };
        format!(
            "If {} closed, {}{more} would lose their only link to the rest, with {services_behind} services between them.",
            organization.name,
            names.join(", "),
        )
    };
    Broker {
        organization,
        betweenness: graph.betweenness.values[node as usize],
        constraint: graph.holes[node as usize].map(|hole| hole.constraint),
        core: graph.cores[node as usize],
        cut_node: graph.cuts.is_cut(node),
        leaves_behind,
        services_behind,
        story,
    }
}

/// Why an organization counts as standing apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Apart {
    /// It has no partner.
    NoPartner,
    /// It and its only partner have no other.
    PairOnly,
    /// Its only partner is one whose closing leaves others behind.
    OneFragileLink,
}

/// An organization that stands apart, and whom to meet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Isolated {
    /// Who.
    pub organization: Named,
    /// In which way.
    pub why: Apart,
    /// The best introductions, the best first.
    pub introductions: Vec<Collaborator>,
}

/// How many introductions each gets.
const INTRODUCTIONS: usize = 3;

/// Organizations with no partner, in a component below three, or whose only
/// partner is a cut node: those without any first, then by id; `limit` of them
/// from `offset` on, with how many there are.
#[must_use]
pub fn isolated(
    snapshot: &Snapshot,
    measures: &Measures,
    offset: usize,
    limit: usize,
) -> (Vec<Isolated>, usize) {
    let structure = snapshot.graph.structure();
    let mut apart: Vec<(Apart, u32)> = (0..structure.node_count() as u32)
        .filter_map(|node| {
            let neighbours = structure.neighbours(node);
            let why = if neighbours.is_empty() {
                Apart::NoPartner
            } else if measures.graph.components.size_at(node) < 3 {
                Apart::PairOnly
            } else if neighbours.len() == 1 && measures.graph.cuts.is_cut(neighbours[0]) {
                Apart::OneFragileLink
            } else {
                return None;
            };
            Some((why, node))
        })
        .collect();
    apart.sort_unstable();
    let total = apart.len();
    let answered = apart
        .into_iter()
        .skip(offset)
        .take(limit)
        .map(|(why, node)| {
            let mut introductions = collaborators(snapshot, measures, node, false);
            introductions.truncate(INTRODUCTIONS);
            Isolated {
                organization: named(snapshot, node),
                why,
                introductions,
            }
        })
        .collect();
    (answered, total)
}
