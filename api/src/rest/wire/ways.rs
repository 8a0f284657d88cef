//! Routes, neighbourhoods, suppositions and the whole graph as answers show them.

use causeway_engine::network as graph;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::NamedOrganization;
use super::network::layer;

/// One hop of a route.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = RouteHop)]
pub struct RouteHopGiven {
    /// From whom.
    pub from: NamedOrganization,
    /// To whom.
    pub to: NamedOrganization,
    /// In which way they work together, or what they share.
    #[schema(example = "refers_to")]
    pub kind: &'static str,
    /// `stated` by a record, or `implied` by something shared.
    #[schema(example = "stated")]
    pub layer: &'static str,
    /// How likely a referral is taken up, 0 to 1.
    #[schema(example = 0.85)]
    pub strength: f64,
    /// What is known of it.
    #[schema(example = "Plover Yard Surgery refers people to Copperbeech Library since 2022.")]
    pub evidence: String,
}

/// One route.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Route)]
pub struct RouteGiven {
    /// Product of the hops' strengths, 0 to 1.
    #[schema(example = 0.68)]
    pub trust: f64,
    /// In order; none where both ends are the same.
    pub hops: Vec<RouteHopGiven>,
}

/// Somebody who could introduce.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Introducer)]
pub struct IntroducerGiven {
    /// Who.
    pub organization: NamedOrganization,
    /// Why.
    #[schema(
        example = "No route; Copperbeech Library works with The Tin Hut and could introduce you"
    )]
    pub sentence: String,
}

/// Routes from one organization to another.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RoutesAnswer {
    /// The most trusted first.
    pub routes: Vec<RouteGiven>,
    /// With no route: the nearest partner who could introduce. Null where there is a route, or nobody.
    pub introducer: Option<IntroducerGiven>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl RoutesAnswer {
    /// Of an answer of the engine.
    #[must_use]
    pub fn of(answer: graph::RoutesAnswer, snapshot: u64) -> Self {
        let hop = |hop: graph::RouteHop| RouteHopGiven {
            from: hop.from.into(),
            to: hop.to.into(),
            kind: hop.kind.name(),
            layer: layer(hop.kind),
            strength: hop.strength,
            evidence: hop.evidence,
        };
        Self {
            routes: answer
                .routes
                .into_iter()
                .map(|route| RouteGiven {
                    trust: route.trust,
                    hops: route.hops.into_iter().map(hop).collect(),
                })
                .collect(),
            introducer: answer.introducer.map(|introducer| IntroducerGiven {
                organization: introducer.organization.into(),
                sentence: introducer.sentence,
            }),
            snapshot,
        }
    }
}

/// An organization around another.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = NearNode)]
pub struct NearNodeGiven {
    /// Its id and name.
    #[serde(flatten)]
    pub organization: NamedOrganization,
    /// Steps away; 0 is the one asked about.
    #[schema(example = 1)]
    pub depth: u32,
    /// How close over all paths at once, 0 to 1, the closest other 1.
    #[schema(example = 0.42)]
    pub closeness: f64,
}

/// A tie between two of them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = NearTie)]
pub struct NearTieGiven {
    /// Id of the one that acts.
    pub from: Uuid,
    /// Id of the other.
    pub to: Uuid,
    /// In which way they work together, or what they share.
    #[schema(example = "hosts")]
    pub kind: &'static str,
    /// `stated` by a record, or `implied` by something shared.
    #[schema(example = "stated")]
    pub layer: &'static str,
    /// Whether people are passed on one way only.
    #[schema(example = false)]
    pub directed: bool,
    /// How firm, 0 to 1.
    #[schema(example = 0.8)]
    pub strength: f64,
    /// What is known of it.
    #[schema(example = "The Tin Hut gives room to Slow Lane Swimmers since 2024.")]
    pub evidence: String,
}

/// How many of a depth are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeftOut {
    /// Steps away.
    #[schema(example = 2)]
    pub depth: u32,
    /// So many organizations are not shown.
    #[schema(example = 61)]
    pub organizations: usize,
}

/// Who is around an organization.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NeighbourhoodAnswer {
    /// Around whom.
    pub organization: NamedOrganization,
    /// How many steps were looked.
    #[schema(example = 2)]
    pub depth: u32,
    /// By depth, then the closest first; the one asked about is the first.
    pub nodes: Vec<NearNodeGiven>,
    /// All ties among them.
    pub edges: Vec<NearTieGiven>,
    /// How many organizations there are within the depth, that one included.
    #[schema(example = 117)]
    pub total: usize,
    /// At most this many are shown.
    #[schema(example = 50)]
    pub limit: usize,
    /// What was cut: how many of each depth are not shown. Empty where all are.
    pub left_out: Vec<LeftOut>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl NeighbourhoodAnswer {
    /// Of an answer of the engine for that depth and limit.
    #[must_use]
    pub fn of(found: graph::Neighbourhood, depth: u32, limit: usize, snapshot: u64) -> Self {
        let nodes: Vec<NearNodeGiven> = found
            .nodes
            .into_iter()
            .map(|near| NearNodeGiven {
                organization: near.organization.into(),
                depth: near.depth,
                closeness: near.closeness,
            })
            .collect();
        let edges = found
            .edges
            .into_iter()
            .map(|tie| NearTieGiven {
                from: nodes[tie.from].organization.id,
                to: nodes[tie.to].organization.id,
                kind: tie.kind.name(),
                layer: layer(tie.kind),
                directed: tie.directed,
                strength: tie.strength,
                evidence: tie.evidence,
            })
            .collect();
        Self {
            organization: nodes[0].organization.clone(),
            depth,
            nodes,
            edges,
            total: found.total,
            limit,
            left_out: (1..)
                .zip(found.left_out)
                .filter(|(_, count)| *count > 0)
                .map(|(depth, organizations)| LeftOut {
                    depth,
                    organizations,
                })
                .collect(),
            snapshot,
        }
    }
}

