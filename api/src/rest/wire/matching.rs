//! The match request and the match response.

use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    AccessAnswer, AddressGiven, ConceptOf, ContactGiven, CostGiven, LanguageGiven, LocationSummary,
    NamedOrganization, OpeningGiven, PhoneGiven, Referring,
};
use crate::http::Links;

/// What is asked of a match. As query parameters, lists are repeated keys or
/// words with commas.
///
/// This type is the published shape; what arrives is read by
/// [`Fields`](crate::http::Fields), which names every mistake at once.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[schema(as = MatchRequest)]
#[into_params(parameter_in = Query, style = Form)]
pub struct MatchAsked {
    /// What the person needs, in anybody's words; may hold everything below in prose.
    #[param(
        nullable = false,
        example = "hot meals for my mum, 82, she uses a wheelchair"
    )]
    #[schema(
        nullable = false,
        example = "hot meals for my mum, 82, she uses a wheelchair"
    )]
    pub need: Option<String>,
    /// Taxonomy term ids or names, or concepts; any of them.
    #[schema(example = json!(["Food bank"]))]
    #[param(required = false)]
    pub terms: Vec<String>,
    /// Where the person is: a postcode, or the first part of one.
    #[param(nullable = false, example = "SW12 9QX")]
    #[schema(nullable = false, example = "SW12 9QX")]
    pub postcode: Option<String>,
    /// Where the person is: WGS84 degrees north, together with `longitude`.
    #[param(nullable = false, minimum = -90, maximum = 90)]
    #[schema(nullable = false, minimum = -90, maximum = 90, example = 51.4435)]
    pub latitude: Option<f64>,
    /// Where the person is: WGS84 degrees east.
    #[param(nullable = false, minimum = -180, maximum = 180)]
    #[schema(nullable = false, minimum = -180, maximum = 180, example = -0.1525)]
    pub longitude: Option<f64>,
    /// Hard limit on straight-line distance, kilometres.
    #[param(nullable = false, exclusive_minimum = 0)]
    #[schema(nullable = false, exclusive_minimum = 0, example = 5.0)]
    pub within_km: Option<f64>,
    /// Age of the person, years.
    #[param(nullable = false, minimum = 0, maximum = 130, example = 82)]
    #[schema(nullable = false, minimum = 0, maximum = 130, example = 82)]
    pub age: Option<f64>,
    /// Gender of the person: `female`, `male` (also `F`, `M`) or their own word.
    #[param(nullable = false, example = "female")]
    #[schema(nullable = false, example = "female")]
    pub gender: Option<String>,
    /// BCP 47 codes or English names.
    #[schema(example = json!(["ur"]))]
    #[param(required = false)]
    pub languages: Vec<String>,
    /// What the person cannot do without: `wheelchair`, `step-free`, `accessible-toilet`, `hearing-loop`, `bsl`, `quiet-space`, `parking`, `large-print`, `dementia-friendly`, `guide-dog`, `home-visit`, `remote`, `lift`, `changing-places`.
    #[schema(example = json!(["wheelchair"]))]
    #[param(required = false)]
    pub access: Vec<String>,
    /// Days on which they can go: `MO` … `SU` or English names.
    #[schema(example = json!(["TU", "Thursday"]))]
    #[param(required = false)]
    pub days: Vec<String>,
    /// From this time of day, `HH:MM`.
    #[param(nullable = false, example = "10:00")]
    #[schema(nullable = false, example = "10:00")]
    pub from_time: Option<String>,
    /// To this time of day, `HH:MM`.
    #[param(nullable = false, example = "15:00")]
    #[schema(nullable = false, example = "15:00")]
    pub to_time: Option<String>,
    /// On this date, `YYYY-MM-DD`.
    #[param(nullable = false, example = "2026-12-01")]
    #[schema(nullable = false, example = "2026-12-01")]
    pub on: Option<String>,
    /// `free`, or a ceiling in pounds a session; in JSON also a number.
    #[param(nullable = false, example = "free")]
    #[schema(nullable = false, value_type = Option<CostAsked>)]
    pub cost: Option<String>,
    /// How the person gets about: `walk`, `wheel`, `limited`, `bus` (the default), `car`.
    #[param(nullable = false, example = "bus")]
    #[schema(nullable = false, example = "bus")]
    pub travel: Option<String>,
    /// `routine` (the default), `soon`, `crisis`.
    #[param(nullable = false, example = "routine")]
    #[schema(nullable = false, example = "routine")]
    pub urgency: Option<String>,
    /// Features that must be met, for what is otherwise graded: `language`, `cost`, `time` …
    #[schema(example = json!(["language"]))]
    #[param(required = false)]
    pub must: Vec<String>,
    /// Id of the organization that refers; with it, each match says through which partners it is reached.
    #[param(nullable = false)]
    #[schema(nullable = false, example = "5b0e4a55-9c55-4a05-8e0a-1d1237d1c64f")]
    pub from: Option<Uuid>,
    /// Keep services that do not say whether they meet a hard requirement; true unless given.
    #[param(nullable = false, example = true)]
    #[schema(nullable = false, example = true)]
    pub include_unknown: Option<bool>,
    /// Ids of what was understood and is to be left out, as an earlier answer gave them.
    #[schema(example = json!(["age:82"]))]
    #[param(required = false)]
    pub ignore: Vec<String>,
    /// What each feature counts, in place of the configured weights. In a query `need:0.6,distance:0.2`.
    #[param(value_type = Option<String>, nullable = false, example = "need:0.6,distance:0.2")]
    #[schema(nullable = false)]
    pub weights: Option<WeightsAsked>,
    /// How many matches, 1 to 100; 10 unless given.
    #[param(nullable = false, minimum = 1, maximum = 100, example = 10)]
    #[schema(nullable = false, minimum = 1, maximum = 100, example = 10)]
    pub limit: Option<u32>,
    /// How many to leave out first; 0 unless given.
    #[param(nullable = false, minimum = 0, example = 0)]
    #[schema(nullable = false, minimum = 0, example = 0)]
    pub offset: Option<u32>,
}

