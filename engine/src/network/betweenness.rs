//! Betweenness: on how many of the shortest ways between others an
//! organization lies, which is what makes a broker.
//!
//! Exact by Brandes (2001, doi:10.1080/0022250X.2001.9990249) while that takes
//! seconds; above, shortest paths are sampled as Riondato & Kornaropoulos
//! (2016, doi:10.1007/s10618-015-0423-0) do, each by a search from both ends,
//! and the answer says how far off it can be.

use std::collections::{BTreeMap, VecDeque};

use rayon::prelude::*;

use super::draws::Draws;
use super::shortest::{Ends, Sweep, WeightedSweep};
use crate::snapshot::Structure;

/// Nodes times edges up to which betweenness is exact.
pub const EXACT_UP_TO: u64 = 500_000_000;

/// The error that sampling keeps to, on the scale of 0 to 1.
pub const ERROR: f64 = 0.01;

/// The probability that sampling does not keep to [`ERROR`].
pub const FAILURE: f64 = 0.1;

/// How a measure was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// All shortest paths were counted.
    Exact,
    /// A random sample of them was.
    Sampled,
}

impl Method {
    /// The name in answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Sampled => "sampled",
        }
    }
}

/// Betweenness of every node.
#[derive(Debug, Clone, PartialEq)]
pub struct Betweenness {
    /// 0 to 1, by node: the share of pairs of others whose shortest ways lead through it.
    pub values: Vec<f64>,
    /// How it was come by.
    pub method: Method,
    /// How far off a value can be, with probability 1 − [`FAILURE`] for all at
    /// once; 0 when exact.
    pub error_bound: f64,
    /// How many paths were sampled; 0 when exact.
    pub samples: usize,
}

/// What all shortest paths say of nodes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paths {
    /// Betweenness, each unordered pair of ends once, not normalised.
    pub betweenness: Vec<f64>,
    /// The sum of distances between all ordered pairs that reach each other.
    pub distance: f64,
    /// How many ordered pairs reach each other.
    pub pairs: f64,
}

/// Exact where nodes times edges allow, else sampled within [`ERROR`].
#[must_use]
pub fn betweenness(graph: &Structure, seed: u64) -> Betweenness {
    if graph.node_count() as u64 * graph.edge_count() as u64 <= EXACT_UP_TO {
        exact(graph)
    } else {
        sampled(graph, ERROR, FAILURE, seed)
    }
}

/// Betweenness from all shortest paths, normalised by 2/((n−1)(n−2)); 0 for
/// fewer than three nodes. *Complexity:* O(n·m), on all cores.
#[must_use]
pub fn exact(graph: &Structure) -> Betweenness {
    let sources: Vec<u32> = (0..graph.node_count() as u32).collect();
    Betweenness {
        values: normalised(paths_from(graph, &sources).betweenness),
        method: Method::Exact,
        error_bound: 0.0,
        samples: 0,
    }
}

/// Shortest paths from some sources, as Brandes adds them up. From all nodes
/// the betweenness is exact; from k of them n/k times it estimates that.
///
/// *Complexity:* O(k·m), on all cores; the sum does not depend on their number.
#[must_use]
pub fn paths_from(graph: &Structure, sources: &[u32]) -> Paths {
    // A fixed number of shares, added up in order: the same sum on any machine.
    const SHARES: usize = 16;
    let nodes = graph.node_count();
    let share = sources.len().div_ceil(SHARES).max(1);
    let parts: Vec<Paths> = sources
        .par_chunks(share)
        .map(|sources| {
            let mut sweep = Sweep::of(nodes);
            let mut part = Paths {
                betweenness: vec![0.0; nodes],
                ..Paths::default()
            };
            for source in sources {
                sweep.run(graph, *source);
                sweep.add_dependencies(graph, &mut part.betweenness);
                let (distance, reached) = sweep.reach();
                part.distance += distance;
                part.pairs += reached;
            }
            part
        })
        .collect();
    let mut sum = Paths {
        betweenness: vec![0.0; nodes],
        ..Paths::default()
    };
    for part in parts {
        for (total, value) in sum.betweenness.iter_mut().zip(&part.betweenness) {
            // Each pair was seen from both ends.
            *total += value / 2.0;
        }
        sum.distance += part.distance;
        sum.pairs += part.pairs;
    }
    sum
}

/// Betweenness of every edge `(smaller, larger)`, not normalised, each
/// unordered pair of ends once. *Complexity:* O(n·m).
#[must_use]
pub fn of_edges(graph: &Structure) -> BTreeMap<(u32, u32), f64> {
    let nodes = graph.node_count();
    let mut sum: BTreeMap<(u32, u32), f64> = graph.edges().map(|(a, b, _)| ((a, b), 0.0)).collect();
    let mut sweep = Sweep::of(nodes);
    let mut through = vec![0.0; nodes];
    for source in 0..nodes as u32 {
        sweep.run(graph, source);
        sweep.add_dependencies(graph, &mut through);
        sweep.for_each_step(graph, |before, node, share| {
            if let Some(sum) = sum.get_mut(&(before.min(node), before.max(node))) {
                // Each pair is seen from both ends.
                *sum += share / 2.0;
            }
        });
    }
    sum
}

