//! What is asked of planning.

use std::sync::Arc;

use crate::matching::understand::NamedTerm;
use crate::model::AccessFeature;

use super::accessibility::{Decay, Method};
use super::demand_table::DemandTable;
use super::hexagon::HEX_RESOLUTION;
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
    /// Hexagons of the H3 grid, each with the small areas whose centre lies in it.
    Hex,
    /// Imported boundaries of any other kind, each with the small areas whose centre lies in it.
    Other,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Lsoa,
        Self::Ward,
        Self::District,
        Self::Hex,
        Self::Other,
    ];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lsoa => "lsoa",
            Self::Ward => "ward",
            Self::District => "district",
            Self::Hex => "hex",
            Self::Other => "other",
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

impl OutOfHours {
    /// The name in requests and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Evening => "evening",
            Self::Weekend => "weekend",
        }
    }
}

/// Ages as they are written: `65+`, `11-25`, `82`. None: neither of these.
///
/// ```
/// use causeway_engine::planning::ages;
/// assert_eq!(ages("65+"), Some((65, None)));
/// assert_eq!(ages("11 - 25"), Some((11, Some(25))));
/// assert_eq!(ages("82"), Some((82, Some(82))));
/// assert_eq!(ages("25-11"), None);
/// ```
#[must_use]
pub fn ages(written: &str) -> Option<(u8, Option<u8>)> {
    const OLDEST: u8 = 130;
    let year = |text: &str| text.trim().parse().ok().filter(|age: &u8| *age <= OLDEST);
    let written = written.trim();
    if let Some(from) = written.strip_suffix('+') {
        return Some((year(from)?, None));
    }
    match written.split_once(['-', '\u{2013}']) {
        Some((from, to)) => {
            let (from, to) = (year(from)?, year(to)?);
            (from <= to).then_some((from, Some(to)))
        }
        None => year(written).map(|age| (age, Some(age))),
    }
}

/// A question about gaps.
#[derive(Debug, Clone)]
pub struct GapsRequest {
    /// The need, as [`crate::matching::understand::find_term`] found it; help
    /// of any kind where it names nothing.
    pub need: NamedTerm,
    /// Its id. None: help of any kind.
    pub need_id: Option<String>,
    /// Its name, as it is shown again.
    pub need_name: String,
    /// The unit of the answer.
    pub by: By,
    /// The resolution of hexagons, for [`By::Hex`].
    pub hex_resolution: u8,
    /// The study area, by code, name or a postcode in it. None: all areas.
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
    pub demand: Option<Arc<DemandTable>>,
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
            need_id: None,
            need_name: "Help of any kind".to_owned(),
            by: By::default(),
            hex_resolution: HEX_RESOLUTION,
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
    /// A service of a scenario is not known.
    #[error("there is no service {0}; take its id from a match or the directory")]
    Service(crate::model::ServiceId),
    /// The organization whose partners should host is not known.
    #[error(
        "there is no organization {0}; `host_partner_of` takes the id of one in this directory"
    )]
    Organization(crate::model::OrganizationId),
    /// The imported boundaries do not go by that unit.
    #[error("there are no areas of the kind '{0}'; import them, or ask by another unit")]
    Unit(&'static str),
    /// No area of the study is in the table of demand or of travel times.
    #[error(
        "{table} names no area of this study{}; write the codes of the areas that were imported, for example {example}",
        if *of_2011 { ": its codes are of the 2011 census, the areas are of 2021" } else { "" }
    )]
    Table {
        /// The table.
        table: String,
        /// Whether what it has are codes of the census before.
        of_2011: bool,
        /// A code that would do.
        example: String,
    },
    /// A number that cannot be used.
    #[error("{name} is {value}; it must be 0 or more")]
    Number {
        /// Which.
        name: &'static str,
        /// What was given.
        value: f64,
    },
}