/// `free`, or a ceiling in pounds.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum CostAsked {
    /// Pounds a session.
    #[schema(example = 5.0)]
    Pounds(f64),
    /// `free`, or pounds as text.
    #[schema(example = "free")]
    Words(String),
}

/// Weights by feature; those not named keep their configured weight.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = Weights)]
pub struct WeightsAsked {
    /// How well the service does what is needed.
    #[schema(nullable = false, minimum = 0, example = 0.6)]
    pub need: Option<f64>,
    /// How far it is.
    #[schema(nullable = false, minimum = 0, example = 0.2)]
    pub distance: Option<f64>,
    /// Whether the person may come.
    #[schema(nullable = false, minimum = 0)]
    pub eligibility: Option<f64>,
    /// Whether the place suits the person's body and senses.
    #[schema(nullable = false, minimum = 0)]
    pub access: Option<f64>,
    /// Whether they can be understood.
    #[schema(nullable = false, minimum = 0)]
    pub language: Option<f64>,
    /// Whether it is open when they can go.
    #[schema(nullable = false, minimum = 0)]
    pub time: Option<f64>,
    /// Whether they can pay.
    #[schema(nullable = false, minimum = 0)]
    pub cost: Option<f64>,
    /// Whether there is room.
    #[schema(nullable = false, minimum = 0)]
    pub capacity: Option<f64>,
    /// How lately someone vouched for the record.
    #[schema(nullable = false, minimum = 0)]
    pub freshness: Option<f64>,
    /// How close the referrer is in the partner graph.
    #[schema(nullable = false, minimum = 0)]
    pub network: Option<f64>,
    /// What became of earlier referrals.
    #[schema(nullable = false, minimum = 0)]
    pub outcomes: Option<f64>,
    /// Whether the service is seen as often as it deserves.
    #[schema(nullable = false, minimum = 0)]
    pub fair_share: Option<f64>,
}

/// Ranked referral matches.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = MatchResponse)]
pub struct MatchesAnswer {
    /// What was read out of the request.
    pub understood: Understanding,
    /// This page of matches: all that meet every requirement first.
    pub matches: Vec<MatchGiven>,
    /// How many matches there are over all pages.
    #[schema(example = 23)]
    pub total: usize,
    /// At most this many on a page.
    #[schema(example = 10)]
    pub limit: usize,
    /// So many stand before this page.
    #[schema(example = 0)]
    pub offset: usize,
    /// The other pages. Absent where the request came as JSON: send it again with another `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
    /// Requirements that were loosened because too little fitted.
    pub relaxed: Vec<RelaxedGiven>,
    /// What to say and do at once in a crisis. Empty unless the words speak of danger.
    pub advice: Vec<AdviceGiven>,
    /// Whether the words call for discretion: show no map, leave no trace.
    #[schema(example = false)]
    pub discreet: bool,
    /// How long it took, milliseconds.
    #[schema(example = 4.2)]
    pub took_ms: f64,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

/// What was read out of a request.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Understood)]
pub struct Understanding {
    /// The needs, in the order in which they were said.
    pub needs: Vec<UnderstoodNeed>,
    /// What is needed, the surest first within each need.
    pub concepts: Vec<UnderstoodConcept>,
    /// What else was said of the person, the time and the money.
    pub requirements: Vec<UnderstoodRequirement>,
    /// Where the person is.
    pub places: Vec<UnderstoodPlace>,
    /// Spelling that was mended.
    pub corrections: Vec<SpellingCorrection>,
    /// Whether there are words in which no concept was found: they are ranked by text alone.
    #[schema(example = false)]
    pub by_text_alone: bool,
}

/// One need of several.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UnderstoodNeed {
    /// Its words.
    #[schema(example = "hot meals for my mum")]
    pub words: String,
}

