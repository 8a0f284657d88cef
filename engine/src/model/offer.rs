//! Offers and asks between groups.

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{AccessFeature, LocationId, OfferId, OrganizationId};

/// Something a group can give to another, or needs from one.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Given or sought.
    pub direction: Direction,
    /// What kind of thing.
    pub kind: ResourceKind,
    /// In a few words.
    pub title: String,
    /// In more words.
    pub description: Option<String>,
    /// The place, where it is one of the directory's.
    pub location_id: Option<LocationId>,
    /// The place's postcode.
    pub postcode: Option<String>,
    /// WGS84 degrees north.
    pub latitude: Option<f64>,
    /// WGS84 degrees east.
    pub longitude: Option<f64>,
    /// How many people, items or hours.
    pub capacity: Option<f64>,
    /// On which days. Empty: not said.
    #[serde(with = "weekdays")]
    pub days: Vec<Weekday>,
    /// From this time of day.
    pub from_time: Option<Time>,
    /// To this time of day.
    pub to_time: Option<Time>,
    /// Access that the place has, or that the asker needs.
    pub access: Vec<AccessFeature>,
    /// What the source says about access, where its words say more than `access`.
    pub access_note: Option<String>,
    /// Price in pounds a session; 0 is free. None: not said.
    pub cost: Option<f64>,
    /// What the source says about the price, where its words say more than `cost`.
    pub cost_note: Option<String>,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_to: Option<Date>,
}

/// Whether it is given or sought.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Given.
    #[default]
    Offer,
    /// Sought.
    Ask,
}

/// What kind of thing is offered or asked for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum ResourceKind {
    /// A room, hall, kitchen, garden.
    #[default]
    Space,
    /// A skill.
    Skill,
    /// Training.
    Training,
    /// Volunteers.
    Volunteers,
    /// Things.
    Equipment,
    /// Knowledge.
    Knowledge,
}

impl Direction {
    /// The name in files and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Ask => "ask",
        }
    }
}

impl ResourceKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Space,
        Self::Skill,
        Self::Training,
        Self::Volunteers,
        Self::Equipment,
        Self::Knowledge,
    ];

    /// The name in files and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Space => "space",
            Self::Skill => "skill",
            Self::Training => "training",
            Self::Volunteers => "volunteers",
            Self::Equipment => "equipment",
            Self::Knowledge => "knowledge",
        }
    }
}

/// Weekdays as `MO` … `SU`; jiff has no serde form for them.
mod weekdays {
    use jiff::civil::Weekday;
    use serde::{Deserialize, Deserializer, Serializer, de};

    const CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    pub(super) fn serialize<S: Serializer>(days: &[Weekday], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(
            days.iter()
                .map(|day| CODES[day.to_monday_zero_offset() as usize]),
        )
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<Weekday>, D::Error> {
        Vec::<String>::deserialize(from)?
            .iter()
            .map(|code| {
                CODES
                    .iter()
                    .position(|known| known == code)
                    .and_then(|offset| Weekday::from_monday_zero_offset(offset as i8).ok())
                    .ok_or_else(|| de::Error::custom(format!("{code} is not a weekday")))
            })
            .collect()
    }
}
