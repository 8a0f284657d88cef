//! `causeway import`.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use causeway_engine::engine::Engine;
use causeway_engine::import::{self, Format, ImportReport, Reading, Rejection};
use causeway_engine::store::{self, Access, StoreError, StoreUrl};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::output::Output;
use super::{Session, Unusable, fetch};

/// Brings data in and says what it changed.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway import directory.zip partnerships.csv\n  causeway import https://example.org/services --source example --dry-run\n\nExit code: 0 also where rows were rejected, 1 where something could not be read at all."
)]
pub(super) struct Import {
    /// Files, folders, zip or gzip files, or addresses
    #[arg(required = true, value_name = "PATH-OR-URL")]
    inputs: Vec<String>,
    /// The format, where the content does not tell
    #[arg(long = "as", value_name = "FORMAT")]
    form: Option<String>,
    /// What to call where the data comes from [default: the absolute path or the URL]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Rejections that are listed for people; `--format json` has all.
const LISTED: usize = 20;

impl Import {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let form = self.form.as_deref().map(named).transpose()?;
        let engine = self.engine(session)?;
        let progress = progress(session.quiet);
        let mut failed = false;
        let mut readings: Vec<(String, Vec<Reading>)> = Vec::new();
        for input in &self.inputs {
            progress.set_message(format!("reading {input}"));
            match self.read(input, form) {
                Ok((source, reading)) => {
                    failed |= reading.drafts.is_empty() && !reading.rejections.is_empty();
                    match readings.last_mut() {
                        Some((known, files)) if *known == source => files.push(reading),
                        _ => readings.push((source, vec![reading])),
                    }
                }
                Err(error) => {
                    failed = true;
                    progress.suspend(|| tracing::error!("{}", super::sentence(&error)));
                }
            }
        }
        let mut reports = Vec::new();
        for (source, files) in readings {
            let reading = import::together(files);
            progress.set_message(format!("writing {source}"));
            reports.push(if self.dry_run {
                engine.preview(reading, &source, session.now)
            } else {
                engine.import(reading, &source, session.now)?
            });
        }
        progress.finish_and_clear();
        if session.out.is_json() {
            session
                .out
                .json(&serde_json::json!({ "dry_run": self.dry_run, "imports": reports }))?;
        } else {
            for report in &reports {
                print(&mut session.out, report, self.dry_run)?;
            }
        }
        Ok(ExitCode::from(u8::from(failed)))
    }

    /// The store to import into; a dry run only reads it, and may do without one.
    fn engine(&self, session: &Session) -> anyhow::Result<Engine> {
        if !self.dry_run {
            return session.open(Access::Write);
        }
        let store = match store::open(&session.store_url()?, Access::Read) {
            Err(StoreError::Missing { .. }) => store::open(&StoreUrl::Memory, Access::Write)?,
            opened => opened?,
        };
        Ok(Engine::open(
            store,
            session.settings.engine()?,
            session.now,
        )?)
    }

    fn read(&self, input: &str, form: Option<Format>) -> anyhow::Result<(String, Reading)> {
        if fetch::is_url(input) {
            let source = self.source.clone().unwrap_or_else(|| input.to_owned());
            let bytes = fetch::fetch(input)?;
            let reading = import::read_bytes(input, &bytes, form, &source)?;
            return Ok((source, reading));
        }
        let path = Path::new(input);
        let source = match &self.source {
            Some(source) => source.clone(),
            None => std::path::absolute(path)
                .with_context(|| format!("cannot tell where {input} is"))?
                .display()
                .to_string(),
        };
        let reading = import::read_path(path, form, &source)?;
        Ok((source, reading))
    }
}

fn named(name: &str) -> Result<Format, Unusable> {
    Format::named(name).ok_or_else(|| {
        Unusable(format!(
            "there is no format '{name}'; known are {}",
            Format::names()
        ))
    })
}

/// A bar on a terminal; otherwise nothing, for the report tells it all.
fn progress(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn print(out: &mut Output, report: &ImportReport, dry_run: bool) -> io::Result<()> {
    let title = out.bold(&report.source);
    let note = if dry_run { ", nothing was changed" } else { "" };
    out.line(format_args!("{title} ({}{note})", report.format))?;
    let read = report
        .read
        .iter()
        .map(|(table, rows)| (table.as_str(), *rows));
    count(out, "read", report.read.values().sum(), read)?;
    for (word, tally) in [
        ("added", &report.added),
        ("changed", &report.changed),
        ("unchanged", &report.unchanged),
        ("removed", &report.removed),
    ] {
        let kinds = tally.by_kind.iter().map(|(kind, count)| (*kind, *count));
        count(out, word, tally.total, kinds)?;
    }
    let rejected = report.rejected.len() as u64 + report.rejected_unlisted;
    count(out, "rejected", rejected, [])?;
    for rejection in report.rejected.iter().take(LISTED) {
        let line = out.warning(format_args!("  {}", worded(rejection)));
        out.line(line)?;
    }
    let more = rejected.saturating_sub(LISTED as u64);
    if more > 0 {
        out.line(format_args!(
            "  and {more} more; `--format json` lists them"
        ))?;
    }
    let kinds = &report.warnings_by_kind;
    let warnings = kinds.iter().map(|(kind, count)| (*kind, *count));
    count(out, "warnings", kinds.values().sum(), warnings)
}

/// A line of the report: what, how many, and of which kinds.
fn count<'a>(
    out: &mut Output,
    word: &str,
    total: u64,
    kinds: impl IntoIterator<Item = (&'a str, u64)>,
) -> io::Result<()> {
    let kinds: Vec<String> = kinds
        .into_iter()
        .map(|(kind, count)| format!("{kind} {count}"))
        .collect();
    let kinds = out.faint(kinds.join(", "));
    out.line(format!("  {word:<10}{total:>8}  {kinds}").trim_end())
}

fn worded(rejection: &Rejection) -> String {
    let Rejection {
        place,
        field,
        reason,
        remedy,
    } = rejection;
    let row = place
        .row
        .map(|row| format!(", row {row}"))
        .unwrap_or_default();
    let field = field
        .as_ref()
        .map(|field| format!(", {field}"))
        .unwrap_or_default();
    format!("{}{row}{field}: {reason}; {remedy}", place.file)
}
