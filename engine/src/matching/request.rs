//! What is asked of a match.

use geo::Point;
use jiff::civil::{Date, Time, Weekday};

use crate::model::{AccessFeature, Gender, OrganizationId};

use super::settings::Weights;

/// A match request. Whatever is not given is read out of `need`, or unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchRequest {
    /// What the person needs, in anybody's words.
    pub need: Option<String>,
    /// Taxonomy terms, by id or name; any of them.
    pub terms: Vec<String>,
    /// Where the person is.
    pub place: Option<Place>,
    /// Hard limit on straight-line distance, kilometres.
    pub within_km: Option<f64>,
    /// Age in years.
    pub age: Option<f64>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Languages, BCP 47 codes or English names.
    pub languages: Vec<String>,
    /// What the person cannot do without.
    pub access: Vec<AccessFeature>,
    /// Days on which they can go. Empty: any.
    pub days: Vec<Weekday>,
    /// From this time of day.
    pub from_time: Option<Time>,
    /// To this time of day.
    pub to_time: Option<Time>,
    /// On this date.
    pub on: Option<Date>,
    /// What they can pay.
    pub cost: Option<CostCeiling>,
    /// How they get about.
    pub travel: Option<Travel>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// Features that must be met.
    pub must: Vec<Feature>,
    /// Who refers.
    pub from: Option<OrganizationId>,
    /// Whether to keep services that do not say whether they meet a hard requirement.
    pub include_unknown: bool,
    /// Ids of what was understood and is to be left out.
    pub ignore: Vec<String>,
    /// Weights in place of the configured ones.
    pub weights: Option<Weights>,
    /// How many matches.
    pub limit: usize,
    /// How many to leave out first.
    pub offset: usize,
}

impl Default for MatchRequest {
    fn default() -> Self {
        Self {
            need: None,
            terms: Vec::new(),
            place: None,
            within_km: None,
            age: None,
            gender: None,
            languages: Vec::new(),
            access: Vec::new(),
            days: Vec::new(),
            from_time: None,
            to_time: None,
            on: None,
            cost: None,
            travel: None,
            urgency: None,
            must: Vec::new(),
            from: None,
            include_unknown: true,
            ignore: Vec::new(),
            weights: None,
            limit: 10,
            offset: 0,
        }
    }
}

/// Where the person is, resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The point, WGS84 degrees.
    pub point: Point,
    /// How it was said, as it may be shown again.
    pub label: String,
    /// How exact it is, kilometres; 0 for a point that was given.
    pub radius_km: f64,
}

/// What a person can pay a session.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CostCeiling {
    /// Nothing.
    Free,
    /// Pounds.
    Pounds(f64),
}

impl CostCeiling {
    /// In pounds.
    #[must_use]
    pub fn pounds(self) -> f64 {
        match self {
            Self::Free => 0.0,
            Self::Pounds(pounds) => pounds,
        }
    }
}

/// How a person gets about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Travel {
    /// On foot.
    Walk,
    /// By wheelchair or scooter.
    Wheel,
    /// Not far.
    Limited,
    /// By bus or train.
    #[default]
    Bus,
    /// By car.
    Car,
}

impl Travel {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Walk, Self::Wheel, Self::Limited, Self::Bus, Self::Car];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Wheel => "wheel",
            Self::Limited => "limited",
            Self::Bus => "bus",
            Self::Car => "car",
        }
    }
}

/// How soon help must come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Urgency {
    /// Whenever.
    #[default]
    Routine,
    /// In the next weeks.
    Soon,
    /// Now.
    Crisis,
}

impl Urgency {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Routine, Self::Soon, Self::Crisis];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Soon => "soon",
            Self::Crisis => "crisis",
        }
    }
}

/// A feature of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// How well the service does what is needed.
    Need,
    /// How far it is.
    Distance,
    /// Whether the person may come.
    Eligibility,
    /// Whether the place suits the person's body and senses.
    Access,
    /// Whether they can be understood.
    Language,
    /// Whether it is open when they can go.
    Time,
    /// Whether they can pay.
    Cost,
    /// Whether there is room.
    Capacity,
    /// How lately someone vouched for the record.
    Freshness,
    /// How close the referrer is in the partner graph.
    Network,
    /// What became of earlier referrals.
    Outcomes,
    /// Whether the service is seen as often as it deserves.
    FairShare,
}

impl Feature {
    /// All of them, in the order in which reasons are given.
    pub const ALL: [Self; 12] = [
        Self::Need,
        Self::Distance,
        Self::Eligibility,
        Self::Access,
        Self::Language,
        Self::Time,
        Self::Cost,
        Self::Capacity,
        Self::Freshness,
        Self::Network,
        Self::Outcomes,
        Self::FairShare,
    ];

    /// The name in requests and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Distance => "distance",
            Self::Eligibility => "eligibility",
            Self::Access => "access",
            Self::Language => "language",
            Self::Time => "time",
            Self::Cost => "cost",
            Self::Capacity => "capacity",
            Self::Freshness => "freshness",
            Self::Network => "network",
            Self::Outcomes => "outcomes",
            Self::FairShare => "fair_share",
        }
    }

    /// The feature of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.name() == name)
    }
}
