//! Equity of the network: do some kinds of groups sit at its edge?

use std::collections::BTreeMap;

use crate::snapshot::Structure;

/// Groups smaller than this say little: a single partner more would change the picture.
pub const SMALL: usize = 10;

/// How the partners of one kind of group compare with the network's.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupEquity {
    /// The kind of group.
    pub group: String,
    /// How many organizations are of it.
    pub size: usize,
    /// Their mean number of partners.
    pub mean_degree: f64,
    /// That over the mean of all: below 1 at the edge, above 1 in the middle; 0 without ties.
    pub relative_degree: f64,
    /// The share of them without any partner.
    pub isolated_share: f64,
    /// What to be careful about, where there are few.
    pub caution: Option<String>,
}

/// Who sits in the middle and who at the edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Equity {
    /// Gini coefficient of the number of partners.
    pub gini: f64,
    /// Whether groups keep to their own kind: 1 wholly, 0 as by chance, below 0
    /// they seek others (Newman 2003). `None` where it is not defined: no ties,
    /// or all of one kind.
    pub assortativity: Option<f64>,
    /// By kind, by name.
    pub groups: Vec<GroupEquity>,
    /// How many are of unknown kind.
    pub unknown: usize,
}

/// Compares kinds of groups: `group_of` names the kind of each node; a node
/// of unknown kind counts in the whole and in no kind.
#[must_use]
pub fn equity(graph: &Structure, group_of: &[Option<String>]) -> Equity {
    let degrees: Vec<f64> = (0..graph.node_count() as u32)
        .map(|node| graph.degree(node) as f64)
        .collect();
    let mean_of_all = mean(&degrees);
    let mut by_group: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (group, degree) in group_of.iter().zip(&degrees) {
        if let Some(group) = group {
            by_group.entry(group).or_default().push(*degree);
        }
    }
    let groups = by_group
        .iter()
        .map(|(group, degrees)| {
            let mean_degree = mean(degrees);
            let isolated = degrees.iter().filter(|degree| **degree <= 0.0).count();
            GroupEquity {
                group: (*group).to_owned(),
                size: degrees.len(),
                mean_degree,
                relative_degree: if mean_of_all > 0.0 {
                    mean_degree / mean_of_all
                } else {
                    0.0
                },
                isolated_share: isolated as f64 / degrees.len() as f64,
                caution: (degrees.len() < SMALL).then(|| {
                    format!(
                        "only {} of these: one partner more or less changes the picture",
                        degrees.len()
                    )
                }),
            }
        })
        .collect();
    Equity {
        gini: gini(&degrees),
        assortativity: assortativity(graph, group_of),
        groups,
        unknown: group_of.iter().filter(|group| group.is_none()).count(),
    }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        0.0
    } else {
        values.iter().sum::<f64>() / values.len() as f64
    }
}

/// The Gini coefficient `Σ(2i−n−1)x_i/(nΣx)` of values not below 0, sorted: 0
/// all alike, towards 1 one has all; 0 where all are 0.
///
/// ```
/// use causeway_engine::network::gini;
/// assert_eq!(gini(&[2.0, 2.0]), 0.0);
/// assert_eq!(gini(&[0.0, 0.0, 0.0, 4.0]), 0.75);
/// ```
#[must_use]
pub fn gini(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let sum: f64 = sorted.iter().sum();
    if sum <= 0.0 {
        return 0.0;
    }
    let count = sorted.len() as f64;
    let weighted: f64 = sorted
        .iter()
        .enumerate()
        .map(|(place, value)| (2.0 * (place as f64 + 1.0) - count - 1.0) * value)
        .sum();
    weighted / (count * sum)
}

/// Newman's (2003, doi:10.1103/PhysRevE.67.026126) assortativity by kind:
/// `(Σ e_ii − Σ a_i²)/(1 − Σ a_i²)`, over ties whose both ends are of a known kind.
fn assortativity(graph: &Structure, group_of: &[Option<String>]) -> Option<f64> {
    let mut ends: BTreeMap<&str, f64> = BTreeMap::new();
    let (mut same, mut total) = (0.0, 0.0);
    for (a, b, _) in graph.edges() {
        if let (Some(a), Some(b)) = (&group_of[a as usize], &group_of[b as usize]) {
            *ends.entry(a).or_default() += 1.0;
            *ends.entry(b).or_default() += 1.0;
            total += 2.0;
            if a == b {
                same += 2.0;
            }
        }
    }
    if total <= 0.0 {
        return None;
    }
    let chance: f64 = ends.values().map(|ends| (ends / total).powi(2)).sum();
    (chance < 1.0 - 1e-12).then(|| (same / total - chance) / (1.0 - chance))
}
