//! Referral routes as answers give them: each hop with its evidence, and who
//! could introduce where there is no route.

use super::evidence::evidence;
use super::measures::{Layer, Measures, Named, named};
use super::pagerank::closeness;
use super::routes::{MOST_HOPS, Route, best_routes};
use crate::snapshot::{PartnerGraph, Snapshot, TieKind};

/// One hop.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteHop {
    /// From whom.
    pub from: Named,
    /// To whom.
    pub to: Named,
    /// In which way they work together.
    pub kind: TieKind,
    /// How likely a referral is taken up, 0 to 1.
    pub strength: f64,
    /// What is known of it, in words.
    pub evidence: String,
}

/// One route.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteAnswer {
    /// Product of the hops' strengths.
    pub trust: f64,
    /// In order; none where both ends are the same.
    pub hops: Vec<RouteHop>,
}

/// Somebody who could introduce.
#[derive(Debug, Clone, PartialEq)]
pub struct Introducer {
    /// Who.
    pub organization: Named,
    /// Why, in words.
    pub sentence: String,
}

/// The routes from one organization to another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RoutesAnswer {
    /// The most trusted first.
    pub routes: Vec<RouteAnswer>,
    /// With no route: the nearest partner who could introduce.
    pub introducer: Option<Introducer>,
}

/// The best `count` routes of at most four hops between two nodes along the
/// ties of a layer, or who could introduce.
#[must_use]
pub fn routes_between(
    snapshot: &Snapshot,
    measures: &Measures,
    (from, to): (u32, u32),
    count: usize,
    layer: Layer,
) -> RoutesAnswer {
    let graph = measures.ties(snapshot, layer);
    let routes: Vec<RouteAnswer> = best_routes(graph, from, to, count, MOST_HOPS)
        .iter()
        .map(|route| worded(snapshot, graph, route))
        .collect();
    let introducer = if routes.is_empty() {
        introducer(snapshot, measures, from, to)
    } else {
        None
    };
    RoutesAnswer { routes, introducer }
}

fn worded(snapshot: &Snapshot, graph: &PartnerGraph, route: &Route) -> RouteAnswer {
    let hops = route
        .nodes
        .windows(2)
        .zip(route.hops(graph))
        .map(|(ends, tie)| RouteHop {
            from: named(snapshot, ends[0]),
            to: named(snapshot, ends[1]),
            kind: tie.kind(),
            strength: tie.strength,
            evidence: evidence(snapshot, tie),
        })
        .collect();
    RouteAnswer {
        trust: route.trust,
        hops,
    }
}

/// The closest partner that works with the goal in any way, else the closest
/// one that works from the same place or near it.
fn introducer(snapshot: &Snapshot, measures: &Measures, from: u32, to: u32) -> Option<Introducer> {
    const CLOSEST: usize = 50;
    let goal = named(snapshot, to).name;
    let closest = closeness(&snapshot.graph, from).closest(from, CLOSEST);
    let known = snapshot.graph.structure().neighbours(to);
    let partner = closest
        .iter()
        .copied()
        .find(|node| known.binary_search(node).is_ok());
    if let Some(partner) = partner {
        let organization = named(snapshot, partner);
        let sentence = format!(
            "No route; {} works with {goal} and could introduce you",
            organization.name
        );
        return Some(Introducer {
            organization,
            sentence,
        });
    }
    let (metres, partner) = closest
        .into_iter()
        .filter_map(|node| Some((measures.profiles.distance_m(node, to)?, node)))
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    let organization = named(snapshot, partner);
    let sentence = format!(
        "No route; the nearest partner who could introduce you is {}, {:.1} km from {goal}",
        organization.name,
        metres / 1000.0
    );
    Some(Introducer {
        organization,
        sentence,
    })
}
