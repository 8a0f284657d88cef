//! What a service does, as concepts of the lexicon (METHODS A4).

use std::collections::BTreeMap;

use crate::text::Words;
use crate::text::lexicon::{ConceptNo, Lexicon, Side};

/// A concept of a service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceConcept {
    /// Which.
    pub concept: ConceptNo,
    /// How sure, 0 to .95.
    pub confidence: f64,
    /// Whether a taxonomy term says so; if not, words do.
    pub tagged: bool,
}

/// Confidence of a recorded term: about one in ten is wrong.
const TAGGED: f64 = 0.9;
const IN_NAME: f64 = 0.8;
const IN_DESCRIPTION: f64 = 0.65;
/// Of a sentence about other users of the building, or about what is not done.
const ASIDE: f64 = 0.3;
/// Factor for a sentence that says it is something further.
const FURTHER: f64 = 0.75;
/// Of a sentence that many records share word for word.
const BOILERPLATE: f64 = 0.08;
const CAP: f64 = 0.95;
/// Below this a concept is not kept.
const LEAST: f64 = 0.05;

/// Words that open a sentence about something further.
const FURTHER_WORDS: &[&str] = &["also", "plus", "additionally", "besides", "too", "extra"];

/// A service's words, each sentence with whether many records hold it.
pub(super) struct Sentences<'a> {
    pub(super) name: &'a Words,
    pub(super) description: &'a [(Words, bool)],
    pub(super) taxonomy: &'a [&'a str],
}

/// The concepts of a service, the surest first, then by number.
pub(super) fn read(sentences: &Sentences<'_>, lexicon: &Lexicon) -> Vec<ServiceConcept> {
    let mut inferred: BTreeMap<ConceptNo, f64> = BTreeMap::new();
    let mut note = |words: &Words, confidence: f64| {
        let mut best: BTreeMap<ConceptNo, f64> = BTreeMap::new();
        for finding in lexicon.read(words, Side::Record) {
            let known = best.entry(finding.concept).or_default();
            *known = 1.0 - (1.0 - *known) * (1.0 - finding.strength);
        }
        for (concept, strength) in best {
            let known = inferred.entry(concept).or_default();
            *known = 1.0 - (1.0 - *known) * (1.0 - confidence * strength);
        }
    };
    note(sentences.name, IN_NAME);
    for (sentence, boilerplate) in sentences.description {
        note(sentence, weight(sentence, *boilerplate));
    }
    // What words only brush against gives way to what they are about.
    let strongest = inferred.values().copied().fold(0.0, f64::max);
    if strongest > 0.0 {
        for confidence in inferred.values_mut() {
            *confidence *= (*confidence / strongest).powf(1.5);
        }
    }
    let mut tagged: BTreeMap<ConceptNo, f64> = BTreeMap::new();
    for name in sentences.taxonomy {
        for concept in lexicon.named(name) {
            tagged.insert(*concept, TAGGED);
        }
    }
    let mut all: BTreeMap<ConceptNo, (f64, bool)> = inferred
        .into_iter()
        .map(|(concept, confidence)| (concept, (confidence, false)))
        .collect();
    for (concept, confidence) in tagged {
        let known = all.entry(concept).or_default();
        *known = (1.0 - (1.0 - known.0) * (1.0 - confidence), true);
    }
    let mut concepts: Vec<ServiceConcept> = all
        .into_iter()
        .map(|(concept, (confidence, tagged))| ServiceConcept {
            concept,
            confidence: confidence.min(CAP),
            tagged,
        })
        .filter(|concept| concept.confidence >= LEAST)
        .collect();
    concepts.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.concept.cmp(&b.concept))
    });
    concepts
}

fn weight(sentence: &Words, boilerplate: bool) -> f64 {
    if boilerplate {
        return BOILERPLATE;
    }
    let folded: Vec<&str> = sentence
        .tokens
        .iter()
        .map(|token| token.folded.as_str())
        .collect();
    let says = |phrase: &[&str]| folded.windows(phrase.len()).any(|window| window == phrase);
    let aside = says(&["we", "cannot"])
        || says(&["we", "cant"])
        || says(&["we", "do", "not"])
        || says(&["we", "dont"])
        || says(&["not", "offer"])
        || says(&["building", "also"])
        || says(&["hall", "also"])
        || says(&["other", "groups"])
        || says(&["home", "to"]);
    if aside {
        return ASIDE;
    }
    if folded.iter().any(|word| FURTHER_WORDS.contains(word)) || says(&["as", "well"]) {
        return IN_DESCRIPTION * FURTHER;
    }
    IN_DESCRIPTION
}
