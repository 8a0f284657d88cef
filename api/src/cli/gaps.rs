//! `causeway gaps`.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use causeway_engine::planning::maps::{Classing, Figure, report};
use causeway_engine::planning::{self, GapsAnswer, NeedsOverview};
use causeway_engine::store::Access;
use clap::{Args, ValueEnum};

use super::Session;
use super::output::Output;
use super::plan_options::{PlanOptions, refused};
use super::request::one_of;
use crate::rest::planning::pictures::{Chart, Picture};
use crate::rest::wire::GapsGiven;

/// Shows where need outruns supply; without a need, which needs have the largest gaps.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  causeway gaps
  causeway gaps --need \"food bank\" --by ward
  causeway gaps --need \"dementia\" --age 65+ --access wheelchair --free
  causeway gaps --need \"debt advice\" --svg map.svg --report committee.html
  causeway gaps --need \"debt advice\" --out gaps.geojson --as geojson
  causeway gaps --need \"debt advice\" --travel-times bus.csv --demand survey.csv

Tables: travel times are CSV with a heading and the columns origin (code of an
area), destination (id of a location or a service, or code of an area) and
minutes; demand is CSV with a heading and the columns area (its code) and people.")]
pub(super) struct Gaps {
    /// The need: a concept or taxonomy term, id, name or synonym
    #[arg(long, value_name = "TERM")]
    need: Option<String>,
    #[command(flatten)]
    options: PlanOptions,
    /// How many areas or needs are printed for people
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Write a picture to this file, SVG
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// What the picture is: map, symbols, curve, worst or tenths
    #[arg(long, value_name = "CHART", default_value = "map", value_parser = chart)]
    chart: Chart,
    /// What a map shows: unmet, access or demand
    #[arg(long, value_name = "FIGURE", default_value = "unmet", value_parser = figure)]
    figure: Figure,
    /// How a map puts values in classes: quantile or jenks
    #[arg(long, value_name = "CLASSES", default_value = "quantile", value_parser = classes)]
    classes: Classing,
    /// Write a report for a committee to this file, HTML that stands alone
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write the areas to this file
    #[arg(long, value_name = "FILE", requires = "format_as")]
    out: Option<PathBuf>,
    /// As what the areas are written
    #[arg(
        long = "as",
        id = "format_as",
        value_enum,
        value_name = "FORMAT",
        requires = "out"
    )]
    format: Option<FileFormat>,
}

/// As what areas are written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FileFormat {
    /// A line an area.
    Csv,
    /// A map layer.
    Geojson,
    /// The answer of the REST interface.
    Json,
}

