//! The command line: one list of commands, one file for each.
//!
//! Results go to stdout, progress and log to stderr. Exit codes are decided
//! here: 0 done, 1 the work failed, 2 unusable arguments; a reader that closed
//! the pipe had enough, which is no failure.

mod backup;
mod collaborators;
mod evaluate;
mod export;
mod fetch;
mod gaps;
mod import;
mod lexicon;
mod match_need;
mod network;
mod organizations;
mod output;
mod plan_options;
mod request;
mod restore;
mod scenario;
mod serve;
mod settings;
mod site;
mod vignette;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use causeway_engine::engine::{Engine, EngineSettings};
use causeway_engine::store::{self, Access, StoreError, StoreUrl};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use jiff::Timestamp;

use crate::settings::{LogFormat, Settings};
use crate::telemetry::{self, Verbosity};
use output::{Output, OutputFormat};

/// Finds the group that can help: a directory of partner organisations, and
/// referral matches with reasons.
#[derive(Debug, Parser)]
#[command(name = "causeway", version, after_help = EXAMPLE)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLE: &str = "\
Example:
  causeway serve --demo
  causeway import directory.zip
  causeway match \"help with rent, I may be evicted\" --near SW17

Every option can also be set in the environment, as CAUSEWAY_ and its name:
CAUSEWAY_STORE, CAUSEWAY_LOG_FORMAT … The command line beats the environment,
the environment beats the configuration file.";

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// Where the data is [default: sled:./causeway-data]
    #[arg(long, global = true, value_name = "URL")]
    store: Option<String>,
    /// A configuration file, TOML
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How results are printed
    #[arg(long, global = true, value_enum, default_value_t)]
    format: OutputFormat,
    /// How the log is written [default: text]
    #[arg(long, global = true, value_enum)]
    log_format: Option<LogFormat>,
    /// Log more; twice for everything
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
    /// Log errors only; twice for nothing
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    quiet: u8,
}

/// The one list of commands.
#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Import(import::Import),
    Export(export::Export),
    Match(Box<match_need::Match>),
    Gaps(Box<gaps::Gaps>),
    Scenario(scenario::Scenario),
    Site(Box<site::SiteCommand>),
    Collaborators(collaborators::Collaborators),
    Network(Box<network::Network>),
    Evaluate(evaluate::Evaluate),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Lexicon(lexicon::LexiconCommand),
    Settings(settings::SettingsCommand),
}

/// What a command works with.
struct Session {
    settings: Settings,
    /// When the command was given.
    now: Timestamp,
    out: Output,
    /// Whether there is nobody to watch progress.
    quiet: bool,
}

impl Session {
    fn store_url(&self) -> Result<StoreUrl, StoreError> {
        self.settings.store.parse()
    }

    /// What an engine is opened with that answers no needs, the tables of planning read.
    fn engine_settings(&self) -> anyhow::Result<EngineSettings> {
        let mut settings = self.settings.engine()?;
        settings.matching.check().context("[matching]")?;
        settings.planning.check().context("[planning]")?;
        for told in settings.planning.load_tables().context("[planning]")? {
            tracing::warn!("{told}");
        }
        Ok(settings)
    }

    /// What an engine is opened with that answers needs: with the model of meaning.
    fn settings_for_matching(&self) -> anyhow::Result<EngineSettings> {
        Ok(EngineSettings {
            meaning: self.settings.meaning.load()?,
            ..self.engine_settings()?
        })
    }

    /// The engine over the configured store, for all but answering needs.
    fn open(&self, access: Access) -> anyhow::Result<Engine> {
        self.open_with(access, self.engine_settings()?)
    }

    /// The same, to answer needs.
    fn open_for_matching(&self, access: Access) -> anyhow::Result<Engine> {
        self.open_with(access, self.settings_for_matching()?)
    }

    fn open_with(&self, access: Access, settings: EngineSettings) -> anyhow::Result<Engine> {
        let store = store::open(&self.store_url()?, access)?;
        let engine = Engine::open(store, settings, self.now)?;
        for note in engine.notes() {
            tracing::warn!("{note}");
        }
        Ok(engine)
    }
}

