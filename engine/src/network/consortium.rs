//! A small connected set of groups that together cover given needs in a place.
//!
//! Choosing the fewest groups is set cover, which nobody can solve quickly
//! for sure; the greedy choice of whoever covers most of what is left needs at
//! most H(k) = 1 + ½ + … + 1/k times the fewest for k needs (Chvátal 1979,
//! doi:10.1287/moor.4.3.233).

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

use geo::{Distance, Haversine, Point};

use super::measures::{Measures, Named, named};
use crate::model::TaxonomyTermId;
use crate::snapshot::{Snapshot, Structure};
use crate::text::lexicon::ConceptNo;

/// One thing that a consortium must cover.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConsortiumNeed {
    /// As answers name it.
    pub name: String,
    /// Doing any of these covers it.
    pub concepts: Vec<ConceptNo>,
    /// A service that carries any of these covers it too.
    pub terms: Vec<TaxonomyTermId>,
}

/// What a consortium is to do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConsortiumRequest {
    /// What must be covered.
    pub needs: Vec<ConsortiumNeed>,
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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

/// Proposes a consortium: whoever covers most of what is left; of those alike
/// a grass-roots group while their share is short, then whoever says so by a
/// term or a name, then whoever is nearest to the members in the graph, then by
/// id. Where the share is short still, a
/// grass-roots group takes the place of a member that it can stand in for, else
/// comes on top. At last those are added who link the members, and grass-roots
/// groups again where that made their share too small.
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
        carrying: request
            .needs
            .iter()
            .map(|need| carrying(snapshot, need))
            .collect(),
        nodes: Vec::new(),
        taken: Vec::new(),
        members: Vec::new(),
    };
    let mut open: BTreeSet<usize> = (0..request.needs.len()).collect();
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
                (
                    covers.len(),
                    draft.lacks_grass_roots(1) && draft.is_grass_roots(*node),
                    draft.tells(*node, covers),
                    Reverse(steps[*node as usize]),
                    Reverse(*node),
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
    let all: BTreeSet<usize> = (0..needs).collect();
    let mut share_met = draft.meet_share(&within_reach, &all);
    while draft.add_links() && share_met && draft.lacks_grass_roots(0) {
        share_met = draft.meet_share(&within_reach, &all);
    }
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
            .map(|need| request.needs[need].name.clone())
            .collect(),
        connected,
        guarantee,
    }
}

struct Draft<'a> {
    snapshot: &'a Snapshot,
    measures: &'a Measures,
    request: &'a ConsortiumRequest,
    /// For each need the organizations whose services carry one of its terms.
    carrying: Vec<BTreeSet<u32>>,
    nodes: Vec<u32>,
    /// For each member the needs that it was chosen for.
    taken: Vec<Vec<usize>>,
    members: Vec<Member>,
}

