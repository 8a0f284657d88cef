//! Each concept as a bag of the words of its phrases, for texts that no phrase fits.

use std::collections::HashMap;

use super::ConceptNo;

const K1: f64 = 1.2;
const B: f64 = 0.75;

#[derive(Debug, Default)]
pub(super) struct Backoff {
    /// For each stem the concepts whose phrases hold it, by number, with how often.
    postings: HashMap<String, Vec<(ConceptNo, u32)>>,
    lengths: Vec<u32>,
}

impl Backoff {
    /// Counts the stems of one phrase of `concept`. Concepts come in ascending order.
    pub(super) fn add(&mut self, concept: ConceptNo, stems: &[String]) {
        let number = usize::from(concept.0);
        if self.lengths.len() <= number {
            self.lengths.resize(number + 1, 0);
        }
        self.lengths[number] += stems.len() as u32;
        for stem in stems {
            let postings = self.postings.entry(stem.clone()).or_default();
            match postings.last_mut() {
                Some((last, count)) if *last == concept => *count += 1,
                _ => postings.push((concept, 1)),
            }
        }
    }

    /// How many concepts other than `concept` have the stem in a phrase.
    pub(super) fn others_with(&self, stem: &str, concept: ConceptNo) -> usize {
        self.postings.get(stem).map_or(0, |postings| {
            postings
                .iter()
                .filter(|(other, _)| *other != concept)
                .count()
        })
    }

    /// BM25 of the stems against each concept, as a share of the most that any
    /// document could score; the best first.
    pub(super) fn best(&self, stems: &[&str], count: usize) -> Vec<(ConceptNo, f64)> {
        let documents = self.lengths.len() as f64;
        let average = self
            .lengths
            .iter()
            .map(|length| f64::from(*length))
            .sum::<f64>()
            / documents.max(1.0);
        let mut scores: HashMap<ConceptNo, f64> = HashMap::new();
        let mut most = 0.0;
        for stem in stems {
            let Some(postings) = self.postings.get(*stem) else {
                // A word no phrase holds says that less is understood.
                most += (1.0 + documents).ln() * (K1 + 1.0) * 0.5;
                continue;
            };
            let n = postings.len() as f64;
            let idf = (1.0 + (documents - n + 0.5) / (n + 0.5)).ln();
            most += idf * (K1 + 1.0);
            for (concept, count) in postings {
                let tf = f64::from(*count);
                let length = f64::from(self.lengths[usize::from(concept.0)]) / average.max(1.0);
                *scores.entry(*concept).or_default() +=
                    idf * (K1 + 1.0) * tf / (tf + K1 * (1.0 - B + B * length));
            }
        }
        if most <= 0.0 {
            return Vec::new();
        }
        let mut best: Vec<(ConceptNo, f64)> = scores
            .into_iter()
            .map(|(concept, score)| (concept, score / most))
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(count);
        best
    }
}
