//! The neighbourhood of an organization: who is around it, the most relevant
//! first where there are too many to show.

use super::evidence::evidence;
use super::measures::{Named, named};
use super::pagerank::{Reach, closeness};
use crate::snapshot::{PartnerGraph, Snapshot, Structure, TieKind};

/// Further than this nobody looks.
pub const DEEPEST: u32 = 4;

/// An organization around another.
#[derive(Debug, Clone, PartialEq)]
pub struct NearNode {
    /// Its node.
    pub node: u32,
    /// Who.
    pub organization: Named,
    /// Steps away; 0 is the one asked about.
    pub depth: u32,
    /// How close over all paths at once, 0 to 1, the closest other 1.
    pub closeness: f64,
}

/// A tie around an organization.
#[derive(Debug, Clone, PartialEq)]
pub struct NearTie {
    /// Place of its first end in [`Neighbourhood::nodes`].
    pub from: usize,
    /// Place of the other.
    pub to: usize,
    /// In which way.
    pub kind: TieKind,
    /// Whether one way only.
    pub directed: bool,
    /// How firm, 0 to 1.
    pub strength: f64,
    /// What is known of it.
    pub evidence: String,
}

/// Who is around an organization.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbourhood {
    /// By depth, then the closest first, then by id.
    pub nodes: Vec<NearNode>,
    /// All ties among them.
    pub edges: Vec<NearTie>,
    /// How many organizations there are within the depth, the one asked about included.
    pub total: usize,
    /// How many of each depth are not shown, from depth 1 on.
    pub left_out: Vec<usize>,
}

/// Everyone within `depth` steps of a node along the ties of `graph`, at most
/// `limit`: of too many, the closest by personalised `PageRank` stay, each
/// with a way that stays too.
///
/// *Complexity:* O(edges within the depth).
#[must_use]
pub fn neighbourhood(
    snapshot: &Snapshot,
    graph: &PartnerGraph,
    node: u32,
    depth: u32,
    limit: usize,
) -> Neighbourhood {
    let reach = closeness(graph, node);
    let (kept, sizes) = chosen(
        graph.structure(),
        &reach,
        node,
        depth.min(DEEPEST),
        limit.max(1),
    );
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
    let edges = graph
        .ties()
        .iter()
        .filter_map(|tie| {
            Some(NearTie {
                from: place_of(tie.from)?,
                to: place_of(tie.to)?,
                kind: tie.kind(),
                directed: tie.directed,
                strength: tie.strength,
                evidence: evidence(snapshot, tie),
            })
        })
        .collect();
    let left_out = (1..)
        .zip(&sizes[1..])
        .map(|(depth, size)| size - kept.iter().filter(|(_, at)| *at == depth).count())
        .collect();
    let nodes = kept
        .into_iter()
        .map(|(other, depth)| NearNode {
            node: other,
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
        total: sizes.iter().sum(),
        left_out,
    }
}

/// Those to show with their depths, in order, and how many there are of each depth.
fn chosen(
    structure: &Structure,
    reach: &Reach,
    node: u32,
    depth: u32,
    limit: usize,
) -> (Vec<(u32, u32)>, Vec<usize>) {
    let mut seen = vec![false; structure.node_count()];
    seen[node as usize] = true;
    let mut kept = vec![(node, 0)];
    let mut sizes = vec![1];
    let mut layer = vec![node];
    // Only those shown lead further, so that everyone shown has a way back.
    let mut shown = vec![node];
    for depth in 1..=depth {
        let mut next = Vec::new();
        for from in &layer {
            for to in structure.neighbours(*from) {
                if !std::mem::replace(&mut seen[*to as usize], true) {
                    next.push(*to);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        sizes.push(next.len());
        shown.sort_unstable();
        let linked = |to: &u32| {
            structure
                .neighbours(*to)
                .iter()
                .any(|from| shown.binary_search(from).is_ok())
        };
        let mut best: Vec<u32> = next.iter().copied().filter(linked).collect();
        best.sort_by(|a, b| reach.score(*b).total_cmp(&reach.score(*a)).then(a.cmp(b)));
        best.truncate(limit - kept.len().min(limit));
        kept.extend(best.iter().map(|node| (*node, depth)));
        shown = best;
        layer = next;
    }
    (kept, sizes)
}