impl Draft<'_> {
    /// Which of the needs an organization covers: it does the same, or something narrower.
    fn covers(&self, node: u32, needs: &BTreeSet<usize>) -> Vec<usize> {
        self.covers_by(node, needs, &self.measures.profiles.at(node).concepts)
    }

    /// How many of some needs a term or the name of a service says that it covers.
    fn tells(&self, node: u32, needs: &[usize]) -> usize {
        let needs = needs.iter().copied().collect();
        self.covers_by(node, &needs, &self.measures.profiles.at(node).told)
            .len()
    }

    fn covers_by(&self, node: u32, needs: &BTreeSet<usize>, does: &[ConceptNo]) -> Vec<usize> {
        /// As sure as something narrower is in matching.
        const COVERS: f64 = 0.9;
        let lexicon = &self.snapshot.lexicon;
        needs
            .iter()
            .copied()
            .filter(|need| {
                let concepts = &self.request.needs[*need].concepts;
                let does_it = concepts.iter().any(|concept| {
                    does.iter()
                        .any(|kind| lexicon.rel(*concept, *kind) >= COVERS)
                });
                does_it || self.carrying[*need].contains(&node)
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
            let areas = self.measures.profiles.areas();
            let lies = profile.areas.iter().any(|code| {
                areas.find(code).is_some_and(|here| {
                    let names = [
                        Some(&here.code),
                        Some(&here.name),
                        here.parent.as_ref(),
                        here.parent_name.as_ref(),
                    ];
                    let mut names = names.into_iter().flatten();
                    names.any(|name| crate::text::fold(name) == *area)
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

    fn take(&mut self, node: u32, covers: &[usize], why: String) {
        self.nodes.push(node);
        self.taken.push(covers.to_vec());
        let name = |need: &usize| self.request.needs[*need].name.clone();
        self.members.push(Member {
            organization: named(self.snapshot, node),
            covers: covers.iter().map(name).collect(),
            why,
            grass_roots: self.is_grass_roots(node),
        });
    }

    /// Whether the share of grass-roots groups is short, with so many others more.
    fn lacks_grass_roots(&self, others: usize) -> bool {
        let members = self.members.iter();
        let have = members.filter(|member| member.grass_roots).count() as f64;
        let all = (self.members.len() + others) as f64;
        have < self.request.grass_roots_share.clamp(0.0, 1.0) * all - 1e-12
    }

    /// Takes in grass-roots groups until their share is reached; whether it was.
    fn meet_share(&mut self, within_reach: &[u32], needs: &BTreeSet<usize>) -> bool {
        while self.lacks_grass_roots(0) {
            if !self.swap_one_in(within_reach) && !self.add_one(within_reach, needs) {
                return false;
            }
        }
        true
    }

    /// Lets a grass-roots group stand in for the last member that one can stand in for.
    fn swap_one_in(&mut self, within_reach: &[u32]) -> bool {
        for place in (0..self.members.len()).rev() {
            let taken = self.taken[place].clone();
            let fixed = self.members[place].grass_roots || taken.is_empty();
            if fixed || self.request.lead == Some(self.nodes[place]) {
                continue;
            }
            let needs: BTreeSet<usize> = taken.iter().copied().collect();
            let others: Vec<u32> = (0..self.nodes.len())
                .filter(|other| *other != place)
                .map(|other| self.nodes[other])
                .collect();
            let steps = steps_from(self.snapshot.graph.structure(), &others);
            let stand_in = within_reach
                .iter()
                .copied()
                .filter(|node| self.is_grass_roots(*node) && !self.nodes.contains(node))
                .filter(|node| self.covers(*node, &needs).len() == needs.len())
                .min_by_key(|node| (steps[*node as usize], *node));
            let Some(node) = stand_in else { continue };
            let instead = self.members[place].organization.name.clone();
            self.nodes.remove(place);
            self.members.remove(place);
            self.taken.remove(place);
            let why = format!("a grass-roots group that covers what {instead} would");
            self.take(node, &taken, why);
            return true;
        }
        false
    }

    /// Adds the grass-roots group nearest to the members that covers some of the needs.
    fn add_one(&mut self, within_reach: &[u32], needs: &BTreeSet<usize>) -> bool {
        let steps = steps_from(self.snapshot.graph.structure(), &self.nodes);
        let next = within_reach
            .iter()
            .copied()
            .filter(|node| self.is_grass_roots(*node) && !self.nodes.contains(node))
            .map(|node| (self.covers(node, needs), node))
            .filter(|(covers, _)| !covers.is_empty())
            .max_by_key(|(covers, node)| {
                (Reverse(steps[*node as usize]), covers.len(), Reverse(*node))
            });
        let Some((covers, node)) = next else {
            return false;
        };
        let why = "brings in a grass-roots group that does this too".to_owned();
        self.take(node, &covers, why);
        // It is on top: nobody may stand in for it.
        if let Some(taken) = self.taken.last_mut() {
            taken.clear();
        }
        true
    }

    /// Adds a partner of two members that are not linked, while one such is
    /// enough; whether any was added.
    fn add_links(&mut self) -> bool {
        let structure = self.snapshot.graph.structure();
        let before = self.nodes.len();
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
            let best = joins.into_iter().max_by_key(|(count, node)| {
                let small = self.lacks_grass_roots(1) && self.is_grass_roots(*node);
                (*count, small, Reverse(*node))
            });
            let Some((count, node)) = best else { break };
            let needs = (0..self.request.needs.len()).collect();
            let covers = self.covers(node, &needs);
            self.take(
                node,
                &covers,
                format!("works with {count} members that do not know each other"),
            );
            if let Some(taken) = self.taken.last_mut() {
                taken.clear();
            }
        }
        self.nodes.len() > before
    }
}

/// The organizations whose open services carry a term of a need.
fn carrying(snapshot: &Snapshot, need: &ConsortiumNeed) -> BTreeSet<u32> {
    let facts = &snapshot.facts;
    need.terms
        .iter()
        .flat_map(|term| facts.with_term(*term))
        .map(|number| &facts.services[*number as usize])
        .filter(|service| service.standing.is_open())
        .filter_map(|service| service.organization)
        .collect()
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
