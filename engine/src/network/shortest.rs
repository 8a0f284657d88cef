//! Shortest paths: sweeps from one source, and a search from both ends.
//! Columns are kept between runs, so that a run costs what it touches.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::draws::Draws;
use crate::snapshot::Structure;

const UNSEEN: u32 = u32::MAX;

/// What a sweep knows of a node, in one place: whoever looks at a neighbour
/// wants both, and memory is what a sweep waits for.
#[derive(Debug, Clone, Copy)]
struct Seen {
    depth: u32,
    /// On the way out the number of shortest paths to it; on the way back
    /// `(1 + δ)/paths`, what each of those paths carries (δ being how much of
    /// the source's ways leads through it).
    load: f64,
}

/// A breadth-first search that counts shortest paths.
#[derive(Debug)]
pub(super) struct Sweep {
    seen: Vec<Seen>,
    order: Vec<u32>,
    /// The number of shortest paths to each node of `order`.
    paths: Vec<f64>,
}

impl Sweep {
    pub(super) fn of(nodes: usize) -> Self {
        let unseen = Seen {
            depth: UNSEEN,
            load: 0.0,
        };
        Self {
            seen: vec![unseen; nodes],
            order: Vec::with_capacity(nodes),
            paths: Vec::new(),
        }
    }

    /// Searches from `source`.
    pub(super) fn run(&mut self, graph: &Structure, source: u32) {
        for node in self.order.drain(..) {
            self.seen[node as usize].depth = UNSEEN;
        }
        self.paths.clear();
        self.seen[source as usize] = Seen {
            depth: 0,
            load: 1.0,
        };
        self.order.push(source);
        let mut at = 0;
        while let Some(node) = self.order.get(at).copied() {
            at += 1;
            let Seen { depth, load } = self.seen[node as usize];
            let below = depth + 1;
            self.paths.push(load);
            for next in graph.neighbours(node) {
                let seen = &mut self.seen[*next as usize];
                if seen.depth == UNSEEN {
                    *seen = Seen { depth: below, load };
                    self.order.push(*next);
                } else if seen.depth == below {
                    seen.load += load;
                }
            }
        }
    }

    /// Adds to each node how much of the source's ways lead through it.
    pub(super) fn add_dependencies(&mut self, graph: &Structure, sum: &mut [f64]) {
        for (node, paths) in self.order.iter().zip(&self.paths).rev() {
            let below = self.seen[*node as usize].depth + 1;
            let carried: f64 = graph
                .neighbours(*node)
                .iter()
                .map(|next| self.seen[*next as usize])
                .filter(|next| next.depth == below)
                .map(|next| next.load)
                .sum();
            self.seen[*node as usize].load = 1.0 / paths + carried;
            if below > 1 {
                sum[*node as usize] += paths * carried;
            }
        }
    }

    /// Tells of each step on a shortest way, once dependencies were added: from
    /// where, to where, and how much of the source's ways lead over it.
    pub(super) fn for_each_step(&self, graph: &Structure, mut tell: impl FnMut(u32, u32, f64)) {
        for (node, paths) in self.order.iter().zip(&self.paths) {
            let below = self.seen[*node as usize].depth + 1;
            for next in graph.neighbours(*node) {
                let seen = self.seen[*next as usize];
                if seen.depth == below {
                    tell(*node, *next, paths * seen.load);
                }
            }
        }
    }

    /// The sum of distances to others, and how many there are.
    pub(super) fn reach(&self) -> (f64, f64) {
        let distance = self
            .order
            .iter()
            .map(|node| f64::from(self.seen[*node as usize].depth))
            .sum();
        (distance, (self.order.len() as f64 - 1.0).max(0.0))
    }

    /// Nodes reached with their distances, the nearest first.
    pub(super) fn reached(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.order
            .iter()
            .map(|node| (*node, self.seen[*node as usize].depth))
    }
}

