//! Personalised `PageRank`: how close every organization is to one, over all
//! paths at once.

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::snapshot::PartnerGraph;

const DAMPING: f64 = 0.85;

/// Closeness of all organizations to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The personalised `PageRank` by node; what was never reached is not in it. By node.
    scores: Vec<(u32, f64)>,
    /// The largest but the organization's own.
    largest_other: f64,
}

impl Reach {
    /// The score of a node, 0 where it was not reached.
    #[must_use]
    pub fn score(&self, node: u32) -> f64 {
        self.scores
            .binary_search_by_key(&node, |(node, _)| *node)
            .map_or(0.0, |at| self.scores[at].1)
    }

    /// The score as a share of the largest but the organization's own; 0 where that is 0.
    #[must_use]
    pub fn share(&self, node: u32) -> f64 {
        if self.largest_other > 0.0 {
            (self.score(node) / self.largest_other).min(1.0)
        } else {
            0.0
        }
    }

    /// Nodes with their scores, by node.
    #[must_use]
    pub fn scores(&self) -> &[(u32, f64)] {
        &self.scores
    }
}

/// Closeness of all organizations to `from` by the push method (Andersen,
/// Chung & Lang 2006) on the strengths of ties: touches only the
/// neighbourhood, O(1/(ε(1−d))) whatever the size of the graph.
///
/// `epsilon` bounds the mass left at a node, for each unit of its degree.
#[must_use]
pub fn closeness(graph: &PartnerGraph, from: u32, epsilon: f64) -> Reach {
    use std::collections::{BTreeMap, VecDeque};
    let routes = graph.routes();
    let mut rank: BTreeMap<u32, f64> = BTreeMap::new();
    let mut rest: BTreeMap<u32, f64> = BTreeMap::from([(from, 1.0)]);
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        let mass = rest.insert(node, 0.0).unwrap_or_default();
        let edges = || routes.edges(NodeIndex::new(node as usize));
        let total: f64 = edges()
            .map(|edge| graph.ties()[*edge.weight() as usize].strength)
            .sum();
        *rank.entry(node).or_default() += (1.0 - DAMPING) * mass;
        let mut pass = |to: u32, share: f64, degree: usize| {
            let waiting = rest.entry(to).or_default();
            let bound = epsilon * degree.max(1) as f64;
            let was_low = *waiting < bound;
            *waiting += DAMPING * mass * share;
            if was_low && *waiting >= bound {
                queue.push_back(to);
            }
        };
        if total <= 0.0 {
            // Mass that can go nowhere starts again.
            pass(from, 1.0, 1);
            continue;
        }
        for edge in edges() {
            let to = edge.target();
            let strength = graph.ties()[*edge.weight() as usize].strength;
            pass(
                to.index() as u32,
                strength / total,
                routes.edges(to).count(),
            );
        }
    }
    let largest_other = rank
        .iter()
        .filter(|(node, _)| **node != from)
        .map(|(_, score)| *score)
        .fold(0.0, f64::max);
    Reach {
        scores: rank.into_iter().collect(),
        largest_other,
    }
}
