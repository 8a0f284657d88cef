//! The published shapes of answers: what goes over the wire is a type of its
//! own. `null` means that the source does not say.

mod cohesion;
mod collaboration;
mod directory;
mod matching;
mod network;
mod parts;
mod planning;
mod planning_parts;
mod plans;
mod ways;

pub use cohesion::{
    BridgeGiven, BridgeList, BrokerGiven, BrokerList, CoreList, CoreSize, CutNodeGiven,
    CutNodeList, InCoreGiven, IsolatedGiven, IsolatedList,
};
pub use collaboration::{
    CollaboratorGiven, CollaboratorList, ConsortiumAnswer, ConsortiumAsked, OfferGiven, OfferList,
    OfferSummary, PairGiven, PairingAnswer, offers_by_id,
};
pub use directory::{
    OrganizationAnswer, OrganizationList, OrganizationSummary, PartnershipOf, ServiceAnswer,
    ServiceAt, ServiceList, ServiceSummary, Suggestion, SuggestionKind, SuggestionList,
};
pub use matching::{
    AdviceGiven, CautionGiven, CostAsked, HopGiven, MatchAsked, MatchGiven, MatchedOrganization,
    MatchedService, MatchesAnswer, ReasonGiven, RelaxedGiven, SpellingCorrection, Understanding,
    UnderstoodConcept, UnderstoodNeed, UnderstoodPlace, UnderstoodRequirement, WeightsAsked,
};
pub use network::{CommunityGiven, CommunityList, NetworkEquity, NetworkSummary, Paged};
pub use parts::{
    AccessAnswer, AddressGiven, ConceptOf, ContactGiven, CostGiven, CostOptionGiven, Identifier,
    LanguageGiven, LocationSummary, NamedOrganization, OpeningGiven, PhoneGiven, Referring,
    ScheduleGiven,
};
pub use planning::{
    BesideGiven, FragileGiven, GapAreaGiven, GapTotalsGiven, GapsAsked, GapsGiven, MethodGiven,
    NeedGapGiven, ObservedGiven, PeopleGiven, PersonGapGiven,
};
pub use planning_parts::{
    AreaGiven, DeprivationGiven, EquityGiven, EstimateGiven, IntervalGiven, NearestGiven,
    NeedGiven, RestsOnGiven, ServiceNamed, UnitGiven,
};
pub use plans::{
    AgeBand, AreaAnswer, AreaChangeGiven, AreaList, AreaStateGiven, BeforeAfter, ChangeAsked,
    DeprivationMeasure, EquityChangeGiven, MoveAsked, OpeningAsked, ScenarioAsked, ScenarioGiven,
    SiteGiven, SitesAsked, SitesGiven, StandInGiven,
};
pub use ways::{GraphAnswer, NeighbourhoodAnswer, RoutesAnswer, WhatIfAnswer, WhatIfAsked};
