//! Who has access and who has not: inequality of access between areas, and
//! whether it follows deprivation.
//!
//! All indices weigh areas by their residents, and all are `None` where nobody
//! lives or nobody has any access (METHODS C3).

use serde::Serialize;

use super::bootstrap::{Interval, bootstrap};

/// Areas with what the indices need of each.
#[derive(Debug, Clone, Copy)]
pub struct Distribution<'a> {
    /// Access scores, not negative.
    pub access: &'a [f64],
    /// Residents, not negative.
    pub people: &'a [f64],
    /// Anything that grows from the most to the least deprived, such as the
    /// rank of deprivation.
    pub deprivation_order: &'a [f64],
}

/// An index with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The index.
    pub value: Option<f64>,
    /// The middle 95 of 100 bootstrap draws of areas.
    pub interval: Option<Interval>,
}

/// Equity of access.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Equity {
    /// Inequality between areas, 0 (the same everywhere) to 1.
    pub gini: Estimate,
    /// Above 0: access favours the less deprived; below: the more deprived.
    pub concentration_index: Estimate,
    /// How much more access the least deprived have than the most deprived,
    /// places a week per resident, on the line fitted through all areas.
    pub slope_index: Estimate,
    /// Mean access of the most deprived tenth of residents over that of the least deprived.
    pub tenths_ratio: Estimate,
    /// What they mean, in plain words.
    pub sentences: Vec<String>,
}

/// How many draws an interval rests on.
pub const DRAWS: usize = 1_000;

impl Distribution<'_> {
    /// All indices, with intervals over [`DRAWS`] draws.
    ///
    /// *Complexity*: O(n log n + draws × n).
    #[must_use]
    pub fn equity(&self, seed: u64) -> Equity {
        let by_access = order(self.access);
        let by_deprivation = order(self.deprivation_order);
        let estimate = |index: &(dyn Fn(&[f64]) -> Option<f64> + Sync)| Estimate {
            value: index(self.people),
            interval: bootstrap(self.people, DRAWS, seed, index),
        };
        let mut equity = Equity {
            gini: estimate(&|people| rank_index(self.access, people, self.access, &by_access)),
            concentration_index: estimate(&|people| {
                rank_index(self.access, people, self.deprivation_order, &by_deprivation)
            }),
            slope_index: estimate(&|people| {
                slope(self.access, people, self.deprivation_order, &by_deprivation)
            }),
            tenths_ratio: estimate(&|people| tenths(self.access, people, &by_deprivation)),
            sentences: Vec::new(),
        };
        equity.sentences = sentences(&equity);
        equity
    }
}

/// The Gini coefficient of `values` among `people`.
#[must_use]
pub fn gini(values: &[f64], people: &[f64]) -> Option<f64> {
    rank_index(values, people, values, &order(values))
}

/// The concentration index by the convenient regression's closed form
/// (Kakwani, Wagstaff & van Doorslaer 1997, J Econometrics 77), areas in
/// ascending order of `deprivation_order`, the most deprived first.
#[must_use]
pub fn concentration_index(
    values: &[f64],
    people: &[f64],
    deprivation_order: &[f64],
) -> Option<f64> {
    rank_index(values, people, deprivation_order, &order(deprivation_order))
}

/// Points of the concentration curve from (0, 0) to (1, 1): share of people
/// from the most deprived on, share of access they have. Areas that tie are
/// one step. Empty where there is no access.
#[must_use]
pub fn concentration_curve(
    values: &[f64],
    people: &[f64],
    deprivation_order: &[f64],
) -> Vec<(f64, f64)> {
    let total: f64 = people.iter().sum();
    let mass = product(values, people);
    if total <= 0.0 || mass <= 0.0 {
        return Vec::new();
    }
    let mut curve = vec![(0.0, 0.0)];
    let (mut people_so_far, mut access_so_far) = (0.0, 0.0);
    for tied in ties(&order(deprivation_order), deprivation_order) {
        for area in tied {
            people_so_far += people[*area];
            access_so_far += people[*area] * values[*area];
        }
        curve.push((people_so_far / total, access_so_far / mass));
    }
    curve
}

