//! Better weights by coordinate ascent, and whether they are better at all.
//!
//! Metzler & Croft 2007, doi:10.1007/s10791-006-9019-z: one weight after another is
//! moved to where the mean over the training queries is best, until none moves.
//! What that gains where it was sought says little; so the queries are parted into
//! folds, each fold is measured with weights sought on the others, and new
//! weights are worth having only if that beats the ones in use by more than chance
//! (METHODS A9).

use std::collections::HashMap;

use serde::Serialize;

use super::chance::{Chance, Difference, paired_randomisation};

/// What a weight is tried at, as a multiple of itself …
const TIMES: [f64; 5] = [0.0, 0.5, 0.75, 1.33, 2.0];
/// … or with so much of the whole added, for those near nothing.
const PLUS: [f64; 2] = [0.02, 0.06];
/// A move must gain at least so much in the mean; less is noise.
const LEAST_GAIN: f64 = 0.000_5;
/// Rounds over all weights at most.
const ROUNDS: usize = 4;
const FLIPS: usize = 10_000;
/// New weights are taken only below this chance of being none the better.
const SIGNIFICANT: f64 = 0.05;

/// One part of the queries, measured with weights sought on the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fold {
    /// How many queries.
    pub queries: usize,
    /// Mean over the other queries with the weights in use.
    pub inside_before: f64,
    /// The same with the weights sought there.
    pub inside_after: f64,
    /// Mean over these queries with the weights in use.
    pub outside_before: f64,
    /// The same with the weights sought on the others.
    pub outside_after: f64,
}

/// What tuning found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tuned {
    /// Each fold.
    pub folds: Vec<Fold>,
    /// Means over all queries, each measured outside where its weights were sought:
    /// with the weights in use.
    pub before: f64,
    /// The same with those sought.
    pub after: f64,
    /// Of the same, by query.
    pub difference: Option<Difference>,
    /// The weights sought on all queries, summing to 1.
    pub weights: Vec<f64>,
    /// Mean over all queries with those, where they were sought: flattering.
    pub inside: f64,
    /// Whether they are worth having.
    pub accepted: bool,
}

/// Parts `queries` into `count` folds by lot; each query's fold.
#[must_use]
pub fn folds(queries: usize, count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..queries).collect();
    let mut chance = Chance(seed);
    for at in (1..queries).rev() {
        order.swap(at, chance.below(at + 1));
    }
    let mut fold = vec![0; queries];
    for (place, query) in order.into_iter().enumerate() {
        fold[query] = place % count.max(1);
    }
    fold
}

/// Seeks weights from `start` on, with cross-validation over `count` folds.
/// `measure` gives the figure of each query under given weights; it is asked once
/// for each set of weights.
pub fn tune<E>(
    start: &[f64],
    count: usize,
    seed: u64,
    measure: impl FnMut(&[f64]) -> Result<Vec<f64>, E>,
) -> Result<Tuned, E> {
    let mut measured = Measured {
        measure,
        known: HashMap::new(),
    };
    let start = normal(start);
    let before = measured.of(&start)?;
    let fold_of = folds(before.len(), count, seed);
    let mut after = before.clone();
    let mut folds = Vec::with_capacity(count);
    for fold in 0..count {
        let (outside, inside): (Vec<usize>, Vec<usize>) =
            (0..before.len()).partition(|query| fold_of[*query] == fold);
        if outside.is_empty() {
            continue;
        }
        let sought = measured.ascend(&start, &inside)?;
        let values = measured.of(&sought)?;
        for query in &outside {
            after[*query] = values[*query];
        }
        folds.push(Fold {
            queries: outside.len(),
            inside_before: mean(&before, &inside),
            inside_after: mean(&values, &inside),
            outside_before: mean(&before, &outside),
            outside_after: mean(&values, &outside),
        });
    }
    let all: Vec<usize> = (0..before.len()).collect();
    let weights = measured.ascend(&start, &all)?;
    let inside = mean(&measured.of(&weights)?, &all);
    let difference = paired_randomisation(&after, &before, FLIPS, seed);
    Ok(Tuned {
        folds,
        before: mean(&before, &all),
        after: mean(&after, &all),
        accepted: difference.is_some_and(|found| found.difference > 0.0 && found.p < SIGNIFICANT),
        difference,
        weights,
        inside,
    })
}

/// What was measured, each set of weights once.
struct Measured<F> {
    measure: F,
    known: HashMap<Vec<u64>, Vec<f64>>,
}

