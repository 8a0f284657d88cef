//! `causeway scenario`.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use causeway_engine::engine::Engine;
use causeway_engine::planning::{ScenarioAnswer, scenario};
use causeway_engine::store::Access;
use clap::Args;
use serde::Serialize;

use super::output::Output;
use super::plan_options::refused;
use super::{Session, Unusable};
use crate::http::Fields;
use crate::rest::planning::scenarios;
use crate::rest::wire::ScenarioGiven;

/// Shows what changes if services open, close, move or change; several scenarios side by side.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  causeway scenario second-food-bank.json
  causeway scenario second-food-bank.json merged.json

A scenario is a file: what POST /v1/scenarios takes, for example
  {\"title\": \"A food bank in Roehampton\", \"need\": \"food bank\",
   \"open\": [{\"postcode\": \"SW15 4LD\", \"capacity\": 40}]}
Lists open, close, move and change may each be left out. Nothing is saved.")]
pub(super) struct Scenario {
    /// Scenario files, JSON
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How many areas are printed for people
    #[arg(long, default_value_t = 5)]
    limit: usize,
}

/// Scenarios side by side.
#[derive(Debug, Serialize)]
struct Scenarios {
    scenarios: Vec<ScenarioGiven>,
}

impl Scenario {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let engine = session.open(Access::Read)?;
        let mut answers = Vec::new();
        for path in &self.files {
            answers.push(answer(&engine, path)?);
        }
        if session.out.is_json() {
            let mut given: Vec<ScenarioGiven> = answers
                .into_iter()
                .map(|(title, answer)| ScenarioGiven::of(answer, Some(title)))
                .collect();
            match (given.pop(), given.is_empty()) {
                (Some(only), true) => session.out.json(&only)?,
                (last, _) => {
                    given.extend(last);
                    session.out.json(&Scenarios { scenarios: given })?;
                }
            }
        } else {
            print(&mut session.out, &answers, self.limit)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The answer to the scenario of a file, under its title or the file's name.
fn answer(engine: &Engine, path: &Path) -> anyhow::Result<(String, ScenarioAnswer)> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let bad = |what: String| Unusable(format!("{}: {what}", path.display()));
    let value: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| bad(format!("is not JSON: {error}")))?;
    let serde_json::Value::Object(fields) = value else {
        return Err(bad("is not one JSON object".to_owned()).into());
    };
    let snapshot = engine.snapshot();
    let settings = &engine.settings().planning;
    let (asked, title) = scenarios::read(Fields::of_json(fields), &snapshot, settings)
        .map_err(|problem| bad(problem.to_string()))?;
    let found = scenario(&snapshot, &asked).map_err(refused)?;
    let name = path
        .file_stem()
        .map(|name| name.to_string_lossy().into_owned());
    Ok((title.or(name).unwrap_or_default(), found))
}

fn print(out: &mut Output, answers: &[(String, ScenarioAnswer)], limit: usize) -> io::Result<()> {
    row(out, "", answers, |title, _| {
        title.chars().take(22).collect()
    })?;
    row(out, "need", answers, |_, one| {
        one.need.name.chars().take(22).collect()
    })?;
    row(out, "unmet need before", answers, |_, one| {
        format!("{:.0}", one.unmet_before)
    })?;
    row(out, "unmet need after", answers, |_, one| {
        format!("{:.0}", one.unmet_after)
    })?;
    row(out, "people without before", answers, |_, one| {
        format!("{:.0}", one.people_without_before)
    })?;
    row(out, "people without after", answers, |_, one| {
        format!("{:.0}", one.people_without_after)
    })?;
    row(out, "people who gain", answers, |_, one| {
        format!("{:.0}", one.people_gaining)
    })?;
    row(out, "people who lose", answers, |_, one| {
        format!("{:.0}", one.people_losing)
    })?;
    row(out, "gaps closed", answers, |_, one| {
        one.gaps_closed.len().to_string()
    })?;
    row(out, "gaps opened", answers, |_, one| {
        one.gaps_opened.len().to_string()
    })?;
    let index = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |it| format!("{it:.3}"));
    row(out, "Gini before", answers, |_, one| {
        index(one.equity.before.gini.value)
    })?;
    row(out, "Gini after", answers, |_, one| {
        index(one.equity.after.gini.value)
    })?;
    for (title, answer) in answers {
        out.line("")?;
        let title = out.bold(title);
        out.line(format_args!("{title}: where most changes"))?;
        let mut areas: Vec<_> = answer.areas.iter().collect();
        areas.sort_by(|a, b| {
            let change = |area: &causeway_engine::planning::AreaChange| {
                (area.after.unmet - area.before.unmet).abs()
            };
            change(b)
                .total_cmp(&change(a))
                .then_with(|| a.area.code.cmp(&b.area.code))
        });
        for area in areas.into_iter().take(limit) {
            out.line(format_args!(
                "  {}: unmet {:.0} to {:.0}, rank {} to {}",
                area.area.name,
                area.before.unmet,
                area.after.unmet,
                area.before.rank,
                area.after.rank
            ))?;
        }
        for note in &answer.notes {
            let note = out.faint(format_args!("  {note}"));
            out.line(note)?;
        }
    }
    Ok(())
}

/// A line of the table: a name, then a cell for each scenario.
fn row(
    out: &mut Output,
    name: &str,
    answers: &[(String, ScenarioAnswer)],
    cell: impl Fn(&str, &ScenarioAnswer) -> String,
) -> io::Result<()> {
    let cells: Vec<String> = answers
        .iter()
        .map(|(title, answer)| format!("{:>24}", cell(title, answer)))
        .collect();
    out.line(format_args!("{name:<22}{}", cells.join("")))
}
