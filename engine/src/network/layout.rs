//! Where the organizations of a picture stand: laid out by forces as
//! `ForceAtlas2` does (Jacomy, Venturini, Heymann & Bastian 2014,
//! doi:10.1371/journal.pone.0098679), the same each time.

use super::draws::Draws;

/// The legend stands to the left of the network, those without ties below it.
pub(super) const LEGEND: f64 = 330.0;
pub(super) const WIDTH: f64 = 1500.0;
pub(super) const HEIGHT: f64 = 960.0;
const MARGIN: f64 = 50.0;
/// Between those without ties.
const APART: f64 = 22.0;
const ROUNDS: usize = 400;

/// Where each node goes: ties pull, all push, and what heats the search cools
/// down. Those without ties stand in rows below the legend.
pub(super) fn laid_out(nodes: usize, ties: &[(usize, usize, f64)], seed: u64) -> Vec<(f64, f64)> {
    let mut degree = vec![0.0_f64; nodes];
    for (a, b, _) in ties {
        degree[*a] += 1.0;
        degree[*b] += 1.0;
    }
    let mut draws = Draws::of(seed, 2);
    let mut spots: Vec<(f64, f64)> = (0..nodes)
        .map(|_| (draws.unit() * 100.0 - 50.0, draws.unit() * 100.0 - 50.0))
        .collect();
    let linked: Vec<usize> = (0..nodes).filter(|node| degree[*node] > 0.0).collect();
    for round in 0..ROUNDS {
        let heat = 10.0 * (1.0 - round as f64 / ROUNDS as f64);
        let mut push = vec![(0.0, 0.0); nodes];
        for (place, a) in linked.iter().enumerate() {
            for b in &linked[place + 1..] {
                let (x, y) = (spots[*a].0 - spots[*b].0, spots[*a].1 - spots[*b].1);
                // The better linked push harder, or hubs would lie on each other.
                let force =
                    4.0 * (degree[*a] + 1.0) * (degree[*b] + 1.0) / (x * x + y * y).max(0.1);
                push[*a].0 += x * force;
                push[*a].1 += y * force;
                push[*b].0 -= x * force;
                push[*b].1 -= y * force;
            }
        }
        for (a, b, weight) in ties {
            let (x, y) = (spots[*a].0 - spots[*b].0, spots[*a].1 - spots[*b].1);
            let force = 0.5 + weight;
            push[*a].0 -= x * force;
            push[*a].1 -= y * force;
            push[*b].0 += x * force;
            push[*b].1 += y * force;
        }
        for node in &linked {
            // A light pull to the middle keeps parts without ties between them together.
            let pull = 0.4 * (degree[*node] + 1.0);
            let (x, y) = (
                push[*node].0 - spots[*node].0 * pull,
                push[*node].1 - spots[*node].1 * pull,
            );
            let length = (x * x + y * y).sqrt().max(1e-9);
            let step = (length / (degree[*node] + 1.0)).min(heat) / length;
            spots[*node].0 += x * step;
            spots[*node].1 += y * step;
        }
    }
    fit(&mut spots, &linked);
    let alone = (0..nodes).filter(|node| degree[*node] <= 0.0);
    let across = ((LEGEND - MARGIN) / APART) as usize;
    for (number, node) in alone.enumerate() {
        let (row, column) = (number / across, number % across);
        spots[node] = (
            18.0 + column as f64 * APART,
            HEIGHT - MARGIN - row as f64 * APART,
        );
    }
    spots
}

/// Stretches the places of some nodes over the room beside the legend.
fn fit(spots: &mut [(f64, f64)], nodes: &[usize]) {
    let range = |of: &dyn Fn(usize) -> f64| {
        let mut sorted: Vec<f64> = nodes.iter().map(|node| of(*node)).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        match (sorted.first(), sorted.last()) {
            (Some(first), Some(last)) => (*first, last - first),
            _ => (0.0, 0.0),
        }
    };
    let (left, wide) = range(&|node| spots[node].0);
    let (top, high) = range(&|node| spots[node].1);
    let stretched = |at: f64, first: f64, length: f64, from: f64, to: f64| {
        if length > 1e-9 {
            from + (at - first) / length * (to - from)
        } else {
            f64::midpoint(from, to)
        }
    };
    for node in nodes {
        let (x, y) = spots[*node];
        spots[*node] = (
            stretched(x, left, wide, LEGEND + MARGIN, WIDTH - MARGIN),
            stretched(y, top, high, MARGIN, HEIGHT - MARGIN),
        );
    }
}
