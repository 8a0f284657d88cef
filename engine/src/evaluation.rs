//! How good rankings are: nDCG, recall, reciprocal rank and what stands blocked
//! among the first, from TREC files, with intervals and a test of differences.
//!
//! The formulas and the order of ties are those of `trec_eval`: a run is ordered
//! by score descending, then by document id descending; its rank column is not
//! read. Every mean is over the judged queries: one that a run does not answer
//! counts 0. Nothing here knows how a ranking came about.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

/// The grades of one query's documents. What is not in it was not judged and
/// counts as not relevant.
pub type Grades = BTreeMap<String, u32>;

/// Why a TREC file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluationError {
    /// A line has too few or too many columns.
    #[error("line {line}: expected {expected} columns, found {found}; the form is `{form}`")]
    Columns {
        /// From 1.
        line: usize,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
        /// What a line looks like.
        form: &'static str,
    },
    /// A column that should hold a number does not.
    #[error("line {line}: '{text}' is no {what}")]
    Number {
        /// From 1.
        line: usize,
        /// As it is written.
        text: String,
        /// What it should be.
        what: &'static str,
    },
    /// A document stands twice for one query.
    #[error("line {line}: {document} is listed twice for {query}; keep one line")]
    Twice {
        /// From 1.
        line: usize,
        /// The query.
        query: String,
        /// The document.
        document: String,
    },
}

/// Judgements: for each query the grades of its documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Qrels(pub BTreeMap<String, Grades>);

impl Qrels {
    /// Reads lines of `query 0 document grade`. A negative grade counts 0.
    ///
    /// ```
    /// use causeway_engine::evaluation::Qrels;
    /// let qrels = Qrels::parse("q1 0 a 2\nq1 0 b 0\n")?;
    /// assert_eq!(qrels.0["q1"]["a"], 2);
    /// # Ok::<(), causeway_engine::evaluation::EvaluationError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, EvaluationError> {
        let mut queries: BTreeMap<String, Grades> = BTreeMap::new();
        for row in rows(text, "query 0 document grade") {
            let (line, [query, _, document, written]) = row?;
            let grade: i64 = number(line, written, "whole grade")?;
            let grade = u32::try_from(grade.max(0)).unwrap_or(u32::MAX);
            let known = queries.entry(query.to_owned()).or_default();
            if known.insert(document.to_owned(), grade).is_some() {
                return Err(twice(line, query, document));
            }
        }
        Ok(Self(queries))
    }
}

/// Rankings: for each query its documents with scores, the best first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run(BTreeMap<String, Vec<(String, f64)>>);

impl Run {
    /// Reads lines of `query Q0 document rank score tag`.
    pub fn parse(text: &str) -> Result<Self, EvaluationError> {
        let mut queries: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
        let mut seen: HashSet<(&str, &str)> = HashSet::new();
        for row in rows(text, "query Q0 document rank score tag") {
            let (line, [query, _, document, _, written, _]) = row?;
            let score: f64 = number(line, written, "score")?;
            if !score.is_finite() {
                return Err(EvaluationError::Number {
                    line,
                    text: written.to_owned(),
                    what: "score",
                });
            }
            if !seen.insert((query, document)) {
                return Err(twice(line, query, document));
            }
            let documents = queries.entry(query.to_owned()).or_default();
            documents.push((document.to_owned(), score));
        }
        Ok(queries.into_iter().collect())
    }

    /// The documents of a query, the best first; none where it has no answer.
    #[must_use]
    pub fn ranked(&self, query: &str) -> Vec<&str> {
        self.0.get(query).map_or_else(Vec::new, |documents| {
            documents
                .iter()
                .map(|(document, _)| document.as_str())
                .collect()
        })
    }
}

impl FromIterator<(String, Vec<(String, f64)>)> for Run {
    /// Puts each query's documents in order: by score, then by id, both descending.
    fn from_iter<I: IntoIterator<Item = (String, Vec<(String, f64)>)>>(queries: I) -> Self {
        let mut run = Self(queries.into_iter().collect());
        for documents in run.0.values_mut() {
            documents.sort_by(|(a, of_a), (b, of_b)| of_b.total_cmp(of_a).then_with(|| b.cmp(a)));
        }
        run
    }
}

impl fmt::Display for Run {
    /// TREC lines, as [`Run::parse`] reads them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (query, documents) in &self.0 {
            for (at, (document, score)) in documents.iter().enumerate() {
                writeln!(f, "{query} Q0 {document} {} {score} causeway", at + 1)?;
            }
        }
        Ok(())
    }
}

/// Rows of exactly `N` columns parted by white space, with their line numbers.
fn rows<'a, const N: usize>(
    text: &'a str,
    form: &'static str,
) -> impl Iterator<Item = Result<(usize, [&'a str; N]), EvaluationError>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(move |(at, line)| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let found = columns.len();
            <[&str; N]>::try_from(columns)
                .map(|columns| (at + 1, columns))
                .ok()
                .ok_or(EvaluationError::Columns {
                    line: at + 1,
                    expected: N,
                    found,
                    form,
                })
        })
}

fn number<T: std::str::FromStr>(
    line: usize,
    text: &str,
    what: &'static str,
) -> Result<T, EvaluationError> {
    text.parse().ok().ok_or_else(|| EvaluationError::Number {
        line,
        text: text.to_owned(),
        what,
    })
}

fn twice(line: usize, query: &str, document: &str) -> EvaluationError {
    EvaluationError::Twice {
        line,
        query: query.to_owned(),
        document: document.to_owned(),
    }
}

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
const GOOD: u32 = 2;

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
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Below `count`, which is not 0: the high half of a product, without a division.
    fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }
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

    #[test]
    fn equal_scores_are_ordered_by_id_descending() {
        let run = Run::parse("q Q0 a 1 0.5 t\nq Q0 b 2 0.5 t\nq Q0 c 3 0.9 t\n").unwrap();
        assert_eq!(run.ranked("q"), ["c", "b", "a"]);
        assert_eq!(Run::parse(&run.to_string()).unwrap(), run);
    }

    #[test]
    fn a_line_at_fault_is_named() {
        let check = |text: &str, expected: &str| {
            assert_eq!(Run::parse(text).unwrap_err().to_string(), expected);
        };
        check(
            "q Q0 a 1 0.5 t\nq Q0 b",
            "line 2: expected 6 columns, found 3; the form is `query Q0 document rank score tag`",
        );
        check("q Q0 a 1 NaN t", "line 1: 'NaN' is no score");
        check(
            "q Q0 a 1 1 t\n\nq Q0 a 2 0 t",
            "line 3: a is listed twice for q; keep one line",
        );
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
