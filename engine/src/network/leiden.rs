//! Leiden's method (Traag, Waltman & van Eck 2019,
//! doi:10.1038/s41598-019-41695-z): groups that hang together, by modularity.
//!
//! Three steps a level: nodes move to the neighbouring group that gains most;
//! each group is taken apart and put together again from well-connected
//! pieces; the pieces become the nodes of the next level.

use std::collections::VecDeque;

use super::draws::Draws;
use crate::snapshot::Structure;

/// How freely pieces join in refinement (θ of the paper, in units of tie weight).
const FREEDOM: f64 = 0.01;

/// A graph of one level: nodes are groups of nodes of the level below.
#[derive(Debug, Clone)]
struct Level {
    offsets: Vec<u32>,
    neighbours: Vec<u32>,
    weights: Vec<f64>,
    /// The weight of all edge ends at a node, those inside it too.
    strength: Vec<f64>,
}

impl Level {
    fn of(graph: &Structure) -> Self {
        let nodes = graph.node_count() as u32;
        let mut offsets = Vec::with_capacity(nodes as usize + 1);
        offsets.push(0);
        let mut neighbours = Vec::with_capacity(graph.edge_count() * 2);
        let mut weights = Vec::with_capacity(graph.edge_count() * 2);
        let mut strength = Vec::with_capacity(nodes as usize);
        for node in 0..nodes {
            neighbours.extend_from_slice(graph.neighbours(node));
            weights.extend_from_slice(graph.weights(node));
            offsets.push(neighbours.len() as u32);
            strength.push(graph.weights(node).iter().sum());
        }
        Self {
            offsets,
            neighbours,
            weights,
            strength,
        }
    }

    fn node_count(&self) -> usize {
        self.strength.len()
    }

    fn edges(&self, node: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let row = self.offsets[node as usize] as usize..self.offsets[node as usize + 1] as usize;
        self.neighbours[row.clone()]
            .iter()
            .copied()
            .zip(self.weights[row].iter().copied())
    }
}

/// Weights gathered by group, cleared at the cost of what was gathered.
#[derive(Debug)]
struct Gathered {
    weight: Vec<f64>,
    seen: Vec<bool>,
    groups: Vec<u32>,
}

impl Gathered {
    fn of(groups: usize) -> Self {
        Self {
            weight: vec![0.0; groups],
            seen: vec![false; groups],
            groups: Vec::new(),
        }
    }

    fn add(&mut self, group: u32, weight: f64) {
        if !self.seen[group as usize] {
            self.seen[group as usize] = true;
            self.groups.push(group);
        }
        self.weight[group as usize] += weight;
    }

    fn clear(&mut self) {
        for group in self.groups.drain(..) {
            self.weight[group as usize] = 0.0;
            self.seen[group as usize] = false;
        }
    }
}

/// One run from a seed: the group of each node, numbered by smallest node;
/// every group is connected. `resolution` is γ: above 1 makes smaller groups.
///
/// *Complexity:* O(m) a level and pass; a handful of each in practice.
pub(super) fn run(graph: &Structure, resolution: f64, seed: u64) -> Vec<u32> {
    const MOST_ITERATIONS: usize = 10;
    /// An iteration that gains less modularity than this for each node is the last, since
    /// what it costs grows with them: small graphs are gone through until nothing moves …
    const GAIN_A_NODE: f64 = 4e-8;
    /// … and no graph is refined further or left coarser than this.
    const LEAST_GAIN: (f64, f64) = (1e-6, 2e-3);
    let least_gain = (GAIN_A_NODE * graph.node_count() as f64).clamp(LEAST_GAIN.0, LEAST_GAIN.1);
    let base = Level::of(graph);
    let total: f64 = base.strength.iter().sum();
    let mut membership: Vec<u32> = (0..graph.node_count() as u32).collect();
    if total <= 0.0 {
        return membership;
    }
    let search = Search {
        scale: resolution / total,
    };
    let mut draws = Draws::of(seed, 0);
    let mut before = f64::NEG_INFINITY;
    for _ in 0..MOST_ITERATIONS {
        search.iterate(&base, &mut membership, &mut draws);
        let quality = super::communities::modularity(graph, &membership, resolution);
        if quality - before < least_gain {
            break;
        }
        before = quality;
    }
    connected(graph, &membership)
}

#[derive(Debug)]
struct Search {
    /// γ over the weight of all edge ends.
    scale: f64,
}

