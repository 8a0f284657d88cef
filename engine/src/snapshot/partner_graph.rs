//! The partner graph: who works with whom, and how firmly.
//!
//! Two views of the same partnerships. For routes a directed graph with one
//! edge for each pair and direction, the firmest tie of the pair. For
//! structure (components, communities, brokers) an undirected simple graph in
//! compressed rows, where parallel ties are one edge.
//!
//! The graph of a snapshot holds stated ties only. [`PartnerGraph::with_implied`]
//! makes the wider one, which a request may ask for.

use std::collections::HashMap;

use jiff::civil::Date;
use petgraph::graph::{DiGraph, NodeIndex};

use super::flow::Flow;
use super::implied::implied;
use super::structure::Structure;
use super::tie::{Basis, Referred, Tie, TieStrength};
use crate::model::{Directory, OrganizationId, PartnershipKind, london};

/// The directed graph for routes: an edge names the place of its tie in [`PartnerGraph::ties`].
pub type RouteGraph = DiGraph<OrganizationId, u32, u32>;

/// Who works with whom, as of the day it was built.
#[derive(Debug, Clone, Default)]
pub struct PartnerGraph {
    strength: TieStrength,
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
        let referred = referred(directory);
        let between = |from, to| referred.get(&(from, to)).copied().unwrap_or_default();
        let ties = directory
            .partnerships
            .entries()
            .filter(|entry| entry.is_current() && !entry.record.has_ended(today))
            .filter_map(|entry| {
                let partnership = &entry.record;
                let (from, to) = (*nodes.get(&partnership.from)?, *nodes.get(&partnership.to)?);
                let mut seen = between(partnership.from, partnership.to);
                if !partnership.is_directed() {
                    seen = seen.and(between(partnership.to, partnership.from));
                }
                (from != to).then(|| Tie {
                    basis: Basis::Stated(partnership.kind, partnership.id),
                    from,
                    to,
                    directed: partnership.is_directed(),
                    strength: strength.of(entry, seen, today),
                })
            })
            .collect();
        Self::from_ties(strength.clone(), organizations, nodes, ties)
    }

    /// The same organizations with the stated ties of this graph and those that
    /// are implied by what they share.
    ///
    /// *Complexity:* O(records), and 200 ties at most for each thing shared.
    #[must_use]
    pub fn with_implied(&self, directory: &Directory) -> Self {
        let node_of = |id| self.node(id);
        let mut ties = self.ties.clone();
        ties.extend(implied(directory, &node_of, &self.ties, &self.strength));
        Self::from_ties(
            self.strength.clone(),
            self.organizations.clone(),
            self.nodes.clone(),
            ties,
        )
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
                basis: Basis::Stated(kind, uuid::Uuid::from_u128(number as u128).into()),
                from,
                to,
                directed: !kind.is_mutual(),
                strength,
            })
            .collect();
        Self::from_ties(TieStrength::default(), organizations, numbers, ties)
    }

    fn from_ties(
        strength: TieStrength,
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
        let firmness = |place: u32| ties[place as usize].strength;
        // The firmest tie of a way comes first, of equals the first listed.
        ways.sort_unstable_by(|a, b| {
            (a.0, a.1)
                .cmp(&(b.0, b.1))
                .then_with(|| firmness(b.2).total_cmp(&firmness(a.2)))
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
                .map(|(from, to, place)| (*from, *to, firmness(*place))),
        );
        let edges = ties.iter().map(|tie| (tie.from, tie.to, tie.strength));
        let structure = Structure::of(organizations.len(), edges);
        Self {
            strength,
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

    /// All ties that hold: the stated ones by id of their record, then the
    /// implied ones, if there are any, by pair.
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

/// What became of the referrals from each organization to each other's services.
fn referred(directory: &Directory) -> HashMap<(OrganizationId, OrganizationId), Referred> {
    let mut referred: HashMap<(OrganizationId, OrganizationId), Referred> = HashMap::new();
    for referral in directory.referrals.iter() {
        let Some(taken) = referral.status.was_taken() else {
            continue;
        };
        let service = directory.services.find(referral.service_id);
        let Some(to) = service.and_then(|service| service.organization_id) else {
            continue;
        };
        let known = referred.entry((referral.from, to)).or_default();
        *known = known.and(Referred {
            taken: u32::from(taken),
            decided: 1,
            last: Some(referral.changed_at.to_zoned_datetime(london()).date()),
        });
    }
    referred
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Entry, Organization, Partnership, Provenance, Record, Referral, ReferralStatus, Service,
    };
    use crate::snapshot::TieKind;

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
            .map(|place| graph.ties()[*place as usize].kind())
            .collect();
        assert!(!kinds.contains(&TieKind::Stated(PartnershipKind::Funds)));
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
    fn referrals_along_a_tie_change_its_strength() {
        let mut directory = directory(&[(1, 2, PartnershipKind::RefersTo, None)]);
        let plain = PartnerGraph::of(&directory, &TieStrength::default(), TODAY);
        let mut put = |record: Record| {
            directory.put(Entry {
                record,
                provenance: Provenance::default(),
            });
        };
        let service = Service {
            id: uuid::Uuid::from_u128(50).into(),
            organization_id: Some(uuid::Uuid::from_u128(2).into()),
            ..Default::default()
        };
        put(service.into());
        for (number, status) in [
            ReferralStatus::Declined,
            ReferralStatus::Declined,
            ReferralStatus::Sent,
        ]
        .into_iter()
        .enumerate()
        {
            let referral = Referral {
                id: uuid::Uuid::from_u128(60 + number as u128).into(),
                from: uuid::Uuid::from_u128(1).into(),
                service_id: uuid::Uuid::from_u128(50).into(),
                status,
                changed_at: "2026-11-20T10:00:00Z".parse().expect("a timestamp"),
                ..Default::default()
            };
            put(referral.into());
        }
        let seen = PartnerGraph::of(&directory, &TieStrength::default(), TODAY);
        // Undated before; then confirmed by the referrals, two of which were declined.
        assert!((plain.ties()[0].strength - 0.85 * 0.8).abs() < 1e-9);
        assert!((seen.ties()[0].strength - 8.5 / 12.0).abs() < 1e-2);
    }
}
