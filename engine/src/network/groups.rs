//! Communities as answers name them: by what their members do, and where.

use std::collections::BTreeMap;

use serde::Serialize;

use super::communities::CLEAR_CUT;
use super::measures::{Measures, Named, named};
use crate::snapshot::Snapshot;
use crate::text::lexicon::ConceptNo;

/// A community with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Community {
    /// The id of its smallest member: stays while that member does.
    pub id: String,
    /// What its members do most, and where.
    pub name: String,
    /// How many members.
    pub size: usize,
    /// Who, by id.
    pub members: Vec<Named>,
}

/// All communities.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CommunitiesAnswer {
    /// The largest first; organizations without partners are none.
    pub communities: Vec<Community>,
    /// How much more they work with each other than by chance.
    pub modularity: f64,
    /// How much repeated runs agree, 1 the same.
    pub stability: f64,
    /// What to be careful about.
    pub caution: Option<&'static str>,
}

/// The communities of a snapshot, named.
#[must_use]
pub fn named_communities(snapshot: &Snapshot, measures: &Measures) -> CommunitiesAnswer {
    let found = &measures.graph.communities;
    let everywhere = kinds(measures, 0..snapshot.graph.organizations().len() as u32);
    let all = snapshot.graph.organizations().len() as f64;
    let communities = found
        .members
        .iter()
        .filter(|members| members.len() > 1)
        .map(|members| {
            let first = snapshot.graph.organization(members[0]);
            Community {
                id: first.to_string(),
                name: name(snapshot, measures, members, &everywhere, all),
                size: members.len(),
                members: members.iter().map(|node| named(snapshot, *node)).collect(),
            }
        })
        .collect();
    CommunitiesAnswer {
        communities,
        modularity: found.modularity,
        stability: found.stability,
        caution: (found.stability < CLEAR_CUT).then_some("these groups are not clear-cut"),
    }
}

fn kinds(measures: &Measures, nodes: impl IntoIterator<Item = u32>) -> BTreeMap<ConceptNo, f64> {
    let mut counts = BTreeMap::new();
    for node in nodes {
        for kind in &measures.profiles.at(node).concepts {
            *counts.entry(*kind).or_default() += 1.0;
        }
    }
    counts
}

/// The kind of help and the place that the members have most above the rest.
fn name(
    snapshot: &Snapshot,
    measures: &Measures,
    members: &[u32],
    everywhere: &BTreeMap<ConceptNo, f64>,
    all: f64,
) -> String {
    let size = members.len() as f64;
    // Common among the members, but not because it is common everywhere.
    let telling = |(kind, count): (&ConceptNo, &f64)| {
        let share = count / size;
        let usual = everywhere.get(kind).copied().unwrap_or(*count) / all;
        (share * (share / usual).ln(), *kind)
    };
    let kind = kinds(measures, members.iter().copied())
        .iter()
        .map(telling)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, kind)| snapshot.lexicon.concept(kind).name.clone());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for member in members {
        for place in places_of(snapshot, measures, *member) {
            *places.entry(place).or_default() += 1;
        }
    }
    let place = places
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
        .map(|(place, _)| place);
    let first = || named(snapshot, members[0]).name;
    match (kind, place) {
        (Some(kind), Some(place)) => format!("{kind}, {place}"),
        (Some(kind), None) => kind,
        (None, Some(place)) => format!("Groups in {place}"),
        (None, None) => format!("Partners of {}", first()),
    }
}

/// The wards an organization works in where areas are known, else what it says it serves.
fn places_of(snapshot: &Snapshot, measures: &Measures, node: u32) -> Vec<String> {
    let profile = measures.profiles.at(node);
    let mut places: Vec<String> = profile
        .points
        .iter()
        .filter_map(|point| super::margins::nearest_area(snapshot, *point))
        .filter_map(|area| area.parent_name.clone().or_else(|| Some(area.name.clone())))
        .collect();
    if places.is_empty() {
        places.extend(
            profile
                .people
                .iter()
                .filter_map(|people| people.strip_prefix("area "))
                .map(str::to_owned),
        );
    }
    places.sort();
    places.dedup();
    places
}
