//! What is asked of planning.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::matching::understand::NamedTerm;
use crate::model::AccessFeature;

use super::accessibility::{Decay, Method};
use super::travel::TravelTimes;

/// What areas the answer is by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// The small areas that were imported.
    #[default]
    Lsoa,
    /// The areas they are part of.
    Ward,
    /// Districts or boroughs.
    District,
    /// Hexagons some 800 m across, each with the small areas whose centre lies in it.
    Hex,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Lsoa, Self::Ward, Self::District, Self::Hex];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lsoa => "lsoa",
            Self::Ward => "ward",
            Self::District => "district",
            Self::Hex => "hex",
        }
    }

    /// The unit of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.into_iter().find(|by| by.name() == name)
    }
}

/// Hours at which people who work or study can go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OutOfHours {
    /// Monday to Friday, after 18:00.
    Evening,
    /// Saturday or Sunday.
    Weekend,
}

/// A question about gaps.
#[derive(Debug, Clone)]
pub struct GapsRequest {
    /// The need, as [`crate::matching::understand::find_term`] found it.
    pub need: NamedTerm,
    /// Its name, as it is shown again.
    pub need_name: String,
    /// The unit of the answer.
    pub by: By,
    /// The study area, by code or name. None: all areas.
    pub area: Option<String>,
    /// Ages of the people meant, years from and to, both inclusive. None: those
    /// the need concerns.
    pub ages: Option<(u8, Option<u8>)>,
    /// A language they need, BCP 47 or English name.
    pub language: Option<String>,
    /// What they cannot do without.
    pub access: Vec<AccessFeature>,
    /// When they need it; all of these.
    pub times: Vec<OutOfHours>,
    /// Whether they can pay nothing.
    pub free: bool,
    /// Whether services count that do not say whether they meet the above.
    pub include_unknown: bool,
    /// How access is scored.
    pub method: Method,
    /// How distance counts.
    pub decay: Decay,
    /// Share of residents who have the need.
    pub rate: f64,
    /// People with the need by area code, in place of residents × rate.
    pub demand: Option<Arc<BTreeMap<String, f64>>>,
    /// How much more the need of the most deprived counts than that of the least: 1 is double.
    pub deprivation_weight: f64,
    /// Travel times in place of straight lines.
    pub travel: Option<Arc<TravelTimes>>,
    /// For the intervals.
    pub seed: u64,
}

impl Default for GapsRequest {
    fn default() -> Self {
        Self {
            need: NamedTerm::default(),
            need_name: String::new(),
            by: By::default(),
            area: None,
            ages: None,
            language: None,
            access: Vec::new(),
            times: Vec::new(),
            free: false,
            include_unknown: true,
            method: Method::default(),
            decay: Decay::default(),
            rate: 1.0,
            demand: None,
            deprivation_weight: 1.0,
            travel: None,
            seed: 0,
        }
    }
}

impl GapsRequest {
    /// Whether the request asks for anything a service may be silent about.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.language.is_some() || !self.access.is_empty() || !self.times.is_empty() || self.free
    }
}

/// Why a planning question has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanningError {
    /// No areas were imported.
    #[error("there are no areas with a place and residents; import areas with population first")]
    NoAreas,
    /// The study area is not known.
    #[error("there is no area '{area}'; give the code or name of an imported area{}",
        nearest.as_ref().map(|name| format!(", for example {name}")).unwrap_or_default())]
    Area {
        /// What was asked for.
        area: String,
        /// A known one with a like name.
        nearest: Option<String>,
    },
    /// A service of a scenario is not known, or not one of the need.
    #[error(
        "service {0} is not among those that meet this need on the map; take its id from a match or the directory"
    )]
    Service(crate::model::ServiceId),
    /// The organization whose partners should host is not known.
    #[error(
        "there is no organization {0}; `host_partner_of` takes the id of one in this directory"
    )]
    Organization(crate::model::OrganizationId),
    /// A number that cannot be used.
    #[error("{name} is {value}; it must be 0 or more")]
    Number {
        /// Which.
        name: &'static str,
        /// What was given.
        value: f64,
    },
}