/// A concept read out of a need.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UnderstoodConcept {
    /// By which it can be ignored.
    #[schema(example = "concept:hot-meals")]
    pub id: String,
    /// Its plain name.
    #[schema(example = "Hot meals")]
    pub name: String,
    /// The words it came from.
    #[schema(example = "hot meals")]
    pub words: String,
    /// How sure, 0 to 1.
    #[schema(example = 0.9)]
    pub strength: f64,
    /// What made it be found: `phrase`, `words_together`, `situation`, `community` or `words`.
    #[schema(example = "phrase")]
    pub evidence: &'static str,
    /// Whether the person does not want it.
    #[schema(example = false)]
    pub unwanted: bool,
    /// Which of `needs` it belongs to, from 0.
    #[schema(example = 0)]
    pub need: usize,
}

/// A requirement read out of a need.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UnderstoodRequirement {
    /// By which it can be ignored.
    #[schema(example = "age:82")]
    pub id: String,
    /// The field of the request it stands for.
    #[schema(example = "age")]
    pub field: &'static str,
    /// Its value, as the field takes it; an age that is a range as `[from, to]`.
    #[schema(value_type = Object, example = 82)]
    pub value: serde_json::Value,
    /// The words it came from.
    #[schema(example = "82")]
    pub words: String,
    /// Whether it counts: it is neither ignored nor overridden by a field of the request.
    #[schema(example = true)]
    pub used: bool,
}

/// A place that was asked for or read out of a need.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct UnderstoodPlace {
    /// By which it can be ignored; null where a field of the request gave it.
    #[schema(example = "place:Balham")]
    pub id: Option<String>,
    /// Its name.
    #[schema(example = "SW12 9QX")]
    pub name: String,
    /// The words it came from.
    #[schema(example = "SW12 9QX")]
    pub words: String,
    /// WGS84 degrees north.
    #[schema(example = 51.4435)]
    pub latitude: f64,
    /// WGS84 degrees east.
    #[schema(example = -0.1525)]
    pub longitude: f64,
    /// What the point stands for: `point`, `postcode`, `sector`, `district` or `place`.
    #[schema(example = "sector")]
    pub precision: &'static str,
    /// About how far the true place may be from the point, kilometres.
    #[schema(example = 0.4)]
    pub radius_km: f64,
    /// Whether the postcode is no longer in use, where a source says so.
    #[schema(example = false)]
    pub terminated: bool,
    /// Whether it counts.
    #[schema(example = true)]
    pub used: bool,
}

/// Spelling that was mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Correction)]
pub struct SpellingCorrection {
    /// As it was written.
    #[schema(example = "fod")]
    pub from: String,
    /// As it was read.
    #[schema(example = "food")]
    pub to: String,
}

/// An organization of a match.
pub type MatchedOrganization = NamedOrganization;

/// One service that may help.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Match)]
pub struct MatchGiven {
    /// 1 is first.
    #[schema(example = 1)]
    pub rank: usize,
    /// 0 to 1: the sum of value times weight over `reasons`.
    #[schema(example = 0.73)]
    pub score: f64,
    /// The service, with what is needed to refer to it.
    pub service: MatchedService,
    /// Who gives it.
    pub organization: Option<MatchedOrganization>,
    /// The place it was found at.
    pub location: Option<LocationSummary>,
    /// Metres as the crow flies. Null: no place was given, it has none, or it is confidential.
    #[schema(example = 840.0)]
    pub distance_m: Option<f64>,
    /// About how long it takes to get there, minutes.
    #[schema(example = 11.0)]
    pub minutes: Option<f64>,
    /// Every feature that applies. Value times weight sum to the score.
    pub reasons: Vec<ReasonGiven>,
    /// What is unknown, stale, full or conditional.
    pub cautions: Vec<CautionGiven>,
    /// The hops from `from` to the organization. Absent without `from`; null where no partners lead there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<HopGiven>>)]
    pub route: Option<Option<Vec<HopGiven>>>,
    /// The requirements that were loosened to let it in.
    #[schema(example = json!([]))]
    pub relaxed: Vec<&'static str>,
    /// Why it stands elsewhere than its score would put it.
    #[schema(example = "the first for another of the needs")]
    pub placed: Option<&'static str>,
    /// Ids of other records of what is probably the same service.
    pub copies: Vec<Uuid>,
}

