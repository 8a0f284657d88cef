//! The figures of one ranking, and of many.

use std::collections::BTreeMap;

use super::trec::{Grades, Qrels, Run};

/// Normalised discounted cumulative gain of the first `k`, gain = grade,
/// discount 1/log₂(rank + 1), the ideal from all judged documents.
/// 0 where nothing is relevant. Järvelin & Kekäläinen 2002, doi:10.1145/582415.582418.
///
/// ```
/// use causeway_engine::evaluation::{Grades, ndcg};
/// let grades = Grades::from([("a".to_owned(), 2), ("b".to_owned(), 1)]);
/// assert_eq!(ndcg(&["a", "b"], &grades, 10), 1.0);
/// assert!(ndcg(&["b", "a"], &grades, 10) < 1.0);
/// ```
#[must_use]
pub fn ndcg(ranked: &[&str], grades: &Grades, k: usize) -> f64 {
    let mut ideal: Vec<u32> = grades.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = discounted(ideal.into_iter().take(k));
    if ideal <= 0.0 {
        return 0.0;
    }
    discounted(
        ranked
            .iter()
            .take(k)
            .map(|document| grade(grades, document)),
    ) / ideal
}

fn discounted(grades: impl Iterator<Item = u32>) -> f64 {
    grades
        .enumerate()
        .map(|(at, grade)| f64::from(grade) / (at as f64 + 2.0).log2())
        .sum()
}

/// The share of the documents of grade `least` or better that stand among the
/// first `k`; 0 where there are none.
#[must_use]
pub fn recall(ranked: &[&str], grades: &Grades, k: usize, least: u32) -> f64 {
    share(hits(ranked, grades, k, least), relevant(grades, least))
}

/// The share of the first `k` places that hold a document of grade `least` or
/// better. An empty place counts as one that does not.
#[must_use]
pub fn precision(ranked: &[&str], grades: &Grades, k: usize, least: u32) -> f64 {
    share(hits(ranked, grades, k, least), k)
}

/// 1/rank of the first document of grade `least` or better; 0 without one.
#[must_use]
pub fn reciprocal_rank(ranked: &[&str], grades: &Grades, least: u32) -> f64 {
    ranked
        .iter()
        .position(|document| grade(grades, document) >= least)
        .map_or(0.0, |at| 1.0 / (at as f64 + 1.0))
}

/// The mean over the documents of grade `least` or better of the precision at
/// their rank, 0 for those that were not found.
#[must_use]
pub fn average_precision(ranked: &[&str], grades: &Grades, least: u32) -> f64 {
    let wanted = relevant(grades, least);
    if wanted == 0 {
        return 0.0;
    }
    let places = ranked
        .iter()
        .enumerate()
        .filter(|(_, document)| grade(grades, document) >= least);
    let precisions = places
        .enumerate()
        .map(|(before, (at, _))| (before as f64 + 1.0) / (at as f64 + 1.0));
    precisions.sum::<f64>() / wanted as f64
}

/// The share of those shown among the first `k` that were judged 0: on the
/// topic, but they would turn this person away. Lower is better.
#[must_use]
pub fn blocked(ranked: &[&str], grades: &Grades, k: usize) -> f64 {
    let shown = ranked.len().min(k);
    let turned_away = ranked[..shown]
        .iter()
        .filter(|document| grades.get(**document) == Some(&0))
        .count();
    share(turned_away, shown)
}

fn grade(grades: &Grades, document: &str) -> u32 {
    grades.get(document).copied().unwrap_or_default()
}

fn relevant(grades: &Grades, least: u32) -> usize {
    grades.values().filter(|grade| **grade >= least).count()
}

fn hits(ranked: &[&str], grades: &Grades, k: usize, least: u32) -> usize {
    ranked
        .iter()
        .take(k)
        .filter(|document| grade(grades, document) >= least)
        .count()
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// From this grade on a document is good enough to refer to.
pub const GOOD: u32 = 2;

/// The figures by which matching is judged, of one query or as means.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Figures {
    /// [`ndcg`] of the first 10.
    #[serde(rename = "ndcg@10")]
    pub ndcg_at_10: f64,
    /// [`recall`] of grade 2 or better among the first 20.
    #[serde(rename = "recall@20")]
    pub recall_at_20: f64,
    /// [`reciprocal_rank`] of grade 2 or better.
    pub mrr: f64,
    /// [`blocked`] among the first 10; lower is better.
    #[serde(rename = "blocked@10")]
    pub blocked_at_10: f64,
}

