//! A picture of the network as SVG: readable names, a legend, colours that
//! nearly everyone can tell apart.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::layout::{HEIGHT, LEGEND, WIDTH, laid_out};
use super::measures::{Layer, Measures, named};
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

/// Longer names are cut short.
const LONGEST: usize = 36;

/// What to draw.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// The organizations, by node; all where there are none.
    pub nodes: Vec<u32>,
    /// The one whose neighbourhood it is.
    pub centre: Option<u32>,
    /// Which ties are drawn.
    pub layer: Layer,
    /// Of the layout.
    pub seed: u64,
}

/// Draws organizations and the ties between them, at most [`MOST_NODES`].
/// Size tells partners, colour the community, a ring a cut node, a dashed line
/// an implied tie; the best linked carry their names.
///
/// *Complexity:* O(rounds · n²) in the nodes drawn, and O(m).
#[must_use]
pub fn picture(snapshot: &Snapshot, measures: &Measures, asked: &Picture) -> String {
    let structure = snapshot.graph.structure();
    let mut drawn: Vec<u32> = if asked.nodes.is_empty() {
        (0..structure.node_count() as u32).collect()
    } else {
        asked.nodes.clone()
    };
    drawn.sort_unstable();
    drawn.dedup();
    let all = drawn.len();
    let prominence = |node: &u32| {
        let centre = asked.centre == Some(*node);
        (!centre, std::cmp::Reverse(structure.degree(*node)), *node)
    };
    drawn.sort_by_key(prominence);
    drawn.truncate(MOST_NODES);
    let place: BTreeMap<u32, usize> = drawn
        .iter()
        .enumerate()
        .map(|(at, node)| (*node, at))
        .collect();
    let ties: Vec<(usize, usize, f64)> = measures
        .ties(snapshot, asked.layer)
        .structure()
        .edges()
        .filter_map(|(a, b, weight)| Some((*place.get(&a)?, *place.get(&b)?, weight)))
        .collect();
    let spots = laid_out(drawn.len(), &ties, asked.seed);
    let about = match asked.centre {
        Some(centre) => format!("Partners around {}", named(snapshot, centre).name),
        None => format!("Partner network of {} organisations", drawn.len()),
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\">\n<title>{}</title>\n<desc>{} ties between those drawn. Larger circles have more partners; colours are communities.</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g stroke=\"#888888\" stroke-opacity=\"0.45\">\n",
        escaped(&about),
        ties.len()
    );
    let mut some_implied = false;
    for (a, b, weight) in &ties {
        let stated = structure.neighbours(drawn[*a]).binary_search(&drawn[*b]);
        let dashes = if stated.is_ok() {
            ""
        } else {
            some_implied = true;
            " stroke-dasharray=\"5 4\""
        };
        let _ = writeln!(
            svg,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke-width=\"{:.1}\"{dashes}/>",
            spots[*a].0,
            spots[*a].1,
            spots[*b].0,
            spots[*b].1,
            0.5 + 2.0 * weight
        );
    }
    svg.push_str("</g>\n");
    circles(&mut svg, snapshot, measures, &drawn, &spots);
    names(&mut svg, snapshot, asked.centre, &drawn, &spots);
    let notes = Notes {
        some_implied,
        some_alone: (0..drawn.len()).any(|at| ties.iter().all(|(a, b, _)| at != *a && at != *b)),
        left_out: all - drawn.len(),
    };
    legend(&mut svg, measures, &drawn, &notes);
    svg.push_str("</svg>\n");
    svg
}

/// A circle for each organization.
fn circles(
    svg: &mut String,
    snapshot: &Snapshot,
    measures: &Measures,
    drawn: &[u32],
    spots: &[(f64, f64)],
) {
    svg.push_str("<g>\n");
    for (node, (x, y)) in drawn.iter().zip(spots) {
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
            radius(snapshot.graph.structure().degree(*node)),
            escaped(&named(snapshot, *node).name)
        );
    }
    svg.push_str("</g>\n");
}

/// The names, that of the centre in bold.
fn names(
    svg: &mut String,
    snapshot: &Snapshot,
    centre: Option<u32>,
    drawn: &[u32],
    spots: &[(f64, f64)],
) {
    // Twice, since not every program paints the edge of letters behind them.
    for look in [
        "fill=\"#ffffff\" stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\"",
        "fill=\"#000000\"",
    ] {
        let _ = writeln!(svg, "<g font-size=\"12\" text-anchor=\"middle\" {look}>");
        for label in labels(snapshot, drawn, spots) {
            let lift = radius(snapshot.graph.structure().degree(label.node)) + 3.0;
            let weight = if centre == Some(label.node) {
                " font-weight=\"bold\""
            } else {
                ""
            };
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\"{weight}>{}</text>",
                label.x,
                label.y - lift,
                escaped(&label.name)
            );
        }
        svg.push_str("</g>\n");
    }
}