impl Gaps {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let engine = session.open(Access::Read)?;
        let snapshot = engine.snapshot();
        let request = self
            .options
            .read(self.need.as_deref(), &engine, &snapshot)?;
        let answer = planning::gaps(&snapshot, &request).map_err(refused)?;
        let settings = &engine.settings().planning;
        let overview = match request.need_id {
            Some(_) => None,
            None => Some(planning::needs(&snapshot, settings, &request).map_err(refused)?),
        };
        if let Some(path) = &self.svg {
            let picture = Picture {
                chart: self.chart,
                figure: self.figure,
                classes: self.classes,
            };
            write(path, picture.draw(&snapshot, &answer).as_bytes())?;
        }
        if let Some(path) = &self.report {
            write(path, report(&snapshot, &answer).as_bytes())?;
        }
        if let (Some(path), Some(format)) = (&self.out, self.format) {
            let bytes = match format {
                FileFormat::Csv => planning::csv(&answer)?,
                FileFormat::Geojson => planning::geojson(&snapshot, &answer)
                    .to_string()
                    .into_bytes(),
                FileFormat::Json => {
                    serde_json::to_vec_pretty(&GapsGiven::of(answer.clone(), overview.clone()))?
                }
            };
            write(path, &bytes)?;
        }
        if session.out.is_json() {
            session.out.json(&GapsGiven::of(answer, overview))?;
        } else if let Some(overview) = overview {
            print_needs(&mut session.out, &overview, self.limit)?;
        } else {
            print(&mut session.out, &answer, self.limit)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    tracing::info!("wrote {}", path.display());
    Ok(())
}

fn print_needs(out: &mut Output, overview: &NeedsOverview, limit: usize) -> io::Result<()> {
    out.line("Needs by the share that is unmet; ask again with --need for one of them.")?;
    out.line("")?;
    let heading = format!(
        "{:>4}  {:>6}  {:>9}  {:>8}  need",
        "rank", "unmet", "without", "services"
    );
    let heading = out.faint(heading);
    out.line(heading)?;
    for need in overview.needs.iter().take(limit) {
        let id = out.faint(need.need.id.as_deref().unwrap_or_default());
        let name = out.bold(&need.need.name);
        out.line(format_args!(
            "{:>4}  {:>5.0}%  {:>9.0}  {:>8}  {name} {id}",
            need.rank,
            100.0 * need.unmet_share,
            need.people_without,
            need.services,
        ))?;
    }
    out.line("")?;
    out.line(format_args!(
        "{} needs have some service; {} have none that the directory knows of.",
        overview.needs.len(),
        overview.without_supply.len()
    ))
}

fn print(out: &mut Output, answer: &GapsAnswer, limit: usize) -> io::Result<()> {
    let totals = &answer.totals;
    let need = out.bold(&answer.need.name);
    out.line(format_args!(
        "{need}: {:.0} people with the need, {} services on the map with {:.0} places a week.",
        totals.demand, totals.services, totals.places
    ))?;
    out.line(format_args!(
        "{:.0} people have none within {:.0} minutes; {:.0}% of the need is unmet.",
        totals.people_without,
        answer.method.reach_minutes,
        100.0 * totals.unmet_share
    ))?;
    out.line("")?;
    let heading = format!(
        "{:>4}  {:>8}  {:>8}  {:>9}  {:>6}  {:>7}  area",
        "rank", "unmet", "people", "per 1,000", "decile", "choices"
    );
    let heading = out.faint(heading);
    out.line(heading)?;
    for area in answer.areas.iter().take(limit) {
        let access = area.access.map_or_else(
            || "-".to_owned(),
            |access| format!("{:.2}", 1_000.0 * access),
        );
        let decile = area
            .deprivation
            .decile
            .map_or_else(|| "-".to_owned(), |decile| decile.to_string());
        let code = out.faint(&area.area.code);
        out.line(format_args!(
            "{:>4}  {:>8.0}  {:>8.0}  {access:>9}  {decile:>6}  {:>7}  {} {code}",
            area.rank,
            area.unmet,
            area.demand,
            area.choices,
            area.full_name()
        ))?;
        let nearest = area.nearest.as_ref().map_or_else(
            || "nothing within reach".to_owned(),
            |one| format!("nearest {}, {:.0} minutes", one.service.name, one.minutes),
        );
        let nearest = out.faint(nearest);
        out.line(format_args!("      {nearest}"))?;
        if let Some(caution) = &area.caution {
            let caution = out.warning(format_args!("      ! {caution}"));
            out.line(caution)?;
        }
    }
    if !answer.fragile.is_empty() {
        out.line("")?;
        out.line("What hangs on one:")?;
        for spot in answer.fragile.iter().take(5) {
            out.line(format_args!(
                "  {} – {:.0}% of the unmet need there would then be, {:.0} people left without ({})",
                spot.name,
                100.0 * spot.share,
                spot.people_left,
                spot.services.join(", ")
            ))?;
        }
    }
    out.line("")?;
    for sentence in &answer.equity.sentences {
        out.line(sentence)?;
    }
    for note in &answer.method.notes {
        let note = out.faint(note);
        out.line(note)?;
    }
    out.line(format_args!(
        "{} of {} areas, from version {} of the data",
        limit.min(answer.areas.len()),
        answer.areas.len(),
        answer.snapshot
    ))
}

fn chart(written: &str) -> Result<Chart, String> {
    one_of(written, &Chart::ALL, Chart::name)
}

fn figure(written: &str) -> Result<Figure, String> {
    one_of(written, &Figure::ALL, Figure::name)
}

fn classes(written: &str) -> Result<Classing, String> {
    one_of(written, &Classing::ALL, Classing::name)
}
