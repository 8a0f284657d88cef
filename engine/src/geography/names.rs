//! Places by name, also in the middle of a sentence.

use std::collections::HashMap;

use super::Coordinates;

/// A place that people call by its name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPlace {
    /// As it is written.
    pub name: String,
    /// About its middle.
    pub point: Coordinates,
    /// How far it reaches from there, roughly.
    pub radius_km: f64,
    /// For example `station`, `estate`, `town`.
    pub kind: String,
    /// Whether the name is an everyday word too (`Bath`, `Reading`). In prose
    /// it then counts only where the words before it speak of a place.
    pub everyday_word: bool,
    /// The postcode district its middle lies in or beside, by which the table is checked.
    pub district: String,
}

/// A place found among words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NameSpan<'a> {
    /// Index of its first word.
    pub start: usize,
    /// How many words.
    pub len: usize,
    /// The place.
    pub place: &'a NamedPlace,
}

/// Letters small, apostrophes gone, other punctuation as blanks, `&` as `and`
/// and `saint` as `st`: what two spellings of one name have in common.
///
/// ```
/// use causeway_engine::geography::fold;
/// assert_eq!(fold("St. George's  Hospital"), fold("Saint Georges hospital"));
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\'' | '’' | '‘' | '`' => {}
            '&' => spaced.push_str(" and "),
            _ if character.is_alphanumeric() => spaced.extend(character.to_lowercase()),
            _ => spaced.push(' '),
        }
    }
    let words: Vec<&str> = spaced
        .split_whitespace()
        .map(|word| if word == "saint" { "st" } else { word })
        .collect();
    words.join(" ")
}

/// Names and synonyms, folded, with the index of their place.
#[derive(Debug, Clone, Default)]
pub(super) struct NameIndex {
    places: Vec<NamedPlace>,
    by_phrase: HashMap<String, usize>,
    /// The most words a phrase has.
    longest: usize,
}

impl NameIndex {
    /// Adds a place under its name and synonyms. A phrase that is taken stays
    /// with its first place; it is returned.
    pub(super) fn add(&mut self, place: NamedPlace, synonyms: &[&str]) -> Vec<String> {
        let index = self.places.len();
        let mut taken = Vec::new();
        for phrase in std::iter::once(place.name.as_str()).chain(synonyms.iter().copied()) {
            let phrase = fold(phrase);
            self.longest = self.longest.max(phrase.split(' ').count());
            if let Some(other) = self.by_phrase.get(&phrase) {
                if *other != index {
                    taken.push(phrase);
                }
            } else {
                self.by_phrase.insert(phrase, index);
            }
        }
        self.places.push(place);
        taken
    }

    pub(super) fn places(&self) -> &[NamedPlace] {
        &self.places
    }

    /// The place of exactly that name, but for folding, a `the` before it and
    /// `station` behind it.
    pub(super) fn find(&self, text: &str) -> Option<&NamedPlace> {
        let phrase = fold(text);
        let bare = phrase.strip_prefix("the ").unwrap_or(&phrase);
        let without_station = [" tube station", " underground station", " station", " tube"]
            .iter()
            .find_map(|ending| bare.strip_suffix(ending))
            .unwrap_or(bare);
        [phrase.as_str(), bare, without_station]
            .iter()
            .find_map(|phrase| self.by_phrase.get(*phrase))
            .map(|index| &self.places[*index])
    }

    /// The name most like a misspelt one, by Jaro–Winkler similarity above 0.9.
    pub(super) fn nearest(&self, text: &str) -> Option<&NamedPlace> {
        let phrase = fold(text);
        self.by_phrase
            .iter()
            .map(|(name, index)| (strsim::jaro_winkler(&phrase, name), name, *index))
            .filter(|(similarity, ..)| *similarity > 0.9)
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
            .map(|(_, _, index)| &self.places[index])
    }

    /// Names among words, in reading order. Where names overlap the longest
    /// wins, then the first.
    pub(super) fn spans(&self, tokens: &[&str]) -> Vec<NameSpan<'_>> {
        let words: Vec<String> = tokens.iter().map(|token| fold(token)).collect();
        let mut found = Vec::new();
        for start in 0..words.len() {
            let mut phrase = String::new();
            for len in 1..=self.longest.min(words.len() - start) {
                if len > 1 {
                    phrase.push(' ');
                }
                phrase.push_str(&words[start + len - 1]);
                if let Some(index) = self.by_phrase.get(&phrase) {
                    let place = &self.places[*index];
                    if !place.everyday_word || speaks_of_place(&words[..start]) {
                        found.push(NameSpan { start, len, place });
                    }
                }
            }
        }
        found.sort_by_key(|span| (std::cmp::Reverse(span.len), span.start));
        let mut taken = vec![false; words.len()];
        found.retain(|span| {
            let reach = &mut taken[span.start..span.start + span.len];
            let free = !reach.contains(&true);
            if free {
                reach.fill(true);
            }
            free
        });
        found.sort_by_key(|span| span.start);
        found
    }
}

/// Whether the words end as they do before a place: `near`, `lives in`.
fn speaks_of_place(before: &[String]) -> bool {
    match before {
        [.., word] if matches!(word.as_str(), "near" | "around" | "nearby" | "outside") => true,
        [.., verb, word] => {
            matches!(word.as_str(), "in" | "at" | "to" | "from")
                && matches!(
                    verb.as_str(),
                    "live"
                        | "lives"
                        | "living"
                        | "lived"
                        | "based"
                        | "born"
                        | "housed"
                        | "stay"
                        | "stays"
                        | "staying"
                        | "moved"
                        | "moving"
                        | "travel"
                        | "comes"
                        | "from"
                        | "flat"
                        | "house"
                        | "hostel"
                        | "home"
                )
        }
        _ => false,
    }
}
