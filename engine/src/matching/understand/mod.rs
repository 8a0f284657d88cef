//! Understanding a need: its concepts, its requirements, and what is not wanted.
//!
//! The words are read once. What is found is told back with the words it came
//! from and an id by which a client can switch it off; a field of the request
//! always beats prose.

mod criteria;
mod danger;
mod needs;
mod refusals;
mod requirements;
mod terms;

pub use criteria::Criteria;
pub use danger::Danger;
pub use needs::{Need, UnderstoodConcept};
pub use requirements::{Requirement, Stated, Who};
pub use terms::{NamedTerm, NeedsError, find_term};

use crate::snapshot::{OnlyFor, Snapshot};
use crate::text::Words;
use crate::text::lexicon::Lexicon;

use super::request::{MatchRequest, Urgency};
use super::settings::NeedSettings;

/// What was read out of a request.
#[derive(Debug, Clone, Default)]
pub struct Understood {
    /// The needs, each with its concepts.
    pub needs: Vec<Need>,
    /// Stems of the words that say what is needed, to look for in texts.
    pub stems: Vec<String>,
    /// The requirements found in prose, also those that do not count.
    pub requirements: Vec<UnderstoodRequirement>,
    /// What was written and what was meant.
    pub corrections: Vec<(String, String)>,
    /// A danger to life or safety.
    pub danger: Option<Danger>,
    /// Whether no concept was found in the words: they are ranked by text alone.
    pub by_text_alone: bool,
    /// What every service is held against: the fields of the request, and
    /// prose where they are silent.
    pub criteria: Criteria,
}

/// A requirement found in prose.
#[derive(Debug, Clone, PartialEq)]
pub struct UnderstoodRequirement {
    /// By which it can be ignored, for example `age:82`.
    pub id: String,
    /// What it is.
    pub requirement: Requirement,
    /// The words it came from.
    pub words: String,
    /// Whether it counts: it is neither ignored nor overridden by a field.
    pub used: bool,
}

/// Reads a request: what is needed, of whom, where and when.
pub fn understand(
    snapshot: &Snapshot,
    settings: &NeedSettings,
    request: &MatchRequest,
) -> Result<Understood, NeedsError> {
    let text = request.need.as_deref().unwrap_or_default();
    let mut words = Words::of(text);
    let corrections = words.correct(&snapshot.vocabulary);
    let stated = requirements::read(
        &words,
        &snapshot.lexicon,
        &snapshot.gazetteer,
        snapshot.today,
    );

    let mut criteria = Criteria::of(request, &snapshot.lexicon);
    let requirements: Vec<UnderstoodRequirement> = stated
        .iter()
        .map(|stated| {
            let id = stated.requirement.id();
            let used = !request.ignore.contains(&id) && criteria.add(request, &stated.requirement);
            UnderstoodRequirement {
                id,
                requirement: stated.requirement.clone(),
                words: span(text, &words, stated.start, stated.end),
                used,
            }
        })
        .collect();

    let spent: Vec<(usize, usize)> = stated
        .iter()
        .zip(&requirements)
        .filter(|(stated, requirement)| requirement.used && stated.requirement.leaves_the_query())
        .map(|(stated, _)| (stated.start, stated.end))
        .collect();
    let needs::Reading {
        needs,
        stems,
        by_text_alone,
    } = needs::read(
        &needs::Text {
            snapshot,
            settings,
            request,
            written: text,
            words: &words,
        },
        &spent,
        &criteria,
    )?;
    let danger = danger::read(&needs, &snapshot.lexicon);
    if danger.is_some() && request.urgency.is_none() {
        criteria.urgency = Urgency::Crisis;
    }
    Ok(Understood {
        needs,
        stems,
        requirements,
        corrections,
        danger,
        by_text_alone,
        criteria,
    })
}

impl Understood {
    /// Whether the words speak of a person of that group. Words that do not are
    /// no denial.
    #[must_use]
    pub fn speaks_of(&self, group: OnlyFor, lexicon: &Lexicon, least: f64) -> bool {
        let concepts: &[&str] = match group {
            OnlyFor::Refugees => &["imm-welcome", "imm-advice", "imm-nrpf"],
            OnlyFor::Lgbt => &["id-lgbt", "id-trans", "youth-lgbt"],
            OnlyFor::Veterans => &["id-veteran"],
            OnlyFor::Carers => &["care-carer", "care-young", "care-parent"],
            OnlyFor::Disabled => &[
                "dis-rights",
                "dis-ld",
                "dis-neuro",
                "dis-sport",
                "care-parent",
            ],
            OnlyFor::Parents => &[
                "fam-play",
                "fam-parenting",
                "fam-single",
                "fam-home",
                "fam-dads",
                "fam-young",
            ],
            OnlyFor::CareLeavers => &["youth-care"],
            OnlyFor::Homeless => &["hous-outreach", "hous-night", "hous-supported"],
            OnlyFor::Survivors => &["safe-da", "safe-sv", "safe-refuge", "safe-harm", "safe-men"],
            OnlyFor::ExOffenders => &["id-justice"],
            _ => &[],
        };
        self.needs
            .iter()
            .flat_map(|need| &need.concepts)
            .any(|understood| {
                !understood.unwanted
                    && understood.strength >= least
                    && concepts.contains(&lexicon.concept(understood.concept).id.as_str())
            })
    }
}

/// The words a span of tokens was read from.
fn span(text: &str, words: &Words, start: usize, end: usize) -> String {
    match (
        words.tokens.get(start),
        words.tokens.get(end.saturating_sub(1)),
    ) {
        (Some(first), Some(last)) if first.start < last.end => {
            text[first.start..last.end].to_owned()
        }
        _ => String::new(),
    }
}
