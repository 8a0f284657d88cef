//! Who holds the network together, who stands apart, and what hangs by a thread.

use causeway_engine::network as graph;
use causeway_engine::snapshot::TieKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::network::{Paged, organizations};
use super::{CollaboratorGiven, NamedOrganization};

/// Those who would lose their only link to the rest.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LossGiven {
    /// Who would lose their only link to the rest.
    pub leaves_behind: Vec<NamedOrganization>,
    /// Into how many pieces they would fall.
    #[schema(example = 1)]
    pub pieces: usize,
    /// How many services they give.
    #[schema(example = 4)]
    pub services_behind: usize,
    /// Residents of the small areas where they give them. Null: no area with residents is known there.
    #[schema(example = 1783.0)]
    pub people_behind: Option<f64>,
}

impl From<graph::Loss> for LossGiven {
    fn from(loss: graph::Loss) -> Self {
        Self {
            leaves_behind: organizations(loss.organizations),
            pieces: loss.pieces,
            services_behind: loss.services,
            people_behind: loss.people,
        }
    }
}

/// An organization on many ways between others.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Broker)]
pub struct BrokerGiven {
    /// From 1.
    #[schema(example = 1)]
    pub rank: usize,
    /// Who.
    pub organization: NamedOrganization,
    /// The share of pairs of others whose shortest ways lead through it, 0 to 1.
    #[schema(example = 0.31)]
    pub betweenness: f64,
    /// Burt's constraint: low where its partners do not know each other. Null: no partners.
    #[schema(example = 0.08)]
    pub constraint: Option<f64>,
    /// How many of its partners are not reached through another anyway. Null: no partners.
    #[schema(example = 21.4)]
    pub effective_size: Option<f64>,
    /// How many partners it has.
    #[schema(example = 34)]
    pub partners: usize,
    /// How far in it is: its core number.
    #[schema(example = 6)]
    pub core: u32,
    /// Whether some lose their only link when it closes.
    #[schema(example = true)]
    pub cut_node: bool,
    /// What its closing would cut off.
    #[serde(flatten)]
    pub loss: LossGiven,
    /// The same in words. Empty where nothing would be cut off.
    #[schema(
        example = "If Causeway Row closed, Slow Lane Swimmers would lose their only link to the rest: 1 service."
    )]
    pub story: String,
}

/// A page of brokers.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BrokerList {
    /// By betweenness, the most first.
    pub brokers: Vec<BrokerGiven>,
    /// `exact`, or `sampled` where all shortest paths are too many.
    #[schema(example = "exact")]
    pub method: &'static str,
    /// How far off an estimate of betweenness can be, with a probability of .9; 0 when exact.
    #[schema(example = 0.0)]
    pub error_bound: f64,
    /// The page.
    #[serde(flatten)]
    pub page: Paged,
}

impl From<graph::Broker> for BrokerGiven {
    fn from(broker: graph::Broker) -> Self {
        Self {
            rank: broker.rank,
            organization: broker.organization.into(),
            betweenness: broker.betweenness,
            constraint: broker.constraint,
            effective_size: broker.effective_size,
            partners: broker.partners,
            core: broker.core,
            cut_node: broker.cut_node,
            loss: broker.loss.into(),
            story: broker.story,
        }
    }
}

/// An organization without which others lose their only link.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = CutNode)]
pub struct CutNodeGiven {
    /// Who.
    pub organization: NamedOrganization,
    /// What its closing would cut off.
    #[serde(flatten)]
    pub loss: LossGiven,
    /// The same in words.
    #[schema(
        example = "If Causeway Row closed, Slow Lane Swimmers would lose their only link to the rest: 1 service."
    )]
    pub story: String,
}

/// A page of cut nodes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CutNodeList {
    /// Those that would leave most behind first.
    pub cut_nodes: Vec<CutNodeGiven>,
    /// The page.
    #[serde(flatten)]
    pub page: Paged,
}

impl From<graph::CutNode> for CutNodeGiven {
    fn from(cut: graph::CutNode) -> Self {
        Self {
            organization: cut.organization.into(),
            loss: cut.loss.into(),
            story: cut.story,
        }
    }
}

/// A pair whose working together is the only link between two parts.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Bridge)]
pub struct BridgeGiven {
    /// The one on the larger side.
    pub from: NamedOrganization,
    /// The one on the smaller side.
    pub to: NamedOrganization,
    /// In which ways they work together.
    #[schema(example = json!(["refers_to"]))]
    pub kinds: Vec<&'static str>,
    /// The smaller side.
    #[serde(flatten)]
    pub loss: LossGiven,
    /// The same in words.
    #[schema(
        example = "If Causeway Row and Slow Lane Swimmers stopped working together, Slow Lane Swimmers would lose their only link to the rest: 1 service."
    )]
    pub story: String,
}

/// A page of bridges.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BridgeList {
    /// Those that hold most organizations first.
    pub bridges: Vec<BridgeGiven>,
    /// The page.
    #[serde(flatten)]
    pub page: Paged,
}

impl From<graph::Bridge> for BridgeGiven {
    fn from(bridge: graph::Bridge) -> Self {
        Self {
            from: bridge.from.into(),
            to: bridge.to.into(),
            kinds: bridge.kinds.into_iter().map(TieKind::name).collect(),
            loss: bridge.loss.into(),
            story: bridge.story,
        }
    }
}

/// An organization that stands apart, and whom to meet.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = IsolatedOrganization)]
pub struct IsolatedGiven {
    /// Its id and name.
    #[serde(flatten)]
    pub organization: NamedOrganization,
    /// `no_partner`, `pair_only` (it and its only partner have no other) or
    /// `one_fragile_link` (its only partner is one whose closing leaves others behind).
    #[schema(example = "no_partner")]
    pub why: &'static str,
    /// The three best introductions, the best first.
    pub introductions: Vec<CollaboratorGiven>,
}

/// A page of those who stand apart.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct IsolatedList {
    /// Those without any partner first.
    pub organizations: Vec<IsolatedGiven>,
    /// The page.
    #[serde(flatten)]
    pub page: Paged,
}

/// An organization with how far in it is.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = InCore)]
pub struct InCoreGiven {
    /// Its id and name.
    #[serde(flatten)]
    pub organization: NamedOrganization,
    /// The largest k such that it is in a part where all have k partners within the part.
    #[schema(example = 6)]
    pub core: u32,
    /// How many partners it has.
    #[schema(example = 34)]
    pub partners: usize,
}

/// How many organizations have a core number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CoreSize {
    /// The core number.
    #[schema(example = 6)]
    pub core: u32,
    /// So many organizations have it.
    #[schema(example = 22)]
    pub organizations: usize,
}

/// A page of organizations from the core to the periphery.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CoreList {
    /// The innermost first, then by partners.
    pub organizations: Vec<InCoreGiven>,
    /// How many there are of each core number, the innermost first.
    pub cores: Vec<CoreSize>,
    /// The page.
    #[serde(flatten)]
    pub page: Paged,
}
