//! Who is seen, against who deserves to be (METHODS A8.4).
//!
//! A ranking gives its places unequal attention. A group of services that is seen
//! in proportion to what it merits has a ratio of 1, whatever the merit is: for
//! judged queries the grades, which know nothing of how the ranking was made.

use std::collections::BTreeMap;

use serde::Serialize;

/// A ratio of exposure to merit outside these is worth somebody's attention.
pub const ALARM: (f64, f64) = (0.8, 1.25);

/// What a document had over all queries.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Seen {
    /// Σ of [`crate::scoring::exposure`] over the places it stood in.
    pub exposure: f64,
    /// Σ of what it deserved.
    pub merit: f64,
}

/// How a group of documents is seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeenGroup {
    /// Its name.
    pub group: String,
    /// How many of its documents were seen or deserved to be.
    pub documents: usize,
    /// Its share of all exposure, 0 to 1.
    pub exposure: f64,
    /// Its share of all merit, 0 to 1.
    pub merit: f64,
    /// Share of exposure over share of merit; none where nothing was deserved.
    pub ratio: Option<f64>,
    /// Whether the ratio is outside [`ALARM`].
    pub alarm: bool,
}

/// The groups in the order of their names: of documents with their group and
/// what they had. Singh & Joachims 2018, doi:10.1145/3219819.3220088.
#[must_use]
pub fn by_group<'a>(documents: impl IntoIterator<Item = (&'a str, Seen)>) -> Vec<SeenGroup> {
    let mut groups: BTreeMap<&str, (usize, Seen)> = BTreeMap::new();
    let mut all = Seen::default();
    for (group, seen) in documents {
        let (count, sum) = groups.entry(group).or_default();
        *count += 1;
        for sum in [sum, &mut all] {
            sum.exposure += seen.exposure;
            sum.merit += seen.merit;
        }
    }
    let part = |of: f64, whole: f64| if whole > 0.0 { of / whole } else { 0.0 };
    groups
        .into_iter()
        .map(|(group, (documents, sum))| {
            let exposure = part(sum.exposure, all.exposure);
            let merit = part(sum.merit, all.merit);
            let ratio = (merit > 0.0).then(|| exposure / merit);
            SeenGroup {
                group: group.to_owned(),
                documents,
                exposure,
                merit,
                ratio,
                alarm: ratio.is_some_and(|ratio| ratio < ALARM.0 || ratio > ALARM.1),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::exposure;
    use serde_json::Value;

    #[test]
    fn a_group_seen_as_it_deserves_has_a_ratio_of_one_and_no_alarm() {
        let seen = |exposure, merit| Seen { exposure, merit };
        let groups = by_group([
            ("large", seen(2.0, 1.0)),
            ("large", seen(1.0, 2.0)),
            ("small", seen(1.0, 1.0)),
        ]);
        assert_eq!(groups.len(), 2);
        for group in &groups {
            assert!((group.ratio.unwrap_or_default() - 1.0).abs() < 1e-12);
            assert!(!group.alarm);
        }
        assert_eq!(groups[0].documents, 2);
    }

    #[test]
    fn a_group_that_deserved_much_and_was_not_seen_raises_the_alarm() {
        let seen = |exposure, merit| Seen { exposure, merit };
        let groups = by_group([
            ("idle", seen(0.0, 0.0)),
            ("seen", seen(3.0, 1.0)),
            ("unseen", seen(0.0, 1.0)),
        ]);
        let alarms: Vec<bool> = groups.iter().map(|group| group.alarm).collect();
        assert_eq!(alarms, [false, true, true]);
        assert_eq!(groups[0].ratio, None);
    }

    #[test]
    fn exposure_agrees_with_singh_and_joachims() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/fairness_exposure.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/fairness_exposure.json not there");
            return;
        };
        let reference: Value = serde_json::from_str(&text).unwrap();
        let numbers = |value: &Value| -> Vec<f64> {
            let list = value.as_array().unwrap();
            list.iter().map(|number| number.as_f64().unwrap()).collect()
        };
        let cases = reference["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 2);
        for case in cases {
            let (input, expected) = (&case["input"], &case["expected"]);
            let relevance = numbers(&input["relevance"]);
            let group = numbers(&input["group"]);
            let rank = |at: usize| {
                1 + relevance
                    .iter()
                    .filter(|other| **other > relevance[at])
                    .count()
            };
            let ours: Vec<f64> = (0..relevance.len()).map(|at| exposure(rank(at))).collect();
            for (ours, theirs) in ours.iter().zip(numbers(&expected["exposure_prp"])) {
                assert!((ours - theirs).abs() < 1e-6 * (1.0 + theirs));
            }
            let utility: f64 = ours.iter().zip(&relevance).map(|(e, r)| e * r).sum();
            let theirs = expected["utility_unconstrained"].as_f64().unwrap();
            assert!((utility - theirs).abs() < 1e-6 * (1.0 + theirs));
            // Ours are shares of the whole, theirs means of a group.
            let groups = by_group(ours.iter().enumerate().map(|(at, exposure)| {
                let name = if group[at] < 0.5 { "0" } else { "1" };
                let (exposure, merit) = (*exposure, relevance[at]);
                (name, Seen { exposure, merit })
            }));
            let all: f64 = ours.iter().sum();
            for (group, theirs) in groups.iter().zip(numbers(&expected["group_exposure_prp"])) {
                let mean = group.exposure * all / group.documents as f64;
                assert!((mean - theirs).abs() < 1e-6 * (1.0 + theirs));
            }
        }
    }
}
