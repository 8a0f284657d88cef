//! What a score promises: the share of matches with that score that judges call good.
//!
//! Isotonic regression by pooling adjacent violators (Ayer et al. 1955,
//! doi:10.1214/aoms/1177728423): the non-decreasing function with the least squared
//! error. It assumes nothing of the shape but that a higher score is not worse.

/// A match with its score, and how it was judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Its score.
    pub score: f64,
    /// 1 for good, 0 for not.
    pub good: f64,
    /// How much it counts, above 0.
    pub weight: f64,
}

/// The share that is good as a function of the score.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Score and share at the ends of each level stretch, by score.
    points: Vec<(f64, f64)>,
}

/// Observations pooled to one share.
#[derive(Debug, Clone, Copy)]
struct Block {
    first: f64,
    last: f64,
    good: f64,
    weight: f64,
}

impl Block {
    fn share(&self) -> f64 {
        self.good / self.weight
    }

    fn take_in(&mut self, next: Self) {
        self.last = next.last;
        self.good += next.good;
        self.weight += next.weight;
    }
}

impl Calibration {
    /// Fits it; `None` without observations.
    ///
    /// *Complexity:* O(n log n).
    ///
    /// ```
    /// use causeway_engine::evaluation::{Calibration, Observation};
    /// let judged = [(0.2, 0.0), (0.4, 1.0), (0.6, 0.0), (0.8, 1.0)];
    /// let judged = judged.map(|(score, good)| Observation { score, good, weight: 1.0 });
    /// let calibration = Calibration::fit(&judged).unwrap();
    /// assert_eq!(calibration.share(0.5), 0.5);
    /// assert_eq!(calibration.share(0.9), 1.0);
    /// ```
    #[must_use]
    pub fn fit(observations: &[Observation]) -> Option<Self> {
        let mut sorted = observations.to_vec();
        sorted.sort_by(|a, b| a.score.total_cmp(&b.score));
        let mut blocks: Vec<Block> = Vec::new();
        for seen in sorted {
            let mut block = Block {
                first: seen.score,
                last: seen.score,
                good: seen.good * seen.weight,
                weight: seen.weight,
            };
            // What has the same score has the same share; what would fall is pooled.
            while let Some(before) = blocks.pop_if(|before| {
                before.last.total_cmp(&block.first).is_eq() || before.share() >= block.share()
            }) {
                let next = std::mem::replace(&mut block, before);
                block.take_in(next);
            }
            blocks.push(block);
        }
        let points: Vec<(f64, f64)> = blocks
            .iter()
            .flat_map(|block| [(block.first, block.share()), (block.last, block.share())])
            .collect();
        (!points.is_empty()).then_some(Self { points })
    }

    /// The share at a score: between two stretches in a straight line, and beyond the
    /// observations as at their ends.
    #[must_use]
    pub fn share(&self, score: f64) -> f64 {
        let after = self.points.partition_point(|(at, _)| *at < score);
        let (Some(next), Some(before)) = (
            self.points.get(after).or(self.points.last()),
            self.points.get(after.saturating_sub(1)),
        ) else {
            return 0.0;
        };
        if next.0 <= before.0 {
            return next.1;
        }
        let along = ((score - before.0) / (next.0 - before.0)).clamp(0.0, 1.0);
        before.1 + along * (next.1 - before.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_what_the_reference_fits() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/smoothing_calibration.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: {path} is not here");
            return;
        };
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        let cases = file["cases"].as_array().unwrap();
        let case = cases.iter().find(|case| case["name"] == "isotonic_pav");
        let case = case.unwrap();
        let numbers = |part: &str, name: &str| -> Vec<f64> {
            let list = case[part][name].as_array().unwrap();
            list.iter().map(|number| number.as_f64().unwrap()).collect()
        };
        let (scores, good) = (numbers("input", "x"), numbers("input", "y"));
        let judged: Vec<Observation> = scores
            .iter()
            .zip(&good)
            .zip(numbers("input", "w"))
            .map(|((score, good), weight)| Observation {
                score: *score,
                good: *good,
                weight,
            })
            .collect();
        let fitted = Calibration::fit(&judged).unwrap();
        let at_scores = scores.iter().zip(numbers("expected", "fitted"));
        let asked = numbers("input", "query");
        let between = asked.iter().zip(numbers("expected", "query"));
        for (score, expected) in at_scores.chain(between) {
            let share = fitted.share(*score);
            assert!(
                (share - expected).abs() < 1e-8,
                "{score}: {share} {expected}"
            );
        }
    }

    #[test]
    fn nothing_observed_promises_nothing() {
        assert_eq!(Calibration::fit(&[]), None);
    }

    proptest! {
        #[test]
        fn it_never_falls_and_keeps_the_mean(
            seen in prop::collection::vec((0.0..1.0_f64, any::<bool>(), 1.0..5.0_f64), 1..60),
        ) {
            let judged: Vec<Observation> = seen
                .iter()
                .map(|(score, good, weight)| Observation {
                    score: *score,
                    good: f64::from(u8::from(*good)),
                    weight: *weight,
                })
                .collect();
            let fitted = Calibration::fit(&judged).unwrap();
            let shares: Vec<f64> = (0..=100).map(|at| fitted.share(f64::from(at) / 100.0)).collect();
            prop_assert!(shares.is_sorted_by(|a, b| *a <= b + 1e-12));
            let sum = |of: &dyn Fn(&Observation) -> f64| -> f64 {
                judged.iter().map(|one| one.weight * of(one)).sum()
            };
            let (observed, told) = (sum(&|one| one.good), sum(&|one| fitted.share(one.score)));
            prop_assert!((observed - told).abs() < 1e-9, "{} {}", observed, told);
        }
    }
}
