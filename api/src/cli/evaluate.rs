//! `causeway evaluate`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use causeway_engine::evaluation::{
    Difference, Figures, Mean, Qrels, Run, bootstrap, by_query, paired_randomisation,
};
use causeway_engine::store::Access;
use clap::Args;
use serde::Serialize;

use super::output::Output;
use super::{Session, vignette};

/// Measures matching against judged queries, from TREC files.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway evaluate --queries vignettes.jsonl --qrels qrels.tsv --run today.run --compare last-week.run"
)]
pub(super) struct Evaluate {
    /// Lines of JSON as a referral form gives them, or of `id<TAB>text`
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Lines of `query 0 service grade`
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// Where to write the rankings, as a TREC run
    #[arg(long, value_name = "OUT")]
    run: Option<PathBuf>,
    /// A TREC run to hold this one against
    #[arg(long, value_name = "RUN")]
    compare: Option<PathBuf>,
}

/// As many as a request may have, so that the reciprocal rank is of the whole page.
const DEPTH: usize = 100;
const DRAWS: usize = 2_000;
const FLIPS: usize = 10_000;
/// The same figures each time.
const SEED: u64 = 1;

/// What was measured.
#[derive(Debug, Serialize)]
struct Evaluation {
    queries: BTreeMap<String, Figures>,
    means: BTreeMap<&'static str, Mean>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<BTreeMap<&'static str, Difference>>,
}

impl Evaluate {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let queries = vignette::read(&text(&self.queries)?)
            .with_context(|| self.queries.display().to_string())?;
        let qrels =
            Qrels::parse(&text(&self.qrels)?).with_context(|| self.qrels.display().to_string())?;
        let other = self
            .compare
            .as_deref()
            .map(|path| Run::parse(&text(path)?).with_context(|| path.display().to_string()))
            .transpose()?;
        let engine = session.open_for_matching(Access::Read)?;
        let mut ranked = Vec::new();
        for (id, mut request) in queries {
            request.limit = DEPTH;
            let answer = engine
                .find_matches(&request)
                .with_context(|| format!("query {id}"))?;
            // Composition may place a match elsewhere than its score would, and a run is
            // read by its scores: those written are of the rank.
            let documents = answer
                .matches
                .iter()
                .map(|found| (found.service.to_string(), 1.0 / found.rank as f64))
                .collect();
            ranked.push((id, documents));
        }
        let run: Run = ranked.into_iter().collect();
        if let Some(path) = &self.run {
            std::fs::write(path, run.to_string())
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        let evaluation = evaluate(&run, other.as_ref(), &qrels);
        if session.out.is_json() {
            session.out.json(&evaluation)?;
        } else {
            print(&mut session.out, &evaluation)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn evaluate(run: &Run, other: Option<&Run>, qrels: &Qrels) -> Evaluation {
    let queries = by_query(run, qrels);
    let columns = columns(&queries);
    let compared = other.map(|other| {
        let theirs = self::columns(&by_query(other, qrels));
        Figures::NAMES
            .into_iter()
            .zip(columns.iter().zip(&theirs))
            .filter_map(|(name, (ours, theirs))| {
                Some((name, paired_randomisation(ours, theirs, FLIPS, SEED)?))
            })
            .collect()
    });
    Evaluation {
        means: Figures::NAMES
            .into_iter()
            .zip(columns.iter().map(|values| bootstrap(values, DRAWS, SEED)))
            .collect(),
        queries,
        compared,
    }
}

/// The values of each figure, by query.
fn columns(queries: &BTreeMap<String, Figures>) -> [Vec<f64>; 4] {
    let rows: Vec<[f64; 4]> = queries.values().map(Figures::values).collect();
    std::array::from_fn(|at| rows.iter().map(|row| row[at]).collect())
}

fn print(out: &mut Output, evaluation: &Evaluation) -> std::io::Result<()> {
    let names = Figures::NAMES.map(|name| format!("{name:>10}")).join(" ");
    let title = out.bold(format!("{:<12} {names}", "query"));
    out.line(title)?;
    for (query, figures) in &evaluation.queries {
        let values = figures
            .values()
            .map(|value| format!("{value:>10.4}"))
            .join(" ");
        out.line(format_args!("{query:<12} {values}"))?;
    }
    out.line("")?;
    for name in Figures::NAMES {
        let Mean { mean, low, high } = evaluation.means[name];
        let better = if name.starts_with("blocked") {
            "  lower is better"
        } else {
            ""
        };
        out.line(format_args!(
            "{name:<12} {mean:>10.4}  95% interval [{low:.4}, {high:.4}]{better}"
        ))?;
    }
    for name in Figures::NAMES {
        let compared = evaluation.compared.as_ref();
        let Some(Difference { difference, p }) = compared.and_then(|all| all.get(name)) else {
            continue;
        };
        out.line(format_args!(
            "{name:<12} {difference:>+10.4}  against the other run, p = {p:.4}"
        ))?;
    }
    out.line(format_args!("over {} queries", evaluation.queries.len()))
}
