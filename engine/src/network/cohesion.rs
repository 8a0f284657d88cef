//! What holds the network together: components, bridges, cut nodes with what
//! they would leave behind, and cores.
//!
//! Everything here is linear in nodes and edges and free of recursion, since
//! a chain of partners may be as long as the network is large.

use crate::snapshot::Structure;

/// Which nodes hang together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Components {
    /// The number of each node's component; numbered by smallest node.
    pub of: Vec<u32>,
    /// How many nodes each has.
    pub sizes: Vec<u32>,
}

impl Components {
    /// How many components there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.sizes.len()
    }

    /// The size of the largest, 0 of an empty graph.
    #[must_use]
    pub fn largest(&self) -> u32 {
        self.sizes.iter().copied().max().unwrap_or(0)
    }

    /// The size of the component a node is in.
    #[must_use]
    pub fn size_at(&self, node: u32) -> u32 {
        self.sizes[self.of[node as usize] as usize]
    }

    /// How many others a node reaches on average; 0 of an empty graph.
    #[must_use]
    pub fn mean_reach(&self) -> f64 {
        if self.of.is_empty() {
            return 0.0;
        }
        let reached: f64 = self
            .sizes
            .iter()
            .map(|size| f64::from(*size) * (f64::from(*size) - 1.0))
            .sum();
        reached / self.of.len() as f64
    }
}

/// The connected components. *Complexity:* O(n + m).
#[must_use]
pub fn components(graph: &Structure) -> Components {
    const NONE: u32 = u32::MAX;
    let mut of = vec![NONE; graph.node_count()];
    let mut sizes = Vec::new();
    let mut stack = Vec::new();
    for start in 0..graph.node_count() as u32 {
        if of[start as usize] != NONE {
            continue;
        }
        let number = sizes.len() as u32;
        let mut size = 0;
        of[start as usize] = number;
        stack.push(start);
        while let Some(node) = stack.pop() {
            size += 1;
            for next in graph.neighbours(node) {
                if of[*next as usize] == NONE {
                    of[*next as usize] = number;
                    stack.push(*next);
                }
            }
        }
        sizes.push(size);
    }
    Components { of, sizes }
}

/// What would fall apart: bridges, cut nodes and the pieces they leave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cuts {
    /// Edges without which a component falls in two, `(smaller, larger)`, ascending.
    pub bridges: Vec<(u32, u32)>,
    /// Nodes without which a component falls apart, ascending.
    pub nodes: Vec<u32>,
    /// Nodes in the order the search came to them: a subtree is a run of it.
    order: Vec<u32>,
    /// The place of each node in `order`.
    place: Vec<u32>,
    /// The least place that a node's subtree reaches.
    low: Vec<u32>,
    /// The node each was reached from; itself at a root.
    parent: Vec<u32>,
    /// How many nodes its subtree has.
    size: Vec<u32>,
    /// The root of its component.
    root: Vec<u32>,
    /// For each node of `nodes` the roots of the subtrees that it alone ties on.
    hanging: Vec<Vec<u32>>,
}

/// Bridges and cut nodes (Tarjan 1972). Ties that are listed twice are one
/// edge in a [`Structure`], so a pair that works together in two ways can
/// still be a bridge. *Complexity:* O(n + m).
#[must_use]
pub fn cuts(graph: &Structure) -> Cuts {
    const NONE: u32 = u32::MAX;
    let count = graph.node_count();
    let mut found = Cuts {
        place: vec![NONE; count],
        low: vec![0; count],
        parent: vec![NONE; count],
        size: vec![1; count],
        root: vec![NONE; count],
        order: Vec::with_capacity(count),
        ..Cuts::default()
    };
    // The next neighbour of each node to look at.
    let mut next = vec![0_u32; count];
    for start in 0..count as u32 {
        if found.place[start as usize] != NONE {
            continue;
        }
        found.enter(start, start, start);
        let mut node = start;
        loop {
            let neighbours = graph.neighbours(node);
            let at = next[node as usize] as usize;
            if let Some(neighbour) = neighbours.get(at) {
                next[node as usize] += 1;
                if found.place[*neighbour as usize] == NONE {
                    found.enter(*neighbour, node, start);
                    node = *neighbour;
                } else if *neighbour != found.parent[node as usize] {
                    let back = found.place[*neighbour as usize];
                    let low = &mut found.low[node as usize];
                    *low = (*low).min(back);
                }
                continue;
            }
            let parent = found.parent[node as usize];
            if node == start {
                break;
            }
            let (low, size) = (found.low[node as usize], found.size[node as usize]);
            let above = &mut found.low[parent as usize];
            *above = (*above).min(low);
            found.size[parent as usize] += size;
            node = parent;
        }
    }
    found.judge();
    found
}