/// Betweenness of every node where an edge is as long as its weight says, not
/// normalised, each unordered pair once. Lengths must be above 0.
///
/// *Complexity:* O(n·m + n² log n), on all cores.
#[must_use]
pub fn by_length(graph: &Structure) -> Vec<f64> {
    let nodes = graph.node_count();
    let sources: Vec<u32> = (0..nodes as u32).collect();
    let parts: Vec<Vec<f64>> = sources
        .par_chunks(nodes.div_ceil(16).max(1))
        .map(|sources| {
            let mut sweep = WeightedSweep::of(nodes);
            let mut sum = vec![0.0; nodes];
            for source in sources {
                sweep.run(graph, *source);
                sweep.add_dependencies(&mut sum);
            }
            sum
        })
        .collect();
    let mut sum = vec![0.0; nodes];
    for part in parts {
        for (total, value) in sum.iter_mut().zip(part) {
            *total += value / 2.0;
        }
    }
    sum
}

/// Raw betweenness on the scale of 0 to 1.
#[must_use]
pub fn normalised(mut raw: Vec<f64>) -> Vec<f64> {
    let nodes = raw.len() as f64;
    let pairs = (nodes - 1.0) * (nodes - 2.0) / 2.0;
    for value in &mut raw {
        *value = if pairs > 0.0 { *value / pairs } else { 0.0 };
    }
    raw
}

/// Betweenness from sampled shortest paths: with probability 1 − `failure`
/// all values are within `error` of the exact ones.
///
/// Draws two ends, then one of their shortest paths, all alike likely, and
/// counts the nodes inside. The number of paths follows from the longest
/// shortest path alone, not from the size of the network:
/// r = ⌈(½/ε²)(⌊log₂(VD−2)⌋ + 1 + ln(1/δ))⌉.
///
/// *Complexity:* O(r · edges met by a search from both ends).
#[must_use]
pub fn sampled(graph: &Structure, error: f64, failure: f64, seed: u64) -> Betweenness {
    let nodes = graph.node_count();
    let samples = samples_needed(longest_path(graph), error, failure);
    let mut counts = vec![0_u32; nodes];
    if nodes > 2 {
        let streams: Vec<u64> = (0..samples as u64).collect();
        let shares: Vec<Vec<u32>> = streams
            .par_chunks(samples.div_ceil(64).max(1))
            .map(|streams| {
                let mut ends = Ends::of(nodes);
                let mut inside = Vec::new();
                for stream in streams {
                    let mut draws = Draws::of(seed, *stream);
                    let from = draws.below(nodes) as u32;
                    let other = draws.below(nodes - 1) as u32;
                    let to = if other >= from { other + 1 } else { other };
                    ends.draw_path(graph, from, to, &mut draws, &mut inside);
                }
                inside
            })
            .collect();
        for node in shares.into_iter().flatten() {
            counts[node as usize] += 1;
        }
    }
    // The share of sampled pairs is of n(n−1) pairs; the normal scale leaves out
    // those that end at the node itself.
    let scale = if nodes > 2 {
        nodes as f64 / (nodes as f64 - 2.0) / samples as f64
    } else {
        0.0
    };
    Betweenness {
        values: counts
            .into_iter()
            .map(|count| f64::from(count) * scale)
            .collect(),
        method: Method::Sampled,
        error_bound: if nodes > 2 {
            error * nodes as f64 / (nodes as f64 - 2.0)
        } else {
            0.0
        },
        samples,
    }
}

fn samples_needed(longest_path: u32, error: f64, failure: f64) -> usize {
    let dimension = if longest_path <= 3 {
        0.0
    } else {
        f64::from(longest_path - 2).log2().floor()
    };
    (0.5 / (error * error) * (dimension + 1.0 + (1.0 / failure).ln())).ceil() as usize
}

/// A bound on how many nodes the longest shortest path has: twice the depth
/// of a breadth-first search, and one, the most over all components.
fn longest_path(graph: &Structure) -> u32 {
    let mut depth = vec![u32::MAX; graph.node_count()];
    let mut starts: Vec<u32> = (0..graph.node_count() as u32).collect();
    // The best linked node of a component is near its middle.
    starts.sort_unstable_by_key(|node| (std::cmp::Reverse(graph.degree(*node)), *node));
    let mut queue = VecDeque::new();
    let mut most = 0;
    for start in starts {
        if depth[start as usize] != u32::MAX {
            continue;
        }
        depth[start as usize] = 0;
        queue.push_back(start);
        while let Some(node) = queue.pop_front() {
            let below = depth[node as usize] + 1;
            most = most.max(2 * (below - 1) + 1);
            for next in graph.neighbours(node) {
                if depth[*next as usize] == u32::MAX {
                    depth[*next as usize] = below;
                    queue.push_back(*next);
                }
            }
        }
    }
    most
}