/// The slope index of inequality: the least-squares slope of access on the
/// fractional rank from the most (0) to the least deprived (1).
#[must_use]
pub fn slope_index(values: &[f64], people: &[f64], deprivation_order: &[f64]) -> Option<f64> {
    slope(values, people, deprivation_order, &order(deprivation_order))
}

/// Mean access of the most deprived tenth of people over that of the least
/// deprived. An area that lies across the bound counts in part.
#[must_use]
pub fn tenths_ratio(values: &[f64], people: &[f64], deprivation_order: &[f64]) -> Option<f64> {
    tenths(values, people, &order(deprivation_order))
}

/// Theil's index, whole and in parts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Theil {
    /// Of all areas.
    pub total: f64,
    /// What remains if each area had the mean of its group.
    pub between: f64,
    /// What there is within groups.
    pub within: f64,
}

/// Theil's T and its parts by group, for example by ward. `None` where there
/// is no access.
#[must_use]
pub fn theil(values: &[f64], people: &[f64], groups: &[u32]) -> Option<Theil> {
    let weight: f64 = people.iter().sum();
    let mass = product(values, people);
    if weight <= 0.0 || mass <= 0.0 {
        return None;
    }
    let mean = mass / weight;
    // x ln x falls to 0 with x, so areas without access add nothing.
    let entropy = |ratio: f64| if ratio > 0.0 { ratio * ratio.ln() } else { 0.0 };
    let total = values
        .iter()
        .zip(people)
        .map(|(value, people)| people / weight * entropy(value / mean))
        .sum();
    let mut parts: std::collections::BTreeMap<u32, (f64, f64)> = std::collections::BTreeMap::new();
    for ((value, people), group) in values.iter().zip(people).zip(groups) {
        let part = parts.entry(*group).or_default();
        part.0 += people;
        part.1 += people * value;
    }
    let between = parts
        .values()
        .filter(|(people, _)| *people > 0.0)
        .map(|(people, access)| people / weight * entropy(access / people / mean))
        .sum();
    Some(Theil {
        total,
        between,
        within: total - between,
    })
}

fn product(values: &[f64], people: &[f64]) -> f64 {
    values
        .iter()
        .zip(people)
        .map(|(value, people)| value * people)
        .sum()
}

/// Areas by key ascending.
fn order(key: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..key.len()).collect();
    order.sort_by(|a, b| key[*a].total_cmp(&key[*b]).then(a.cmp(b)));
    order
}

/// Runs of areas with the same key.
fn ties<'a>(order: &'a [usize], key: &'a [f64]) -> impl Iterator<Item = &'a [usize]> {
    order.chunk_by(|a, b| key[*a].total_cmp(&key[*b]).is_eq())
}

/// 2 Σ w y R / Σ w y − 1, R the fractional rank by key; ties share the mean rank.
fn rank_index(values: &[f64], people: &[f64], key: &[f64], order: &[usize]) -> Option<f64> {
    let total: f64 = people.iter().sum();
    let mass = product(values, people);
    if total <= 0.0 || mass <= 0.0 {
        return None;
    }
    let (mut before, mut sum) = (0.0, 0.0);
    for tied in ties(order, key) {
        let (mut weight, mut access) = (0.0, 0.0);
        for area in tied {
            weight += people[*area];
            access += people[*area] * values[*area];
        }
        sum += access * (before + weight / 2.0) / total;
        before += weight;
    }
    Some(2.0 * sum / mass - 1.0)
}

fn slope(values: &[f64], people: &[f64], key: &[f64], order: &[usize]) -> Option<f64> {
    let total: f64 = people.iter().sum();
    let mass = product(values, people);
    if total <= 0.0 || mass <= 0.0 {
        return None;
    }
    let mean = mass / total;
    let (mut before, mut joint, mut spread) = (0.0, 0.0, 0.0);
    for tied in ties(order, key) {
        let (mut weight, mut access) = (0.0, 0.0);
        for area in tied {
            weight += people[*area];
            access += people[*area] * (values[*area] - mean);
        }
        // The mean of fractional ranks is one half, whatever the weights.
        let rank = (before + weight / 2.0) / total - 0.5;
        joint += rank * access;
        spread += weight * rank * rank;
        before += weight;
    }
    (spread > 0.0).then(|| joint / spread)
}

