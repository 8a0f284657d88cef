//! Phrases as paths of stems.
//!
//! There are two trees. Most phrases are matched on the words that count, with
//! function words skipped on both sides. A phrase that would shrink to one
//! such word ('his boyfriend', 'polish your') and every wrong friend are
//! matched word by word, since there the function words make the difference.

use std::collections::HashMap;

use crate::text::{Token, Words};

use super::{ConceptNo, Side};

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Target {
    Concept(ConceptNo),
    Situation(u16),
    Community(u16),
    Class(u16),
    /// A wrong friend of the concept.
    Not(ConceptNo),
}

/// What stands at the end of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leaf {
    pub(super) target: Target,
    pub(super) side: Option<Side>,
    /// 1, .7, .5 or .4 as written; words not yet counted in.
    pub(super) grade: f64,
}

/// A phrase found in a text: tokens `start..end`, `words` of them counting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) words: usize,
    pub(super) leaf: Leaf,
    pub(super) corrected: bool,
}

#[derive(Debug, Default)]
pub(super) struct Trie {
    stems: HashMap<String, u32>,
    content: Tree,
    verbatim: Tree,
}

#[derive(Debug, Default)]
struct Tree {
    steps: HashMap<(u32, u32), u32>,
    leaves: HashMap<u32, Vec<Leaf>>,
    nodes: u32,
}

impl Tree {
    fn insert(&mut self, path: &[u32], leaf: Leaf) -> bool {
        let mut node = 0;
        for stem in path {
            node = *self.steps.entry((node, *stem)).or_insert_with(|| {
                self.nodes += 1;
                self.nodes
            });
        }
        let leaves = self.leaves.entry(node).or_default();
        // The same phrase may be written at several grades for one target: the best counts.
        if let Some(known) = leaves
            .iter_mut()
            .find(|known| known.target == leaf.target && known.side == leaf.side)
        {
            known.grade = known.grade.max(leaf.grade);
            return false;
        }
        leaves.push(leaf);
        true
    }
}

/// A phrase as the tree keeps it: whether it is matched word by word, and its stems.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Path {
    pub(super) verbatim: bool,
    pub(super) stems: Vec<String>,
}

impl Path {
    /// How `phrase` is matched; `None` where nothing of it is left.
    pub(super) fn of(phrase: &str, wrong_friend: bool) -> Option<Self> {
        Self::of_words(&Words::of(phrase), wrong_friend)
    }

    /// The same for a phrase already split.
    pub(super) fn of_words(words: &Words, wrong_friend: bool) -> Option<Self> {
        let content: Vec<String> = words.content().map(|token| token.stem.clone()).collect();
        let verbatim = wrong_friend || (content.len() < 2 && content.len() < words.tokens.len());
        let stems = if verbatim {
            words
                .tokens
                .iter()
                .map(|token| token.stem.clone())
                .collect()
        } else {
            content
        };
        (!stems.is_empty()).then_some(Self { verbatim, stems })
    }
}

impl Trie {
    /// Puts a phrase in; false where this target had it already.
    pub(super) fn insert(&mut self, path: &Path, leaf: Leaf) -> bool {
        let stems: Vec<u32> = path
            .stems
            .iter()
            .map(|stem| {
                let next = self.stems.len() as u32;
                *self.stems.entry(stem.clone()).or_insert(next)
            })
            .collect();
        let tree = if path.verbatim {
            &mut self.verbatim
        } else {
            &mut self.content
        };
        tree.insert(&stems, leaf)
    }

    /// All phrases in a text, in the order of their first word.
    pub(super) fn hits(&self, tokens: &[Token]) -> Vec<Hit> {
        let stems: Vec<Option<u32>> = tokens
            .iter()
            .map(|token| self.stems.get(&token.stem).copied())
            .collect();
        let mut hits = Vec::new();
        for start in 0..tokens.len() {
            walk(&self.verbatim, tokens, &stems, start, false, &mut hits);
            if !tokens[start].function {
                walk(&self.content, tokens, &stems, start, true, &mut hits);
            }
        }
        hits
    }
}

fn walk(
    tree: &Tree,
    tokens: &[Token],
    stems: &[Option<u32>],
    start: usize,
    skip_function_words: bool,
    hits: &mut Vec<Hit>,
) {
    let mut node = 0;
    let mut words = 0;
    let mut corrected = false;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        if token.clause != tokens[start].clause {
            break;
        }
        if skip_function_words && token.function {
            continue;
        }
        let Some(next) = stems[at].and_then(|stem| tree.steps.get(&(node, stem))) else {
            break;
        };
        node = *next;
        words += 1;
        corrected |= token.corrected;
        if let Some(leaves) = tree.leaves.get(&node) {
            hits.extend(leaves.iter().map(|leaf| Hit {
                start,
                end: at + 1,
                words,
                leaf: *leaf,
                corrected,
            }));
        }
    }
}
