//! `causeway serve`.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use causeway_engine::store::Access;
use clap::Args;

use super::Session;
use crate::demo;
use crate::server::{self, ServerOptions};

/// Serves the REST API and the web pages.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway serve --demo\n  causeway serve --store sled:/var/lib/causeway --listen 0.0.0.0:8080"
)]
pub(super) struct Serve {
    /// Load the bundled, invented demonstration network into a temporary store
    #[arg(long)]
    demo: bool,
    /// Where to listen; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

impl Serve {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let engine = if self.demo {
            demo::open(session.settings_for_matching()?, session.now)?
        } else {
            session.open_for_matching(Access::Write)?
        };
        let directory = &engine.snapshot().directory;
        tracing::info!(
            organizations = directory.organizations.len(),
            services = directory.services.len(),
            partnerships = directory.partnerships.len(),
            "data loaded"
        );
        let options = ServerOptions {
            listen: self.listen.unwrap_or(session.settings.server.listen),
            demonstration: self.demo,
        };
        actix_web::rt::System::new().block_on(server::run(Arc::new(engine), options))?;
        Ok(ExitCode::SUCCESS)
    }
}
