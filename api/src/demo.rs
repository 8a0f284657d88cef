//! The bundled demonstration network: invented groups in and around Wandsworth.
//!
//! It comes through the same import as anybody's own files, into a store that
//! ends with the process.

use causeway_engine::engine::{Engine, EngineError, EngineSettings};
use causeway_engine::import::{self, ImportError};
use causeway_engine::store::{self, Access, StoreError, StoreUrl};
use jiff::Timestamp;

/// The name of the source in the records.
pub const SOURCE: &str = "causeway demonstration";

/// In the order in which later files name what is in earlier ones.
const FILES: [(&str, &[u8]); 4] = [
    (
        "services.json",
        include_bytes!("../../data/demo/services.json"),
    ),
    (
        "partnerships.csv",
        include_bytes!("../../data/demo/partnerships.csv"),
    ),
    ("offers.csv", include_bytes!("../../data/demo/offers.csv")),
    ("areas.csv", include_bytes!("../../data/demo/areas.csv")),
];

/// Why the demonstration could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A bundled file could not be read.
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// An engine with the demonstration network in it, as of `at`.
pub fn open(settings: EngineSettings, at: Timestamp) -> Result<Engine, DemoError> {
    let store = store::open(&StoreUrl::Memory, Access::Write)?;
    let engine = Engine::open(store, settings, at)?;
    for (name, bytes) in FILES {
        let reading = import::read_bytes(name, bytes, None, SOURCE)?;
        engine.import(reading, SOURCE, at)?;
    }
    Ok(engine)
}
