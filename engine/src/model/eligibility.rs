//! What a person may ask of a place, and what a service may ask of a person.

use serde::{Deserialize, Serialize};

/// A need for access, as a request names it and a place may answer it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessFeature {
    /// Room for a wheelchair throughout; a place that is says so, or is step-free.
    Wheelchair,
    /// No step between street and room.
    StepFree,
    /// A toilet a wheelchair user can use.
    AccessibleToilet,
    /// A hearing loop.
    HearingLoop,
    /// British Sign Language.
    Bsl,
    /// A quiet room, or quiet hours.
    QuietSpace,
    /// Parking at the door.
    Parking,
    /// Print for people who see little.
    LargePrint,
    /// Made for people with dementia.
    DementiaFriendly,
    /// Assistance dogs welcome.
    GuideDog,
    /// Comes to the home.
    HomeVisit,
    /// By telephone or online.
    Remote,
    /// A lift to upper floors.
    Lift,
    /// Changing places: hoist and adult bench.
    ChangingPlaces,
}

impl AccessFeature {
    /// All of them, in the order of their columns.
    pub const ALL: [Self; 14] = [
        Self::Wheelchair,
        Self::StepFree,
        Self::AccessibleToilet,
        Self::HearingLoop,
        Self::Bsl,
        Self::QuietSpace,
        Self::Parking,
        Self::LargePrint,
        Self::DementiaFriendly,
        Self::GuideDog,
        Self::HomeVisit,
        Self::Remote,
        Self::Lift,
        Self::ChangingPlaces,
    ];

    /// The name in requests and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wheelchair => "wheelchair",
            Self::StepFree => "step-free",
            Self::AccessibleToilet => "accessible-toilet",
            Self::HearingLoop => "hearing-loop",
            Self::Bsl => "bsl",
            Self::QuietSpace => "quiet-space",
            Self::Parking => "parking",
            Self::LargePrint => "large-print",
            Self::DementiaFriendly => "dementia-friendly",
            Self::GuideDog => "guide-dog",
            Self::HomeVisit => "home-visit",
            Self::Remote => "remote",
            Self::Lift => "lift",
            Self::ChangingPlaces => "changing-places",
        }
    }

    /// The feature of that name; blanks and underscores do as hyphens.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase().replace([' ', '_'], "-");
        Self::ALL.into_iter().find(|feature| feature.name() == name)
    }
}

/// A person's gender, as a request gives it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
    /// The person's own word.
    #[serde(untagged)]
    Own(String),
}

impl Gender {
    /// Reads `female`, `male`, `F`, `M`, the everyday words for them, or keeps the person's own word.
    #[must_use]
    pub fn from_words(words: &str) -> Self {
        match words.trim().to_lowercase().as_str() {
            "female" | "f" | "woman" | "girl" | "women" => Self::Female,
            "male" | "m" | "man" | "boy" | "men" => Self::Male,
            own => Self::Own(own.to_owned()),
        }
    }
}

/// Ages from one to another, in years, both inclusive: a maximum of 25 takes
/// someone until the day before the 26th birthday.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct AgeRange {
    /// Youngest.
    pub minimum: Option<f64>,
    /// Oldest.
    pub maximum: Option<f64>,
}

impl AgeRange {
    /// Whether someone of `age` years is within.
    #[must_use]
    pub fn contains(&self, age: f64) -> bool {
        self.minimum.is_none_or(|minimum| age >= minimum)
            && self
                .maximum
                .is_none_or(|maximum| age < maximum.floor() + 1.0)
    }
}
