//! The lexicon: how people say what they need, how groups say what they do.
//!
//! The files are described in `data/lexicon/README.md`. [`Lexicon::read`] finds
//! the concepts in a text, by phrases, by pairs of word classes and by life
//! events; `matching::understand` makes a need of them and `snapshot::facts`
//! the concepts of a service. Strengths follow METHODS A2: longer phrases and
//! rarer words say more.

mod check;
mod files;
mod gaps;
mod kinship;
mod load;
mod read;
mod sections;
mod settings;
mod trie;
mod word_model;

pub use check::{Problem, ProblemKind};
pub use load::LexiconError;
pub use read::{Evidence, Finding, Side};
pub use settings::ReadingSettings;

use std::collections::HashMap;

use super::spelling::Vocabulary;
use trie::Trie;
use word_model::WordModel;

/// The number of a concept in its lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptNo(pub u16);

/// One kind of need.
#[derive(Debug, Clone, PartialEq)]
pub struct Concept {
    /// Its id, the name of its section.
    pub id: String,
    /// Its plain name.
    pub name: String,
    /// What it is.
    pub definition: String,
    /// The group, the name of its file.
    pub group: String,
    /// Names of terms in taxonomies that mean just this.
    pub taxonomy: Vec<String>,
    /// Wider concepts.
    pub broader: Vec<ConceptNo>,
    /// Concepts that often serve the same need, with a weight.
    pub related: Vec<(ConceptNo, f64)>,
    /// Whom it usually concerns.
    pub audience: Audience,
    /// The same help for others.
    pub twins: Vec<(Twin, ConceptNo)>,
}

/// Whom a concept usually concerns.
#[derive(Debug, Clone, PartialEq, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Audience {
    /// Youngest, years.
    pub min_age: Option<f64>,
    /// Oldest, years.
    pub max_age: Option<f64>,
    /// `female` or `male`.
    pub gender: Option<String>,
    /// A group of people, in a word.
    pub group: Option<String>,
}

/// For whom a twin concept is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Twin {
    /// Children and young people.
    Young,
    /// Adults.
    Adult,
    /// Older people.
    Older,
    /// Men.
    Men,
    /// Women.
    Women,
}

/// A life event that is not a service but points to several.
#[derive(Debug, Clone, PartialEq)]
pub struct Situation {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The concepts it leads to, with a weight.
    pub leads_to: Vec<(ConceptNo, f64)>,
}

/// A language, a community or a faith.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// Its id: for a language the BCP 47 code.
    pub id: String,
    /// Its English name.
    pub name: String,
    /// Which of the three.
    pub sort: CommunitySort,
    /// Concepts of the groups that serve it, with a weight.
    pub concepts: Vec<(ConceptNo, f64)>,
    /// Languages its people often speak, BCP 47.
    pub languages: Vec<String>,
}

/// What a [`Community`] is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommunitySort {
    /// What is spoken.
    Language,
    /// Where people come from.
    Origin,
    /// What people believe.
    Faith,
}

/// A rule that pairs word classes.
#[derive(Debug, Clone, PartialEq)]
struct SlotRule {
    all: Vec<u16>,
    not: Vec<u16>,
    within: usize,
    ordered: bool,
    means: Vec<(ConceptNo, f64)>,
}

/// All concepts, with everything that is needed to find them in a text.
#[derive(Debug)]
pub struct Lexicon {
    concepts: Vec<Concept>,
    by_id: HashMap<String, ConceptNo>,
    situations: Vec<Situation>,
    communities: Vec<Community>,
    by_taxonomy_name: HashMap<String, Vec<ConceptNo>>,
    rules: Vec<SlotRule>,
    trie: Trie,
    /// Of what people say, and of what groups say.
    need_words: WordModel,
    record_words: WordModel,
    /// For each concept the concepts that serve it too, by number, with [`Lexicon::rel`].
    kin: Vec<Vec<(ConceptNo, f64)>>,
    siblings: Vec<Vec<ConceptNo>>,
    vocabulary: Vocabulary,
    problems: Vec<Problem>,
    phrases: usize,
    reading: ReadingSettings,
}

impl Lexicon {
    /// All concepts; the place of each is its number.
    #[must_use]
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept of that number.
    #[must_use]
    pub fn concept(&self, number: ConceptNo) -> &Concept {
        &self.concepts[usize::from(number.0)]
    }

    /// The concept of that id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ConceptNo> {
        self.by_id.get(id).copied()
    }

    /// The concepts that a taxonomy term of that name means.
    #[must_use]
    pub fn named(&self, name: &str) -> &[ConceptNo] {
        self.by_taxonomy_name
            .get(&super::fold(name))
            .map_or(&[], Vec::as_slice)
    }

    /// All situations.
    #[must_use]
    pub fn situations(&self) -> &[Situation] {
        &self.situations
    }

    /// All languages, communities and faiths.
    #[must_use]
    pub fn communities(&self) -> &[Community] {
        &self.communities
    }

    /// The words of the lexicon, for mending spelling.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// How many distinct phrases there are after stemming.
    #[must_use]
    pub fn phrase_count(&self) -> usize {
        self.phrases
    }

    /// How many slot rules there are.
    #[must_use]
    pub fn rule_count(&self) -> usize {
        self.rules.len()
    }

    /// What a reviewer should mend: duplicates, dead links, ambiguity without a reason.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// How well a service of concept `k` serves a need for `u`: 1 for the same,
    /// .9 where `k` is narrower, .6 where it is broader unless set otherwise, the weight written for
    /// a related one, else 0 (METHODS A4).
    #[must_use]
    pub fn rel(&self, u: ConceptNo, k: ConceptNo) -> f64 {
        if u == k {
            return 1.0;
        }
        self.kin(u)
            .binary_search_by_key(&k, |(concept, _)| *concept)
            .map_or(0.0, |at| self.kin(u)[at].1)
    }

    /// All concepts that serve a need for `u`, itself left out, with how well; by number.
    #[must_use]
    pub fn kin(&self, u: ConceptNo) -> &[(ConceptNo, f64)] {
        &self.kin[usize::from(u.0)]
    }

    /// The concepts that share a broader one with `u`; they serve its need at .35,
    /// and only once a request was loosened.
    #[must_use]
    pub fn siblings(&self, u: ConceptNo) -> &[ConceptNo] {
        &self.siblings[usize::from(u.0)]
    }
}
