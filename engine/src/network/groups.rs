//! Communities as answers name them: by what their members do, and where.

use std::collections::BTreeMap;

use super::communities::{CLEAR_CUT, Communities};
use super::measures::{Measures, Named, named};
use super::profile::Profiles;
use crate::model::OrganizationId;
use crate::snapshot::Snapshot;
use crate::text::lexicon::ConceptNo;

/// A community with its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// The id of its smallest member: stays while that member does.
    pub id: OrganizationId,
    /// What its members do most, and where.
    pub name: String,
    /// How many members.
    pub size: usize,
    /// Who, by id.
    pub members: Vec<Named>,
}

/// All communities.
#[derive(Debug, Clone, PartialEq)]
pub struct CommunitiesAnswer {
    /// The largest first; organizations without partners are none.
    pub communities: Vec<Community>,
    /// How many there are.
    pub total: usize,
    /// How much more they work with each other than by chance.
    pub modularity: f64,
    /// How much repeated runs agree, 1 the same.
    pub stability: f64,
    /// How many runs there were; fewer on a large network.
    pub runs: usize,
    /// What to be careful about.
    pub caution: Option<&'static str>,
}

/// The communities of a snapshot, named: `limit` of them from `offset` on.
#[must_use]
pub fn named_communities(
    snapshot: &Snapshot,
    measures: &Measures,
    offset: usize,
    limit: usize,
) -> CommunitiesAnswer {
    let found = &measures.graph.communities;
    // The largest come first, so those of one are all at the end.
    let total = found.members.partition_point(|members| members.len() > 1);
    let communities = found.members[..total]
        .iter()
        .zip(&measures.community_names)
        .skip(offset)
        .take(limit)
        .map(|(members, name)| Community {
            id: snapshot.graph.organization(members[0]),
            name: name.clone(),
            size: members.len(),
            members: members.iter().map(|node| named(snapshot, *node)).collect(),
        })
        .collect();
    CommunitiesAnswer {
        communities,
        total,
        modularity: found.modularity,
        stability: found.stability,
        runs: found.runs,
        caution: (found.stability < CLEAR_CUT).then_some("these groups are not clear-cut"),
    }
}

/// The name of each community, in their order. What several share gets the
/// name of its best-linked member behind it.
pub(super) fn names(
    snapshot: &Snapshot,
    communities: &Communities,
    profiles: &Profiles,
) -> Vec<String> {
    let everyone = 0..snapshot.graph.organizations().len() as u32;
    let all = everyone.len() as f64;
    let everywhere = kinds(profiles, everyone);
    let mut names: Vec<String> = communities
        .members
        .iter()
        .map(|members| name(snapshot, profiles, members, &everywhere, all))
        .collect();
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *uses.entry(name).or_default() += 1;
    }
    let shared: Vec<bool> = names.iter().map(|name| uses[name.as_str()] > 1).collect();
    for ((name, shared), members) in names.iter_mut().zip(shared).zip(&communities.members) {
        let structure = snapshot.graph.structure();
        let best = members
            .iter()
            .min_by_key(|node| (std::cmp::Reverse(structure.degree(**node)), **node));
        if let Some(best) = best.filter(|_| shared) {
            *name = format!("{name} (around {})", named(snapshot, *best).name);
        }
    }
    names
}

fn kinds(profiles: &Profiles, nodes: impl IntoIterator<Item = u32>) -> BTreeMap<ConceptNo, f64> {
    let mut counts = BTreeMap::new();
    for node in nodes {
        for kind in &profiles.at(node).concepts {
            *counts.entry(*kind).or_default() += 1.0;
        }
    }
    counts
}

/// The kind of help and the place that the members have most above the rest.
fn name(
    snapshot: &Snapshot,
    profiles: &Profiles,
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
    let kind = kinds(profiles, members.iter().copied())
        .iter()
        .map(telling)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, kind)| snapshot.lexicon.concept(kind).name.clone());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for member in members {
        for place in places_of(profiles, *member) {
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
fn places_of(profiles: &Profiles, node: u32) -> Vec<String> {
    let profile = profiles.at(node);
    let mut places: Vec<String> = profile
        .areas
        .iter()
        .filter_map(|code| profiles.areas().find(code))
        .map(|area| area.parent_name.as_ref().unwrap_or(&area.name).clone())
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