/// Dijkstra's method with counts of shortest paths. Two ways are alike long
/// where their sums are the same number, as in the tools we compare with.
#[derive(Debug)]
pub(super) struct WeightedSweep {
    pub(super) length: Vec<f64>,
    paths: Vec<f64>,
    before: Vec<Vec<u32>>,
    order: Vec<u32>,
    settled: Vec<bool>,
}

impl WeightedSweep {
    pub(super) fn of(nodes: usize) -> Self {
        Self {
            length: vec![f64::INFINITY; nodes],
            paths: vec![0.0; nodes],
            before: vec![Vec::new(); nodes],
            order: Vec::with_capacity(nodes),
            settled: vec![false; nodes],
        }
    }

    /// Searches from `source` along edges as long as their weights.
    pub(super) fn run(&mut self, graph: &Structure, source: u32) {
        let nodes = self.length.len();
        self.length.fill(f64::INFINITY);
        self.paths.fill(0.0);
        self.settled.fill(false);
        self.before.iter_mut().for_each(Vec::clear);
        self.order.clear();
        debug_assert!(nodes > source as usize, "the source is a node");
        self.length[source as usize] = 0.0;
        self.paths[source as usize] = 1.0;
        let mut heap = BinaryHeap::from([Nearest(0.0, source)]);
        while let Some(Nearest(length, node)) = heap.pop() {
            if std::mem::replace(&mut self.settled[node as usize], true) {
                continue;
            }
            self.order.push(node);
            for (next, weight) in graph.neighbours(node).iter().zip(graph.weights(node)) {
                if self.settled[*next as usize] {
                    continue;
                }
                let through = length + weight;
                let known = self.length[*next as usize];
                if through < known {
                    self.length[*next as usize] = through;
                    self.paths[*next as usize] = self.paths[node as usize];
                    self.before[*next as usize].clear();
                    self.before[*next as usize].push(node);
                    heap.push(Nearest(through, *next));
                } else if through <= known {
                    self.paths[*next as usize] += self.paths[node as usize];
                    self.before[*next as usize].push(node);
                }
            }
        }
    }

    /// Adds to each node how much of the source's ways lead through it.
    pub(super) fn add_dependencies(&self, sum: &mut [f64]) {
        let mut dependency = vec![0.0; self.length.len()];
        for node in self.order.iter().skip(1).rev() {
            let own = dependency[*node as usize];
            let each = (1.0 + own) / self.paths[*node as usize];
            for before in &self.before[*node as usize] {
                dependency[*before as usize] += self.paths[*before as usize] * each;
            }
            sum[*node as usize] += own;
        }
    }
}

/// The lengths of the shortest ways from `source`, edges as long as their
/// weights; infinite where there is none. *Complexity:* O(m log n).
#[must_use]
pub fn lengths(graph: &Structure, source: u32) -> Vec<f64> {
    let mut sweep = WeightedSweep::of(graph.node_count());
    sweep.run(graph, source);
    sweep.length
}

/// A node with its distance, ordered for a heap that gives the nearest first.
#[derive(Debug, PartialEq)]
struct Nearest(f64, u32);

impl Eq for Nearest {}

impl PartialOrd for Nearest {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Nearest {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(other.1.cmp(&self.1))
    }
}

/// One end of a search.
#[derive(Debug)]
struct End {
    depth: Vec<u32>,
    paths: Vec<f64>,
    touched: Vec<u32>,
    layer: std::ops::Range<usize>,
    /// Sum of degrees in the outermost layer: what the next step costs.
    cost: usize,
}

impl End {
    fn of(nodes: usize) -> Self {
        Self {
            depth: vec![UNSEEN; nodes],
            paths: vec![0.0; nodes],
            touched: Vec::new(),
            layer: 0..0,
            cost: 0,
        }
    }