fn radius(degree: usize) -> f64 {
    4.0 + (degree as f64).sqrt() * 2.0
}

/// A name with its place.
struct Label {
    node: u32,
    x: f64,
    y: f64,
    name: String,
}

/// Names of the best linked whose boxes overlap no other.
fn labels(snapshot: &Snapshot, drawn: &[u32], spots: &[(f64, f64)]) -> Vec<Label> {
    let mut kept: Vec<(Label, f64)> = Vec::new();
    // Whoever has no tie stands beside the legend, where there is no room for names.
    let beside = drawn.iter().zip(spots).filter(|(_, (x, _))| *x > LEGEND);
    for (node, (x, y)) in beside {
        let name = short(&named(snapshot, *node).name);
        let half = name.chars().count() as f64 * 3.4;
        let x = x.clamp(LEGEND + half, WIDTH - half - 4.0);
        let lift = radius(snapshot.graph.structure().degree(*node));
        let free = kept.iter().all(|(other, other_half)| {
            let other_lift = radius(snapshot.graph.structure().degree(other.node));
            let apart = ((y - lift) - (other.y - other_lift)).abs();
            (x - other.x).abs() > half + other_half || apart > 14.0
        });
        if free {
            let label = Label {
                node: *node,
                x,
                y: *y,
                name,
            };
            kept.push((label, half));
        }
    }
    kept.into_iter().map(|(label, _)| label).collect()
}

fn short(name: &str) -> String {
    if name.chars().count() > LONGEST {
        name.chars().take(LONGEST - 1).chain(['…']).collect()
    } else {
        name.to_owned()
    }
}

/// The lines of a legend's text.
fn wrapped(words: &str) -> Vec<String> {
    const WIDEST: usize = 42;
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let last = lines.len() - 1;
        if lines[last].is_empty() {
            lines[last].push_str(word);
        } else if lines[last].chars().count() + word.chars().count() < WIDEST {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// What the legend says besides the colours.
struct Notes {
    some_implied: bool,
    some_alone: bool,
    left_out: usize,
}

fn legend(svg: &mut String, measures: &Measures, drawn: &[u32], notes: &Notes) {
    let community = |node: &u32| measures.graph.communities.of[*node as usize] as usize;
    let mut rows: Vec<(&str, String)> = Vec::new();
    for (number, colour) in PALETTE.iter().enumerate() {
        let size = drawn
            .iter()
            .filter(|node| community(node) == number)
            .count();
        if size > 0 {
            let name = &measures.community_names[number];
            rows.push((colour, format!("{name} ({size})")));
        }
    }
    if drawn.iter().any(|node| community(node) >= PALETTE.len()) {
        rows.push((OTHER, "other groups, or none".to_owned()));
    }
    let mut line = |y: f64, mark: &str, words: &str| {
        let _ = writeln!(
            svg,
            "{mark}<text x=\"30\" y=\"{}\">{}</text>",
            y + 4.5,
            escaped(words)
        );
    };
    let mut y = 22.0;
    for (colour, words) in &rows {
        let mut mark = format!("<circle cx=\"18\" cy=\"{y}\" r=\"6\" fill=\"{colour}\"/>");
        for words in wrapped(words) {
            line(y, &std::mem::take(&mut mark), &words);
            y += 19.0;
        }
    }
    let ring = format!(
        "<circle cx=\"18\" cy=\"{y}\" r=\"6\" fill=\"#ffffff\" stroke=\"#000000\" stroke-width=\"2.5\"/>"
    );
    line(y, &ring, "others lose their only link without it");
    y += 19.0;
    if notes.some_implied {
        let dashes = format!(
            "<line x1=\"8\" y1=\"{y}\" x2=\"28\" y2=\"{y}\" stroke=\"#666666\" stroke-width=\"2\" stroke-dasharray=\"5 4\"/>"
        );
        line(y, &dashes, "implied by something shared, not stated");
        y += 19.0;
    }
    if notes.some_alone {
        line(
            HEIGHT - 18.0,
            "",
            "Above: those without ties among those drawn.",
        );
    }
    if notes.left_out > 0 {
        let words = format!(
            "The {} best linked are drawn, {} are not.",
            drawn.len(),
            notes.left_out
        );
        line(y, "", &words);
    }
}
