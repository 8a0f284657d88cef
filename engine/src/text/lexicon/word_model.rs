//! What single words say of a concept, for texts that no phrase fits.
//!
//! A naive Bayes model whose documents are the phrases of each concept: a word
//! speaks for the concepts in whose phrases it is more frequent than
//! elsewhere. It reads what nobody foresaw word for word ('help paying for a
//! funeral'), and each word's part in the answer can be told. Held against
//! BM25 over the same bags, which it takes the place of, it names the right
//! concept of a sentence more often; `causeway evaluate --ablate` tells what it is worth.

use std::collections::{BTreeMap, HashMap};

use super::ConceptNo;

/// Added to every count, so that a word no phrase of a concept holds is rare
/// there and not impossible.
const SMOOTHING: f64 = 0.1;
/// How far a posterior is believed, by how many words of the text the concept's
/// phrases hold: one word alone is no more than a hint.
const SUPPORT: [f64; 5] = [0.0, 0.16, 0.5, 0.88, 0.97];
/// Below this a concept is not worth naming.
const LEAST: f64 = 0.05;

/// Words counted by concept, while phrases are being read.
#[derive(Debug, Default)]
pub(super) struct WordCounts {
    /// For each stem the concepts whose phrases hold it, with how often, weighted.
    counts: HashMap<String, BTreeMap<ConceptNo, f64>>,
    totals: Vec<f64>,
}

impl WordCounts {
    /// Counts the stems of one phrase, each as `weight`.
    pub(super) fn add(&mut self, concept: ConceptNo, stems: &[String], weight: f64) {
        let number = usize::from(concept.0);
        if self.totals.len() <= number {
            self.totals.resize(number + 1, 0.0);
        }
        self.totals[number] += weight * stems.len() as f64;
        for stem in stems {
            let of_stem = self.counts.entry(stem.clone()).or_default();
            *of_stem.entry(concept).or_default() += weight;
        }
    }
}

/// The model: logarithms of how much more a word is used for a concept than at all.
#[derive(Debug, Default)]
pub(super) struct WordModel {
    stems: HashMap<String, StemGains>,
    /// What every word costs a concept: the logarithm of all its words.
    costs: Vec<f64>,
}

/// What a stem says.
#[derive(Debug)]
struct StemGains {
    /// How much it is listened to: a word that few concepts use says more than
    /// one that most do, beyond what their counts say.
    weight: f64,
    /// The concepts that hold it, by number, with what it adds to them over
    /// those that do not; weighted.
    gains: Vec<(ConceptNo, f64)>,
}

/// A word that so many concepts use has [`LISTENED_TO`] as its weight.
const USUAL: f64 = 3.0;
/// Weighted words leave the posterior flatter than it is right; this makes up for it. Chosen
/// so that it names as many wrong concepts as without weights, and more right ones.
const LISTENED_TO: f64 = 2.0;

impl WordModel {
    /// The model of what was counted.
    pub(super) fn of(counts: WordCounts) -> Self {
        let vocabulary = counts.counts.len() as f64;
        let costs = counts
            .totals
            .iter()
            .map(|total| (total + SMOOTHING * vocabulary).ln())
            .collect();
        let concepts = counts.totals.len() as f64;
        let stems = counts
            .counts
            .into_iter()
            .map(|(stem, of_stem)| {
                let users = of_stem.len() as f64;
                let rarity = (concepts / users).ln_1p() / (concepts / USUAL).ln_1p();
                let weight = LISTENED_TO * rarity;
                let gains = of_stem
                    .into_iter()
                    .map(|(concept, count)| (concept, weight * (count / SMOOTHING).ln_1p()))
                    .collect();
                (stem, StemGains { weight, gains })
            })
            .collect();
        Self { stems, costs }
    }

    /// Whether a phrase of any concept holds the stem.
    pub(super) fn knows(&self, stem: &str) -> bool {
        self.stems.contains_key(stem)
    }

    /// How many concepts other than `concept` have the stem in a phrase.
    pub(super) fn others_with(&self, stem: &str, concept: ConceptNo) -> usize {
        self.stems.get(stem).map_or(0, |told| {
            let others = told.gains.iter().filter(|(other, _)| *other != concept);
            others.count()
        })
    }

    /// The concepts a text speaks of by its words, with a strength of 0 to .97:
    /// the posterior, times how far so few words are believed. The strongest first.
    pub(super) fn read(&self, stems: &[&str]) -> Vec<(ConceptNo, f64)> {
        let mut distinct: Vec<&StemGains> = {
            let mut stems = stems.to_vec();
            stems.sort_unstable();
            stems.dedup();
            stems
                .into_iter()
                .filter_map(|stem| self.stems.get(stem))
                .collect()
        };
        // Rare words first, so that the sums below are added in one order.
        distinct.sort_by_key(|told| told.gains.len());
        if distinct.is_empty() {
            return Vec::new();
        }
        let weight: f64 = distinct.iter().map(|told| told.weight).sum();
        let mut scores: Vec<f64> = self.costs.iter().map(|cost| -cost * weight).collect();
        let mut words = vec![0_usize; scores.len()];
        for (concept, gain) in distinct.into_iter().flat_map(|told| &told.gains) {
            scores[usize::from(concept.0)] += gain;
            words[usize::from(concept.0)] += 1;
        }
        let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = scores.iter().map(|score| (score - most).exp()).sum();
        let mut read: Vec<(ConceptNo, f64)> = scores
            .iter()
            .zip(&words)
            .enumerate()
            .map(|(number, (score, words))| {
                let support = SUPPORT[(*words).min(SUPPORT.len() - 1)];
                (
                    ConceptNo(number as u16),
                    support * (score - most).exp() / sum,
                )
            })
            .filter(|(_, strength)| *strength >= LEAST)
            .collect();
        read.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> WordModel {
        let mut counts = WordCounts::default();
        let mut add = |concept, phrase: &str| {
            let stems: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            counts.add(ConceptNo(concept), &stems, 1.0);
        };
        add(0, "funer cost");
        add(0, "pay funer");
        add(0, "grant funer");
        add(1, "pay rent");
        add(1, "rent arrear");
        add(1, "help pay rent");
        WordModel::of(counts)
    }

    #[test]
    fn the_concept_whose_phrases_use_the_words_most_is_read() {
        let read = model().read(&["help", "pay", "funer"]);
        assert_eq!(read[0].0, ConceptNo(0));
        assert!(read[0].1 > 0.3 && read[0].1 < 0.9, "{read:?}");
    }

    #[test]
    fn one_word_alone_is_no_more_than_a_hint() {
        let read = model().read(&["funer", "funer"]);
        assert!(read[0].1 <= SUPPORT[1]);
    }

    #[test]
    fn words_of_no_phrase_say_nothing() {
        assert!(model().read(&["kayak"]).is_empty());
        assert!(WordModel::default().read(&["funer"]).is_empty());
    }

    #[test]
    fn the_order_of_words_does_not_matter() {
        let model = model();
        assert_eq!(
            model.read(&["help", "pay", "funer"]),
            model.read(&["funer", "pay", "help"])
        );
    }
}