impl Figures {
    /// The names of the figures, in the order of [`Figures::values`].
    pub const NAMES: [&'static str; 4] = ["ndcg@10", "recall@20", "mrr", "blocked@10"];

    /// Of one ranking.
    #[must_use]
    pub fn of(ranked: &[&str], grades: &Grades) -> Self {
        Self {
            ndcg_at_10: ndcg(ranked, grades, 10),
            recall_at_20: recall(ranked, grades, 20, GOOD),
            mrr: reciprocal_rank(ranked, grades, GOOD),
            blocked_at_10: blocked(ranked, grades, 10),
        }
    }

    /// The figures in the order of [`Figures::NAMES`].
    #[must_use]
    pub fn values(&self) -> [f64; 4] {
        [
            self.ndcg_at_10,
            self.recall_at_20,
            self.mrr,
            self.blocked_at_10,
        ]
    }
}

/// The figures of each judged query, by its id.
#[must_use]
pub fn by_query(run: &Run, qrels: &Qrels) -> BTreeMap<String, Figures> {
    qrels
        .0
        .iter()
        .map(|(query, grades)| (query.clone(), Figures::of(&run.ranked(query), grades)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grades(of: &[(&str, u32)]) -> Grades {
        of.iter()
            .map(|(id, grade)| ((*id).to_owned(), *grade))
            .collect()
    }

    #[expect(
        clippy::float_cmp,
        reason = "a perfect and an empty ranking are exactly 1 and 0"
    )]
    #[test]
    fn a_judged_query_without_an_answer_counts_nothing() {
        let qrels = Qrels::parse("q1 0 a 2\nq2 0 b 3\n").unwrap();
        let run = Run::parse("q1 Q0 a 1 1 t\n").unwrap();
        let figures = by_query(&run, &qrels);
        assert_eq!(figures["q1"].values(), [1.0, 1.0, 1.0, 0.0]);
        assert_eq!(figures["q2"].values(), [0.0; 4]);
    }

    #[test]
    fn blocked_counts_what_was_judged_and_not_what_was_never_looked_at() {
        let grades = grades(&[("shut", 0), ("good", 2)]);
        let ranked = ["shut", "good", "unjudged"];
        assert!((blocked(&ranked, &grades, 10) - 1.0 / 3.0).abs() < 1e-12);
        assert!((blocked(&[], &grades, 10)).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn figures_stay_between_nothing_and_all(
            judged in proptest::collection::btree_map("[a-h]", 0_u32..4, 0..8),
            ranked in proptest::sample::subsequence(
                vec!["a", "b", "c", "d", "e", "f", "g", "h", "i"], 0..9).prop_shuffle(),
        ) {
            for value in Figures::of(&ranked, &judged).values() {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&value));
            }
        }
    }

    #[derive(serde::Deserialize)]
    struct Reference {
        cases: Vec<Case>,
    }

    #[derive(serde::Deserialize)]
    struct Case {
        name: String,
        input: Input,
        expected: Expected,
    }

    #[derive(serde::Deserialize)]
    struct Input {
        qrels: BTreeMap<String, Grades>,
        run: BTreeMap<String, BTreeMap<String, f64>>,
    }

    #[derive(serde::Deserialize)]
    struct Expected {
        trec_eval_linear_gain: BTreeMap<String, BTreeMap<String, f64>>,
    }

    #[test]
    fn the_measures_agree_with_trec_eval() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/ir_metrics.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            {
                eprintln!("skipped: the reference figures of trec_eval are not there");
            }
            return;
        };
        let reference: Reference = serde_json::from_str(&text).unwrap();
        let mut compared = 0;
        for Case {
            name,
            input,
            expected,
        } in reference.cases
        {
            let run: Run = input
                .run
                .into_iter()
                .map(|(query, documents)| (query, documents.into_iter().collect()))
                .collect();
            for (query, figures) in expected.trec_eval_linear_gain {
                let (ranked, grades) = (run.ranked(&query), &input.qrels[&query]);
                for (figure, expected) in figures {
                    let found = match figure.rsplit_once('_') {
                        Some(("ndcg_cut", k)) => ndcg(&ranked, grades, k.parse().unwrap()),
                        Some(("recall", k)) => recall(&ranked, grades, k.parse().unwrap(), 1),
                        Some(("P", k)) => precision(&ranked, grades, k.parse().unwrap(), 1),
                        Some(("recip", _)) => reciprocal_rank(&ranked, grades, 1),
                        _ => average_precision(&ranked, grades, 1),
                    };
                    assert!(
                        (found - expected).abs() < 1e-9,
                        "{name} {query} {figure}: {found}"
                    );
                    compared += 1;
                }
            }
        }
        assert!(compared >= 50, "only {compared} figures were compared");
    }
}