/// What may be supposed. Nothing is saved.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = WhatIfRequest)]
pub struct WhatIfAsked {
    /// Ids of organizations that close.
    #[schema(required = false)]
    pub close: Vec<Uuid>,
    /// Pairs of ids of organizations that begin to work together.
    #[schema(required = false)]
    pub introduce: Vec<[Uuid; 2]>,
}

/// The network in three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[schema(as = Standing)]
pub struct StandingGiven {
    /// Parts between which there is no way, closed groups not counted.
    #[schema(example = 3)]
    pub components: usize,
    /// Organizations in the largest.
    #[schema(example = 197)]
    pub largest_component: u32,
    /// How many others an organization reaches on average, in any number of steps.
    #[schema(example = 193.1)]
    pub mean_reach: f64,
}

impl From<graph::Standing> for StandingGiven {
    fn from(standing: graph::Standing) -> Self {
        Self {
            components: standing.components,
            largest_component: standing.largest_component,
            mean_reach: standing.mean_reach,
        }
    }
}

/// An organization whose reach changes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Affected)]
pub struct AffectedGiven {
    /// Who.
    pub organization: NamedOrganization,
    /// How many others it reaches.
    #[schema(example = 196)]
    pub reach_before: u32,
    /// How many it would reach.
    #[schema(example = 0)]
    pub reach_after: u32,
}

/// What would change.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WhatIfAnswer {
    /// As it is.
    pub before: StandingGiven,
    /// As it would be.
    pub after: StandingGiven,
    /// Ordered pairs of those who stay that had a referral route of at most
    /// four hops through a closed one and would have none.
    #[schema(example = 42)]
    pub lost_routes: usize,
    /// Whose reach changes, the greatest change first.
    pub affected: Vec<AffectedGiven>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl WhatIfAnswer {
    /// Of an answer of the engine.
    #[must_use]
    pub fn of(found: graph::WhatIf, snapshot: u64) -> Self {
        Self {
            before: found.before.into(),
            after: found.after.into(),
            lost_routes: found.lost_routes,
            affected: found
                .affected
                .into_iter()
                .map(|one| AffectedGiven {
                    organization: one.organization.into(),
                    reach_before: one.reach_before,
                    reach_after: one.reach_after,
                })
                .collect(),
            snapshot,
        }
    }
}

/// An organization of the whole graph with its measures, which count stated ties only.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = GraphNode)]
pub struct GraphNodeGiven {
    /// Its id.
    pub id: String,
    /// Its name.
    #[schema(example = "Balham Baptist Church")]
    pub name: String,
    /// How many work with it.
    #[schema(example = 7)]
    pub degree: usize,
    /// Normalised betweenness, 0 to 1.
    #[schema(example = 0.02)]
    pub betweenness: f64,
    /// Burt's constraint. Null: no partners.
    #[schema(example = 0.21)]
    pub constraint: Option<f64>,
    /// Burt's effective size. Null: no partners.
    #[schema(example = 5.3)]
    pub effective_size: Option<f64>,
    /// Core number.
    #[schema(example = 4)]
    pub core: u32,
    /// Number of its community, 0 the largest.
    #[schema(example = 2)]
    pub community: u32,
    /// Name of its community; empty where it is alone in it.
    #[schema(example = "Food bank, Furzedown")]
    pub community_name: String,
    /// Number of its component.
    #[schema(example = 0)]
    pub component: u32,
    /// Whether others lose their only link without it.
    #[schema(example = false)]
    pub cut_node: bool,
}

/// A tie of the whole graph.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = GraphEdge)]
pub struct GraphEdgeGiven {
    /// Id of the one that acts.
    pub source: String,
    /// Id of the other.
    pub target: String,
    /// In which way they work together, or what they share.
    #[schema(example = "hosts")]
    pub kind: &'static str,
    /// `stated` by a record, or `implied` by something shared.
    #[schema(example = "stated")]
    pub layer: &'static str,
    /// Whether people are passed on one way only.
    #[schema(example = false)]
    pub directed: bool,
    /// How firm, 0 to 1.
    #[schema(example = 0.8)]
    pub strength: f64,
}

/// The whole graph.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GraphAnswer {
    /// Organizations, by id.
    pub nodes: Vec<GraphNodeGiven>,
    /// Ties.
    pub edges: Vec<GraphEdgeGiven>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl GraphAnswer {
    /// Of the rows of a version of the data.
    #[must_use]
    pub fn of(rows: graph::GraphRows, snapshot: u64) -> Self {
        Self {
            nodes: rows
                .nodes
                .into_iter()
                .map(|node| GraphNodeGiven {
                    id: node.id,
                    name: node.name,
                    degree: node.degree,
                    betweenness: node.betweenness,
                    constraint: node.constraint,
                    effective_size: node.effective_size,
                    core: node.core,
                    community: node.community,
                    community_name: node.community_name,
                    component: node.component,
                    cut_node: node.cut_node,
                })
                .collect(),
            edges: rows
                .edges
                .into_iter()
                .map(|edge| GraphEdgeGiven {
                    source: edge.source,
                    target: edge.target,
                    kind: edge.kind,
                    layer: edge.layer,
                    directed: edge.directed,
                    strength: edge.strength,
                })
                .collect(),
            snapshot,
        }
    }
}
