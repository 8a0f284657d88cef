//! Personalised `PageRank`: how close every organization is to one, over all
//! paths at once.
//!
//! Two ways to the same numbers: [`closeness`] pushes mass through a
//! neighbourhood and stops when little is left, which is quick enough for
//! a request; [`personalised`] goes through the whole graph until nothing
//! moves, which is exact.

use std::collections::VecDeque;

use rayon::prelude::*;

use crate::snapshot::{Flow, PartnerGraph};

/// The share that follows an edge; the rest starts again (Brin & Page 1998).
pub const DAMPING: f64 = 0.85;

/// More rounds than 1e-10 takes at [`DAMPING`] on any graph.
const MOST_ROUNDS: usize = 150;

/// Closeness of all organizations to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The personalised `PageRank` by node; what was never reached is not in it. By node.
    scores: Vec<(u32, f64)>,
    /// The largest but the organization's own.
    largest_other: f64,
}

impl Reach {
    /// Of scores by node, ascending.
    fn of(from: u32, scores: impl Iterator<Item = (u32, f64)>) -> Self {
        let scores: Vec<(u32, f64)> = scores.filter(|(_, score)| *score > 0.0).collect();
        let largest_other = scores
            .iter()
            .filter(|(node, _)| *node != from)
            .map(|(_, score)| *score)
            .fold(0.0, f64::max);
        Self {
            scores,
            largest_other,
        }
    }

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

    /// The `count` closest nodes but `from` itself, the closest first, then by node.
    #[must_use]
    pub fn closest(&self, from: u32, count: usize) -> Vec<u32> {
        let mut others: Vec<(u32, f64)> = self
            .scores
            .iter()
            .filter(|(node, _)| *node != from)
            .copied()
            .collect();
        others.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        others.truncate(count);
        others.into_iter().map(|(node, _)| node).collect()
    }
}

/// A network of no more ways is gone through whole.
const SMALL: usize = 5_000;

/// In a larger one so many ties are followed at most: about a millisecond,
/// whatever the hubs.
const MOST_TIES: usize = 25_000;

/// What may be left of the mass at a node for each of its ties, pass by pass.
const PASSES: [f64; 3] = [1e-4, 1e-5, 1e-6];

/// Closeness of all organizations to `from`, quick enough for a request: exact
/// in a small network; in a larger one ever finer passes of [`pushed`] until
/// the work is used up, which ends in the neighbourhood a request looks at.
///
/// *Complexity:* bounded, whatever the number of ties; O(n) memory.
#[must_use]
pub fn closeness(graph: &PartnerGraph, from: u32) -> Reach {
    let flow = graph.flow();
    if flow.edge_count() <= SMALL {
        Reach::of(from, (0..).zip(whole(flow, from)))
    } else {
        push(flow, from, &PASSES, MOST_TIES)
    }
}

/// Closeness of all organizations to `from` by the push method (Andersen,
/// Chung & Lang 2006, doi:10.1109/FOCS.2006.44) on the strengths of ties:
/// touches only the neighbourhood, O(1/(ε(1−d))) whatever the number of ties.
///
/// `epsilon` bounds the mass left at a node, for each of its ties: no score is
/// too high, and none is too low by more than the mass left in all.
#[must_use]
pub fn pushed(graph: &PartnerGraph, from: u32, epsilon: f64) -> Reach {
    push(graph.flow(), from, &[epsilon], usize::MAX)
}

/// What a node that was met has got, and what it has still to pass on.
#[derive(Debug, Clone, Copy)]
struct Met {
    node: u32,
    /// How many ties it has, 1 at least.
    ties: f64,
    rank: f64,
    rest: f64,
}

/// The nodes that were met, in that order, in the smallest room: memory is
/// what pushing waits for.
#[derive(Debug)]
struct Mass<'a> {
    flow: &'a Flow,
    /// By node, one more than the place in `met`; 0 where it was not.
    place: Vec<u32>,
    met: Vec<Met>,
}

impl Mass<'_> {
    fn place(&mut self, node: u32) -> usize {
        let place = &mut self.place[node as usize];
        if *place == 0 {
            self.met.push(Met {
                node,
                ties: self.flow.targets(node).len().max(1) as f64,
                rank: 0.0,
                rest: 0.0,
            });
            *place = self.met.len() as u32;
        }
        *place as usize - 1
    }
}

fn push(flow: &Flow, from: u32, passes: &[f64], most_ties: usize) -> Reach {
    let mut mass = Mass {
        flow,
        place: vec![0; flow.node_count()],
        met: Vec::new(),
    };
    let first = mass.place(from);
    mass.met[first].rest = 1.0;
    let mut queue: VecDeque<usize> = VecDeque::new();
    let mut followed = 0;
    for epsilon in passes {
        let is_due = |met: &Met| met.rest >= epsilon * met.ties;
        let due = |(_, met): &(usize, &Met)| is_due(met);
        queue.clear();
        queue.extend(mass.met.iter().enumerate().filter(due).map(|(at, _)| at));
        while let Some(at) = queue.pop_front() {
            if followed >= most_ties {
                break;
            }
            let here = &mut mass.met[at];
            let moved = std::mem::take(&mut here.rest);
            here.rank += (1.0 - DAMPING) * moved;
            let node = here.node;
            let mut pass = |to: u32, share: f64| {
                let at = mass.place(to);
                let there = &mut mass.met[at];
                let waited = is_due(there);
                there.rest += DAMPING * moved * share;
                if !waited && is_due(there) {
                    queue.push_back(at);
                }
            };
            let total = flow.total(node);
            let targets = flow.targets(node);
            followed += targets.len().max(1);
            if total <= 0.0 {
                // Mass that can go nowhere starts again.
                pass(from, 1.0);
                continue;
            }
            for (to, strength) in targets.iter().zip(flow.strengths(node)) {
                pass(*to, strength / total);
            }
        }
    }
    mass.met.sort_unstable_by_key(|met| met.node);
    Reach::of(from, mass.met.iter().map(|met| (met.node, met.rank)))
}

