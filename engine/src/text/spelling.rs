//! Mending typing errors.

use std::collections::HashMap;

/// Words that are known, with how many records or phrases hold each.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    frequencies: HashMap<String, u32>,
    /// First letter and length of the known words of four letters and more.
    by_shape: HashMap<(char, usize), Vec<String>>,
}

impl Vocabulary {
    /// Counts one more use of a folded word.
    pub fn add(&mut self, word: &str) {
        if let Some(count) = self.frequencies.get_mut(word) {
            *count += 1;
            return;
        }
        self.frequencies.insert(word.to_owned(), 1);
        let length = word.chars().count();
        if length >= 3
            && let Some(first) = word.chars().next()
        {
            self.by_shape
                .entry((first, length))
                .or_default()
                .push(word.to_owned());
        }
    }

    /// Whether the folded word is known.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.frequencies.contains_key(word)
    }

    /// The known word that was probably meant, or `None` where the word is
    /// known, short, holds a digit, or has no near relative.
    ///
    /// Damerau–Levenshtein distance 1 for 4 to 7 letters and 2 from 8, the
    /// first letter equal; the nearest, then the most frequent, then the first
    /// in the alphabet.
    #[must_use]
    pub fn correction(&self, word: &str) -> Option<&str> {
        let length = word.chars().count();
        if length < 4 || self.contains(word) || word.chars().any(|letter| letter.is_ascii_digit()) {
            return None;
        }
        let allowed = if length >= 8 { 2 } else { 1 };
        let first = word.chars().next()?;
        (length - allowed..=length + allowed)
            .filter_map(|near| self.by_shape.get(&(first, near)))
            .flatten()
            .filter_map(|known| {
                let distance = strsim::damerau_levenshtein(word, known);
                (distance <= allowed).then_some((distance, known))
            })
            .min_by_key(|(distance, known)| {
                (
                    *distance,
                    std::cmp::Reverse(self.frequencies[known.as_str()]),
                    *known,
                )
            })
            .map(|(_, known)| known.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for word in [
            "counselling",
            "housing",
            "house",
            "housing",
            "debt",
            "bereavement",
        ] {
            vocabulary.add(word);
        }
        vocabulary
    }

    #[test]
    fn a_slip_is_mended_and_a_known_word_left_alone() {
        let vocabulary = vocabulary();
        assert_eq!(vocabulary.correction("houssing"), Some("housing"));
        assert_eq!(vocabulary.correction("beravement"), Some("bereavement"));
        assert_eq!(vocabulary.correction("counceling"), Some("counselling"));
        assert_eq!(vocabulary.correction("housing"), None);
    }

    #[test]
    fn short_words_digits_and_other_first_letters_are_not_touched() {
        let vocabulary = vocabulary();
        assert_eq!(vocabulary.correction("dbt"), None);
        assert_eq!(vocabulary.correction("deb1"), None);
        assert_eq!(vocabulary.correction("mousing"), None);
    }

    #[test]
    fn distances_and_likeness_agree_with_jellyfish() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/string_similarity.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/string_similarity.json not there");
            return;
        };
        let reference: serde_json::Value = serde_json::from_str(&text).unwrap();
        let case = &reference["cases"][0];
        let pairs = case["input"].as_array().unwrap();
        assert!(pairs.len() >= 14);
        for (at, pair) in pairs.iter().enumerate() {
            let (a, b) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
            let expected = |name: &str| case["expected"][name][at].as_f64().unwrap();
            // Two empty names are alike for some and not for others; we compare none.
            if !(a.is_empty() && b.is_empty()) {
                let near = |ours: f64, name: &str| {
                    assert!((ours - expected(name)).abs() < 1e-12, "{a} {b}: {ours}");
                };
                near(strsim::jaro(a, b), "jaro");
                near(strsim::jaro_winkler(a, b), "jaro_winkler");
            }
            let same = |ours: usize, name: &str| {
                assert!(
                    (ours as f64 - expected(name)).abs() < 0.5,
                    "{a} {b}: {ours}"
                );
            };
            same(strsim::levenshtein(a, b), "levenshtein");
            same(
                strsim::damerau_levenshtein(a, b),
                "damerau_levenshtein_unrestricted",
            );
        }
    }
}