/// A service with what is needed to refer to it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Service)]
pub struct MatchedService {
    /// Its id.
    #[schema(example = "7d1c64f0-5b0e-4a55-9c55-ca05e0a1d123")]
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Thursday lunch club")]
    pub name: String,
    /// Another name.
    #[schema(example = "Lunch club")]
    pub alternate_name: Option<String>,
    /// What it is, for whom, how.
    #[schema(example = "A hot lunch and company for people over 60.")]
    pub description: Option<String>,
    /// Its web page.
    #[schema(example = "https://example.org/lunch")]
    pub url: Option<String>,
    /// `active`, `inactive`, `defunct` or `temporarily closed`.
    #[schema(example = "active")]
    pub status: &'static str,
    /// Something a visitor must know now.
    #[schema(example = "Closed for building works until May")]
    pub alert: Option<String>,
    /// An address to write to.
    #[schema(example = "lunch@example.org")]
    pub email: Option<String>,
    /// Whom to ask.
    pub contacts: Vec<ContactGiven>,
    /// Numbers to call.
    pub phones: Vec<PhoneGiven>,
    /// The address of the place. Null where there is none or it is confidential.
    pub address: Option<AddressGiven>,
    /// When it is open.
    pub opening: OpeningGiven,
    /// What it costs.
    pub cost: CostGiven,
    /// How to get in, and who may.
    pub how_to_refer: Referring,
    /// The last day on which someone vouched for or changed the record.
    #[schema(example = "2026-10-02")]
    pub last_checked: Option<String>,
    /// What it does, the surest first.
    pub concepts: Vec<ConceptOf>,
    /// Languages it can be had in.
    pub languages: Vec<LanguageGiven>,
    /// Interpreting on offer, in words.
    #[schema(example = "Telephone interpreting on request")]
    pub interpretation_services: Option<String>,
    /// What is known about access.
    pub accessibility: Vec<AccessAnswer>,
}

/// The value of one feature for one match.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Reason)]
pub struct ReasonGiven {
    /// The feature.
    #[schema(example = "distance")]
    pub feature: &'static str,
    /// 0 to 1.
    #[schema(example = 0.91)]
    pub value: f64,
    /// Its share of the score; the shares of a match sum to 1.
    #[schema(example = 0.2)]
    pub weight: f64,
    /// What a receptionist understands.
    #[schema(example = "About 850 m away, some 11 minutes.")]
    pub sentence: String,
}

/// A doubt about a match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Caution)]
pub struct CautionGiven {
    /// A word for programs.
    #[schema(example = "stale")]
    pub kind: &'static str,
    /// A sentence for people.
    #[schema(example = "Not checked for a year: check before sending anyone.")]
    pub sentence: String,
}

/// One step of a referral route.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Hop)]
pub struct HopGiven {
    /// Who refers.
    pub from: NamedOrganization,
    /// To whom.
    pub to: NamedOrganization,
    /// By which partnership.
    #[schema(example = "refers_to")]
    pub kind: &'static str,
    /// How firm it is, 0 to 1.
    #[schema(example = 0.9)]
    pub strength: f64,
    /// What it rests on.
    #[schema(example = "Balham Baptist Church refers people to Tooting Advice since 2021.")]
    pub evidence: String,
}

/// A requirement that was loosened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Relaxed)]
pub struct RelaxedGiven {
    /// Its name.
    #[schema(example = "within_km")]
    pub requirement: &'static str,
    /// What was asked.
    #[schema(example = "2 km")]
    pub from: String,
    /// What was used.
    #[schema(example = "4 km")]
    pub to: String,
}

/// What a service of this kind owes someone in a crisis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Advice)]
pub struct AdviceGiven {
    /// What it is about.
    #[schema(example = "emergency")]
    pub kind: &'static str,
    /// What to do.
    #[schema(
        example = "If someone is in danger now, call 999, or go to the nearest A&E department."
    )]
    pub sentence: &'static str,
    /// A number to call.
    #[schema(example = "999")]
    pub phone: Option<&'static str>,
}
