//! The whole partner graph as answers show it: its numbers, its communities,
//! its equity, and pages of its lists.

use std::collections::BTreeMap;

use causeway_engine::network as graph;
use causeway_engine::snapshot::TieKind;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::NamedOrganization;
use crate::http::{Links, Page};

impl From<graph::Named> for NamedOrganization {
    fn from(named: graph::Named) -> Self {
        Self {
            id: named.id.0,
            name: named.name,
        }
    }
}

/// Names for a list of organizations.
pub(super) fn organizations(named: Vec<graph::Named>) -> Vec<NamedOrganization> {
    named.into_iter().map(Into::into).collect()
}

/// `stated` by a record, or `implied` by something that two share.
pub(super) fn layer(kind: TieKind) -> &'static str {
    if kind.is_implied() {
        "implied"
    } else {
        "stated"
    }
}

/// Where in a list a page is.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Paged {
    /// How many there are over all pages.
    #[schema(example = 132)]
    pub total: usize,
    /// At most this many on a page.
    #[schema(example = 50)]
    pub limit: usize,
    /// So many stand before this page.
    #[schema(example = 0)]
    pub offset: usize,
    /// The other pages.
    pub links: Links,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl Paged {
    /// Of a page of the list at `path`, asked with `query`.
    #[must_use]
    pub fn of(page: Page, (path, query): (&str, &str), total: usize, snapshot: u64) -> Self {
        Self {
            total,
            limit: page.limit,
            offset: page.offset,
            links: page.links(path, query, total),
            snapshot,
        }
    }
}

/// How many organizations have so many partners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct DegreeCount {
    /// So many partners.
    #[schema(example = 3)]
    pub degree: usize,
    /// So many organizations have them.
    #[schema(example = 27)]
    pub organizations: usize,
}

/// The network in numbers. All of the simple graph, where the partnerships of
/// one pair are one edge, but `ties_by_kind` and `reciprocity`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NetworkSummary {
    /// Organizations.
    #[schema(example = 200)]
    pub nodes: usize,
    /// Pairs that work together.
    #[schema(example = 731)]
    pub edges: usize,
    /// Partnerships that hold, by kind.
    #[schema(example = json!({"refers_to": 301, "hosts": 64}))]
    pub ties_by_kind: BTreeMap<&'static str, usize>,
    /// Ties that are only implied by something shared, by kind; no number here counts them.
    #[schema(example = json!({"shared_venue": 18}))]
    pub implied_ties_by_kind: BTreeMap<&'static str, usize>,
    /// Parts between which there is no way; each isolated organization is one.
    #[schema(example = 3)]
    pub components: usize,
    /// Organizations in the largest part.
    #[schema(example = 197)]
    pub largest_component: u32,
    /// Organizations without any partner.
    #[schema(example = 2)]
    pub isolated: usize,
    /// Pairs that work together, of all pairs, 0 to 1.
    #[schema(example = 0.037)]
    pub density: f64,
    /// Of all pairs with a partner in common, the share that work together.
    #[schema(example = 0.21)]
    pub transitivity: f64,
    /// Mean over organizations of the share of their partners' pairs that work together.
    #[schema(example = 0.34)]
    pub clustering: f64,
    /// Mean number of steps between two that reach each other; 0 where none do.
    #[schema(example = 2.6)]
    pub average_path_length: f64,
    /// `exact`, or `sampled` where all path lengths are too many.
    #[schema(example = "exact")]
    pub path_method: &'static str,
    /// Of all ways people are passed on, the share that also lead back, 0 to 1.
    #[schema(example = 0.7)]
    pub reciprocity: f64,
    /// By number of partners, ascending.
    pub degree_distribution: Vec<DegreeCount>,
    /// How unequally partners are spread: 0 all have the same, towards 1 few have all.
    #[schema(example = 0.45)]
    pub gini: f64,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl NetworkSummary {
    /// Of the measures of a version of the data.
    #[must_use]
    pub fn of(measures: &graph::Measures, snapshot: u64) -> Self {
        let summary = &measures.graph.summary;
        let mut implied: BTreeMap<&'static str, usize> = BTreeMap::new();
        for tie in measures.wider.ties() {
            if tie.kind().is_implied() {
                *implied.entry(tie.kind().name()).or_default() += 1;
            }
        }
        Self {
            nodes: summary.nodes,
            edges: summary.edges,
            ties_by_kind: summary.ties_by_kind.clone(),
            implied_ties_by_kind: implied,
            components: summary.components,
            largest_component: summary.largest_component,
            isolated: summary.isolated,
            density: summary.density,
            transitivity: summary.transitivity,
            clustering: summary.clustering,
            average_path_length: summary.average_path_length,
            path_method: summary.path_method.name(),
            reciprocity: summary.reciprocity,
            degree_distribution: summary
                .degree_distribution
                .iter()
                .map(|(degree, organizations)| DegreeCount {
                    degree: *degree,
                    organizations: *organizations,
                })
                .collect(),
            gini: summary.gini,
            snapshot,
        }
    }
}

