//! Dangers to life and safety, and what to do at once.

use crate::matching::answer::Advice;
use crate::text::lexicon::{ConceptNo, Lexicon};

use super::needs::Need;

/// A danger to life or safety that the words of a need speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Danger {
    /// To take one's own life, or to harm oneself.
    Suicide,
    /// From a partner or family.
    Abuse,
    /// Sexual violence.
    SexualViolence,
    /// No food or no bed today.
    Destitution,
}

/// How sure a concept must be before it is taken for a danger.
const SURE: f64 = 0.6;

/// The concepts that speak of each danger; narrower ones count with them.
const BY_CONCEPT: [(&str, Danger); 8] = [
    ("mh-crisis", Danger::Suicide),
    ("mh-suicidal", Danger::Suicide),
    ("safe-da", Danger::Abuse),
    ("safe-refuge", Danger::Abuse),
    ("safe-men", Danger::Abuse),
    ("safe-harm", Danger::Abuse),
    ("safe-sv", Danger::SexualViolence),
    ("hous-night", Danger::Destitution),
];

/// The gravest danger that the needs speak of.
pub(super) fn read(needs: &[Need], lexicon: &Lexicon) -> Option<Danger> {
    let concepts = needs.iter().flat_map(|need| &need.concepts);
    concepts
        .filter(|understood| !understood.unwanted && understood.strength >= SURE)
        .filter_map(|understood| spoken_of(understood.concept, lexicon))
        .min()
}

/// The danger that a concept, or a broader one, speaks of.
fn spoken_of(concept: ConceptNo, lexicon: &Lexicon) -> Option<Danger> {
    BY_CONCEPT.iter().find_map(|(id, danger)| {
        let named = lexicon.find(id)?;
        let narrower = lexicon.concept(concept).broader.contains(&named);
        (concept == named || narrower).then_some(*danger)
    })
}

impl Danger {
    /// Whether services of a concept are for this danger.
    #[must_use]
    pub fn is_about(self, concept: ConceptNo, lexicon: &Lexicon) -> bool {
        spoken_of(concept, lexicon) == Some(self)
    }

    /// What to say and do at once, first things first.
    #[must_use]
    pub fn advice(self) -> Vec<Advice> {
        const EMERGENCY: Advice = Advice {
            kind: "emergency",
            sentence: "If someone is in danger now, call 999, or go to the nearest A&E department.",
            phone: Some("999"),
        };
        let mut advice = vec![EMERGENCY];
        advice.extend(match self {
            Self::Suicide => vec![
                Advice {
                    kind: "suicide",
                    sentence: "For urgent mental health help at any hour, call NHS 111 and choose option 2.",
                    phone: Some("111"),
                },
                Advice {
                    kind: "suicide",
                    sentence: "Samaritans listen at any hour, free, without giving a name.",
                    phone: Some("116 123"),
                },
            ],
            Self::Abuse => vec![
                Advice {
                    kind: "abuse",
                    sentence: "Speak to the person alone. On a mobile that cannot talk: call 999, then press 55.",
                    phone: Some("999"),
                },
                Advice {
                    kind: "abuse",
                    sentence: "The National Domestic Abuse Helpline is free, at any hour; check that it is safe to call.",
                    phone: Some("0808 2000 247"),
                },
            ],
            Self::SexualViolence => vec![Advice {
                kind: "sexual_violence",
                sentence: "The 24/7 Rape and Sexual Abuse Support Line is free; a sexual assault referral \
                           centre helps with or without the police.",
                phone: Some("0808 500 2222"),
            }],
            Self::Destitution => vec![Advice {
                kind: "destitution",
                sentence: "Someone with nowhere to sleep tonight can call the council's homelessness team at any hour.",
                phone: None,
            }],
        });
        advice
    }

    /// Whether someone who means harm may see the screen or the journey: no map
    /// is shown then, and groups for everyone do not come first.
    #[must_use]
    pub fn needs_discretion(self) -> bool {
        matches!(self, Self::Abuse | Self::SexualViolence)
    }
}
