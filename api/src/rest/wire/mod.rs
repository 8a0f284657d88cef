//! The published shapes of answers: what goes over the wire is a type of its
//! own. `null` means that the source does not say.

mod cohesion;
mod collaboration;
mod directory;
mod matching;
mod network;
mod parts;
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
pub use ways::{GraphAnswer, NeighbourhoodAnswer, RoutesAnswer, WhatIfAnswer, WhatIfAsked};
