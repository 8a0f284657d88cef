//! The way in: through which partners the referring organization reaches a service's.

use crate::network::{MOST_HOPS, Route, best_route, evidence};
use crate::snapshot::{PartnerGraph, Snapshot};

use super::answer::Hop;
use super::asked::Asked;
use super::candidates::Candidate;

/// Trust of the best route from one organization to each it can reach.
#[derive(Debug)]
pub(super) struct Routes {
    trust: std::collections::HashMap<u32, f64>,
}

impl Routes {
    /// Finds the most trusted route to every organization within reach,
    /// a hop further each round.
    pub(super) fn from(graph: &PartnerGraph, from: u32) -> Self {
        use petgraph::visit::EdgeRef;
        let mut trust = std::collections::HashMap::from([(from, 1.0)]);
        let mut last: Vec<(u32, f64)> = vec![(from, 1.0)];
        for _ in 0..MOST_HOPS {
            let mut next: std::collections::BTreeMap<u32, f64> = std::collections::BTreeMap::new();
            for (node, so_far) in last {
                for edge in graph
                    .routes()
                    .edges(petgraph::graph::NodeIndex::new(node as usize))
                {
                    let to = edge.target().index() as u32;
                    let here = so_far * graph.ties()[*edge.weight() as usize].strength;
                    let known = next.entry(to).or_default();
                    *known = known.max(here);
                }
            }
            // Only what is better than in fewer hops can lead anywhere better.
            next.retain(|to, here| trust.get(to).is_none_or(|known| *here > *known));
            trust.extend(next.iter().map(|(to, here)| (*to, *here)));
            last = next.into_iter().collect();
        }
        Self { trust }
    }

    /// Π p of the best route, 0 without one.
    pub(super) fn trust(&self, to: u32) -> f64 {
        self.trust.get(&to).copied().unwrap_or_default()
    }
}

/// The hops of the best route to a candidate's organization.
pub(super) fn hops(asked: &Asked<'_>, candidate: &Candidate) -> Option<Vec<Hop>> {
    let referrer = asked.referrer.as_ref()?;
    let to = asked.service(candidate).organization?;
    let graph = &asked.snapshot.graph;
    let route = best_route(graph, referrer.node, to, MOST_HOPS)?;
    Some(worded(asked.snapshot, &route))
}

/// A route with its evidence in words.
pub(crate) fn worded(snapshot: &Snapshot, route: &Route) -> Vec<Hop> {
    let graph = &snapshot.graph;
    route
        .nodes
        .windows(2)
        .zip(route.hops(graph))
        .map(|(step, tie)| Hop {
            from: graph.organization(step[0]),
            to: graph.organization(step[1]),
            kind: tie.kind(),
            strength: tie.strength,
            evidence: evidence(snapshot, tie),
        })
        .collect()
}
