//! Referral routes: through which partners one organization reaches another.
//!
//! The best route maximises the product of its ties' strengths, which is the
//! probability that a referral passed on at each hop arrives. Found by
//! Dijkstra's method on −ln p in layers of hops, since a bound on hops can
//! make the best route one that no unbounded tree contains; further routes by
//! Yen (1971), simple paths only.

use std::cmp::Ordering;
use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};

use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use crate::snapshot::{PartnerGraph, Tie};

/// Nobody passes a person on through more partners than this.
pub const MOST_HOPS: usize = 4;

/// A way from one organization to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Nodes in order, both ends included.
    pub nodes: Vec<u32>,
    /// For each hop the place of its tie in [`PartnerGraph::ties`].
    pub ties: Vec<u32>,
    /// Product of the ties' strengths; 1 for a route of length 0.
    pub trust: f64,
}

impl Route {
    /// The ties of the hops.
    pub fn hops<'a>(&'a self, graph: &'a PartnerGraph) -> impl Iterator<Item = &'a Tie> {
        self.ties.iter().map(|place| &graph.ties()[*place as usize])
    }
}

/// The best route of at most `most_hops` hops, or `None` where there is none.
///
/// *Complexity:* O(hops · m log n).
#[must_use]
pub fn best_route(graph: &PartnerGraph, from: u32, to: u32, most_hops: usize) -> Option<Route> {
    search(graph, from, to, most_hops, &HashSet::new(), &HashSet::new())
}

/// The best `count` simple routes of at most `most_hops` hops, the most trusted
/// first; ties by their nodes.
#[must_use]
pub fn best_routes(
    graph: &PartnerGraph,
    from: u32,
    to: u32,
    count: usize,
    most_hops: usize,
) -> Vec<Route> {
    let mut found: Vec<Route> = Vec::new();
    let mut waiting: BTreeSet<Ranked> = BTreeSet::new();
    waiting.extend(best_route(graph, from, to, most_hops).map(Ranked));
    while found.len() < count {
        let Some(Ranked(route)) = waiting.pop_first() else {
            break;
        };
        // Every further route leaves this one at some node.
        for at in 0..route.ties.len() {
            let root = &route.nodes[..=at];
            let barred_nodes: HashSet<u32> = root[..at].iter().copied().collect();
            let barred_steps: HashSet<(u32, u32)> = found
                .iter()
                .chain([&route])
                .filter(|known| known.nodes.len() > at + 1 && known.nodes[..=at] == *root)
                .map(|known| (known.nodes[at], known.nodes[at + 1]))
                .collect();
            let Some(rest) = search(
                graph,
                root[at],
                to,
                most_hops - at,
                &barred_nodes,
                &barred_steps,
            ) else {
                continue;
            };
            let mut nodes = root[..at].to_vec();
            nodes.extend(rest.nodes);
            let mut ties = route.ties[..at].to_vec();
            ties.extend(rest.ties);
            let trust = ties
                .iter()
                .map(|tie| graph.ties()[*tie as usize].strength)
                .product();
            waiting.insert(Ranked(Route { nodes, ties, trust }));
        }
        found.push(route);
    }
    found
}

/// A route ordered by trust descending, then by its nodes.
#[derive(Debug, PartialEq)]
struct Ranked(Route);

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .0
            .trust
            .total_cmp(&self.0.trust)
            .then_with(|| self.0.nodes.cmp(&other.0.nodes))
    }
}

/// A node reached in so many hops, ordered for a heap that gives the shortest first.
#[derive(Debug, PartialEq)]
struct Reached {
    length: f64,
    hops: usize,
    node: u32,
}

impl Eq for Reached {}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .length
            .total_cmp(&self.length)
            .then_with(|| (other.hops, other.node).cmp(&(self.hops, self.node)))
    }
}

fn search(
    graph: &PartnerGraph,
    from: u32,
    to: u32,
    most_hops: usize,
    barred_nodes: &HashSet<u32>,
    barred_steps: &HashSet<(u32, u32)>,
) -> Option<Route> {
    let routes = graph.routes();
    // The shortest length to each node in each number of hops, and the step before.
    let mut best: HashMap<(u32, usize), (f64, u32, u32)> = HashMap::new();
    let mut heap = BinaryHeap::from([Reached {
        length: 0.0,
        hops: 0,
        node: from,
    }]);
    while let Some(Reached { length, hops, node }) = heap.pop() {
        if node == to {
            return Some(trace(graph, &best, from, to, hops));
        }
        if hops == most_hops
            || best
                .get(&(node, hops))
                .is_some_and(|known| known.0 < length)
        {
            continue;
        }
        // In no more hops the node was reached no worse: what follows is no better.
        if hops > 0
            && (1..hops).any(|fewer| best.get(&(node, fewer)).is_some_and(|k| k.0 <= length))
        {
            continue;
        }
        for edge in routes.edges(NodeIndex::new(node as usize)) {
            let next = edge.target().index() as u32;
            if next == from || barred_nodes.contains(&next) || barred_steps.contains(&(node, next))
            {
                continue;
            }
            let tie = *edge.weight();
            let length = length - graph.ties()[tie as usize].strength.ln();
            let known = best.get(&(next, hops + 1));
            let better = known.is_none_or(|known| {
                length < known.0 || (length.total_cmp(&known.0).is_eq() && node < known.1)
            });
            if better {
                best.insert((next, hops + 1), (length, node, tie));
                heap.push(Reached {
                    length,
                    hops: hops + 1,
                    node: next,
                });
            }
        }
    }
    None
}

fn trace(
    graph: &PartnerGraph,
    best: &HashMap<(u32, usize), (f64, u32, u32)>,
    from: u32,
    to: u32,
    hops: usize,
) -> Route {
    let mut nodes = vec![to];
    let mut ties = Vec::with_capacity(hops);
    let mut node = to;
    for hop in (1..=hops).rev() {
        let (_, before, tie) = best[&(node, hop)];
        ties.push(tie);
        nodes.push(before);
        node = before;
    }
    debug_assert_eq!(node, from, "a trace ends where it began");
    nodes.reverse();
    ties.reverse();
    let trust = ties
        .iter()
        .map(|tie| graph.ties()[*tie as usize].strength)
        .product();
    Route { nodes, ties, trust }
}
