//! What every service is held against.

use jiff::civil::{Date, Time, Weekday};

use crate::model::{AccessFeature, Gender, OrganizationId};
use crate::snapshot::Languages;
use crate::text::lexicon::Lexicon;

use super::requirements::{Requirement, Who};
use crate::matching::request::{CostCeiling, Feature, MatchRequest, Place, Travel, Urgency};

/// What every service is held against: the fields of a request, and its prose
/// where they are silent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Criteria {
    /// Where the person is.
    pub place: Option<Place>,
    /// Hard limit on straight-line distance, kilometres.
    pub within_km: Option<f64>,
    /// Age in years, from and to; equal where it is known.
    pub age: Option<(f64, f64)>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Languages, BCP 47 where known; any of them will do.
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
    pub travel: Travel,
    /// How soon.
    pub urgency: Urgency,
    /// Features that must be met.
    pub must: Vec<Feature>,
    /// Who refers.
    pub from: Option<OrganizationId>,
    /// Whether to keep services that do not say whether they meet a hard requirement.
    pub include_unknown: bool,
}

impl Criteria {
    /// The fields of a request.
    pub(super) fn of(request: &MatchRequest, lexicon: &Lexicon) -> Self {
        Self {
            place: request.place.clone(),
            within_km: request.within_km,
            age: request.age.map(|age| (age, age)),
            gender: request.gender.clone(),
            languages: request
                .languages
                .iter()
                .map(|name| Languages::code(name, lexicon))
                .collect(),
            access: request.access.clone(),
            days: request.days.clone(),
            from_time: request.from_time,
            to_time: request.to_time,
            on: request.on,
            cost: request.cost,
            travel: request.travel.unwrap_or_default(),
            urgency: request.urgency.unwrap_or_default(),
            must: request.must.clone(),
            from: request.from,
            include_unknown: request.include_unknown,
        }
    }

    /// Adds what prose says where the request is silent; says whether it counts.
    pub(super) fn add(&mut self, request: &MatchRequest, requirement: &Requirement) -> bool {
        match requirement {
            Requirement::Age { from, to, who } => {
                set(&mut self.age, (*from, *to), *who == Who::Subject)
            }
            Requirement::Gender(gender) => set(&mut self.gender, gender.clone(), true),
            Requirement::Language { code, .. } => push(
                &mut self.languages,
                code.clone(),
                request.languages.is_empty(),
            ),
            // Access adds up: a form that asks for parking does not unsay the stairs.
            Requirement::Access(feature) => {
                if !self.access.contains(feature) {
                    self.access.push(*feature);
                }
                true
            }
            Requirement::Days(days) => {
                let silent = request.days.is_empty() && request.on.is_none();
                if silent {
                    for day in days {
                        push(&mut self.days, *day, true);
                    }
                }
                silent
            }
            Requirement::FromTime(time) => set(&mut self.from_time, *time, true),
            Requirement::ToTime(time) => set(&mut self.to_time, *time, true),
            Requirement::On(date) => set(&mut self.on, *date, request.days.is_empty()),
            Requirement::Cost(ceiling) => set(&mut self.cost, *ceiling, true),
            Requirement::Place(place) => set(&mut self.place, place.clone(), true),
            Requirement::Travel(travel) => {
                let silent = request.travel.is_none();
                if silent {
                    self.travel = *travel;
                }
                silent
            }
            Requirement::Urgency(urgency) => {
                let silent = request.urgency.is_none();
                if silent {
                    self.urgency = self.urgency.max(*urgency);
                }
                silent
            }
        }
    }

    /// The hours asked for in a day, minutes after midnight; all day where none are.
    #[must_use]
    pub fn hours(&self) -> (u16, u16) {
        let minutes = |time: Time| time.hour() as u16 * 60 + time.minute() as u16;
        (
            self.from_time.map_or(0, minutes),
            self.to_time.map_or(1_440, minutes),
        )
    }

    /// Whether any day or hour is asked for.
    #[must_use]
    pub fn asks_for_time(&self) -> bool {
        !self.days.is_empty()
            || self.on.is_some()
            || self.from_time.is_some()
            || self.to_time.is_some()
    }

    /// The weekdays asked for, Monday first; all where none are.
    #[must_use]
    pub fn weekdays(&self) -> [bool; 7] {
        let mut wanted = [false; 7];
        for day in self.days.iter().copied().chain(self.on.map(Date::weekday)) {
            wanted[day.to_monday_zero_offset() as usize] = true;
        }
        if wanted == [false; 7] {
            [true; 7]
        } else {
            wanted
        }
    }
}

fn set<T>(slot: &mut Option<T>, value: T, counts: bool) -> bool {
    let counts = counts && slot.is_none();
    if counts {
        *slot = Some(value);
    }
    counts
}

fn push<T: PartialEq>(list: &mut Vec<T>, value: T, counts: bool) -> bool {
    if counts && !list.contains(&value) {
        list.push(value);
    }
    counts
}
