//! Structural holes (Burt 1992): whose partners are each other's partners
//! anyway, and who alone ties them together.

use rayon::prelude::*;

use crate::snapshot::Structure;

/// What Burt's measures say of one node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hole {
    /// How far its partners are tied to each other: low with many partners
    /// that do not know each other, 1 with a single one. Not bounded by 1.
    pub constraint: f64,
    /// How many of its partners are not reached through another anyway.
    pub effective_size: f64,
    /// How many pairs of its partners work with each other: its triangles.
    pub triangles: u32,
}

/// Burt's constraint `C = Σ_j (p_ij + Σ_q p_iq p_qj)²` and effective size
/// `Σ_j (1 − Σ_q p_iq m_qj)`, by node; `None` for a node without partners.
///
/// *Complexity:* O(Σ k²) over the degrees k of neighbours, on all cores.
#[must_use]
pub fn holes(graph: &Structure) -> Vec<Option<Hole>> {
    let nodes = graph.node_count();
    let totals: Vec<f64> = (0..nodes as u32)
        .map(|node| graph.weights(node).iter().sum())
        .collect();
    let heaviest: Vec<f64> = (0..nodes as u32)
        .map(|node| graph.weights(node).iter().copied().fold(0.0, f64::max))
        .collect();
    (0..nodes as u32)
        .into_par_iter()
        .map_init(
            || (vec![0.0; nodes], vec![false; nodes]),
            |(indirect, partner), node| {
                let total = totals[node as usize];
                if total <= 0.0 {
                    return None;
                }
                for neighbour in graph.neighbours(node) {
                    partner[*neighbour as usize] = true;
                }
                let mut redundant = 0.0;
                let mut closed = 0;
                for (through, weight) in graph.neighbours(node).iter().zip(graph.weights(node)) {
                    let share = weight / total;
                    let theirs = totals[*through as usize];
                    for (other, weight) in graph
                        .neighbours(*through)
                        .iter()
                        .zip(graph.weights(*through))
                    {
                        if partner[*other as usize] {
                            indirect[*other as usize] += share * weight / theirs;
                            closed += 1;
                            redundant += share * weight / heaviest[*other as usize];
                        }
                    }
                }
                let mut constraint = 0.0;
                for (neighbour, weight) in graph.neighbours(node).iter().zip(graph.weights(node)) {
                    constraint += (weight / total + indirect[*neighbour as usize]).powi(2);
                    indirect[*neighbour as usize] = 0.0;
                    partner[*neighbour as usize] = false;
                }
                Some(Hole {
                    constraint,
                    effective_size: graph.degree(node) as f64 - redundant,
                    // Each was met from both sides.
                    triangles: closed / 2,
                })
            },
        )
        .collect()
}
