//! `causeway restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use causeway_engine::store;
use clap::Args;

use super::Session;

/// Makes a store of a backup, in a folder that is empty or not there yet.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway restore /backups/causeway-monday --store sled:./restored"
)]
pub(super) struct Restore {
    /// The backup
    file: PathBuf,
}

impl Restore {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let url = session.store_url()?;
        let version = store::restore(&self.file, &url)?;
        if session.out.is_json() {
            session
                .out
                .json(&serde_json::json!({ "store": url.to_string(), "snapshot": version }))?;
        } else {
            session
                .out
                .line(format_args!("{url} holds version {version}"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
