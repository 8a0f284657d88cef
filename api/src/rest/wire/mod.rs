//! The published shapes of answers: what goes over the wire is a type of its
//! own. `null` means that the source does not say.

mod directory;
mod matching;
mod parts;

pub use directory::{
    OrganizationAnswer, OrganizationList, OrganizationSummary, PartnershipOf, ServiceAnswer,
    ServiceAt, ServiceList, ServiceSummary, Suggestion, SuggestionKind, SuggestionList,
};
pub use matching::{
    AdviceGiven, CautionGiven, CostAsked, HopGiven, MatchAsked, MatchGiven, MatchedOrganization,
    MatchedService, MatchesAnswer, ReasonGiven, RelaxedGiven, SpellingCorrection, Understanding,
    UnderstoodConcept, UnderstoodNeed, UnderstoodPlace, UnderstoodRequirement, WeightsAsked,
};
pub use parts::{
    AccessAnswer, AddressGiven, ConceptOf, ContactGiven, CostGiven, CostOptionGiven, Identifier,
    LanguageGiven, LocationSummary, NamedOrganization, OpeningGiven, PhoneGiven, Referring,
    ScheduleGiven,
};
