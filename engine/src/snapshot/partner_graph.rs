//! The partner graph: who works with whom, and how firmly.
//!
//! Two views of the same partnerships. For routes a directed graph with one
//! edge for each pair and direction, the firmest tie of the pair. For
//! structure (components, communities, brokers) an undirected simple graph in
//! compressed rows, where parallel ties are one edge: bridge finding counts
//! parallel edges wrongly, and a pair is not less fragile for being listed twice.

use std::collections::HashMap;

use jiff::civil::Date;
use petgraph::graph::{DiGraph, NodeIndex};

use super::flow::Flow;
use crate::model::{Directory, Entry, OrganizationId, Partnership, PartnershipId, PartnershipKind};

/// How firm a tie is before dates count, by kind; and what dates do to it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TieStrength {
    /// Probability that a referral along a tie of the kind is taken up.
    pub delivers_with: f64,
    /// As above.
    pub refers_to: f64,
    /// As above.
    pub hosts: f64,
    /// As above.
    pub co_produces: f64,
    /// As above.
    pub member_of: f64,
    /// As above.
    pub supports: f64,
    /// As above.
    pub trains: f64,
    /// As above.
    pub funds: f64,
    /// Years after which an unconfirmed tie counts half.
    pub half_life_years: f64,
    /// Factor for a tie without a date.
    pub undated: f64,
}

impl Default for TieStrength {
    fn default() -> Self {
        Self {
            delivers_with: 0.95,
            refers_to: 0.85,
            hosts: 0.8,
            co_produces: 0.8,
            member_of: 0.6,
            supports: 0.6,
            trains: 0.5,
            funds: 0.4,
            half_life_years: 3.0,
            undated: 0.8,
        }
    }
}

impl TieStrength {
    /// The strength of a partnership as of `today`, within [.05, .98] (METHODS A6).
    ///
    /// A stated strength takes the place of the kind's. A tie is confirmed on
    /// the later of its first day and the day its source was found to say so:
    /// twenty years together do not make a tie weak, twenty years of silence do.
    #[must_use]
    pub fn of(&self, entry: &Entry<Partnership>, today: Date) -> f64 {
        let partnership = &entry.record;
        let base = partnership.strength.unwrap_or(self.base(partnership.kind));
        let recency = partnership.since.map_or(self.undated, |since| {
            let read = entry
                .provenance
                .read_at
                .to_zoned_datetime(jiff::tz::TimeZone::UTC)
                .date();
            let confirmed = since.max(read).min(today);
            let years = f64::from((today - confirmed).get_days()) / 365.25;
            (-years / self.half_life_years).exp2()
        });
        (base * recency).clamp(0.05, 0.98)
    }

    fn base(&self, kind: PartnershipKind) -> f64 {
        match kind {
            PartnershipKind::DeliversWith => self.delivers_with,
            PartnershipKind::RefersTo => self.refers_to,
            PartnershipKind::Hosts => self.hosts,
            PartnershipKind::CoProduces => self.co_produces,
            PartnershipKind::MemberOf => self.member_of,
            PartnershipKind::Supports => self.supports,
            PartnershipKind::Trains => self.trains,
            PartnershipKind::Funds => self.funds,
        }
    }
}

/// A partnership that holds, as data of the graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The record.
    pub partnership: PartnershipId,
    /// Node of the organization that acts.
    pub from: u32,
    /// Node of the other.
    pub to: u32,
    /// In which way.
    pub kind: PartnershipKind,
    /// Whether people are passed on one way only.
    pub directed: bool,
    /// Probability that a referral along it is taken up, (0, 1).
    pub strength: f64,
}

/// The directed graph for routes: an edge names the place of its tie in [`PartnerGraph::ties`].
pub type RouteGraph = DiGraph<OrganizationId, u32, u32>;

/// Who works with whom, as of the day it was built.
#[derive(Debug, Clone, Default)]
pub struct PartnerGraph {
    organizations: Vec<OrganizationId>,
    nodes: HashMap<OrganizationId, u32>,
    ties: Vec<Tie>,
    routes: RouteGraph,
    flow: Flow,
    structure: Structure,
}