impl Search {
    fn iterate(&self, base: &Level, membership: &mut [u32], draws: &mut Draws) {
        let mut level: Option<Level> = None;
        let mut node_of: Vec<u32> = (0..base.node_count() as u32).collect();
        let mut community = membership.to_vec();
        loop {
            let graph = level.as_ref().unwrap_or(base);
            self.move_nodes(graph, &mut community, draws);
            let communities = renumber(&mut community);
            for (label, node) in membership.iter_mut().zip(&node_of) {
                *label = community[*node as usize];
            }
            if communities == graph.node_count() {
                return;
            }
            let mut refined = self.refine(graph, &community, communities, draws);
            let pieces = renumber(&mut refined);
            if pieces == graph.node_count() {
                return;
            }
            let next = aggregate(graph, &refined, pieces);
            let mut next_community = vec![0; pieces];
            for (node, piece) in refined.iter().enumerate() {
                next_community[*piece as usize] = community[node];
            }
            for node in &mut node_of {
                *node = refined[*node as usize];
            }
            community = next_community;
            level = Some(next);
        }
    }

    /// Moves nodes to the neighbouring group that gains most until none gains.
    fn move_nodes(&self, graph: &Level, community: &mut [u32], draws: &mut Draws) {
        let nodes = graph.node_count();
        let mut total = vec![0.0; nodes];
        let mut members = vec![0_u32; nodes];
        for (node, group) in community.iter().enumerate() {
            total[*group as usize] += graph.strength[node];
            members[*group as usize] += 1;
        }
        let mut empty: Vec<u32> = (0..nodes as u32)
            .rev()
            .filter(|group| members[*group as usize] == 0)
            .collect();
        let mut order: Vec<u32> = (0..nodes as u32).collect();
        draws.shuffle(&mut order);
        let mut queue = VecDeque::from(order);
        let mut waits = vec![true; nodes];
        let mut gathered = Gathered::of(nodes);
        while let Some(node) = queue.pop_front() {
            waits[node as usize] = false;
            let own = community[node as usize];
            let strength = graph.strength[node as usize];
            for (neighbour, weight) in graph.edges(node) {
                gathered.add(community[neighbour as usize], weight);
            }
            let gain = |group: u32| {
                let inside = if group == own { strength } else { 0.0 };
                gathered.weight[group as usize]
                    - self.scale * strength * (total[group as usize] - inside)
            };
            let mut best = own;
            let mut most = gain(own);
            for group in &gathered.groups {
                let gain = gain(*group);
                if gain > most + 1e-12 {
                    (best, most) = (*group, gain);
                }
            }
            gathered.clear();
            if most < -1e-12
                && members[own as usize] > 1
                && let Some(alone) = empty.last()
            {
                best = *alone;
            }
            if best == own {
                continue;
            }
            if members[best as usize] == 0 {
                empty.pop();
            }
            total[own as usize] -= strength;
            members[own as usize] -= 1;
            if members[own as usize] == 0 {
                empty.push(own);
            }
            total[best as usize] += strength;
            members[best as usize] += 1;
            community[node as usize] = best;
            for (neighbour, _) in graph.edges(node) {
                if community[neighbour as usize] != best && !waits[neighbour as usize] {
                    waits[neighbour as usize] = true;
                    queue.push_back(neighbour);
                }
            }
        }
    }

    /// Takes each group apart and joins well-connected pieces of it.
    fn refine(
        &self,
        graph: &Level,
        community: &[u32],
        communities: usize,
        draws: &mut Draws,
    ) -> Vec<u32> {
        let nodes = graph.node_count();
        let mut whole = vec![0.0; communities];
        for (node, group) in community.iter().enumerate() {
            whole[*group as usize] += graph.strength[node];
        }
        let mut piece: Vec<u32> = (0..nodes as u32).collect();
        let mut total = graph.strength.clone();
        let mut alone = vec![true; nodes];
        // The weight that ties a piece to the rest of its group.
        let mut outward: Vec<f64> = (0..nodes as u32)
            .map(|node| {
                graph
                    .edges(node)
                    .filter(|(other, _)| community[*other as usize] == community[node as usize])
                    .map(|(_, weight)| weight)
                    .sum()
            })
            .collect();
        let mut order: Vec<u32> = (0..nodes as u32).collect();
        draws.shuffle(&mut order);
        let mut gathered = Gathered::of(nodes);
        let mut chances: Vec<(u32, f64)> = Vec::new();
        for node in order {
            let whole = whole[community[node as usize] as usize];
            let strength = graph.strength[node as usize];
            let is_tied =
                |outward: f64, total: f64| outward >= self.scale * total * (whole - total) - 1e-12;
            if !alone[node as usize] || !is_tied(outward[node as usize], strength) {
                continue;
            }
            for (neighbour, weight) in graph.edges(node) {
                if community[neighbour as usize] == community[node as usize] {
                    gathered.add(piece[neighbour as usize], weight);
                }
            }
            chances.clear();
            let mut most = 0.0_f64;
            for other in &gathered.groups {
                let gain = gathered.weight[*other as usize]
                    - self.scale * strength * total[*other as usize];
                if gain >= 0.0 && is_tied(outward[*other as usize], total[*other as usize]) {
                    most = most.max(gain);
                    chances.push((*other, gain));
                }
            }
            if let Some(joined) = choose(&mut chances, most, draws) {
                let weight = gathered.weight[joined as usize];
                outward[joined as usize] += outward[node as usize] - 2.0 * weight;
                total[joined as usize] += strength;
                total[node as usize] = 0.0;
                piece[node as usize] = joined;
                alone[joined as usize] = false;
                alone[node as usize] = false;
            }
            gathered.clear();
        }
        piece
    }
}

