//! `causeway backup`.

use std::path::PathBuf;
use std::process::ExitCode;

use causeway_engine::store::{self, Access};
use clap::Args;

use super::Session;

/// Writes a consistent, checksummed copy of all data to a file, while serving too.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  causeway backup /backups/causeway-monday")]
pub(super) struct Backup {
    /// The file; one that is there is replaced
    file: PathBuf,
}

impl Backup {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let store = store::open(&session.store_url()?, Access::Read)?;
        let version = store.backup(&self.file)?;
        if session.out.is_json() {
            session
                .out
                .json(&serde_json::json!({ "file": self.file, "snapshot": version }))?;
        } else {
            session.out.line(format_args!(
                "version {version} is in {}",
                self.file.display()
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
