//! Fetching what is to be imported from an address.

use std::io::Read;
use std::time::Duration;

use anyhow::Context;

/// More than any directory is; what is larger is fetched by other means.
const MOST_BYTES: u64 = 1 << 30;
/// The longest that a whole answer may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// Whether an argument is an address rather than a path.
pub(super) fn is_url(argument: &str) -> bool {
    let lower = argument.to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// The body behind an address, redirects followed.
pub(super) fn fetch(url: &str) -> anyhow::Result<Vec<u8>> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .user_agent(concat!("causeway/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut answer = agent
        .get(url)
        .call()
        .with_context(|| format!("cannot fetch {url}; check the address and the network"))?;
    let mut bytes = Vec::new();
    answer
        .body_mut()
        .as_reader()
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{url} stopped in the middle; try again"))?;
    if bytes.len() as u64 > MOST_BYTES {
        anyhow::bail!("{url} is larger than 1 GiB; fetch it to a file and import its parts");
    }
    Ok(bytes)
}