/// Arguments that cannot be used, found after they were parsed.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unusable(String);

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let mut stderr = std::io::stderr().lock();
            // Nobody is left to tell when this fails.
            drop(writeln!(stderr, "error: {}", sentence(&error)));
            let unusable = error.downcast_ref::<Unusable>().is_some()
                || error
                    .downcast_ref::<crate::settings::SettingsError>()
                    .is_some();
            ExitCode::from(if unusable { 2 } else { 1 })
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let command = with_environment(Arguments::command());
    let elsewhere = variables(&command);
    let arguments = Arguments::from_arg_matches(&command.get_matches())
        .map_err(|error| error.format(&mut Arguments::command()))
        .unwrap_or_else(|error| error.exit());
    let Common {
        store,
        config,
        format,
        log_format,
        verbose,
        quiet,
    } = arguments.common;
    let mut settings = Settings::load(config.as_deref(), environment(), &elsewhere)?;
    if let Some(store) = store {
        settings.store = store;
    }
    if let Some(log_format) = log_format {
        settings.log_format = log_format;
    }
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
    let steps = i8::try_from(verbose).unwrap_or(i8::MAX) - i8::try_from(quiet).unwrap_or(i8::MAX);
    telemetry::start(Verbosity(steps), settings.log_format, !no_colour);
    let mut session = Session {
        settings,
        now: now(),
        out: Output::new(format, !no_colour),
        quiet: steps < 0 || !std::io::stderr().is_terminal(),
    };
    let code = match arguments.command {
        Command::Serve(serve) => serve.run(&mut session),
        Command::Import(import) => import.run(&mut session),
        Command::Export(export) => export.run(&mut session),
        Command::Match(find) => find.run(&mut session),
        Command::Gaps(gaps) => gaps.run(&mut session),
        Command::Scenario(scenario) => scenario.run(&mut session),
        Command::Site(site) => site.run(&mut session),
        Command::Collaborators(collaborators) => collaborators.run(&mut session),
        Command::Network(network) => network.run(&mut session),
        Command::Evaluate(evaluate) => evaluate.run(&mut session),
        Command::Backup(backup) => backup.run(&mut session),
        Command::Restore(restore) => restore.run(&mut session),
        Command::Lexicon(lexicon) => lexicon.run(&mut session),
        Command::Settings(settings) => settings.run(&mut session),
    }?;
    session.out.flush().context("cannot write the result")?;
    Ok(code)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a command is given at one moment, read here and passed on"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

/// The variables that can be read as text; a setting is never anything else.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// Gives every option of every command its `CAUSEWAY_…` variable.
fn with_environment(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|argument| {
        let Some(long) = argument.get_long() else {
            return argument;
        };
        if matches!(long, "help" | "version") {
            return argument;
        }
        let variable = format!("CAUSEWAY_{}", long.replace('-', "_").to_uppercase());
        argument.env(variable).hide_env(true)
    });
    let names: Vec<String> = command
        .get_subcommands()
        .map(|inner| inner.get_name().to_owned())
        .collect();
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, with_environment)
    })
}

/// The variables of all options.
fn variables(command: &clap::Command) -> Vec<String> {
    let own = command
        .get_arguments()
        .filter_map(|argument| argument.get_env()?.to_str().map(str::to_owned));
    let inner = command.get_subcommands().flat_map(variables);
    own.chain(inner).collect()
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

/// The error with its causes, each said once.
fn sentence(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if said.is_empty() {
            said = cause;
        } else if !said.contains(&cause) {
            said = format!("{said}: {cause}");
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        with_environment(Arguments::command()).debug_assert();
    }

    #[test]
    fn every_option_has_its_variable() {
        let known = variables(&with_environment(Arguments::command()));
        for name in ["CAUSEWAY_STORE", "CAUSEWAY_LISTEN", "CAUSEWAY_WITHIN_KM"] {
            assert!(known.iter().any(|known| known == name), "{name}");
        }
    }
}