/// As [`personalised`] for one seed, without anything made ready.
fn whole(flow: &Flow, from: u32) -> Vec<f64> {
    let nodes = flow.node_count();
    let mut rank = vec![0.0; nodes];
    rank[from as usize] = 1.0;
    for _ in 0..MOST_ROUNDS {
        let mut next = vec![0.0; nodes];
        let mut again = 1.0 - DAMPING;
        for (node, mass) in (0..).zip(&rank) {
            let total = flow.total(node);
            if total <= 0.0 {
                again += DAMPING * mass;
                continue;
            }
            for (to, strength) in flow.targets(node).iter().zip(flow.strengths(node)) {
                next[*to as usize] += DAMPING * mass * strength / total;
            }
        }
        next[from as usize] += again;
        let change: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        rank = next;
        if change < 1e-10 {
            break;
        }
    }
    rank
}

/// Edges by where they lead, each with the share of its origin's mass:
/// what a round of [`personalised`] reads. Made once for many seeds.
#[derive(Debug, Clone, Default)]
pub struct Inflow {
    offsets: Vec<u32>,
    origins: Vec<u32>,
    shares: Vec<f64>,
    dangling: Vec<u32>,
}

impl Inflow {
    /// Turns a flow round. *Complexity:* O(n + m).
    #[must_use]
    pub fn of(flow: &Flow) -> Self {
        let nodes = flow.node_count();
        let mut offsets = vec![0_u32; nodes + 1];
        for (_, to, _) in flow.edges() {
            offsets[to as usize + 1] += 1;
        }
        for node in 0..nodes {
            offsets[node + 1] += offsets[node];
        }
        let mut next = offsets.clone();
        let mut origins = vec![0; flow.edge_count()];
        let mut shares = vec![0.0; flow.edge_count()];
        for (from, to, strength) in flow.edges() {
            let at = next[to as usize] as usize;
            origins[at] = from;
            shares[at] = strength / flow.total(from);
            next[to as usize] += 1;
        }
        let dangling = (0..nodes as u32)
            .filter(|node| flow.total(*node) <= 0.0)
            .collect();
        Self {
            offsets,
            origins,
            shares,
            dangling,
        }
    }
}

/// The exact personalised `PageRank` of every node for `seeds` of equal
/// weight: x ← d(Pᵀx + m·s) + (1−d)·s, with m the mass on nodes that pass
/// nobody on, until the sum of changes is below 1e-10 (METHODS A6). Sums to 1, within 1e-9.
/// Without seeds every node is one, which is the plain `PageRank`; without
/// nodes the answer is empty.
///
/// *Complexity:* O(n + m) a round, at most 150 rounds, on all cores where there is work for them.
#[must_use]
pub fn personalised(inflow: &Inflow, seeds: &[u32], damping: f64) -> Vec<f64> {
    const CHUNK: usize = 4096;
    /// A round through so few nodes is over before other cores have woken up: one goes alone.
    const SPREAD: usize = 4 * CHUNK;
    let nodes = inflow.offsets.len().saturating_sub(1);
    if nodes == 0 {
        return Vec::new();
    }
    let mut start = vec![0.0; nodes];
    if seeds.is_empty() {
        start.fill(1.0 / nodes as f64);
    }
    for seed in seeds {
        start[*seed as usize] += 1.0 / seeds.len() as f64;
    }
    // What comes to a node, given the ranks of the others.
    let came = |rank: &[f64], node: usize| -> f64 {
        let row = inflow.offsets[node] as usize..inflow.offsets[node + 1] as usize;
        let (origins, shares) = (&inflow.origins[row.clone()], &inflow.shares[row]);
        let each = origins.iter().zip(shares);
        each.map(|(origin, share)| rank[*origin as usize] * share)
            .sum()
    };
    let mut rank = start.clone();
    let mut next = vec![0.0; nodes];
    for _ in 0..MOST_ROUNDS {
        let dangling = inflow.dangling.iter();
        let stuck: f64 = dangling.map(|node| rank[*node as usize]).sum();
        let again = damping * stuck + (1.0 - damping);
        let change: f64 = if nodes <= SPREAD {
            // Each node sees at once what changed before it (Gauss–Seidel): half the rounds.
            (0..nodes)
                .map(|node| {
                    let value = damping * came(&rank, node) + again * start[node];
                    let change = (value - rank[node]).abs();
                    rank[node] = value;
                    change
                })
                .sum()
        } else {
            // Changes are summed by chunk, in order, whatever the number of cores.
            let changes: Vec<f64> = next
                .par_chunks_mut(CHUNK)
                .enumerate()
                .map(|(chunk, values)| {
                    let mut change = 0.0;
                    for (node, value) in (chunk * CHUNK..).zip(values) {
                        *value = damping * came(&rank, node) + again * start[node];
                        change += (*value - rank[node]).abs();
                    }
                    change
                })
                .collect();
            std::mem::swap(&mut rank, &mut next);
            changes.iter().sum()
        };
        if change < 1e-10 {
            break;
        }
    }
    rank
}
