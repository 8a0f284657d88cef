//! How likely two organizations are to work together, by the partners they
//! share (Liben-Nowell & Kleinberg 2007, doi:10.1002/asi.20591).

use crate::snapshot::Structure;

/// What shared partners say of a pair.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Link {
    /// The partners they share, ascending.
    pub shared: Vec<u32>,
    /// Shared partners over all partners of either; 0 where neither has any.
    pub jaccard: f64,
    /// Σ 1/ln k over shared partners (Adamic & Adar 2003).
    pub adamic_adar: f64,
    /// Σ 1/k over shared partners (Zhou, Lü & Zhang 2009): the default, since
    /// it makes least of hubs that know everybody.
    pub resource_allocation: f64,
    /// Product of degrees. For comparison only: it makes the large larger.
    pub preferential_attachment: f64,
}

/// The link scores of two different nodes.
///
/// *Complexity:* O(k) in their degrees.
#[must_use]
pub fn link(graph: &Structure, a: u32, b: u32) -> Link {
    let shared = shared(graph, a, b);
    let either = graph.degree(a) + graph.degree(b) - shared.len();
    let degrees = || shared.iter().map(|node| graph.degree(*node) as f64);
    Link {
        jaccard: if either == 0 {
            0.0
        } else {
            shared.len() as f64 / either as f64
        },
        // A shared partner has two partners at least, so the logarithm is above 0.
        adamic_adar: degrees().map(|degree| 1.0 / degree.ln()).sum(),
        resource_allocation: degrees().map(|degree| 1.0 / degree).sum(),
        preferential_attachment: (graph.degree(a) * graph.degree(b)) as f64,
        shared,
    }
}

/// The neighbours that two nodes share, ascending.
#[must_use]
pub fn shared(graph: &Structure, a: u32, b: u32) -> Vec<u32> {
    let (mut left, mut right) = (graph.neighbours(a), graph.neighbours(b));
    let mut shared = Vec::new();
    while let (Some(first), Some(second)) = (left.first(), right.first()) {
        match first.cmp(second) {
            std::cmp::Ordering::Less => left = &left[1..],
            std::cmp::Ordering::Greater => right = &right[1..],
            std::cmp::Ordering::Equal => {
                shared.push(*first);
                (left, right) = (&left[1..], &right[1..]);
            }
        }
    }
    shared
}

/// Nodes two steps away with their resource allocation, by node.
///
/// *Complexity:* O(Σ k) over the neighbours' degrees.
#[must_use]
pub fn two_steps(graph: &Structure, node: u32) -> Vec<(u32, f64)> {
    let mut found: Vec<(u32, f64)> = graph
        .neighbours(node)
        .iter()
        .flat_map(|shared| {
            let each = 1.0 / graph.degree(*shared) as f64;
            graph
                .neighbours(*shared)
                .iter()
                .map(move |other| (*other, each))
        })
        .filter(|(other, _)| *other != node && graph.neighbours(node).binary_search(other).is_err())
        .collect();
    found.sort_unstable_by_key(|(other, _)| *other);
    found.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    found
}