impl<E, F: FnMut(&[f64]) -> Result<Vec<f64>, E>> Measured<F> {
    fn of(&mut self, weights: &[f64]) -> Result<Vec<f64>, E> {
        let key: Vec<u64> = weights.iter().map(|weight| weight.to_bits()).collect();
        if let Some(values) = self.known.get(&key) {
            return Ok(values.clone());
        }
        let values = (self.measure)(weights)?;
        self.known.insert(key, values.clone());
        Ok(values)
    }

    /// Moves one weight after another to where the mean over `queries` is best.
    fn ascend(&mut self, start: &[f64], queries: &[usize]) -> Result<Vec<f64>, E> {
        let mut weights = start.to_vec();
        let mut best = mean(&self.of(&weights)?, queries);
        for _ in 0..ROUNDS {
            let mut moved = false;
            for at in 0..weights.len() {
                let tried = TIMES
                    .iter()
                    .map(|times| weights[at] * times)
                    .chain(PLUS.iter().map(|plus| weights[at] + plus));
                let mut here = (best + LEAST_GAIN, None);
                for weight in tried.collect::<Vec<f64>>() {
                    let mut other = weights.clone();
                    other[at] = weight;
                    let other = normal(&other);
                    let found = mean(&self.of(&other)?, queries);
                    if found > here.0 {
                        here = (found, Some(other));
                    }
                }
                if let (found, Some(other)) = here {
                    (best, weights, moved) = (found, other, true);
                }
            }
            if !moved {
                break;
            }
        }
        Ok(weights)
    }
}

/// The weights over their sum, none below 0; all equal where nothing is left.
fn normal(weights: &[f64]) -> Vec<f64> {
    let sum: f64 = weights.iter().map(|weight| weight.max(0.0)).sum();
    if sum <= 0.0 {
        return vec![1.0 / weights.len().max(1) as f64; weights.len()];
    }
    weights.iter().map(|weight| weight.max(0.0) / sum).collect()
}

fn mean(values: &[f64], queries: &[usize]) -> f64 {
    if queries.is_empty() {
        return 0.0;
    }
    queries.iter().map(|query| values[*query]).sum::<f64>() / queries.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    /// Every query is answered the better the more the second weight counts.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "a measure may fail; this one does not"
    )]
    fn second_matters(weights: &[f64]) -> Result<Vec<f64>, Infallible> {
        Ok((0..20)
            .map(|query| weights[1] * (1.0 - f64::from(query) * 0.01))
            .collect())
    }

    #[test]
    fn weights_that_help_everywhere_are_found_and_accepted() {
        let Ok(tuned) = tune(&[0.9, 0.1], 5, 1, second_matters);
        assert!(tuned.weights[1] > 0.5, "{:?}", tuned.weights);
        assert!((tuned.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(tuned.after > tuned.before && tuned.accepted);
        assert_eq!(
            tuned.folds.iter().map(|fold| fold.queries).sum::<usize>(),
            20
        );
    }

    #[test]
    fn what_helps_only_where_it_was_sought_is_not_accepted() {
        // Each query has a taste of its own, so that nothing carries over.
        let taste = |weights: &[f64]| -> Result<Vec<f64>, Infallible> {
            let mut chance = Chance(weights.iter().map(|weight| weight.to_bits() % 9_973).sum());
            Ok((0..20)
                .map(|_| chance.below(1_000) as f64 / 1_000.0)
                .collect())
        };
        let Ok(tuned) = tune(&[0.5, 0.3, 0.2], 5, 1, taste);
        assert!(tuned.inside > tuned.before);
        assert!(!tuned.accepted, "{tuned:?}");
    }

    #[test]
    fn the_same_seed_gives_the_same_answer_and_even_folds() {
        let once = tune(&[0.9, 0.1], 5, 3, second_matters);
        assert_eq!(once, tune(&[0.9, 0.1], 5, 3, second_matters));
        let fold_of = folds(23, 5, 3);
        for fold in 0..5 {
            let size = fold_of.iter().filter(|of| **of == fold).count();
            assert!((4..=5).contains(&size));
        }
    }

    #[test]
    fn no_weight_falls_below_nothing() {
        assert_eq!(normal(&[-1.0, 3.0, 1.0]), [0.0, 0.75, 0.25]);
        assert_eq!(normal(&[0.0, 0.0]), [0.5, 0.5]);
    }
}
