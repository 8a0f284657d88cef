//! What is measured once of a version of the data, on all cores, and asked many times.

use std::collections::BTreeMap;

use super::betweenness::{self, Betweenness, EXACT_UP_TO, Method};
use super::cohesion::{self, Components, Cuts};
use super::communities::{self, Communities};
use super::groups;
use super::holes::{self, Hole};
use super::margins::{EquityBy, network_equity};
use super::profile::Profiles;
use super::summary::{self, Basis, Summary};
use crate::model::OrganizationId;
use crate::snapshot::{PartnerGraph, Snapshot};
use crate::text::lexicon::ConceptNo;

/// An organization as answers name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
}

/// Measures of the graph alone.
#[derive(Debug)]
pub struct GraphMeasures {
    /// The network in a few numbers.
    pub summary: Summary,
    /// What hangs together.
    pub components: Components,
    /// What would fall apart.
    pub cuts: Cuts,
    /// How far in each node is.
    pub cores: Vec<u32>,
    /// Whose partners know each other.
    pub holes: Vec<Option<Hole>>,
    /// Who lies between others.
    pub betweenness: Betweenness,
    /// Who works with each other more than with the rest.
    pub communities: Communities,
}

impl GraphMeasures {
    /// Measures a graph. The same seed gives the same numbers.
    #[must_use]
    pub fn of(graph: &PartnerGraph, seed: u64) -> Self {
        let structure = graph.structure();
        let components = cohesion::components(structure);
        let holes = holes::holes(structure);
        let nodes = structure.node_count() as u64;
        let (betweenness, path_length) = if nodes * structure.edge_count() as u64 <= EXACT_UP_TO {
            let all: Vec<u32> = (0..nodes as u32).collect();
            let paths = betweenness::paths_from(structure, &all);
            let length = if paths.pairs > 0.0 {
                paths.distance / paths.pairs
            } else {
                0.0
            };
            let exact = Betweenness {
                values: betweenness::normalised(paths.betweenness),
                method: Method::Exact,
                error_bound: 0.0,
                samples: 0,
            };
            (exact, Some(length))
        } else {
            (betweenness::betweenness(structure, seed), None)
        };
        let basis = Basis {
            components: &components,
            holes: &holes,
            path_length,
            seed,
        };
        Self {
            summary: summary::summary(graph, &basis),
            cuts: cohesion::cuts(structure),
            cores: cohesion::cores(structure),
            communities: communities::communities(
                structure,
                communities::runs_for(structure),
                seed,
            ),
            betweenness,
            components,
            holes,
        }
    }
}

/// Everything that is measured once of a snapshot.
#[derive(Debug)]
pub struct Measures {
    /// Of the graph.
    pub graph: GraphMeasures,
    /// Of the organizations.
    pub profiles: Profiles,
    /// What is done by those who work together.
    pub kinds: Kinds,
    /// The stated ties and those implied by what organizations share.
    pub wider: PartnerGraph,
    /// The names of the communities, in their order.
    pub community_names: Vec<String>,
    /// Who sits in the middle and who at the edge.
    pub equity: Vec<EquityBy>,
}

/// Which ties count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layer {
    /// Those that records state.
    #[default]
    Stated,
    /// Those that are implied by what organizations share, too.
    Implied,
}

impl Measures {
    /// Measures a snapshot. Takes as long as its largest measure does; to be
    /// done beside requests, not in one.
    #[must_use]
    pub fn of(snapshot: &Snapshot, seed: u64) -> Self {
        let profiles = Profiles::of(snapshot);
        let graph = GraphMeasures::of(&snapshot.graph, seed);
        Self {
            kinds: Kinds::of(&snapshot.graph, &profiles),
            wider: snapshot.graph.with_implied(&snapshot.directory),
            community_names: groups::names(snapshot, &graph.communities, &profiles),
            equity: network_equity(snapshot, &profiles),
            graph,
            profiles,
        }
    }

    /// The graph of a layer.
    #[must_use]
    pub fn ties<'a>(&'a self, snapshot: &'a Snapshot, layer: Layer) -> &'a PartnerGraph {
        match layer {
            Layer::Stated => &snapshot.graph,
            Layer::Implied => &self.wider,
        }
    }
}

/// Kinds of help that are found together in existing partnerships.
#[derive(Debug, Clone, Default)]
pub struct Kinds {
    partnerships: f64,
    alone: BTreeMap<ConceptNo, f64>,
    together: BTreeMap<(ConceptNo, ConceptNo), f64>,
}

impl Kinds {
    fn of(graph: &PartnerGraph, profiles: &Profiles) -> Self {
        let mut kinds = Self::default();
        for (a, b, _) in graph.structure().edges() {
            let (ours, theirs) = (&profiles.at(a).concepts, &profiles.at(b).concepts);
            if ours.is_empty() || theirs.is_empty() {
                continue;
            }
            kinds.partnerships += 1.0;
            let mut either: Vec<ConceptNo> = ours.iter().chain(theirs).copied().collect();
            either.sort_unstable();
            either.dedup();
            for concept in either {
                *kinds.alone.entry(concept).or_default() += 1.0;
            }
            let mut pairs: Vec<(ConceptNo, ConceptNo)> = ours
                .iter()
                .flat_map(|one| {
                    theirs
                        .iter()
                        .map(move |other| (*one.min(other), *one.max(other)))
                })
                .collect();
            pairs.sort_unstable();
            pairs.dedup();
            for pair in pairs {
                *kinds.together.entry(pair).or_default() += 1.0;
            }
        }
        kinds
    }

    /// How much more than by chance a kind is found in partnerships with
    /// others: the mean over them of the smoothed logarithm of lift, not below
    /// 0 (METHODS B, `complement`). 0 without partnerships or kinds.
    #[must_use]
    pub fn lift(&self, kind: ConceptNo, given: &[ConceptNo]) -> f64 {
        if self.partnerships <= 0.0 || given.is_empty() {
            return 0.0;
        }
        let alone = |kind: ConceptNo| self.alone.get(&kind).copied().unwrap_or_default();
        let sum: f64 = given
            .iter()
            .map(|other| {
                let pair = (kind.min(*other), kind.max(*other));
                let together = self.together.get(&pair).copied().unwrap_or_default();
                let chance = alone(kind) * alone(*other) / self.partnerships;
                if together > 0.0 {
                    ((together + 1.0) / (chance + 1.0)).ln().max(0.0)
                } else {
                    0.0
                }
            })
            .sum();
        sum / given.len() as f64
    }
}

/// The name of a node's organization.
pub(super) fn named(snapshot: &Snapshot, node: u32) -> Named {
    let id = snapshot.graph.organization(node);
    let name = snapshot
        .directory
        .organizations
        .find(id)
        .map_or_else(String::new, |organization| organization.name.clone());
    Named { id, name }
}