    fn start(&mut self, graph: &Structure, node: u32) {
        for touched in self.touched.drain(..) {
            self.depth[touched as usize] = UNSEEN;
            self.paths[touched as usize] = 0.0;
        }
        self.depth[node as usize] = 0;
        self.paths[node as usize] = 1.0;
        self.touched.push(node);
        self.layer = 0..1;
        self.cost = graph.degree(node);
    }

    /// One layer further; whether the other end was met.
    fn step(&mut self, graph: &Structure, other: &Self) -> bool {
        let mut met = false;
        let first = self.touched.len();
        self.cost = 0;
        for at in self.layer.clone() {
            let node = self.touched[at];
            let below = self.depth[node as usize] + 1;
            let paths = self.paths[node as usize];
            for next in graph.neighbours(node) {
                let depth = &mut self.depth[*next as usize];
                if *depth == UNSEEN {
                    *depth = below;
                    self.touched.push(*next);
                    self.cost += graph.degree(*next);
                    met |= other.depth[*next as usize] != UNSEEN;
                }
                if *depth == below {
                    self.paths[*next as usize] += paths;
                }
            }
        }
        self.layer = first..self.touched.len();
        met
    }

    /// Goes back from `node` to this end by a random shortest path, noting what lies between.
    fn trace(&self, graph: &Structure, mut node: u32, draws: &mut Draws, inside: &mut Vec<u32>) {
        while self.depth[node as usize] > 1 {
            let above = self.depth[node as usize] - 1;
            let mut left = draws.unit() * self.paths[node as usize];
            let mut chosen = None;
            for before in graph.neighbours(node) {
                if self.depth[*before as usize] != above {
                    continue;
                }
                chosen = Some(*before);
                left -= self.paths[*before as usize];
                if left < 0.0 {
                    break;
                }
            }
            let Some(before) = chosen else { return };
            inside.push(before);
            node = before;
        }
    }
}

/// A search from both ends, always from the cheaper one (Borassi & Natale
/// 2016, doi:10.4230/LIPIcs.ESA.2016.20).
#[derive(Debug)]
pub(super) struct Ends {
    near: End,
    far: End,
}

impl Ends {
    pub(super) fn of(nodes: usize) -> Self {
        Self {
            near: End::of(nodes),
            far: End::of(nodes),
        }
    }

    /// Draws one of the shortest paths between two nodes, all alike likely, and
    /// adds the nodes strictly inside; none where there is no path.
    pub(super) fn draw_path(
        &mut self,
        graph: &Structure,
        from: u32,
        to: u32,
        draws: &mut Draws,
        inside: &mut Vec<u32>,
    ) {
        self.near.start(graph, from);
        self.far.start(graph, to);
        let met_near = loop {
            if self.near.layer.is_empty() || self.far.layer.is_empty() {
                return;
            }
            if self.near.cost <= self.far.cost {
                if self.near.step(graph, &self.far) {
                    break true;
                }
            } else if self.far.step(graph, &self.near) {
                break false;
            }
        };
        // All shortest paths go through the layer that was reached last; where
        // the other end had gone further still, only its outermost nodes count.
        let (last, other) = if met_near {
            (&self.near, &self.far)
        } else {
            (&self.far, &self.near)
        };
        let meeting = || {
            last.touched[last.layer.clone()]
                .iter()
                .copied()
                .filter(|node| other.depth[*node as usize] != UNSEEN)
        };
        let nearest = meeting()
            .map(|node| other.depth[node as usize])
            .min()
            .unwrap_or(0);
        let through = || meeting().filter(|node| other.depth[*node as usize] == nearest);
        let paths = |node: u32| last.paths[node as usize] * other.paths[node as usize];
        let mut left = draws.unit() * through().map(paths).sum::<f64>();
        let mut chosen = None;
        for node in through() {
            chosen = Some(node);
            left -= paths(node);
            if left < 0.0 {
                break;
            }
        }
        let Some(node) = chosen else { return };
        if node != from && node != to {
            inside.push(node);
        }
        self.near.trace(graph, node, draws, inside);
        self.far.trace(graph, node, draws, inside);
    }
}
