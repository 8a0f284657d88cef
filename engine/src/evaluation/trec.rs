//! Judgements and rankings, as TREC files hold them.

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
