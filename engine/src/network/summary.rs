//! The network in a few numbers.

use std::collections::BTreeMap;

use super::betweenness::Method;
use super::cohesion::Components;
use super::draws::Draws;
use super::equity::gini;
use super::holes::Hole;
use super::shortest::Sweep;
use crate::snapshot::{Flow, PartnerGraph, Structure};
use rayon::prelude::*;

/// From how many organizations path lengths are measured where all are too many.
const PATH_SOURCES: usize = 64;

/// The network in a few numbers. All of the simple graph, where partnerships
/// of one pair are one edge, but `ties_by_kind` and `reciprocity`.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Organizations.
    pub nodes: usize,
    /// Pairs that work together.
    pub edges: usize,
    /// Partnerships that hold, by kind.
    pub ties_by_kind: BTreeMap<&'static str, usize>,
    /// Parts of the network between which there is no way; each isolated organization is one.
    pub components: usize,
    /// Organizations in the largest part.
    pub largest_component: u32,
    /// Organizations without any partner.
    pub isolated: usize,
    /// Pairs that work together, of all pairs, 0 to 1.
    pub density: f64,
    /// Of all pairs with a partner in common, the share that work together.
    pub transitivity: f64,
    /// Mean over organizations of the share of their partners' pairs that work together.
    pub clustering: f64,
    /// Mean number of steps between two that reach each other; 0 where none do.
    pub average_path_length: f64,
    /// Whether path lengths were measured from all organizations or from some.
    pub path_method: Method,
    /// Of all ways people are passed on, the share that also lead back, 0 to 1.
    pub reciprocity: f64,
    /// How many organizations have so many partners: `(partners, organizations)`, ascending.
    pub degree_distribution: Vec<(usize, usize)>,
    /// How unequally partners are spread: 0 all have the same, towards 1 few have all.
    pub gini: f64,
}

/// What the summary is made of besides the graph.
pub(super) struct Basis<'a> {
    pub(super) components: &'a Components,
    pub(super) holes: &'a [Option<Hole>],
    /// The mean of path lengths, where all were measured.
    pub(super) path_length: Option<f64>,
    pub(super) seed: u64,
}

/// Sums the network up.
pub(super) fn summary(graph: &PartnerGraph, basis: &Basis<'_>) -> Summary {
    let structure = graph.structure();
    let nodes = structure.node_count();
    let mut ties_by_kind: BTreeMap<&'static str, usize> = BTreeMap::new();
    for tie in graph.ties() {
        *ties_by_kind.entry(tie.kind().name()).or_default() += 1;
    }
    let mut by_degree: BTreeMap<usize, usize> = BTreeMap::new();
    for node in 0..nodes as u32 {
        *by_degree.entry(structure.degree(node)).or_default() += 1;
    }
    let degrees: Vec<f64> = (0..nodes as u32)
        .map(|node| structure.degree(node) as f64)
        .collect();
    let possible = nodes as f64 * (nodes as f64 - 1.0) / 2.0;
    let clustering = clustering(structure, basis.holes);
    Summary {
        nodes,
        edges: structure.edge_count(),
        ties_by_kind,
        components: basis.components.count(),
        largest_component: basis.components.largest(),
        isolated: by_degree.get(&0).copied().unwrap_or(0),
        density: share(structure.edge_count() as f64, possible),
        transitivity: transitivity(structure, basis.holes),
        clustering: share(clustering.iter().sum(), nodes as f64),
        average_path_length: basis
            .path_length
            .unwrap_or_else(|| sampled_path_length(structure, basis.seed)),
        path_method: if basis.path_length.is_some() {
            Method::Exact
        } else {
            Method::Sampled
        },
        reciprocity: reciprocity(graph.flow()),
        degree_distribution: by_degree.into_iter().collect(),
        gini: gini(&degrees),
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// For each node the share of its partners' pairs that work together; 0 with
/// fewer than two partners (Watts & Strogatz 1998).
#[must_use]
pub fn clustering(graph: &Structure, holes: &[Option<Hole>]) -> Vec<f64> {
    holes
        .iter()
        .enumerate()
        .map(|(node, hole)| {
            let degree = graph.degree(node as u32) as f64;
            let triangles = hole.map_or(0.0, |hole| f64::from(hole.triangles));
            share(2.0 * triangles, degree * (degree - 1.0))
        })
        .collect()
}

/// Closed pairs of partners over all pairs of partners; 0 without any.
#[must_use]
pub fn transitivity(graph: &Structure, holes: &[Option<Hole>]) -> f64 {
    let closed: f64 = holes
        .iter()
        .flatten()
        .map(|hole| 2.0 * f64::from(hole.triangles))
        .sum();
    let pairs: f64 = (0..graph.node_count() as u32)
        .map(|node| graph.degree(node) as f64)
        .map(|degree| degree * (degree - 1.0))
        .sum();
    share(closed, pairs)
}

fn reciprocity(flow: &Flow) -> f64 {
    let both = flow
        .edges()
        .filter(|(from, to, _)| flow.targets(*to).binary_search(from).is_ok())
        .count();
    share(both as f64, flow.edge_count() as f64)
}

fn sampled_path_length(graph: &Structure, seed: u64) -> f64 {
    let mut draws = Draws::of(seed, 1);
    let sources: Vec<u32> = (0..PATH_SOURCES.min(graph.node_count()))
        .map(|_| draws.below(graph.node_count()) as u32)
        .collect();
    let reaches: Vec<(f64, f64)> = sources
        .par_iter()
        .map_init(
            || Sweep::of(graph.node_count()),
            |sweep, source| {
                sweep.run(graph, *source);
                sweep.reach()
            },
        )
        .collect();
    share(
        reaches.iter().map(|reach| reach.0).sum(),
        reaches.iter().map(|reach| reach.1).sum(),
    )
}

/// Closeness and harmonic centrality of each node: how few steps away the others are.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Nearness {
    /// Wasserman & Faust's closeness: ((r−1)/(n−1))·((r−1)/Σd) over the r nodes reached.
    pub closeness: f64,
    /// Σ 1/d over the others (Marchiori & Latora 2000), which needs no common component.
    pub harmonic: f64,
}

/// Closeness and harmonic centrality. *Complexity:* O(n·m), on all cores.
#[must_use]
pub fn nearness(graph: &Structure) -> Vec<Nearness> {
    let nodes = graph.node_count();
    (0..nodes as u32)
        .into_par_iter()
        .map_init(
            || Sweep::of(nodes),
            |sweep, node| {
                sweep.run(graph, node);
                let (distance, others) = sweep.reach();
                if distance <= 0.0 {
                    return Nearness::default();
                }
                Nearness {
                    closeness: others / (nodes as f64 - 1.0) * (others / distance),
                    harmonic: sweep
                        .reached()
                        .skip(1)
                        .map(|(_, steps)| 1.0 / f64::from(steps))
                        .sum(),
                }
            },
        )
        .collect()
}
