//! Requirements said in prose: whose age, which sex, language, access, days,
//! hours, money, travel, place and urgency (METHODS A2.4).
//!
//! Each file reads one kind from the folded words. Patterns are tables of
//! phrases; a phrase matches whole words in a row.

mod access;
mod age;
mod language;
mod money;
mod person;
mod place;
mod time;
mod travel;

use jiff::civil::{Date, Time, Weekday};

use crate::geography::Gazetteer;
use crate::matching::request::{CostCeiling, Place, Travel, Urgency};
use crate::model::{AccessFeature, Gender};
use crate::text::Words;
use crate::text::lexicon::Lexicon;

/// A requirement read out of prose.
#[derive(Debug, Clone, PartialEq)]
pub enum Requirement {
    /// An age, from and to in years.
    Age {
        /// Youngest it can be.
        from: f64,
        /// Oldest it can be.
        to: f64,
        /// Whose.
        who: Who,
    },
    /// A gender.
    Gender(Gender),
    /// A language.
    Language {
        /// BCP 47 code.
        code: String,
        /// English name.
        name: String,
    },
    /// Something the person cannot do without.
    Access(AccessFeature),
    /// Days on which they can go.
    Days(Vec<Weekday>),
    /// From this time of day.
    FromTime(Time),
    /// To this time of day.
    ToTime(Time),
    /// On this date.
    On(Date),
    /// What they can pay.
    Cost(CostCeiling),
    /// How they get about.
    Travel(Travel),
    /// Where they are.
    Place(Place),
    /// How soon.
    Urgency(Urgency),
}

/// Whose age was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The person in need.
    Subject,
    /// Somebody else in the story.
    Other,
}

/// A requirement and the tokens it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// What was read.
    pub requirement: Requirement,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

impl Requirement {
    /// By which a client can switch it off, for example `age:82`.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Age { from, to, .. } if from.to_bits() == to.to_bits() => format!("age:{from}"),
            Self::Age { from, to, .. } => format!("age:{from}-{to}"),
            Self::Gender(Gender::Female) => "gender:female".to_owned(),
            Self::Gender(Gender::Male) => "gender:male".to_owned(),
            Self::Gender(Gender::Own(word)) => format!("gender:{word}"),
            Self::Language { code, .. } => format!("language:{code}"),
            Self::Access(feature) => format!("access:{}", feature.name()),
            Self::Days(days) => {
                const CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
                let codes: Vec<&str> = days
                    .iter()
                    .map(|day| CODES[day.to_monday_zero_offset() as usize])
                    .collect();
                format!("days:{}", codes.join(","))
            }
            Self::FromTime(time) => format!("from_time:{}", time.strftime("%H:%M")),
            Self::ToTime(time) => format!("to_time:{}", time.strftime("%H:%M")),
            Self::On(date) => format!("on:{date}"),
            Self::Cost(CostCeiling::Free) => "cost:free".to_owned(),
            Self::Cost(CostCeiling::Pounds(pounds)) => format!("cost:{pounds}"),
            Self::Travel(travel) => format!("travel:{}", travel.name()),
            Self::Place(place) => format!("place:{}", place.label),
            Self::Urgency(urgency) => format!("urgency:{}", urgency.name()),
        }
    }

    /// The field of the request that it stands for.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Age { .. } => "age",
            Self::Gender(_) => "gender",
            Self::Language { .. } => "languages",
            Self::Access(_) => "access",
            Self::Days(_) => "days",
            Self::FromTime(_) => "from_time",
            Self::ToTime(_) => "to_time",
            Self::On(_) => "on",
            Self::Cost(_) => "cost",
            Self::Travel(_) => "travel",
            Self::Place(_) => "place",
            Self::Urgency(_) => "urgency",
        }
    }

    /// Whether its words say nothing about what is needed. What one cannot do,
    /// pay or say is part of the need too and stays in the query.
    pub(super) fn leaves_the_query(&self) -> bool {
        matches!(
            self,
            Self::Age { .. }
                | Self::Days(_)
                | Self::FromTime(_)
                | Self::ToTime(_)
                | Self::On(_)
                | Self::Place(_)
        )
    }
}

/// All requirements in a text, in the order of their words.
pub(super) fn read(
    words: &Words,
    lexicon: &Lexicon,
    gazetteer: &Gazetteer,
    today: Date,
) -> Vec<Stated> {
    let folded: Vec<&str> = words
        .tokens
        .iter()
        .map(|token| token.folded.as_str())
        .collect();
    let mut stated = Vec::new();
    age::read(&folded, &mut stated);
    person::read(&folded, &mut stated);
    language::read(words, &folded, lexicon, &mut stated);
    access::read(&folded, &mut stated);
    time::read(&folded, today, &mut stated);
    money::read(&folded, &mut stated);
    travel::read(&folded, &mut stated);
    place::read(&folded, gazetteer, &mut stated);
    stated.sort_by_key(|stated| (stated.start, stated.end, stated.requirement.field()));
    stated
}

/// Where a phrase stands: the first and one past the last token of each occurrence.
fn occurrences<'a>(
    folded: &'a [&str],
    phrase: &'a str,
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let words: Vec<&str> = phrase.split(' ').collect();
    (0..folded.len())
        .filter(move |at| folded[*at..].starts_with(&words))
        .map(move |at| (at, at + phrase.split(' ').count()))
}

/// Reads a table of phrases that each mean a requirement.
fn read_table<T: Copy>(
    folded: &[&str],
    table: &[(T, &[&str])],
    requirement: impl Fn(T) -> Requirement,
    stated: &mut Vec<Stated>,
) {
    for (meaning, phrases) in table {
        let found = phrases
            .iter()
            .flat_map(|phrase| occurrences(folded, phrase))
            .min();
        if let Some((start, end)) = found {
            stated.push(Stated {
                requirement: requirement(*meaning),
                start,
                end,
            });
        }
    }
}
