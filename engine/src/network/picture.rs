//! A picture of the network: laid out by forces (Fruchterman & Reingold
//! 1991, doi:10.1002/spe.4380211102), drawn as SVG, the same each time.

use std::fmt::Write as _;

use super::draws::Draws;
use super::measures::{Measures, named};
use super::outward::escaped;
use crate::snapshot::Snapshot;

/// Okabe & Ito's eight colours, told apart by nearly everyone.
const PALETTE: [&str; 7] = [
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442",
];

/// All further communities.
const OTHER: &str = "#999999";

/// The most nodes that are drawn: more is a blot. The best linked stay.
pub const MOST_NODES: usize = 400;

const WIDTH: f64 = 1200.0;
const HEIGHT: f64 = 900.0;
const MARGIN: f64 = 50.0;
const ROUNDS: usize = 300;

/// Draws the organizations of the nodes given, or of all where none are, at
/// most [`MOST_NODES`]. Size tells partners, colour the community, a ring a
/// cut node; the best linked carry their names.
///
/// *Complexity:* O(rounds · n²) in the nodes drawn.
#[must_use]
pub fn picture(snapshot: &Snapshot, measures: &Measures, nodes: &[u32], seed: u64) -> String {
    let structure = snapshot.graph.structure();
    let mut drawn: Vec<u32> = if nodes.is_empty() {
        (0..structure.node_count() as u32).collect()
    } else {
        nodes.to_vec()
    };
    drawn.sort_unstable();
    drawn.dedup();
    let all = drawn.len();
    drawn.sort_by_key(|node| (std::cmp::Reverse(structure.degree(*node)), *node));
    drawn.truncate(MOST_NODES);
    let place = |node: u32| drawn.iter().position(|other| *other == node);
    let ties: Vec<(usize, usize, f64)> = structure
        .edges()
        .filter_map(|(a, b, weight)| Some((place(a)?, place(b)?, weight)))
        .collect();
    let spots = laid_out(drawn.len(), &ties, seed);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\">\n<title>Partner network of {} organizations</title>\n<desc>{} partnerships between those drawn. Larger circles have more partners; colours are communities.</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g stroke=\"#888888\" stroke-opacity=\"0.45\">\n",
        drawn.len(),
        ties.len()
    );
    for (a, b, weight) in &ties {
        let _ = writeln!(
            svg,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke-width=\"{:.1}\"/>",
            spots[*a].0,
            spots[*a].1,
            spots[*b].0,
            spots[*b].1,
            0.5 + 2.0 * weight
        );
    }
    svg.push_str("</g>\n<g>\n");
    for (node, (x, y)) in drawn.iter().zip(&spots) {
        let community = measures.graph.communities.of[*node as usize] as usize;
        let colour = PALETTE.get(community).copied().unwrap_or(OTHER);
        let ring = if measures.graph.cuts.is_cut(*node) {
            " stroke=\"#000000\" stroke-width=\"2.5\""
        } else {
            " stroke=\"#ffffff\""
        };
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\" fill=\"{colour}\"{ring}><title>{}</title></circle>",
            radius(structure.degree(*node)),
            escaped(&named(snapshot, *node).name)
        );
    }
    svg.push_str("</g>\n<g font-size=\"12\" fill=\"#000000\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">\n");
    for (node, x, y, name) in labels(snapshot, &drawn, &spots) {
        let lift = radius(structure.degree(node)) + 3.0;
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            y - lift,
            escaped(&name)
        );
    }
    svg.push_str("</g>\n");
    legend(&mut svg, snapshot, measures, &drawn, all);
    svg.push_str("</svg>\n");
    svg
}

fn radius(degree: usize) -> f64 {
    4.0 + (degree as f64).sqrt() * 2.0
}

/// Names of the best linked whose boxes overlap no other.
fn labels(
    snapshot: &Snapshot,
    drawn: &[u32],
    spots: &[(f64, f64)],
) -> Vec<(u32, f64, f64, String)> {
    const LONGEST: usize = 32;
    let mut boxes: Vec<(f64, f64, f64)> = Vec::new();
    let mut kept = Vec::new();
    for (node, (x, y)) in drawn.iter().zip(spots) {
        let mut name = named(snapshot, *node).name;
        if name.chars().count() > LONGEST {
            name = name.chars().take(LONGEST - 1).chain(['…']).collect();
        }
        let half = name.chars().count() as f64 * 3.3;
        let x = x.clamp(half + 4.0, WIDTH - half - 4.0);
        let free = boxes.iter().all(|(other_x, other_y, other_half)| {
            (x - other_x).abs() > half + other_half || (y - other_y).abs() > 14.0
        });
        if free {
            boxes.push((x, *y, half));
            kept.push((*node, x, *y, name));
        }
    }
    kept
}

