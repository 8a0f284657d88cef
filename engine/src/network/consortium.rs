//! A small connected set of groups that together cover given needs in a place.
//!
//! Choosing the fewest groups is set cover, which nobody can solve quickly
//! for sure; the greedy choice of whoever covers most of what is left needs at
//! most H(k) = 1 + ½ + … + 1/k times the fewest for k needs (Chvátal 1979,
//! doi:10.1287/moor.4.3.233).

use std::collections::{BTreeSet, VecDeque};

use geo::{Distance, Haversine, Point};
use serde::Serialize;

use super::measures::{Measures, Named, named};
use crate::snapshot::{Snapshot, Structure};
use crate::text::lexicon::ConceptNo;

/// What a consortium is to do.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsortiumRequest {
    /// What must be covered.
    pub needs: Vec<ConceptNo>,
    /// Around where, WGS84 degrees. `None`: anywhere.
    pub near: Option<Point>,
    /// No further than this from there, in kilometres.
    pub within_km: Option<f64>,
    /// Name of an area that members serve or work in, folded; in place of a point.
    pub area: Option<String>,
    /// Node of the one that leads; it is a member whatever it covers.
    pub lead: Option<u32>,
    /// The least share of members that are small, faith or neighbourhood groups, 0 to 1.
    pub grass_roots_share: f64,
}

/// A member, with what it brings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Member {
    /// Who.
    pub organization: Named,
    /// Names of the needs that it covers.
    pub covers: Vec<String>,
    /// Why it was chosen.
    pub why: String,
    /// Whether it is a small, faith or neighbourhood group.
    pub grass_roots: bool,
}

/// A proposed consortium.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Consortium {
    /// In the order they were chosen, the lead first.
    pub members: Vec<Member>,
    /// Names of needs that nobody in reach covers.
    pub uncovered: Vec<String>,
    /// Whether there is a way from each to each through members alone.
    pub connected: bool,
    /// What is promised of this choice, in words.
    pub guarantee: String,
}

/// Proposes a consortium: whoever covers most of what is left, of those
/// alike whoever is nearest to the members in the graph, then by id; then
/// grass-roots groups until their share is reached, and at last those who link
/// the members, two steps at most between any.
///
/// *Complexity:* O(needs · (n + m)).
#[must_use]
pub fn consortium(
    snapshot: &Snapshot,
    measures: &Measures,
    request: &ConsortiumRequest,
) -> Consortium {
    let mut draft = Draft {
        snapshot,
        measures,
        request,
        nodes: Vec::new(),
        members: Vec::new(),
    };
    let mut open: BTreeSet<ConceptNo> = request.needs.iter().copied().collect();
    let needs = open.len();
    if let Some(lead) = request.lead {
        let covers = draft.covers(lead, &open);
        open.retain(|need| !covers.contains(need));
        draft.take(lead, &covers, "leads".to_owned());
    }
    let within_reach: Vec<u32> = (0..snapshot.graph.organizations().len() as u32)
        .filter(|node| draft.is_within_reach(*node))
        .collect();
    while !open.is_empty() {
        let steps = steps_from(snapshot.graph.structure(), &draft.nodes);
        let best = within_reach
            .iter()
            .copied()
            .filter(|node| !draft.nodes.contains(node))
            .map(|node| (draft.covers(node, &open), node))
            .filter(|(covers, _)| !covers.is_empty())
            .max_by_key(|(covers, node)| {
                let reversed = std::cmp::Reverse;
                (
                    covers.len(),
                    reversed(steps[*node as usize]),
                    reversed(*node),
                )
            });
        let Some((covers, node)) = best else { break };
        open.retain(|need| !covers.contains(need));
        let why = match steps[node as usize] {
            _ if draft.nodes.is_empty() => "covers most of what is needed".to_owned(),
            1 => "covers most of what was left, and works with a member already".to_owned(),
            UNREACHED => "covers most of what was left; nobody links it to the members".to_owned(),
            steps => format!("covers most of what was left, {steps} steps from a member"),
        };
        draft.take(node, &covers, why);
    }
    let all: BTreeSet<ConceptNo> = request.needs.iter().copied().collect();
    let share_met = draft.add_grass_roots(&within_reach, &all);
    draft.add_links();
    let connected = is_connected(snapshot.graph.structure(), &draft.nodes);
    let bound: f64 = (1..=needs).map(|k| 1.0 / k as f64).sum();
    let mut guarantee = format!(
        "Those chosen for what they cover are at most {bound:.2} times as many as the fewest that could cover the same {needs} needs (greedy choice; Chvátal 1979). Members added as lead, as links or for the grass-roots share come on top."
    );
    if !share_met {
        guarantee.push_str(
            " Too few grass-roots groups in reach do any of this to make up the share asked for.",
        );
    }
    Consortium {
        members: draft.members,
        uncovered: open
            .into_iter()
            .map(|need| snapshot.lexicon.concept(need).name.clone())
            .collect(),
        connected,
        guarantee,
    }
}

struct Draft<'a> {
    snapshot: &'a Snapshot,
    measures: &'a Measures,
    request: &'a ConsortiumRequest,
    nodes: Vec<u32>,
    members: Vec<Member>,
}

