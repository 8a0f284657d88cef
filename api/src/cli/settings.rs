//! `causeway settings`.

use std::process::ExitCode;

use clap::Args;

use super::Session;

/// Prints every setting with the value it has now, as a configuration file.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway settings\n  CAUSEWAY_MATCHING__ENOUGH=3 causeway settings --config mine.toml\n  causeway settings > causeway.toml && causeway serve --config causeway.toml"
)]
pub(super) struct SettingsCommand {}

impl SettingsCommand {
    #[expect(clippy::unused_self, reason = "every command is run alike")]
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let (settings, out) = (&session.settings, &mut session.out);
        if out.is_json() {
            out.json(settings)?;
        } else {
            out.text(&toml::to_string(settings)?)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