/// Organizations that work with each other more than with the rest.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Community)]
pub struct CommunityGiven {
    /// The id of its smallest member: stays while that member does.
    pub id: Uuid,
    /// What its members do most, and where.
    #[schema(example = "Food bank, Furzedown")]
    pub name: String,
    /// How many members.
    #[schema(example = 31)]
    pub size: usize,
    /// Who, by id.
    pub members: Vec<NamedOrganization>,
}

/// A page of communities.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CommunityList {
    /// The largest first; organizations without partners are in none.
    pub communities: Vec<CommunityGiven>,
    /// How much more they work with each other than by chance.
    #[schema(example = 0.42)]
    pub modularity: f64,
    /// How much repeated runs agree, 1 the same.
    #[schema(example = 0.86)]
    pub stability: f64,
    /// How many runs were compared; fewer on a large network.
    #[schema(example = 10)]
    pub runs: usize,
    /// What to be careful about.
    #[schema(example = "these groups are not clear-cut")]
    pub caution: Option<&'static str>,
    /// The page.
    #[serde(flatten)]
    pub page: Paged,
}

impl From<graph::Community> for CommunityGiven {
    fn from(community: graph::Community) -> Self {
        Self {
            id: community.id.0,
            name: community.name,
            size: community.size,
            members: organizations(community.members),
        }
    }
}

/// How the partners of one kind of group compare with the network's.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = GroupEquity)]
pub struct GroupEquityGiven {
    /// The kind of group.
    #[schema(example = "faith group")]
    pub group: String,
    /// How many organizations are of it.
    #[schema(example = 24)]
    pub size: usize,
    /// Their mean number of partners.
    #[schema(example = 4.2)]
    pub mean_degree: f64,
    /// That over the mean of all: below 1 at the edge, above 1 in the middle.
    #[schema(example = 0.6)]
    pub relative_degree: f64,
    /// The share of them without any partner.
    #[schema(example = 0.04)]
    pub isolated_share: f64,
    /// What to be careful about where there are few.
    #[schema(example = "only 6 of these: one partner more or less changes the picture")]
    pub caution: Option<String>,
}

/// Equity by one way of telling groups apart.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = EquityBy)]
pub struct EquityByGiven {
    /// How groups are told apart.
    #[schema(example = "legal form")]
    pub by: &'static str,
    /// Whether groups keep to their own kind: 1 wholly, 0 as by chance, below 0
    /// they seek others. Null: no ties, or all of one kind.
    #[schema(example = 0.12)]
    pub assortativity: Option<f64>,
    /// By name.
    pub groups: Vec<GroupEquityGiven>,
    /// How many organizations do not say of which group they are.
    #[schema(example = 12)]
    pub unknown: usize,
}

/// Whether some kinds of groups sit at the edge of the network.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NetworkEquity {
    /// Gini coefficient of the number of partners: 0 all have the same.
    #[schema(example = 0.45)]
    pub gini: f64,
    /// By legal form, by origin or faith in the name, by deprivation of the area.
    pub equity: Vec<EquityByGiven>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl NetworkEquity {
    /// Of the measures of a version of the data.
    #[must_use]
    pub fn of(measures: &graph::Measures, snapshot: u64) -> Self {
        let equity = measures.equity.iter().map(|found| EquityByGiven {
            by: found.by,
            assortativity: found.equity.assortativity,
            unknown: found.equity.unknown,
            groups: found
                .equity
                .groups
                .iter()
                .map(|group| GroupEquityGiven {
                    group: group.group.clone(),
                    size: group.size,
                    mean_degree: group.mean_degree,
                    relative_degree: group.relative_degree,
                    isolated_share: group.isolated_share,
                    caution: group.caution.clone(),
                })
                .collect(),
        });
        Self {
            gini: measures.graph.summary.gini,
            equity: equity.collect(),
            snapshot,
        }
    }
}
