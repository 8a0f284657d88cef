//! Communities that services are aimed at, and those that a request speaks of.
//!
//! A women's circle in Tamil takes anybody, and still is not the first to send
//! somebody to of whom nothing of the kind was said.

use crate::snapshot::{ServiceFacts, Snapshot};
use crate::text::lexicon::{CommunitySort, ConceptNo};

use super::understand::Understood;

/// The group of concepts that are communities.
const GROUP: &str = "communities";
/// A service is aimed at a community that its words name at least so surely.
const AIMED: f64 = 0.5;
/// A request speaks of a community that was read at least so surely.
const SPOKEN_OF: f64 = 0.2;

/// The community a service is aimed at, where nothing in the request speaks of
/// one like it.
pub(super) fn other_community(
    snapshot: &Snapshot,
    spoken_of: &[ConceptNo],
    service: &ServiceFacts,
) -> Option<ConceptNo> {
    let lexicon = &snapshot.lexicon;
    let mut aimed_at = service
        .concepts
        .iter()
        .filter(|told| told.confidence >= AIMED && lexicon.concept(told.concept).group == GROUP)
        .map(|told| told.concept)
        .peekable();
    let first = *aimed_at.peek()?;
    let fits = |concept: ConceptNo| {
        spoken_of
            .iter()
            .any(|spoken| *spoken == concept || lexicon.rel(*spoken, concept) > 0.0)
    };
    (!aimed_at.any(fits)).then_some(first)
}

/// The communities a request speaks of, by its words or by a language.
pub(super) fn spoken_of(snapshot: &Snapshot, understood: &Understood) -> Vec<ConceptNo> {
    let lexicon = &snapshot.lexicon;
    let by_words = understood
        .needs
        .iter()
        .flat_map(|need| &need.concepts)
        .filter(|concept| !concept.unwanted && concept.strength >= SPOKEN_OF)
        .map(|concept| concept.concept);
    let by_language = lexicon
        .communities()
        .iter()
        .filter(|community| {
            community.sort == CommunitySort::Language
                && understood.criteria.languages.contains(&community.id)
        })
        .flat_map(|community| community.concepts.iter().map(|(concept, _)| *concept));
    let mut all: Vec<ConceptNo> = by_words
        .chain(by_language)
        .filter(|concept| lexicon.concept(*concept).group == GROUP)
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
