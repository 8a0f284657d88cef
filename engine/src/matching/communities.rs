//! Communities that services are aimed at, and those that a request speaks of.
//!
//! A women's circle in Tamil takes anybody, and still is not the first to send
//! somebody to of whom nothing of the kind was said.

use crate::snapshot::{ServiceFacts, Snapshot};
use crate::text::lexicon::{CommunitySort, ConceptNo};

use super::understand::Understood;

/// The group of concepts that are communities.
const GROUP: &str = "communities";

/// The community a service is aimed at by words at least so sure, where nothing in the request speaks of
/// one like it.
pub(super) fn other_community(
    snapshot: &Snapshot,
    spoken_of: &[ConceptNo],
    service: &ServiceFacts,
    aimed_at: f64,
) -> Option<ConceptNo> {
    let lexicon = &snapshot.lexicon;
    let mut aimed = service
        .concepts
        .iter()
        .filter(|told| told.confidence >= aimed_at && lexicon.concept(told.concept).group == GROUP)
        .map(|told| told.concept)
        .peekable();
    let first = *aimed.peek()?;
    let fits = |concept: ConceptNo| {
        spoken_of
            .iter()
            .any(|spoken| *spoken == concept || lexicon.rel(*spoken, concept) > 0.0)
    };
    (!aimed.any(fits)).then_some(first)
}

/// The communities a request speaks of, by words read at least so surely or by a language.
pub(super) fn spoken_of(
    snapshot: &Snapshot,
    understood: &Understood,
    least: f64,
) -> Vec<ConceptNo> {
    let lexicon = &snapshot.lexicon;
    let by_words = understood
        .needs
        .iter()
        .flat_map(|need| &need.concepts)
        .filter(|concept| !concept.unwanted && concept.strength >= least)
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