fn tenths(values: &[f64], people: &[f64], order: &[usize]) -> Option<f64> {
    let tenth = people.iter().sum::<f64>() / 10.0;
    if tenth <= 0.0 {
        return None;
    }
    let mean = |order: &mut dyn Iterator<Item = &usize>| {
        let (mut left, mut sum) = (tenth, 0.0);
        for area in order {
            let taken = people[*area].min(left);
            sum += taken * values[*area];
            left -= taken;
            if left <= 0.0 {
                break;
            }
        }
        sum / tenth
    };
    let most = mean(&mut order.iter());
    let least = mean(&mut order.iter().rev());
    (least > 0.0).then(|| most / least)
}

/// What the indices say, in words a committee reads.
fn sentences(equity: &Equity) -> Vec<String> {
    let mut said = Vec::new();
    let Some(gini) = equity.gini.value else {
        return vec![
            "Nobody in the area has any access, so there is nothing to compare.".to_owned(),
        ];
    };
    let spread = match gini {
        g if g < 0.2 => "much the same everywhere",
        g if g < 0.4 => "uneven between areas",
        _ => "very uneven between areas",
    };
    said.push(format!(
        "Access is {spread} (Gini {gini:.2}, where 0 is equal)."
    ));
    if let Some(index) = equity.concentration_index.value {
        let sure = equity
            .concentration_index
            .interval
            .is_some_and(|interval| interval.low > 0.0 || interval.high < 0.0);
        said.push(match (sure, index > 0.0) {
            (false, _) => format!(
                "Whether access follows deprivation cannot be told from these areas (concentration index {index:.2})."
            ),
            (true, true) => format!(
                "Less deprived areas have more access (concentration index {index:.2}, where above 0 favours the less deprived)."
            ),
            (true, false) => format!(
                "More deprived areas have more access (concentration index {index:.2}, where below 0 favours the more deprived)."
            ),
        });
    }
    if let Some(slope) = equity.slope_index.value {
        let (more, which) = (
            1_000.0 * slope.abs(),
            if slope > 0.0 { "more" } else { "fewer" },
        );
        said.push(format!(
            "On the line through all areas, the least deprived have {more:.1} places a week per 1,000 residents {which} than the most deprived (slope index of inequality)."
        ));
    }
    if let Some(ratio) = equity.tenths_ratio.value {
        said.push(if ratio < 1.0 {
            format!(
                "The most deprived tenth of residents have {:.0}% of the access that the least deprived tenth have.",
                100.0 * ratio
            )
        } else {
            format!(
                "The most deprived tenth of residents have {ratio:.1} times the access of the least deprived tenth."
            )
        });
    }
    said
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn close(ours: f64, expected: f64) -> bool {
        (ours - expected).abs() <= 1e-8 + 1e-8 * expected.abs()
    }

    fn numbers(value: &Value) -> Vec<f64> {
        let list = value.as_array().unwrap();
        list.iter().map(|number| number.as_f64().unwrap()).collect()
    }

    #[test]
    fn indices_agree_with_pysal_and_statsmodels() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/equity_indices.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/equity_indices.json not there");
            return;
        };
        let reference: Value = serde_json::from_str(&text).unwrap();
        for case in reference["cases"].as_array().unwrap() {
            let input = &case["input"];
            let (values, people) = (numbers(&input["access"]), numbers(&input["population"]));
            let rank = numbers(&input["deprivation_rank_1_is_most_deprived"]);
            let groups: Vec<u32> = numbers(&input["group"]).iter().map(|g| *g as u32).collect();
            let each = vec![1.0; values.len()];
            let plain = theil(&values, &each, &groups).unwrap();
            let weighted = theil(&values, &people, &groups).unwrap();
            for (name, ours) in [
                ("gini_unweighted", gini(&values, &each).unwrap()),
                ("gini_population_weighted", gini(&values, &people).unwrap()),
                ("theil_unweighted", plain.total),
                ("theil_population_weighted", weighted.total),
                ("theil_between_groups_unweighted", plain.between),
                ("theil_within_groups_unweighted", plain.within),
                (
                    "concentration_index_population_weighted",
                    concentration_index(&values, &people, &rank).unwrap(),
                ),
            ] {
                let expected = case["expected"][name].as_f64().unwrap();
                assert!(
                    close(ours, expected),
                    "{} {name}: {ours} for {expected}",
                    case["name"]
                );
            }
        }
    }

    #[test]
    fn no_access_has_no_index() {
        let nobody = [0.0, 0.0];
        assert_eq!(gini(&nobody, &[5.0, 6.0]), None);
        assert_eq!(gini(&[1.0, 2.0], &nobody), None);
        assert_eq!(theil(&nobody, &[5.0, 6.0], &[0, 0]), None);
        assert_eq!(slope_index(&nobody, &[5.0, 6.0], &[1.0, 2.0]), None);
        assert_eq!(tenths_ratio(&nobody, &[5.0, 6.0], &[1.0, 2.0]), None);
        assert!(concentration_curve(&nobody, &[5.0, 6.0], &[1.0, 2.0]).is_empty());
    }

    #[test]
    fn a_straight_line_has_its_own_slope() {
        // Ten areas of one resident each: ranks .05, .15 … .95; access 2 + 3 × rank.
        let access: Vec<f64> = (0..10)
            .map(|area| 2.0 + 3.0 * (f64::from(area) + 0.5) / 10.0)
            .collect();
        let order: Vec<f64> = (0..10).map(f64::from).collect();
        let slope = slope_index(&access, &[1.0; 10], &order).unwrap();
        assert!(close(slope, 3.0), "{slope}");
        let ratio = tenths_ratio(&access, &[1.0; 10], &order).unwrap();
        assert!(close(ratio, access[0] / access[9]));
    }

    #[test]
    fn sentences_say_whom_access_favours() {
        let access: Vec<f64> = (0..50).map(f64::from).collect();
        let order: Vec<f64> = (0..50).map(f64::from).collect();
        let people = vec![100.0; 50];
        let distribution = Distribution {
            access: &access,
            people: &people,
            deprivation_order: &order,
        };
        let equity = distribution.equity(1);
        let said = equity.sentences.join(" ");
        assert!(
            said.contains("Less deprived areas have more access"),
            "{said}"
        );
        let interval = equity.gini.interval.unwrap();
        let value = equity.gini.value.unwrap();
        assert!(interval.low < value && value < interval.high);
        assert_eq!(equity, distribution.equity(1), "the seed decides");
    }

    proptest! {
        #[test]
        fn indices_stay_in_range_and_ignore_order(
            rows in prop::collection::vec((prop_oneof![Just(0.0), 0.0..9.0_f64], 0.0..500.0_f64, 0..20_u32), 1..30)
                .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        ) {
            let read = |rows: &[(f64, f64, u32)]| {
                let values: Vec<f64> = rows.iter().map(|row| row.0).collect();
                let people: Vec<f64> = rows.iter().map(|row| row.1).collect();
                let order: Vec<f64> = rows.iter().map(|row| f64::from(row.2)).collect();
                (gini(&values, &people), concentration_index(&values, &people, &order))
            };
            let (first, second) = (read(&rows.0), read(&rows.1));
            prop_assert_eq!(first.0.is_some(), second.0.is_some());
            if let (Some(a), Some(b)) = (first.0, second.0) {
                prop_assert!((a - b).abs() < 1e-9 && (-1e-9..=1.0).contains(&a));
            }
            if let (Some(a), Some(b), Some(gini)) = (first.1, second.1, first.0) {
                prop_assert!((a - b).abs() < 1e-9 && a.abs() <= gini + 1e-9);
            }
        }
    }
}
