//! The shape of the files, and of the phrases in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::trie::Path;
use super::word_model::WordCounts;
use super::{Audience, ConceptNo, Side};
use crate::text::Words;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ConceptSection {
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) taxonomy: String,
    pub(super) broader: Vec<String>,
    pub(super) related: BTreeMap<String, f64>,
    pub(super) audience: Audience,
    pub(super) twins: BTreeMap<TwinKey, String>,
    pub(super) says: String,
    pub(super) hints: String,
    pub(super) faint: String,
    pub(super) professional: String,
    pub(super) provider: String,
    pub(super) provider_hints: String,
    pub(super) not: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TwinKey {
    Young,
    Adult,
    Older,
    Men,
    Women,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SlotFile {
    pub(super) class: BTreeMap<String, ClassSection>,
    pub(super) rule: Vec<RuleSection>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClassSection {
    pub(super) words: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleSection {
    pub(super) all: Vec<String>,
    #[serde(default)]
    pub(super) not: Vec<String>,
    pub(super) within: usize,
    #[serde(default)]
    pub(super) ordered: bool,
    pub(super) means: BTreeMap<String, f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SituationSection {
    pub(super) name: String,
    pub(super) says: String,
    pub(super) hints: String,
    pub(super) leads_to: BTreeMap<String, f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CommunityFile {
    pub(super) language: BTreeMap<String, CommunitySection>,
    pub(super) community: BTreeMap<String, CommunitySection>,
    pub(super) faith: BTreeMap<String, CommunitySection>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CommunitySection {
    pub(super) name: String,
    pub(super) words: String,
    pub(super) places: String,
    pub(super) concepts: BTreeMap<String, f64>,
    pub(super) languages: Vec<String>,
}

/// A phrase made ready to be put in.
pub(super) struct Phrase<'a> {
    pub(super) text: &'a str,
    pub(super) side: Option<Side>,
    pub(super) grade: f64,
    /// How it is matched; `None` where no word is left.
    pub(super) path: Option<Arc<Path>>,
    /// Its words, folded and stemmed.
    pub(super) words: Vec<(String, String)>,
}

impl<'a> Phrase<'a> {
    pub(super) fn of(text: &'a str, side: Option<Side>, grade: f64) -> Self {
        let words = Words::of(text);
        let path = Path::of_words(&words, false).map(Arc::new);
        let words = words
            .tokens
            .into_iter()
            .map(|token| (token.folded, token.stem))
            .collect();
        Self {
            text,
            side,
            grade,
            path,
            words,
        }
    }
}

impl ConceptSection {
    /// All phrases of the concept, by side and grade.
    pub(super) fn phrases(&self) -> Vec<Phrase<'_>> {
        let lists = [
            (&self.says, Some(Side::Need), 1.0),
            (&self.hints, Some(Side::Need), 0.7),
            (&self.faint, Some(Side::Need), 0.4),
            (&self.professional, None, 1.0),
            (&self.provider, Some(Side::Record), 1.0),
            (&self.provider_hints, Some(Side::Record), 0.5),
        ];
        lists
            .into_iter()
            .flat_map(|(list, side, grade)| {
                phrases(list).map(move |text| Phrase::of(text, side, grade))
            })
            .collect()
    }

    /// Counts the words of the concept for both sides: what the one says the
    /// other may say too, only less often.
    pub(super) fn count(
        &self,
        concept: ConceptNo,
        phrases_of: &[Phrase<'_>],
        need_words: &mut WordCounts,
        record_words: &mut WordCounts,
    ) {
        for phrase in phrases_of {
            let Some(path) = &phrase.path else { continue };
            let grade = phrase.grade;
            let (need, record) = match phrase.side {
                Some(Side::Need) => (grade, 0.3 * grade),
                Some(Side::Record) => (0.3 * grade, grade),
                None => (grade, grade),
            };
            need_words.add(concept, &path.stems, need);
            record_words.add(concept, &path.stems, record);
        }
        // How a kind of help is named and defined is how groups speak of it too.
        let told = phrases(&self.taxonomy).chain([self.name.as_str()]);
        for text in told.chain([self.definition.as_str()]) {
            let stems = Words::of(text).content_stems();
            record_words.add(concept, &stems, 2.0);
            need_words.add(concept, &stems, 0.7);
        }
    }
}

/// The phrases of a list: parted by `;` or new lines.
pub(super) fn phrases(list: &str) -> impl Iterator<Item = &str> {
    list.split([';', '\n'])
        .map(str::trim)
        .filter(|phrase| !phrase.is_empty())
}
