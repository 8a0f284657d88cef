//! Partner graphs to measure with: a seeded generator, and edge lists of others.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use causeway_engine::model::PartnershipKind;
use causeway_engine::snapshot::PartnerGraph;

use crate::Chance;

/// How many organizations the large network has: about as many as there are
/// charities and community groups in a large country.
pub const ORGANIZATIONS: usize = 333_000;
/// How many pairs of them work together.
pub const TIES: usize = 1_600_000;
/// Of all ties, the share within a neighbourhood.
const LOCAL: f64 = 0.8;
/// One organization in so many knows nobody.
const ALONE: usize = 40;

/// A network as partner networks are: neighbourhoods of very different sizes,
/// most ties within them, a few hubs that everybody knows, and some who know
/// nobody. Numbers say nothing of who is near: ids are random in real data too.
#[must_use]
pub fn ties(organizations: usize, ties: usize, seed: u64) -> Vec<(u32, u32)> {
    let mut chance = Chance::of(seed);
    let mut label: Vec<u32> = (0..organizations as u32).collect();
    for at in (1..organizations).rev() {
        label.swap(at, chance.below(at + 1));
    }
    let linked = organizations - organizations / ALONE;
    // Sizes by a power law from 8 to 4,000; the place where each begins.
    let mut begins = vec![0];
    while let Some(last) = begins.last().copied().filter(|last| *last < linked) {
        let size = (8.0 / (1.0 - chance.share()).powf(0.9)).min(4_000.0) as usize;
        begins.push((last + size).min(linked));
    }
    // Whoever has ties is met more often: ends of earlier ties are drawn again.
    let mut ends: Vec<Vec<u32>> = vec![Vec::new(); begins.len() - 1];
    let mut all_ends: Vec<u32> = Vec::new();
    let mut known = HashSet::with_capacity(ties);
    let mut found = Vec::with_capacity(ties);
    while found.len() < ties {
        let from = chance.below(linked);
        let home = begins.partition_point(|begin| *begin <= from) - 1;
        let to = if chance.often(LOCAL) {
            let near = &ends[home];
            if near.is_empty() || chance.often(0.5) {
                begins[home] + chance.below(begins[home + 1] - begins[home])
            } else {
                near[chance.below(near.len())] as usize
            }
        } else if all_ends.is_empty() || chance.often(0.5) {
            chance.below(linked)
        } else {
            all_ends[chance.below(all_ends.len())] as usize
        };
        if from == to || !known.insert((from.min(to), from.max(to))) {
            continue;
        }
        for end in [from, to] {
            let home = begins.partition_point(|begin| *begin <= end) - 1;
            ends[home].push(end as u32);
            all_ends.push(end as u32);
        }
        found.push((label[from], label[to]));
    }
    found
}

/// The partner graph of plain ties, all mutual and alike firm.
#[must_use]
pub fn graph(ties: &[(u32, u32)]) -> PartnerGraph {
    let nodes = ties.iter().map(|(a, b)| a.max(b) + 1).max().unwrap_or(0);
    let edges = ties
        .iter()
        .map(|(a, b)| (*a, *b, PartnershipKind::Supports, 0.5));
    PartnerGraph::from_edges(nodes as usize, edges)
}

/// Reads an edge list: two numbers a line, `#` before a comment; nodes are
/// numbered anew by their numbers there.
pub fn read(path: &Path) -> io::Result<Vec<(u32, u32)>> {
    let bytes = std::fs::read(path)?;
    let text = if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut text = String::new();
        io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text)?;
        text
    } else {
        String::from_utf8(bytes).map_err(io::Error::other)?
    };
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut numbers = line.split_whitespace().map(str::parse);
        if let (Some(Ok(from)), Some(Ok(to))) = (numbers.next(), numbers.next()) {
            pairs.push((from, to));
        }
    }
    let mut nodes: Vec<u32> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let number = |node: u32| nodes.partition_point(|known| *known < node) as u32;
    Ok(pairs
        .iter()
        .map(|(a, b)| (number(*a), number(*b)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_is_what_was_asked_for_and_the_same_again() {
        let found = ties(2_000, 9_000, 1);
        assert_eq!(found, ties(2_000, 9_000, 1));
        assert_eq!(found.len(), 9_000);
        let graph = graph(&found);
        assert_eq!(graph.structure().edge_count(), 9_000);
    }

    #[test]
    fn an_edge_list_is_read_with_its_comments_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("edges.txt");
        std::fs::write(&path, "# nodes\n7\t3\n3 9\n").unwrap();
        assert_eq!(read(&path).unwrap(), [(1, 0), (0, 2)]);
    }
}
