//! How far a figure would move with other areas: seeded bootstrap intervals.

use rayon::prelude::*;
use serde::Serialize;

/// The middle 95 of 100 draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Draws as many areas as there are, with replacement, `draws` times, and
/// takes the percentiles 2.5 and 97.5 of the index (Efron 1979). The index is
/// handed the weight of each area times how often it was drawn. `None` where
/// the index is defined for fewer than half of the draws.
///
/// *Complexity*: O(draws × (n + the index)).
pub(super) fn bootstrap(
    weights: &[f64],
    draws: usize,
    seed: u64,
    index: &(dyn Fn(&[f64]) -> Option<f64> + Sync),
) -> Option<Interval> {
    if weights.len() < 2 {
        return None;
    }
    let mut found: Vec<f64> = (0..draws as u64)
        .into_par_iter()
        .map_init(
            || vec![0.0; weights.len()],
            |drawn, draw| {
                drawn.fill(0.0);
                // A stream of its own for each draw, so that the answer does
                // not depend on which thread takes it.
                let mut stream = SplitMix(seed ^ draw.wrapping_mul(0xd6e8_feb8_6659_fd93));
                for _ in 0..weights.len() {
                    let area = stream.below(weights.len());
                    drawn[area] += weights[area];
                }
                index(drawn)
            },
        )
        .flatten()
        .collect();
    if found.len() * 2 < draws.max(1) {
        return None;
    }
    found.sort_by(f64::total_cmp);
    let at = |share: f64| found[((found.len() - 1) as f64 * share).round() as usize];
    Some(Interval {
        low: at(0.025),
        high: at(0.975),
    })
}

/// The generator of Steele, Lea & Flood (2014, OOPSLA): small, quick, and the
/// same on every machine.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound` by multiplication; the bias is below bound / 2⁶⁴.
    fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_about_two_standard_errors_wide() {
        let values: Vec<f64> = (0..400).map(|n| f64::from(n % 20)).collect();
        let weights = vec![1.0; 400];
        let mean = |weights: &[f64]| {
            let total: f64 = weights.iter().sum();
            Some(values.iter().zip(weights).map(|(v, w)| v * w).sum::<f64>() / total)
        };
        let interval = bootstrap(&weights, 1_000, 7, &mean).unwrap();
        // The deviation of 0 … 19 is 5.77; over √400 that is .288, times 1.96 is .565.
        assert!((interval.low - (9.5 - 0.565)).abs() < 0.06, "{interval:?}");
        assert!((interval.high - (9.5 + 0.565)).abs() < 0.06, "{interval:?}");
        assert_ne!(Some(interval), bootstrap(&weights, 1_000, 8, &mean));
    }
}
