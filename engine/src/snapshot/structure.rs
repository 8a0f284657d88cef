//! The undirected view of the partner graph, for structure: components,
//! communities, brokers. Parallel ties are one edge here: bridge finding counts
//! parallel edges wrongly, and a pair is not less fragile for being listed twice.

/// An undirected simple graph in compressed rows: no loops, no parallel edges.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Structure {
    offsets: Vec<usize>,
    neighbours: Vec<u32>,
    weights: Vec<f64>,
}

impl Structure {
    /// Builds the graph of `nodes` nodes from edges in any order; loops are
    /// left out, parallel edges become one that weighs as much as the heaviest.
    ///
    /// *Complexity:* O(m log m).
    ///
    /// ```
    /// use causeway_engine::snapshot::Structure;
    /// let path = Structure::of(3, [(0, 1, 1.0), (1, 0, 0.5), (2, 1, 1.0), (2, 2, 1.0)]);
    /// assert_eq!(path.edge_count(), 2);
    /// assert_eq!(path.neighbours(1), [0, 2]);
    /// ```
    #[must_use]
    pub fn of(nodes: usize, edges: impl IntoIterator<Item = (u32, u32, f64)>) -> Self {
        let mut both: Vec<(u32, u32, f64)> = edges
            .into_iter()
            .filter(|(from, to, _)| from != to)
            .flat_map(|(from, to, weight)| [(from, to, weight), (to, from, weight)])
            .collect();
        both.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        both.dedup_by_key(|(from, to, _)| (*from, *to));
        let mut offsets = vec![0; nodes + 1];
        for (from, _, _) in &both {
            offsets[*from as usize + 1] += 1;
        }
        for node in 0..nodes {
            offsets[node + 1] += offsets[node];
        }
        Self {
            offsets,
            neighbours: both.iter().map(|(_, to, _)| *to).collect(),
            weights: both.iter().map(|(_, _, weight)| *weight).collect(),
        }
    }

    /// How many nodes.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// How many edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.neighbours.len() / 2
    }

    /// How many neighbours a node has.
    #[must_use]
    pub fn degree(&self, node: u32) -> usize {
        self.offsets[node as usize + 1] - self.offsets[node as usize]
    }

    /// The neighbours of a node, ascending.
    #[must_use]
    pub fn neighbours(&self, node: u32) -> &[u32] {
        &self.neighbours[self.offsets[node as usize]..self.offsets[node as usize + 1]]
    }

    /// The weights of a node's edges, in the order of its neighbours.
    #[must_use]
    pub fn weights(&self, node: u32) -> &[f64] {
        &self.weights[self.offsets[node as usize]..self.offsets[node as usize + 1]]
    }

    /// Each edge once, as `(smaller, larger, weight)`, ascending.
    pub fn edges(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        (0..self.node_count() as u32).flat_map(move |node| {
            self.neighbours(node)
                .iter()
                .zip(self.weights(node))
                .filter(move |(to, _)| **to > node)
                .map(move |(to, weight)| (node, *to, *weight))
        })
    }
}