impl PartnerGraph {
    /// Builds the graph of all current organizations and the partnerships
    /// between them that hold `today`.
    #[must_use]
    pub fn of(directory: &Directory, strength: &TieStrength, today: Date) -> Self {
        let organizations: Vec<OrganizationId> = directory
            .organizations
            .iter()
            .map(|organization| organization.id)
            .collect();
        let nodes: HashMap<OrganizationId, u32> = organizations
            .iter()
            .enumerate()
            .map(|(node, id)| (*id, node as u32))
            .collect();
        let ties = directory
            .partnerships
            .entries()
            .filter(|entry| entry.is_current() && !entry.record.has_ended(today))
            .filter_map(|entry| {
                let partnership = &entry.record;
                let (from, to) = (*nodes.get(&partnership.from)?, *nodes.get(&partnership.to)?);
                (from != to).then(|| Tie {
                    partnership: partnership.id,
                    from,
                    to,
                    kind: partnership.kind,
                    directed: partnership.is_directed(),
                    strength: strength.of(entry, today),
                })
            })
            .collect();
        Self::from_ties(organizations, nodes, ties)
    }

    /// Builds a graph from plain edges `(from, to, kind, strength)` between
    /// nodes 0 to `nodes` − 1, each as directed as its kind: for measurement
    /// and for tests. The id of node *n* is the number *n*.
    #[must_use]
    pub fn from_edges(
        nodes: usize,
        edges: impl IntoIterator<Item = (u32, u32, PartnershipKind, f64)>,
    ) -> Self {
        let organizations: Vec<OrganizationId> = (0..nodes)
            .map(|node| uuid::Uuid::from_u128(node as u128).into())
            .collect();
        let numbers = organizations
            .iter()
            .enumerate()
            .map(|(node, id)| (*id, node as u32))
            .collect();
        let ties = edges
            .into_iter()
            .filter(|(from, to, _, _)| from != to)
            .enumerate()
            .map(|(number, (from, to, kind, strength))| Tie {
                partnership: uuid::Uuid::from_u128(number as u128).into(),
                from,
                to,
                kind,
                directed: !kind.is_mutual(),
                strength,
            })
            .collect();
        Self::from_ties(organizations, numbers, ties)
    }

    fn from_ties(
        organizations: Vec<OrganizationId>,
        nodes: HashMap<OrganizationId, u32>,
        ties: Vec<Tie>,
    ) -> Self {
        let mut ways: Vec<(u32, u32, u32)> = Vec::with_capacity(ties.len() * 2);
        for (place, tie) in ties.iter().enumerate() {
            ways.push((tie.from, tie.to, place as u32));
            if !tie.directed {
                ways.push((tie.to, tie.from, place as u32));
            }
        }
        let strength = |place: u32| ties[place as usize].strength;
        // The firmest tie of a way comes first, of equals the first listed.
        ways.sort_unstable_by(|a, b| {
            (a.0, a.1)
                .cmp(&(b.0, b.1))
                .then_with(|| strength(b.2).total_cmp(&strength(a.2)))
                .then(a.2.cmp(&b.2))
        });
        ways.dedup_by_key(|(from, to, _)| (*from, *to));
        let mut routes = RouteGraph::with_capacity(organizations.len(), ways.len());
        for id in &organizations {
            routes.add_node(*id);
        }
        for (from, to, place) in &ways {
            routes.add_edge(
                NodeIndex::new(*from as usize),
                NodeIndex::new(*to as usize),
                *place,
            );
        }
        let flow = Flow::of(
            organizations.len(),
            ways.iter()
                .map(|(from, to, place)| (*from, *to, strength(*place))),
        );
        let edges = ties.iter().map(|tie| (tie.from, tie.to, tie.strength));
        let structure = Structure::of(organizations.len(), edges);
        Self {
            organizations,
            nodes,
            ties,
            routes,
            flow,
            structure,
        }
    }