fn legend(svg: &mut String, snapshot: &Snapshot, measures: &Measures, drawn: &[u32], all: usize) {
    let named = super::groups::named_communities(snapshot, measures);
    let mut rows: Vec<(&str, String)> = Vec::new();
    for (number, colour) in PALETTE.iter().enumerate() {
        let shown = drawn
            .iter()
            .any(|node| measures.graph.communities.of[*node as usize] as usize == number);
        if let Some(community) = named.communities.get(number).filter(|_| shown) {
            rows.push((colour, format!("{} ({})", community.name, community.size)));
        }
    }
    rows.push((OTHER, "other groups, or none".to_owned()));
    let _ = writeln!(svg, "<g font-size=\"13\" fill=\"#000000\">");
    for (row, (colour, words)) in rows.iter().enumerate() {
        let y = 22.0 + row as f64 * 19.0;
        let _ = writeln!(
            svg,
            "<circle cx=\"18\" cy=\"{y}\" r=\"6\" fill=\"{colour}\"/><text x=\"30\" y=\"{}\">{}</text>",
            y + 4.5,
            escaped(words)
        );
    }
    let y = 22.0 + rows.len() as f64 * 19.0;
    let _ = writeln!(
        svg,
        "<circle cx=\"18\" cy=\"{y}\" r=\"6\" fill=\"#ffffff\" stroke=\"#000000\" stroke-width=\"2.5\"/><text x=\"30\" y=\"{}\">others lose their only link without it</text>",
        y + 4.5
    );
    if drawn.len() < all {
        let _ = writeln!(
            svg,
            "<text x=\"12\" y=\"{}\">The {} best linked of {all} are drawn.</text>",
            y + 24.0,
            drawn.len()
        );
    }
    svg.push_str("</g>\n");
}

/// Where each node goes: ties pull, all push, and what heats the search cools down.
fn laid_out(nodes: usize, ties: &[(usize, usize, f64)], seed: u64) -> Vec<(f64, f64)> {
    let mut draws = Draws::of(seed, 2);
    let mut spots: Vec<(f64, f64)> = (0..nodes)
        .map(|_| (draws.unit() * WIDTH, draws.unit() * HEIGHT))
        .collect();
    if nodes == 0 {
        return spots;
    }
    let ideal = 0.75 * (WIDTH * HEIGHT / nodes as f64).sqrt();
    for round in 0..ROUNDS {
        let heat = WIDTH / 10.0 * (1.0 - round as f64 / ROUNDS as f64);
        let mut push = vec![(0.0, 0.0); nodes];
        for a in 0..nodes {
            for b in a + 1..nodes {
                let (x, y) = (spots[a].0 - spots[b].0, spots[a].1 - spots[b].1);
                let square = (x * x + y * y).max(0.01);
                let force = ideal * ideal / square;
                push[a].0 += x * force;
                push[a].1 += y * force;
                push[b].0 -= x * force;
                push[b].1 -= y * force;
            }
        }
        for (a, b, weight) in ties {
            let (x, y) = (spots[*a].0 - spots[*b].0, spots[*a].1 - spots[*b].1);
            let force = (x * x + y * y).sqrt() / ideal * (0.5 + weight);
            push[*a].0 -= x * force;
            push[*a].1 -= y * force;
            push[*b].0 += x * force;
            push[*b].1 += y * force;
        }
        for (spot, push) in spots.iter_mut().zip(&push) {
            // A light pull to the middle keeps parts without ties on the page.
            let x = push.0 + (WIDTH / 2.0 - spot.0) * 0.1;
            let y = push.1 + (HEIGHT / 2.0 - spot.1) * 0.1;
            let length = (x * x + y * y).sqrt().max(1e-9);
            let step = length.min(heat) / length;
            spot.0 = (spot.0 + x * step).clamp(MARGIN, WIDTH - MARGIN);
            spot.1 = (spot.1 + y * step).clamp(MARGIN, HEIGHT - MARGIN);
        }
    }
    spots
}
