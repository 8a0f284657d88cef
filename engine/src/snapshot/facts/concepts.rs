//! What a service does, as concepts of the lexicon (METHODS A4).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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

/// `[tagging]` of the configuration: how sure a concept of a service is, by what
/// tells of it (METHODS A4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaggingSettings {
    /// A recorded term: about one in ten is wrong.
    pub tagged: f64,
    /// What is left of a recorded term when the record's own words plainly speak of
    /// something else and never of it.
    pub contradicted: f64,
    /// Words in the name.
    pub in_name: f64,
    /// Words in the description.
    pub in_description: f64,
    /// Words in a sentence about other users of the building, or about what is not done.
    pub aside: f64,
    /// Factor for a sentence that says it is something further.
    pub further: f64,
    /// Words in a sentence that many records share.
    pub boilerplate: f64,
    /// What single words say counts so much beside phrases.
    pub single_words: f64,
    /// How steeply what words only brush against gives way to what their sentence is about.
    pub sharpen: f64,
    /// The same of a sentence beside what the whole record is about.
    pub sharpen_record: f64,
    /// A record's words plainly speak of a concept from this strength on …
    pub plainly: f64,
    /// … do not bear out a tag of which they speak less surely than this …
    pub hardly: f64,
    /// … and contradict none that is so close.
    pub close: f64,
    /// The most that anything is sure.
    pub cap: f64,
    /// Below this a concept is not kept.
    pub least: f64,
}

impl Default for TaggingSettings {
    fn default() -> Self {
        Self {
            tagged: 0.8,
            contradicted: 0.4,
            in_name: 0.8,
            in_description: 0.8,
            aside: 0.3,
            further: 0.75,
            boilerplate: 0.08,
            single_words: 1.0,
            sharpen: 1.0,
            sharpen_record: 0.5,
            plainly: 0.4,
            hardly: 0.1,
            close: 0.3,
            cap: 0.95,
            least: 0.05,
        }
    }
}

/// Words that open a sentence about something further.
const FURTHER_WORDS: &[&str] = &["also", "plus", "additionally", "besides", "too", "extra"];

/// A service's words, each sentence with whether many records hold it.
pub(super) struct Sentences<'a> {
    pub(super) name: &'a Words,
    pub(super) description: &'a [(Words, bool)],
    pub(super) taxonomy: &'a [&'a str],
}

/// The concepts of a service, the surest first, then by number.
pub(super) fn read(
    sentences: &Sentences<'_>,
    lexicon: &Lexicon,
    settings: &TaggingSettings,
) -> Vec<ServiceConcept> {
    let mut inferred: BTreeMap<ConceptNo, f64> = BTreeMap::new();
    let mut note = |words: &Words, confidence: f64| {
        let mut best: BTreeMap<ConceptNo, f64> = BTreeMap::new();
        for finding in lexicon.read(words, Side::Record) {
            let known = best.entry(finding.concept).or_default();
            *known = 1.0 - (1.0 - *known) * (1.0 - finding.strength);
        }
        for (concept, strength) in lexicon.guess(words, Side::Record) {
            let known = best.entry(concept).or_default();
            *known = 1.0 - (1.0 - *known) * (1.0 - settings.single_words * strength);
        }
        // What words only brush against gives way to what the sentence is about.
        let strongest = best.values().copied().fold(0.0, f64::max);
        for (concept, strength) in best {
            let strength = strength * (strength / strongest).powf(settings.sharpen);
            let known = inferred.entry(concept).or_default();
            *known = 1.0 - (1.0 - *known) * (1.0 - confidence * strength);
        }
    };
    note(sentences.name, settings.in_name);
    for (sentence, boilerplate) in sentences.description {
        note(sentence, weight(sentence, *boilerplate, settings));
    }
    // Likewise a sentence beside the main one; yet a group may do two things.
    let strongest = inferred.values().copied().fold(0.0, f64::max);
    if strongest > 0.0 {
        for confidence in inferred.values_mut() {
            *confidence *= (*confidence / strongest).powf(settings.sharpen_record);
        }
    }
    let mut tagged: BTreeMap<ConceptNo, f64> = BTreeMap::new();
    for name in sentences.taxonomy {
        for concept in lexicon.named(name) {
            tagged.insert(*concept, settings.tagged);
        }
    }
    let about = inferred
        .iter()
        .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))
        .filter(|(_, confidence)| **confidence >= settings.plainly)
        .map(|(concept, _)| *concept);
    if let Some(about) = about {
        for (concept, confidence) in &mut tagged {
            let spoken_of = inferred.iter().any(|(told, surely)| {
                *surely >= settings.hardly && lexicon.rel(*concept, *told) >= settings.close
            });
            if !spoken_of && lexicon.rel(about, *concept) < settings.close {
                *confidence = settings.contradicted;
            }
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
            confidence: confidence.min(settings.cap),
            tagged,
        })
        .filter(|concept| concept.confidence >= settings.least)
        .collect();
    concepts.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.concept.cmp(&b.concept))
    });
    concepts
}

fn weight(sentence: &Words, boilerplate: bool, settings: &TaggingSettings) -> f64 {
    if boilerplate {
        return settings.boilerplate;
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
        return settings.aside;
    }
    if folded.iter().any(|word| FURTHER_WORDS.contains(word)) || says(&["as", "well"]) {
        return settings.in_description * settings.further;
    }
    settings.in_description
}
