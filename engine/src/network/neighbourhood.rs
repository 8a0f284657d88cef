//! The neighbourhood of an organization: who is around it, the most relevant
//! first where there are too many to show.

use serde::Serialize;

use super::measures::{Named, named};
use super::pagerank::closeness;
use super::ways::evidence;
use crate::model::PartnershipKind;
use crate::snapshot::Snapshot;

/// What is left of the mass of a push for each tie.
const EPSILON: f64 = 1e-5;

/// Further than this nobody looks.
pub const DEEPEST: u32 = 4;

/// An organization around another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearNode {
    /// Who.
    #[serde(flatten)]
    pub organization: Named,
    /// Steps away; 0 is the one asked about.
    pub depth: u32,
    /// How close over all paths at once, 0 to 1, the closest other 1.
    pub closeness: f64,
}

/// A partnership around an organization.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearTie {
    /// Place of its first end in [`Neighbourhood::nodes`].
    pub from: usize,
    /// Place of the other.
    pub to: usize,
    /// In which way.
    pub kind: PartnershipKind,
    /// Whether one way only.
    pub directed: bool,
    /// How firm, 0 to 1.
    pub strength: f64,
    /// What is known of it.
    pub evidence: String,
}

/// Who is around an organization.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Neighbourhood {
    /// By depth, then the closest first, then by id.
    pub nodes: Vec<NearNode>,
    /// All partnerships among them.
    pub edges: Vec<NearTie>,
    /// How many organizations there are in all; more than `nodes` where it was cut.
    pub total: usize,
}

/// Everyone within `depth` steps of a node, at most `limit`: of too many, the
/// closest by personalised `PageRank` stay, each with a way that stays too.
///
/// *Complexity:* O(edges within the depth).
#[must_use]
pub fn neighbourhood(snapshot: &Snapshot, node: u32, depth: u32, limit: usize) -> Neighbourhood {
    let structure = snapshot.graph.structure();
    let reach = closeness(&snapshot.graph, node, EPSILON);
    let mut seen = std::collections::BTreeSet::from([node]);
    let mut kept = vec![(node, 0)];
    let mut layer = vec![node];
    let mut total = 1;
    for depth in 1..=depth.min(DEEPEST) {
        let mut next: Vec<u32> = layer
            .iter()
            .flat_map(|node| structure.neighbours(*node))
            .copied()
            .filter(|node| seen.insert(*node))
            .collect();
        total += next.len();
        next.sort_by(|a, b| reach.score(*b).total_cmp(&reach.score(*a)).then(a.cmp(b)));
        // Only those shown lead further, so that everyone shown has a way back.
        next.truncate(limit.max(1) - kept.len().min(limit.max(1)));
        kept.extend(next.iter().map(|node| (*node, depth)));
        layer = next;
    }
    let mut places: Vec<(u32, usize)> = kept
        .iter()
        .enumerate()
        .map(|(place, (node, _))| (*node, place))
        .collect();
    places.sort_unstable();
    let place_of = |node: u32| {
        places
            .binary_search_by_key(&node, |(node, _)| *node)
            .ok()
            .map(|at| places[at].1)
    };
    let edges = snapshot
        .graph
        .ties()
        .iter()
        .filter_map(|tie| {
            Some(NearTie {
                from: place_of(tie.from)?,
                to: place_of(tie.to)?,
                kind: tie.kind,
                directed: tie.directed,
                strength: tie.strength,
                evidence: evidence(snapshot, tie),
            })
        })
        .collect();
    let nodes = kept
        .into_iter()
        .map(|(other, depth)| NearNode {
            organization: named(snapshot, other),
            depth,
            closeness: if other == node {
                1.0
            } else {
                reach.share(other)
            },
        })
        .collect();
    Neighbourhood {
        nodes,
        edges,
        total,
    }
}
