//! `/v1`: one file for each operation, with its parameters, its documentation
//! and its handler. [`wire`] holds the shapes that go out.

pub mod describe;
mod directory;
pub mod find_matches;
pub mod match_request;
mod names;
pub mod network;
pub mod openapi;
pub mod organization;
pub mod organizations;
pub mod planning;
pub mod service;
pub mod services;
pub mod suggest;
pub mod wire;

use std::sync::{Arc, Mutex, PoisonError};

use actix_web::web;
use causeway_engine::engine::Engine;
use causeway_engine::snapshot::Snapshot;

use crate::http::Problem;
use names::Names;

/// What the operations answer from.
#[derive(Debug)]
pub struct Rest {
    /// The engine.
    pub engine: Arc<Engine>,
    /// The names of the newest snapshot that was asked for them.
    names: Mutex<Option<Arc<Names>>>,
}

impl Rest {
    /// Answers from that engine.
    #[must_use]
    pub fn new(engine: Arc<Engine>) -> Self {
        Self {
            engine,
            names: Mutex::new(None),
        }
    }

    /// The names of a snapshot in order, made when a version is first asked for them.
    fn names(&self, snapshot: &Snapshot) -> Arc<Names> {
        let mut held = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some(names) if names.is_of(snapshot) => Arc::clone(names),
            _ => {
                let names = Arc::new(Names::of(snapshot));
                *held = Some(Arc::clone(&names));
                names
            }
        }
    }
}

/// Does work on a thread of its own, so that those who wait for the network do
/// not wait for it.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    web::block(work)
        .await
        .map_err(|error| Problem::internal(&error))?
}
