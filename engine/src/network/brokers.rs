//! Who holds the network together, and who stands apart from it.

use std::cmp::Reverse;

use super::betweenness::Method;
use super::collaborators::{Collaborator, CollaboratorQuery, collaborators};
use super::fragility::{Loss, loss_without, told};
use super::measures::{Layer, Measures, Named, named};
use crate::snapshot::Snapshot;

/// An organization on many ways between others.
#[derive(Debug, Clone, PartialEq)]
pub struct Broker {
    /// From 1.
    pub rank: usize,
    /// Who.
    pub organization: Named,
    /// The share of pairs of others whose shortest ways lead through it, 0 to 1.
    pub betweenness: f64,
    /// Burt's constraint: low where its partners do not know each other. `None`: no partners.
    pub constraint: Option<f64>,
    /// How many of its partners are not reached through another anyway. `None`: no partners.
    pub effective_size: Option<f64>,
    /// How many partners it has.
    pub partners: usize,
    /// How far in it is (k-core).
    pub core: u32,
    /// Whether some lose their only link when it closes.
    pub cut_node: bool,
    /// Those it alone ties to the rest.
    pub loss: Loss,
    /// What would happen, in words. Empty where nothing would.
    pub story: String,
}

/// Brokers, and how well they are known.
#[derive(Debug, Clone, PartialEq)]
pub struct Brokers {
    /// By betweenness, the most first, then by id.
    pub brokers: Vec<Broker>,
    /// How many there are in all.
    pub total: usize,
    /// Exact, or estimated.
    pub method: Method,
    /// How far off an estimate can be; 0 when exact.
    pub error_bound: f64,
}

/// Organizations that lie between others or would leave some behind: `limit`
/// of them from `offset` on.
///
/// *Complexity:* O(n log n), and the size of what those listed would leave behind.
#[must_use]
pub fn brokers(snapshot: &Snapshot, measures: &Measures, offset: usize, limit: usize) -> Brokers {
    let graph = &measures.graph;
    let between = |node: u32| graph.betweenness.values[node as usize];
    let mut nodes: Vec<u32> = (0..snapshot.graph.organizations().len() as u32)
        .filter(|node| between(*node) > 0.0 || graph.cuts.is_cut(*node))
        .collect();
    nodes.sort_by(|a, b| between(*b).total_cmp(&between(*a)).then(a.cmp(b)));
    let total = nodes.len();
    let brokers = (1_usize..)
        .zip(nodes)
        .skip(offset)
        .take(limit)
        .map(|(rank, node)| broker(snapshot, measures, node, rank))
        .collect();
    Brokers {
        brokers,
        total,
        method: graph.betweenness.method,
        error_bound: graph.betweenness.error_bound,
    }
}

fn broker(snapshot: &Snapshot, measures: &Measures, node: u32, rank: usize) -> Broker {
    let graph = &measures.graph;
    let at = node as usize;
    let organization = named(snapshot, node);
    let loss = loss_without(snapshot, measures, node);
    let story = if loss.organizations.is_empty() {
        String::new()
    } else {
        format!("If {} closed, {}", organization.name, told(&loss))
    };
    Broker {
        rank,
        organization,
        betweenness: graph.betweenness.values[at],
        constraint: graph.holes[at].map(|hole| hole.constraint),
        effective_size: graph.holes[at].map(|hole| hole.effective_size),
        partners: snapshot.graph.structure().degree(node),
        core: graph.cores[at],
        cut_node: graph.cuts.is_cut(node),
        loss,
        story,
    }
}

/// An organization with how far in it is.
#[derive(Debug, Clone, PartialEq)]
pub struct InCore {
    /// Who.
    pub organization: Named,
    /// The largest k such that it is in a part where all have k partners within the part.
    pub core: u32,
    /// How many partners it has.
    pub partners: usize,
}

/// Core and periphery.
#[derive(Debug, Clone, PartialEq)]
pub struct Cores {
    /// The innermost first, then by partners, then by id.
    pub organizations: Vec<InCore>,
    /// How many organizations there are of each core number, the innermost first.
    pub sizes: Vec<(u32, usize)>,
}

/// How far in each organization is (Batagelj & Zaveršnik 2003): `limit` of
/// them from `offset` on.
#[must_use]
pub fn cores(snapshot: &Snapshot, measures: &Measures, offset: usize, limit: usize) -> Cores {
    let core = |node: u32| measures.graph.cores[node as usize];
    let partners = |node: u32| snapshot.graph.structure().degree(node);
    let mut nodes: Vec<u32> = (0..snapshot.graph.organizations().len() as u32).collect();
    nodes.sort_by_key(|node| (Reverse(core(*node)), Reverse(partners(*node)), *node));
    let sizes = nodes
        .chunk_by(|a, b| core(*a) == core(*b))
        .map(|alike| (core(alike[0]), alike.len()))
        .collect();
    let organizations = nodes
        .into_iter()
        .skip(offset)
        .take(limit)
        .map(|node| InCore {
            organization: named(snapshot, node),
            core: core(node),
            partners: partners(node),
        })
        .collect();
    Cores {
        organizations,
        sizes,
    }
}

/// Why an organization counts as standing apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Apart {
    /// It has no partner.
    NoPartner,
    /// It and its only partner have no other.
    PairOnly,
    /// Its only partner is one whose closing leaves others behind.
    OneFragileLink,
}

impl Apart {
    /// The name in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoPartner => "no_partner",
            Self::PairOnly => "pair_only",
            Self::OneFragileLink => "one_fragile_link",
        }
    }
}

/// An organization that stands apart, and whom to meet.
#[derive(Debug, Clone, PartialEq)]
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
            let query = CollaboratorQuery {
                node,
                include_partners: false,
                layer: Layer::Stated,
            };
            let mut introductions = collaborators(snapshot, measures, query);
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
