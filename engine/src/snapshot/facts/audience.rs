//! Whom a service is for.

use crate::model::{AgeRange, Gender, Service};

/// Whom a service is for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audience {
    /// Ages it takes.
    pub ages: AgeRange,
    /// The only gender it takes.
    pub gender: Option<Gender>,
    /// The only groups of people it takes; any of them will do.
    pub only_for: Vec<OnlyFor>,
    /// The only boroughs or places, folded, whose residents it takes.
    pub residents_of: Vec<String>,
    /// Whether only a professional can refer.
    pub by_referral: bool,
    /// Conditions in words that a directory cannot check, such as a low income.
    pub conditions: Vec<String>,
}

/// A group of people that a service may be only for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnlyFor {
    /// Refugees and people seeking asylum.
    Refugees,
    /// LGBTQ+ people.
    Lgbt,
    /// People who served in the forces, and their families.
    Veterans,
    /// Unpaid carers.
    Carers,
    /// Disabled people.
    Disabled,
    /// Parents.
    Parents,
    /// People who were in care.
    CareLeavers,
    /// Students.
    Students,
    /// Members of a congregation.
    Members,
    /// Homeless people.
    Homeless,
    /// People who survived abuse.
    Survivors,
    /// People who were in prison.
    ExOffenders,
}

impl OnlyFor {
    /// In plain words.
    #[must_use]
    pub fn name(self) -> &'static str {
        "x"
    }
}
impl Audience {
    /// Reads the stated ages.
    pub(super) fn of(service: &Service) -> Self {
        Self {
            ages: AgeRange {
                minimum: service.minimum_age,
                maximum: service.maximum_age,
            },
            ..Self::default()
        }
    }

    /// Whether anything is stated at all.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        *self != Self::default()
    }
}
