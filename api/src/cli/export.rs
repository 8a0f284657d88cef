//! `causeway export`.

use std::path::PathBuf;
use std::process::ExitCode;

use causeway_engine::store::Access;
use clap::{Args, ValueEnum};

use super::Session;

/// Writes the data out again.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  causeway export --as hsds-json --out ./directory")]
pub(super) struct Export {
    /// The format
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    form: Form,
    /// The folder; it must be empty or not there yet
    #[arg(long, value_name = "PATH", default_value = "causeway-export")]
    out: PathBuf,
}

/// A format that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// HSDS 3 JSON, with partnerships.csv, offers.csv and areas beside it.
    HsdsJson,
}

impl Export {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let engine = session.open(Access::Read)?;
        let _ = (engine, self.form, self.out);
        anyhow::bail!("waits for the tables branch")
    }
}
