//! `causeway evaluate`.

mod ablate;
mod calibrate;
mod fairness;
mod missed;
mod tune;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use causeway_engine::evaluation::{
    Difference, Figures, Mean, Qrels, Run, bootstrap, by_query, paired_randomisation,
};
use causeway_engine::matching::{MatchRequest, MatchingSettings, Stages, rank};
use causeway_engine::snapshot::Snapshot;
use causeway_engine::store::Access;
use clap::Args;
use rayon::prelude::*;
use serde::Serialize;

use super::output::Output;
use super::{Session, vignette};

/// Measures matching against judged queries, from TREC files.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a table that may be asked for beside the others"
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
    /// Tell of each query which of the best services the first ten miss, and at which stage each was lost
    #[arg(long)]
    per_query: bool,
    /// Tell what each feature and each stage is worth, by leaving it out
    #[arg(long)]
    ablate: bool,
    /// Seek better weights, and tell by cross-validation whether they are better at all
    #[arg(long)]
    tune: bool,
    /// Tell who is seen less or more than they merit: by size of organisation, tags and kind of group
    #[arg(long)]
    fairness: bool,
    /// Tell what share of matches with a score is good, where enough matches are judged
    #[arg(long)]
    calibrate: bool,
}

const EXAMPLE: &str = "\
Example:
  causeway evaluate --queries vignettes.jsonl --qrels qrels.tsv
  causeway evaluate --queries vignettes.jsonl --qrels qrels.tsv --run today.run --compare last-week.run
  causeway evaluate --queries vignettes.jsonl --qrels qrels.tsv --per-query
  causeway evaluate --queries vignettes.jsonl --qrels qrels.tsv --ablate --fairness --calibrate
  causeway evaluate --queries vignettes.jsonl --qrels qrels.tsv --tune

With few queries most differences are chance: look at the interval and at p before
believing one. --tune asks every query some hundred times over.";

/// As many as a request may have, so that the reciprocal rank is of the whole page.
const DEPTH: usize = 100;
/// The places of a page.
const PAGE: usize = 10;
const DRAWS: usize = 2_000;
const FLIPS: usize = 10_000;
/// The same figures each time.
const SEED: u64 = 1;

/// What is measured: queries with judgements, over one snapshot.
struct Judged {
    snapshot: Arc<Snapshot>,
    settings: MatchingSettings,
    queries: Vec<(String, MatchRequest)>,
    qrels: Qrels,
}

impl Judged {
    /// The rankings of all queries.
    fn run(
        &self,
        snapshot: &Snapshot,
        settings: &MatchingSettings,
        stages: Stages,
    ) -> anyhow::Result<Run> {
        let ranked: Vec<_> = self
            .queries
            .par_iter()
            .map(|(id, request)| {
                let services = rank(snapshot, settings, request, stages)
                    .with_context(|| format!("query {id}"))?;
                // Composition may place a match elsewhere than its score would, and a run
                // is read by its scores: those written are of the rank.
                let documents = services
                    .into_iter()
                    .take(DEPTH)
                    .enumerate()
                    .map(|(at, service)| (service.to_string(), 1.0 / (at as f64 + 1.0)))
                    .collect();
                Ok((id.clone(), documents))
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(ranked.into_iter().collect())
    }

    /// With the settings in use.
    fn run_as_set(&self) -> anyhow::Result<Run> {
        self.run(&self.snapshot, &self.settings, Stages::default())
    }
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Evaluation {
    queries: BTreeMap<String, Figures>,
    means: BTreeMap<&'static str, Mean>,
    /// [`Figures::blocked_at_10`] by what the records say of it.
    blocked: missed::Blocked,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared: Option<BTreeMap<&'static str, Difference>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missed: Option<Vec<missed::QueryMissed>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ablation: Option<Vec<ablate::Row>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fairness: Option<Vec<fairness::Grouping>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tuning: Option<tune::Tuning>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promises: Option<calibrate::Promises>,
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
        let judged = Judged {
            snapshot: engine.snapshot(),
            settings: engine.settings().matching.clone(),
            queries,
            qrels,
        };
        let run = judged.run_as_set()?;
        if let Some(path) = &self.run {
            std::fs::write(path, run.to_string())
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        let queries = by_query(&run, &judged.qrels);
        let columns = columns(&queries);
        let wanted = |asked: bool| asked.then_some(&judged);
        let evaluation = Evaluation {
            means: Figures::NAMES
                .into_iter()
                .zip(columns.iter().map(|values| bootstrap(values, DRAWS, SEED)))
                .collect(),
            blocked: missed::blocked(&judged, &run)?,
            compared: other.map(|other| compare(&columns, &other, &judged.qrels)),
            missed: wanted(self.per_query)
                .map(|judged| missed::of(judged, &run))
                .transpose()?,
            ablation: wanted(self.ablate)
                .map(|judged| ablate::table(judged, engine.settings(), &queries))
                .transpose()?,
            fairness: wanted(self.fairness).map(|judged| fairness::report(judged, &run)),
            tuning: wanted(self.tune).map(tune::tune).transpose()?,
            promises: wanted(self.calibrate)
                .map(calibrate::promises)
                .transpose()?,
            queries,
        };
        let out = &mut session.out;
        if out.is_json() {
            out.json(&evaluation)?;
            return Ok(ExitCode::SUCCESS);
        }
        print(out, &evaluation)?;
        if let Some(missed) = &evaluation.missed {
            missed::print(out, missed)?;
        }
        if let Some(rows) = &evaluation.ablation {
            ablate::print(out, rows)?;
        }
        if let Some(groupings) = &evaluation.fairness {
            fairness::print(out, groupings)?;
        }
        if let Some(tuning) = &evaluation.tuning {
            tune::print(out, tuning)?;
        }
        if let Some(promises) = &evaluation.promises {
            calibrate::print(out, promises)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn compare(ours: &[Vec<f64>; 4], other: &Run, qrels: &Qrels) -> BTreeMap<&'static str, Difference> {
    let theirs = columns(&by_query(other, qrels));
    Figures::NAMES
        .into_iter()
        .zip(ours.iter().zip(&theirs))
        .filter_map(|(name, (ours, theirs))| {
            Some((name, paired_randomisation(ours, theirs, FLIPS, SEED)?))
        })
        .collect()
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
    let missed::Blocked {
        on_record,
        only_scored,
        not_on_record,
    } = evaluation.blocked;
    out.line(format_args!(
        "  of which   {on_record:>10.4}  a fact on record bars the person: should be 0"
    ))?;
    out.line(format_args!(
        "             {only_scored:>10.4}  a known language, time, price or full list, which only costs score"
    ))?;
    out.line(format_args!(
        "             {not_on_record:>10.4}  nothing read from the record tells"
    ))?;
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
