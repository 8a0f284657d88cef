//! Communities: organizations that work with each other more than with the rest.

use rayon::prelude::*;

use super::leiden;
use crate::snapshot::Structure;

/// How many runs, each from a seed of its own; the best is kept.
const RUNS: usize = 10;

/// As many where a run takes seconds.
const RUNS_ON_LARGE: usize = 4;

/// From so many nodes on a run takes seconds.
const LARGE: usize = 50_000;

/// How many runs a graph gets: ten, fewer where it is large.
#[must_use]
pub fn runs_for(graph: &Structure) -> usize {
    if graph.node_count() < LARGE {
        RUNS
    } else {
        RUNS_ON_LARGE
    }
}

/// Stability below which the groups are not clear-cut.
pub const CLEAR_CUT: f64 = 0.7;

/// A partition of the nodes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Communities {
    /// The community of each node; numbered by size, the largest first, then
    /// by smallest node.
    pub of: Vec<u32>,
    /// The members of each, ascending.
    pub members: Vec<Vec<u32>>,
    /// Newman & Girvan's modularity of the partition; 0 without edges.
    pub modularity: f64,
    /// How much runs from other seeds agree: mean adjusted Rand index, 1 the same.
    pub stability: f64,
    /// How many runs were compared.
    pub runs: usize,
}

/// Communities by Leiden's method on modularity with resolution 1: the best
/// of `runs` runs. Every community is connected; the same seed gives the same.
///
/// *Complexity:* O(runs · m) in practice, runs on all cores.
#[must_use]
pub fn communities(graph: &Structure, runs: usize, seed: u64) -> Communities {
    let found: Vec<(Vec<u32>, f64)> = (0..runs.max(1) as u64)
        .into_par_iter()
        .map(|run| {
            let groups = leiden::run(graph, 1.0, seed.wrapping_add(run));
            let quality = modularity(graph, &groups, 1.0);
            (groups, quality)
        })
        .collect();
    let pairs: Vec<(usize, usize)> = (0..found.len())
        .flat_map(|a| (a + 1..found.len()).map(move |b| (a, b)))
        .collect();
    let agreement: Vec<f64> = pairs
        .par_iter()
        .map(|(a, b)| adjusted_rand(&found[*a].0, &found[*b].0))
        .collect();
    let stability = if agreement.is_empty() {
        1.0
    } else {
        agreement.iter().sum::<f64>() / agreement.len() as f64
    };
    // The first of the best, so that the order of runs decides between equals.
    let best = found
        .into_iter()
        .reduce(|best, other| if other.1 > best.1 { other } else { best });
    let (groups, modularity) = best.unwrap_or_default();
    let mut members: Vec<Vec<u32>> = Vec::new();
    for (node, group) in groups.iter().enumerate() {
        if members.len() <= *group as usize {
            members.resize(*group as usize + 1, Vec::new());
        }
        members[*group as usize].push(node as u32);
    }
    members.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    let mut of = vec![0; groups.len()];
    for (number, members) in members.iter().enumerate() {
        for node in members {
            of[*node as usize] = number as u32;
        }
    }
    Communities {
        of,
        members,
        modularity,
        stability,
        runs: runs.max(1),
    }
}

/// Modularity `Q = Σ_c [L_c/m − γ(d_c/2m)²]` of a partition, by weight
/// (Newman & Girvan 2004); 0 without edges. `groups` has one number for each node.
#[must_use]
pub fn modularity(graph: &Structure, groups: &[u32], resolution: f64) -> f64 {
    let count = groups
        .iter()
        .copied()
        .max()
        .map_or(0, |most| most as usize + 1);
    let mut degree = vec![0.0; count];
    let (mut inside, mut total) = (0.0, 0.0);
    for (node, group) in groups.iter().enumerate() {
        let neighbours = graph.neighbours(node as u32);
        for (other, weight) in neighbours.iter().zip(graph.weights(node as u32)) {
            degree[*group as usize] += weight;
            total += weight;
            if groups[*other as usize] == *group {
                inside += weight;
            }
        }
    }
    if total <= 0.0 {
        return 0.0;
    }
    let expected: f64 = degree.iter().map(|degree| (degree / total).powi(2)).sum();
    inside / total - resolution * expected
}

/// How much two partitions agree, corrected for chance (Hubert & Arabie 1985):
/// 1 the same, 0 as by chance; 1 where chance alone would agree.
#[must_use]
pub fn adjusted_rand(a: &[u32], b: &[u32]) -> f64 {
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let mut both: Vec<u64> = a
        .iter()
        .zip(b)
        .map(|(a, b)| u64::from(*a) << 32 | u64::from(*b))
        .collect();
    both.sort_unstable();
    let runs = |keys: &[u64]| -> f64 {
        keys.chunk_by(|a, b| a == b)
            .map(|run| pairs(run.len()))
            .sum()
    };
    let together = runs(&both);
    let side = |groups: &[u32]| -> f64 {
        let most = groups
            .iter()
            .copied()
            .max()
            .map_or(0, |most| most as usize + 1);
        let mut sizes = vec![0; most];
        for group in groups {
            sizes[*group as usize] += 1;
        }
        sizes.into_iter().map(pairs).sum()
    };
    let (in_a, in_b) = (side(a), side(b));
    let all = pairs(a.len());
    if all <= 0.0 {
        return 1.0;
    }
    let expected = in_a * in_b / all;
    let most = f64::midpoint(in_a, in_b);
    if (most - expected).abs() < 1e-12 {
        return 1.0;
    }
    (together - expected) / (most - expected)
}