/// Chooses with a chance that grows with the gain. Staying alone gains 0.
fn choose(chances: &mut [(u32, f64)], most: f64, draws: &mut Draws) -> Option<u32> {
    if chances.is_empty() {
        return None;
    }
    let mut sum = (-most / FREEDOM).exp();
    for (_, gain) in chances.iter_mut() {
        *gain = ((*gain - most) / FREEDOM).exp();
        sum += *gain;
    }
    let mut left = draws.unit() * sum;
    for (piece, chance) in chances.iter() {
        left -= chance;
        if left < 0.0 {
            return Some(*piece);
        }
    }
    None
}

/// Numbers groups by their smallest node; says how many there are.
pub(super) fn renumber(groups: &mut [u32]) -> usize {
    const NONE: u32 = u32::MAX;
    let most = groups
        .iter()
        .copied()
        .max()
        .map_or(0, |most| most as usize + 1);
    let mut number = vec![NONE; most];
    let mut count = 0;
    for group in groups {
        let number = &mut number[*group as usize];
        if *number == NONE {
            *number = count;
            count += 1;
        }
        *group = *number;
    }
    count as usize
}

/// The graph whose nodes are the pieces.
fn aggregate(graph: &Level, piece: &[u32], pieces: usize) -> Level {
    let mut first = vec![0_u32; pieces + 1];
    for piece in piece {
        first[*piece as usize + 1] += 1;
    }
    for piece in 0..pieces {
        first[piece + 1] += first[piece];
    }
    let mut next = first.clone();
    let mut by_piece = vec![0_u32; piece.len()];
    for (node, piece) in piece.iter().enumerate() {
        by_piece[next[*piece as usize] as usize] = node as u32;
        next[*piece as usize] += 1;
    }
    let mut level = Level {
        offsets: vec![0],
        neighbours: Vec::new(),
        weights: Vec::new(),
        strength: Vec::with_capacity(pieces),
    };
    let mut gathered = Gathered::of(pieces);
    for number in 0..pieces {
        let members = &by_piece[first[number] as usize..first[number + 1] as usize];
        let mut strength = 0.0;
        for node in members {
            strength += graph.strength[*node as usize];
            for (neighbour, weight) in graph.edges(*node) {
                let other = piece[neighbour as usize];
                if other as usize != number {
                    gathered.add(other, weight);
                }
            }
        }
        level.strength.push(strength);
        for other in &gathered.groups {
            level.neighbours.push(*other);
            level.weights.push(gathered.weight[*other as usize]);
        }
        gathered.clear();
        level.offsets.push(level.neighbours.len() as u32);
    }
    level
}

/// Each connected part of a group as a group of its own, which never lowers modularity.
fn connected(graph: &Structure, groups: &[u32]) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut parts = vec![NONE; groups.len()];
    let mut count = 0;
    let mut stack = Vec::new();
    for start in 0..groups.len() as u32 {
        if parts[start as usize] != NONE {
            continue;
        }
        parts[start as usize] = count;
        stack.push(start);
        while let Some(node) = stack.pop() {
            for next in graph.neighbours(node) {
                if parts[*next as usize] == NONE && groups[*next as usize] == groups[node as usize]
                {
                    parts[*next as usize] = count;
                    stack.push(*next);
                }
            }
        }
        count += 1;
    }
    parts
}
