//! What changes if groups close or are introduced to each other: computed on
//! an overlay, nothing is saved.

use super::cohesion::{Components, components};
use super::measures::{Named, named};
use crate::snapshot::{Flow, PartnerGraph, Snapshot, Structure};

/// How firm a tie between two newly introduced is taken to be.
const INTRODUCED: f64 = 0.5;

/// How many steps count as within reach of a referral.
const MOST_HOPS: u32 = super::routes::MOST_HOPS as u32;

/// What is supposed, by node.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Supposition {
    /// Those that close.
    pub close: Vec<u32>,
    /// Pairs that begin to work together, mutually.
    pub introduce: Vec<(u32, u32)>,
}

/// The network in three numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Parts between which there is no way, closed groups not counted.
    pub components: usize,
    /// Organizations in the largest.
    pub largest_component: u32,
    /// How many others an organization reaches on average, in any number of steps.
    pub mean_reach: f64,
}

/// An organization whose reach changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Affected {
    /// Who.
    pub organization: Named,
    /// How many others it reached.
    pub reach_before: u32,
    /// How many it then reaches.
    pub reach_after: u32,
}

/// What changes.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// As it is.
    pub before: Standing,
    /// As it would be.
    pub after: Standing,
    /// Ordered pairs of remaining organizations that had a referral route of
    /// at most four hops through a closed one and would have none.
    pub lost_routes: usize,
    /// Whose reach changes, the greatest change first, then by id.
    pub affected: Vec<Affected>,
}

/// Answers a supposition of a snapshot.
#[must_use]
pub fn what_if(snapshot: &Snapshot, supposition: &Supposition) -> WhatIf {
    let change = compare(&snapshot.graph, supposition);
    WhatIf {
        before: change.before,
        after: change.after,
        lost_routes: change.lost_routes,
        affected: change
            .affected
            .into_iter()
            .map(|(node, reach_before, reach_after)| Affected {
                organization: named(snapshot, node),
                reach_before,
                reach_after,
            })
            .collect(),
    }
}

/// What changes, by node.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// As it is.
    pub before: Standing,
    /// As it would be.
    pub after: Standing,
    /// See [`WhatIf::lost_routes`].
    pub lost_routes: usize,
    /// Nodes with their reach before and after.
    pub affected: Vec<(u32, u32, u32)>,
}

/// Compares a graph with itself under a supposition. Unknown nodes are passed over.
///
/// *Complexity:* O(n + m), and for lost routes the ways within three steps of
/// what closes.
#[must_use]
pub fn compare(graph: &PartnerGraph, supposition: &Supposition) -> Change {
    let structure = graph.structure();
    let nodes = structure.node_count();
    let mut closed = vec![false; nodes];
    for node in &supposition.close {
        if let Some(closed) = closed.get_mut(*node as usize) {
            *closed = true;
        }
    }
    let opens = |a: u32, b: u32| !closed[a as usize] && !closed[b as usize];
    let introduced: Vec<(u32, u32)> = supposition
        .introduce
        .iter()
        .copied()
        .filter(|(a, b)| (*a as usize) < nodes && (*b as usize) < nodes && opens(*a, *b))
        .collect();
    let edges = structure.edges().filter(|(a, b, _)| opens(*a, *b));
    let added = introduced.iter().map(|(a, b)| (*a, *b, INTRODUCED));
    let overlay = Structure::of(nodes, edges.chain(added));
    let ways = graph.flow().edges().filter(|(a, b, _)| opens(*a, *b));
    let added = introduced
        .iter()
        .flat_map(|(a, b)| [(*a, *b, INTRODUCED), (*b, *a, INTRODUCED)]);
    let flow = Flow::of(nodes, ways.chain(added));
    let (before, after) = (components(structure), components(&overlay));
    let mut affected: Vec<(u32, u32, u32)> = (0..nodes as u32)
        .filter(|node| !closed[*node as usize])
        .map(|node| (node, before.size_at(node) - 1, after.size_at(node) - 1))
        .filter(|(_, had, has)| had != has)
        .collect();
    affected.sort_by_key(|(node, had, has)| (std::cmp::Reverse(had.abs_diff(*has)), *node));
    let gone = closed.iter().filter(|closed| **closed).count();
    Change {
        before: standing(&before, 0),
        after: standing(&after, gone),
        lost_routes: lost_routes(graph.flow(), &flow, &closed),
        affected,
    }
}

fn standing(components: &Components, gone: usize) -> Standing {
    let remaining = components.of.len().saturating_sub(gone) as f64;
    let all = components.of.len() as f64;
    Standing {
        // What is closed stands as a component of its own in the overlay.
        components: components.count() - gone,
        largest_component: if remaining > 0.0 {
            components.largest()
        } else {
            0
        },
        mean_reach: if remaining > 0.0 {
            components.mean_reach() * all / remaining
        } else {
            0.0
        },
    }
}

/// Ordered pairs joined within four hops before and not after. Only those who
/// reach a closed one within three hops can lose a route.
fn lost_routes(before: &Flow, after: &Flow, closed: &[bool]) -> usize {
    let nodes = before.node_count();
    let back = Flow::of(
        nodes,
        before
            .edges()
            .map(|(from, to, strength)| (to, from, strength)),
    );
    let mut seen = vec![u32::MAX; nodes];
    let mut origins: Vec<u32> = Vec::new();
    for node in (0..nodes as u32).filter(|node| closed[*node as usize]) {
        origins.extend(within(&back, node, MOST_HOPS - 1, &mut seen));
    }
    origins.sort_unstable();
    origins.dedup();
    origins
        .into_iter()
        .filter(|origin| !closed[*origin as usize])
        .map(|origin| {
            let had = within(before, origin, MOST_HOPS, &mut seen);
            let mut has = within(after, origin, MOST_HOPS, &mut seen);
            has.sort_unstable();
            had.iter()
                .filter(|node| !closed[**node as usize] && has.binary_search(node).is_err())
                .count()
        })
        .sum()
}

/// Nodes within some hops of one, that one left out. `seen` is all unseen
/// before and after.
fn within(flow: &Flow, from: u32, hops: u32, seen: &mut [u32]) -> Vec<u32> {
    let mut order = vec![from];
    seen[from as usize] = 0;
    let mut at = 0;
    while let Some(node) = order.get(at).copied() {
        at += 1;
        let depth = seen[node as usize];
        if depth == hops {
            break;
        }
        for next in flow.targets(node) {
            if seen[*next as usize] == u32::MAX {
                seen[*next as usize] = depth + 1;
                order.push(*next);
            }
        }
    }
    for node in &order {
        seen[*node as usize] = u32::MAX;
    }
    order.remove(0);
    order
}
