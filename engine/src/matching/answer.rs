//! What a match answers: ranked services with reasons, doubts and a way in.

use serde::Serialize;

use crate::model::{LocationId, OrganizationId, ServiceAtLocationId, ServiceId};
use crate::scoring::Reason;
use crate::snapshot::TieKind;

use super::understand::Understood;

/// The answer to a [`super::MatchRequest`].
#[derive(Debug, Clone)]
pub struct MatchAnswer {
    /// What was read out of the need.
    pub understood: Understood,
    /// One page of matches.
    pub matches: Vec<Match>,
    /// How many matches there are over all pages.
    pub total: usize,
    /// Requirements that were loosened because too little fitted.
    pub relaxed: Vec<Relaxed>,
    /// What to say and do at once in a crisis.
    pub advice: Vec<Advice>,
    /// Whether the answer holds no map and no address search, since someone may look over a shoulder.
    pub discreet: bool,
    /// The version of the data that answered.
    pub snapshot: u64,
}

/// One service that may help.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// 1 is first.
    pub rank: usize,
    /// 0 to 1: the sum of weight times value over the reasons.
    pub score: f64,
    /// The service.
    pub service: ServiceId,
    /// Its organization.
    pub organization: Option<OrganizationId>,
    /// The place it was found at.
    pub location: Option<LocationId>,
    /// The record that ties service and place.
    pub service_at_location: Option<ServiceAtLocationId>,
    /// As the crow flies. None: no place was given, it has none, or it is confidential.
    pub distance_m: Option<f64>,
    /// About how long it takes to get there.
    pub minutes: Option<f64>,
    /// Every applicable feature.
    pub reasons: Vec<Reason>,
    /// What is unknown, stale, full or conditional.
    pub cautions: Vec<Caution>,
    /// The hops from the referring organization; none without `from` or without a route.
    pub route: Option<Vec<Hop>>,
    /// What was loosened to let it in.
    pub relaxed: Vec<&'static str>,
    /// Why it stands elsewhere than its score would put it.
    pub placed: Option<&'static str>,
    /// Other records of what is probably the same service.
    pub copies: Vec<ServiceId>,
}

/// A doubt about a match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Caution {
    /// A word for programs, for example `stale`.
    pub kind: &'static str,
    /// A sentence for people.
    pub sentence: String,
}

/// One step of a referral route.
#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    /// Who refers.
    pub from: OrganizationId,
    /// To whom.
    pub to: OrganizationId,
    /// By which partnership.
    pub kind: TieKind,
    /// How firm it is.
    pub strength: f64,
    /// A sentence.
    pub evidence: String,
}

/// A requirement that was loosened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relaxed {
    /// Its name.
    pub requirement: &'static str,
    /// What was asked.
    pub from: String,
    /// What was used.
    pub to: String,
}

/// What a service of this kind owes someone in a crisis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// What it is about, for example `suicide`.
    pub kind: &'static str,
    /// What to do.
    pub sentence: &'static str,
    /// A number to call.
    pub phone: Option<&'static str>,
}