impl Cuts {
    fn enter(&mut self, node: u32, parent: u32, root: u32) {
        let place = self.order.len() as u32;
        self.order.push(node);
        self.place[node as usize] = place;
        self.low[node as usize] = place;
        self.parent[node as usize] = parent;
        self.root[node as usize] = root;
    }

    fn judge(&mut self) {
        let count = self.order.len();
        let mut hanging: Vec<(u32, u32)> = Vec::new();
        let mut children_of_root = vec![0_u32; count];
        for node in &self.order {
            let parent = self.parent[*node as usize];
            if parent == *node {
                continue;
            }
            if self.low[*node as usize] > self.place[parent as usize] {
                self.bridges.push((parent.min(*node), parent.max(*node)));
            }
            if self.parent[parent as usize] == parent {
                children_of_root[parent as usize] += 1;
            }
            if self.low[*node as usize] >= self.place[parent as usize] {
                hanging.push((parent, *node));
            }
        }
        hanging.retain(|(parent, _)| {
            self.parent[*parent as usize] != *parent || children_of_root[*parent as usize] > 1
        });
        hanging.sort_unstable();
        for (parent, child) in hanging {
            if self.nodes.last() != Some(&parent) {
                self.nodes.push(parent);
                self.hanging.push(Vec::new());
            }
            if let Some(children) = self.hanging.last_mut() {
                children.push(child);
            }
        }
        self.bridges.sort_unstable();
    }

    /// Whether the graph falls apart without the node.
    #[must_use]
    pub fn is_cut(&self, node: u32) -> bool {
        self.nodes.binary_search(&node).is_ok()
    }

    /// The pieces that lose their only link to the largest remaining piece
    /// when `node` goes: the nodes of each ascending, the largest piece
    /// first. Empty where the node is no cut node.
    ///
    /// *Complexity:* the size of the answer, and of the larger pieces' number.
    #[must_use]
    pub fn leaves_behind(&self, node: u32) -> Vec<Vec<u32>> {
        let Ok(at) = self.nodes.binary_search(&node) else {
            return Vec::new();
        };
        let root = self.root[node as usize];
        let whole = self.size[root as usize];
        let below: u32 = self.hanging[at]
            .iter()
            .map(|child| self.size[*child as usize])
            .sum();
        let rest = whole - 1 - below;
        let largest = self.hanging[at]
            .iter()
            .copied()
            .min_by_key(|child| (std::cmp::Reverse(self.size[*child as usize]), *child));
        let rest_is_largest = largest.is_none_or(|child| rest >= self.size[child as usize]);
        let mut pieces: Vec<Vec<u32>> = self.hanging[at]
            .iter()
            .filter(|child| rest_is_largest || Some(**child) != largest)
            .map(|child| {
                let mut piece = self.subtree(*child).to_vec();
                piece.sort_unstable();
                piece
            })
            .collect();
        if !rest_is_largest && rest > 0 {
            let hanging = &self.hanging[at];
            let mut piece: Vec<u32> = self
                .subtree(root)
                .iter()
                .copied()
                .filter(|other| {
                    let place = self.place[*other as usize];
                    *other != node
                        && !hanging.iter().any(|child| {
                            let first = self.place[*child as usize];
                            (first..first + self.size[*child as usize]).contains(&place)
                        })
                })
                .collect();
            piece.sort_unstable();
            pieces.push(piece);
        }
        pieces.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        pieces
    }