impl Draft<'_> {
    /// Which of the needs an organization covers: it does the same, or something narrower.
    fn covers(&self, node: u32, needs: &BTreeSet<ConceptNo>) -> Vec<ConceptNo> {
        /// As sure as something narrower is in matching.
        const COVERS: f64 = 0.9;
        let does = &self.measures.profiles.at(node).concepts;
        needs
            .iter()
            .copied()
            .filter(|need| {
                does.iter()
                    .any(|kind| self.snapshot.lexicon.rel(*need, *kind) >= COVERS)
            })
            .collect()
    }

    fn is_grass_roots(&self, node: u32) -> bool {
        self.measures
            .profiles
            .at(node)
            .form
            .is_some_and(super::profile::Form::is_grass_roots)
    }

    fn is_within_reach(&self, node: u32) -> bool {
        let profile = self.measures.profiles.at(node);
        if let Some(area) = &self.request.area {
            let serves = profile.people.contains(&format!("area {area}"));
            let lies = profile.points.iter().any(|point| {
                super::margins::nearest_area(self.snapshot, *point).is_some_and(|here| {
                    [
                        Some(&here.name),
                        here.parent_name.as_ref(),
                        Some(&here.code),
                    ]
                    .into_iter()
                    .flatten()
                    .any(|name| crate::text::fold(name) == *area)
                })
            });
            if !serves && !lies {
                return false;
            }
        }
        match (self.request.near, self.request.within_km) {
            (Some(near), Some(most)) => profile
                .points
                .iter()
                .any(|point| Haversine.distance(near, *point) / 1000.0 <= most),
            _ => true,
        }
    }

    fn take(&mut self, node: u32, covers: &[ConceptNo], why: String) {
        self.nodes.push(node);
        let name = |need: &ConceptNo| self.snapshot.lexicon.concept(*need).name.clone();
        self.members.push(Member {
            organization: named(self.snapshot, node),
            covers: covers.iter().map(name).collect(),
            why,
            grass_roots: self.is_grass_roots(node),
        });
    }

    /// Adds grass-roots groups that cover some of the needs until their share
    /// is reached; whether it was.
    fn add_grass_roots(&mut self, within_reach: &[u32], needs: &BTreeSet<ConceptNo>) -> bool {
        loop {
            let have = self
                .members
                .iter()
                .filter(|member| member.grass_roots)
                .count() as f64;
            let asked = self.request.grass_roots_share.clamp(0.0, 1.0);
            if self.members.is_empty() || have / self.members.len() as f64 >= asked - 1e-12 {
                return true;
            }
            let steps = steps_from(self.snapshot.graph.structure(), &self.nodes);
            let next = within_reach
                .iter()
                .copied()
                .filter(|node| self.is_grass_roots(*node) && !self.nodes.contains(node))
                .map(|node| (self.covers(node, needs), node))
                .filter(|(covers, _)| !covers.is_empty())
                .max_by_key(|(covers, node)| {
                    let reversed = std::cmp::Reverse;
                    (
                        reversed(steps[*node as usize]),
                        covers.len(),
                        reversed(*node),
                    )
                });
            let Some((covers, node)) = next else {
                return false;
            };
            self.take(
                node,
                &covers,
                "brings in a grass-roots group that does this too".to_owned(),
            );
        }
    }

    /// Adds a partner of two members that are not linked, while one such is enough.
    fn add_links(&mut self) {
        let structure = self.snapshot.graph.structure();
        while !is_connected(structure, &self.nodes) {
            let parts = parts(structure, &self.nodes);
            let mut joins: Vec<(usize, u32)> = Vec::new();
            let candidates: BTreeSet<u32> = self
                .nodes
                .iter()
                .flat_map(|node| structure.neighbours(*node))
                .copied()
                .filter(|node| !self.nodes.contains(node))
                .collect();
            for node in candidates {
                let joined: BTreeSet<usize> = structure
                    .neighbours(node)
                    .iter()
                    .filter_map(|other| self.nodes.iter().position(|member| member == other))
                    .map(|place| parts[place])
                    .collect();
                if joined.len() > 1 {
                    joins.push((joined.len(), node));
                }
            }
            let best = joins
                .into_iter()
                .max_by_key(|(count, node)| (*count, std::cmp::Reverse(*node)));
            let Some((count, node)) = best else { return };
            let needs = self.request.needs.iter().copied().collect();
            let covers = self.covers(node, &needs);
            self.take(
                node,
                &covers,
                format!("works with {count} members that do not know each other"),
            );
        }
    }
}

/// More steps than any way has.
const UNREACHED: u32 = u32::MAX;

/// How many steps each node is from the nearest of some.
fn steps_from(graph: &Structure, nodes: &[u32]) -> Vec<u32> {
    let mut steps = vec![UNREACHED; graph.node_count()];
    for node in nodes {
        steps[*node as usize] = 0;
    }
    let mut queue: VecDeque<u32> = nodes.iter().copied().collect();
    while let Some(node) = queue.pop_front() {
        for next in graph.neighbours(node) {
            if steps[*next as usize] == UNREACHED {
                steps[*next as usize] = steps[node as usize] + 1;
                queue.push_back(*next);
            }
        }
    }
    steps
}

/// The number of the part each member is in, by ways through members alone.
fn parts(graph: &Structure, members: &[u32]) -> Vec<usize> {
    let mut part: Vec<Option<usize>> = vec![None; members.len()];
    let mut count = 0;
    for start in 0..members.len() {
        if part[start].is_some() {
            continue;
        }
        let mut stack = vec![start];
        part[start] = Some(count);
        while let Some(place) = stack.pop() {
            for (other, member) in members.iter().enumerate() {
                let tied = graph
                    .neighbours(members[place])
                    .binary_search(member)
                    .is_ok();
                if tied && part[other].is_none() {
                    part[other] = Some(count);
                    stack.push(other);
                }
            }
        }
        count += 1;
    }
    part.into_iter().flatten().collect()
}

fn is_connected(graph: &Structure, members: &[u32]) -> bool {
    parts(graph, members).into_iter().all(|part| part == 0)
}
