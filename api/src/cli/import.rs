//! `causeway import`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use causeway_engine::engine::Engine;
use causeway_engine::import::{self, Format, ImportReport, Reading};
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
        let mut readings: Vec<(String, Reading)> = Vec::new();
        for input in &self.inputs {
            progress.set_message(format!("reading {input}"));
            match self.read(input, form) {
                Ok((source, reading)) => {
                    failed |= reading.drafts.is_empty() && !reading.rejections.is_empty();
                    match readings.last_mut() {
                        // What several files of one source no longer list has left it;
                        // what one of them does not list may be in the next.
                        Some((known, whole)) if *known == source => join(whole, reading),
                        _ => readings.push((source, reading)),
                    }
                }
                Err(error) => {
                    failed = true;
                    progress.suspend(|| tracing::error!("{}", super::sentence(&error)));
                }
            }
        }
        let mut reports = Vec::new();
        for (source, reading) in readings {
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
        Ok(Engine::open(store, session.settings.engine(), session.now)?)
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

fn join(whole: &mut Reading, reading: Reading) {
    if whole.format != reading.format {
        whole.format = "several";
    }
    whole.drafts.extend(reading.drafts);
    whole.rejections.extend(reading.rejections);
    whole.warnings.extend(reading.warnings);
    for (table, rows) in reading.rows {
        *whole.rows.entry(table).or_default() += rows;
    }
    for kind in reading.speaks_for {
        if !whole.speaks_for.contains(&kind) {
            whole.speaks_for.push(kind);
        }
    }
}

fn print(out: &mut Output, report: &ImportReport, dry_run: bool) -> std::io::Result<()> {
    let title = out.bold(&report.source);
    let note = if dry_run { ", nothing was changed" } else { "" };
    out.line(format_args!("{title} ({}{note})", report.format))?;
    out.line(format_args!("  rejected   {}", report.rejected.len()))?;
    for rejection in report.rejected.iter().take(LISTED) {
        let row = rejection
            .place
            .row
            .map(|row| format!(" row {row}"))
            .unwrap_or_default();
        let field = rejection
            .field
            .as_ref()
            .map(|field| format!(", {field}"))
            .unwrap_or_default();
        let line = format!(
            "    {}{row}{field}: {}; {}",
            rejection.place.file, rejection.reason, rejection.remedy
        );
        let line = out.warning(line);
        out.line(line)?;
    }
    let more = report.rejected.len().saturating_sub(LISTED);
    if more > 0 {
        out.line(format_args!(
            "    and {more} more; `--format json` lists all"
        ))?;
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for warning in &report.warnings {
        *kinds.entry(warning.kind).or_default() += 1;
    }
    out.line(format_args!("  warnings   {}", report.warnings.len()))?;
    for (kind, count) in kinds {
        out.line(format_args!("    {kind} {count}"))?;
    }
    Ok(())
}