    /// How many nodes [`Self::leaves_behind`] has in all.
    ///
    /// *Complexity:* O(pieces).
    #[must_use]
    pub fn count_behind(&self, node: u32) -> usize {
        let Ok(at) = self.nodes.binary_search(&node) else {
            return 0;
        };
        let pieces = || {
            self.hanging[at]
                .iter()
                .map(|child| self.size[*child as usize])
        };
        let others = self.size[self.root[node as usize] as usize] - 1;
        let rest = others - pieces().sum::<u32>();
        let largest = pieces().max().unwrap_or(0).max(rest);
        (others - largest) as usize
    }

    /// Of a bridge, its end on the smaller side and how many nodes that side
    /// has; of two sides alike, the one found later.
    #[must_use]
    pub fn smaller_side(&self, (a, b): (u32, u32)) -> (u32, u32) {
        let below = self.lower_end((a, b));
        let whole = self.size[self.root[below as usize] as usize];
        let size = self.size[below as usize];
        if size <= whole - size {
            (below, size)
        } else {
            (if below == a { b } else { a }, whole - size)
        }
    }

    /// The nodes of the smaller side of a bridge, ascending.
    #[must_use]
    pub fn beyond(&self, bridge: (u32, u32)) -> Vec<u32> {
        let below = self.lower_end(bridge);
        let first = self.place[below as usize];
        let run = first..first + self.size[below as usize];
        let mut side: Vec<u32> = if self.smaller_side(bridge).0 == below {
            self.subtree(below).to_vec()
        } else {
            let whole = self.subtree(self.root[below as usize]);
            let outside = |node: &&u32| !run.contains(&self.place[**node as usize]);
            whole.iter().filter(outside).copied().collect()
        };
        side.sort_unstable();
        side
    }

    /// The end of a bridge that the search reached over it.
    fn lower_end(&self, (a, b): (u32, u32)) -> u32 {
        if self.parent[a as usize] == b { a } else { b }
    }

    /// The blocks: largest parts that no single node's going takes apart, a
    /// bridge being a block of two. Each ascending, in ascending order.
    #[must_use]
    pub fn blocks(&self) -> Vec<Vec<u32>> {
        let mut block_above = vec![0_usize; self.order.len()];
        let mut blocks: Vec<Vec<u32>> = Vec::new();
        for node in &self.order {
            let parent = self.parent[*node as usize];
            if parent == *node {
                continue;
            }
            if self.low[*node as usize] >= self.place[parent as usize] {
                block_above[*node as usize] = blocks.len();
                blocks.push(vec![parent, *node]);
            } else {
                let block = block_above[parent as usize];
                block_above[*node as usize] = block;
                blocks[block].push(*node);
            }
        }
        for block in &mut blocks {
            block.sort_unstable();
        }
        blocks.sort();
        blocks
    }

    fn subtree(&self, node: u32) -> &[u32] {
        let first = self.place[node as usize] as usize;
        &self.order[first..first + self.size[node as usize] as usize]
    }
}

/// The core number of each node: the largest k such that it is in a part
/// where all have k partners within the part (Batagelj & Zaveršnik 2003).
/// *Complexity:* O(n + m).
#[must_use]
pub fn cores(graph: &Structure) -> Vec<u32> {
    let count = graph.node_count();
    let mut degree: Vec<usize> = (0..count as u32).map(|node| graph.degree(node)).collect();
    let most = degree.iter().copied().max().unwrap_or(0);
    // Nodes sorted by degree, with the first place of each degree.
    let mut first = vec![0; most + 2];
    for degree in &degree {
        first[degree + 1] += 1;
    }
    for degree in 0..=most {
        first[degree + 1] += first[degree];
    }
    let mut sorted = vec![0_u32; count];
    let mut place = vec![0; count];
    let mut next = first.clone();
    for node in 0..count {
        let at = next[degree[node]];
        sorted[at] = node as u32;
        place[node] = at;
        next[degree[node]] += 1;
    }
    for at in 0..count {
        let node = sorted[at];
        let own = degree[node as usize];
        for other in graph.neighbours(node) {
            let other = *other as usize;
            let theirs = degree[other];
            if theirs <= own {
                continue;
            }
            // To the front of its degree, then one degree down.
            let front = first[theirs].max(at + 1);
            let displaced = sorted[front] as usize;
            sorted.swap(front, place[other]);
            place.swap(displaced, other);
            first[theirs] = front + 1;
            degree[other] -= 1;
        }
    }
    degree.into_iter().map(|core| core as u32).collect()
}
