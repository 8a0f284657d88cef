//! The log: on stderr, as lines for people or JSON for programs.
//!
//! Never logged: a need, a person's place, keys, the query string of a match.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::settings::LogFormat;

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verbosity(
    /// 0 is what an operator reads daily; each step up says more, each step down less.
    pub i8,
);

impl Verbosity {
    fn level(self) -> &'static str {
        match self.0 {
            i8::MIN..=-2 => "off",
            -1 => "error",
            0 => "info",
            1 => "debug",
            2.. => "trace",
        }
    }
}

/// Starts the log; a second call changes nothing.
pub fn start(verbosity: Verbosity, format: LogFormat, colour: bool) {
    let level = verbosity.level();
    // What libraries say of themselves is for those who asked for everything.
    let others = if verbosity.0 > 1 { "debug" } else { "error" };
    let filter = EnvFilter::new(format!(
        "{others},causeway_api={level},causeway_engine={level}"
    ));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_span_events(FmtSpan::NONE)
        .with_target(verbosity.0 > 0);
    let started = match format {
        LogFormat::Json => log.json().try_init(),
        LogFormat::Text => log
            .with_ansi(colour && std::io::stderr().is_terminal())
            .try_init(),
    };
    // Only a log that is there already can stand in the way.
    drop(started);
}