    /// All organizations, by id ascending; the place of each is its node.
    #[must_use]
    pub fn organizations(&self) -> &[OrganizationId] {
        &self.organizations
    }

    /// The node of an organization.
    #[must_use]
    pub fn node(&self, id: OrganizationId) -> Option<u32> {
        self.nodes.get(&id).copied()
    }

    /// The organization of a node.
    #[must_use]
    pub fn organization(&self, node: u32) -> OrganizationId {
        self.organizations[node as usize]
    }

    /// All partnerships that hold, by id of their record.
    #[must_use]
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }

    /// The directed graph for routes: for each pair and direction the firmest tie.
    #[must_use]
    pub fn routes(&self) -> &RouteGraph {
        &self.routes
    }

    /// The same edges with their strengths, in compressed rows.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// The undirected simple graph for structure.
    #[must_use]
    pub fn structure(&self) -> &Structure {
        &self.structure
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Organization, Provenance, Record};

    const TODAY: Date = jiff::civil::date(2026, 11, 24);

    fn directory(ties: &[(u128, u128, PartnershipKind, Option<Date>)]) -> Directory {
        let mut directory = Directory::default();
        let provenance = Provenance::default();
        for id in 1..=4 {
            let organization = Organization {
                id: uuid::Uuid::from_u128(id).into(),
                ..Default::default()
            };
            directory.put(Entry {
                record: Record::from(organization),
                provenance: provenance.clone(),
            });
        }
        for (number, (from, to, kind, until)) in ties.iter().enumerate() {
            let partnership = Partnership {
                id: uuid::Uuid::from_u128(100 + number as u128).into(),
                from: uuid::Uuid::from_u128(*from).into(),
                to: uuid::Uuid::from_u128(*to).into(),
                kind: *kind,
                until: *until,
                ..Default::default()
            };
            directory.put(Entry {
                record: Record::from(partnership),
                provenance: provenance.clone(),
            });
        }
        directory
    }

    #[test]
    fn parallel_ties_are_one_edge_and_the_firmest_leads() {
        let directory = directory(&[
            (1, 2, PartnershipKind::Funds, None),
            (1, 2, PartnershipKind::DeliversWith, None),
            (2, 3, PartnershipKind::RefersTo, None),
        ]);
        let graph = PartnerGraph::of(&directory, &TieStrength::default(), TODAY);
        assert_eq!(graph.ties().len(), 3);
        assert_eq!(graph.structure().edge_count(), 2);
        // Delivering is mutual, referring is not.
        assert_eq!(graph.routes().edge_count(), 3);
        let kinds: Vec<_> = graph
            .routes()
            .edge_weights()
            .map(|place| graph.ties()[*place as usize].kind)
            .collect();
        assert!(!kinds.contains(&PartnershipKind::Funds));
    }

    #[test]
    fn an_ended_partnership_is_no_tie() {
        let directory = directory(&[(
            1,
            2,
            PartnershipKind::Hosts,
            Some(jiff::civil::date(2020, 1, 1)),
        )]);
        let graph = PartnerGraph::of(&directory, &TieStrength::default(), TODAY);
        assert!(graph.ties().is_empty());
        assert_eq!(graph.structure().node_count(), 4);
    }

    #[test]
    fn silence_weakens_a_tie_and_age_alone_does_not() {
        let strength = TieStrength::default();
        let mut entry = Entry {
            record: Partnership {
                kind: PartnershipKind::Hosts,
                since: Some(jiff::civil::date(2006, 11, 24)),
                ..Default::default()
            },
            provenance: Provenance {
                read_at: "2026-11-24T00:00:00Z".parse().expect("a timestamp"),
                ..Default::default()
            },
        };
        assert!((strength.of(&entry, TODAY) - 0.8).abs() < 1e-9);
        entry.provenance.read_at = "2020-11-24T00:00:00Z".parse().expect("a timestamp");
        assert!((strength.of(&entry, TODAY) - 0.2).abs() < 1e-3);
    }
}
