//! How much of a figure may be chance: intervals, and a test of differences.

/// A mean with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The mean with its 95 % percentile bootstrap interval over queries, from
/// `draws` resamples; all 0 of nothing. Efron & Tibshirani 1993, chapter 13.
#[must_use]
pub fn bootstrap(values: &[f64], draws: usize, seed: u64) -> Mean {
    if values.is_empty() || draws == 0 {
        return Mean::default();
    }
    let count = values.len();
    let mut chance = Chance(seed);
    let mut means: Vec<f64> = (0..draws)
        .map(|_| {
            let sum: f64 = (0..count).map(|_| values[chance.below(count)]).sum();
            sum / count as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    Mean {
        mean: values.iter().sum::<f64>() / count as f64,
        low: means[(draws as f64 * 0.025) as usize],
        high: means[((draws as f64 * 0.975) as usize)
            .saturating_sub(1)
            .min(draws - 1)],
    }
}

/// How two systems differ over the same queries.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Difference {
    /// Mean of the first less mean of the second.
    pub difference: f64,
    /// The chance of a difference at least as large either way if it made none
    /// which system answered.
    pub p: f64,
}

/// Fisher's paired randomisation test: the signs of the differences are drawn
/// `flips` times. p = (as extreme + 1) / (flips + 1). Smucker, Allan & Carterette
/// 2007, doi:10.1145/1321440.1321528.
///
/// `None` where the two are not of the same queries, or of none.
#[must_use]
pub fn paired_randomisation(
    first: &[f64],
    second: &[f64],
    flips: usize,
    seed: u64,
) -> Option<Difference> {
    if first.len() != second.len() || first.is_empty() {
        return None;
    }
    let differences: Vec<f64> = first.iter().zip(second).map(|(a, b)| a - b).collect();
    let observed: f64 = differences.iter().sum();
    let mut chance = Chance(seed);
    let extreme = (0..flips)
        .filter(|_| {
            let sum: f64 = differences
                .iter()
                .map(|difference| {
                    if chance.below(2) == 0 {
                        *difference
                    } else {
                        -difference
                    }
                })
                .sum();
            // Sums in another order differ in their last bits.
            sum.abs() >= observed.abs() - 1e-12
        })
        .count();
    Some(Difference {
        difference: observed / differences.len() as f64,
        p: (extreme as f64 + 1.0) / (flips as f64 + 1.0),
    })
}

/// A sequence of numbers fixed by its seed: splitmix64, Steele, Lea & Flood
/// 2014, doi:10.1145/2660193.2660195.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `count`, which is not 0: the high half of a product, without a division.
    pub(super) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_interval_around_the_mean() {
        let values = [0.1, 0.4, 0.9, 0.3, 0.0];
        let mean = bootstrap(&values, 2000, 1);
        assert_eq!(mean, bootstrap(&values, 2000, 1));
        assert!(mean.low < mean.mean && mean.mean < mean.high);
        assert_eq!(bootstrap(&[], 2000, 1), Mean::default());
    }

    #[test]
    fn a_difference_in_every_query_is_no_chance_and_none_is_nothing_but() {
        let (better, worse) = ([0.9; 12], [0.1; 12]);
        assert!(paired_randomisation(&better, &worse, 10_000, 1).unwrap().p < 0.01);
        let same = paired_randomisation(&better, &better, 10_000, 1).unwrap();
        assert!((same.p - 1.0).abs() < 1e-12);
        assert_eq!(paired_randomisation(&better, &[0.1], 10, 1), None);
    }
}
