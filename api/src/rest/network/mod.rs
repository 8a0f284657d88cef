//! The partner graph over HTTP: who works with whom, who could, and who holds
//! it together. The answers are the engine's own; here they get a version,
//! pages and problems.

pub mod brokers;
pub mod collaborators;
pub mod communities;
pub mod isolated;
pub mod offers_matches;
pub mod routes;
pub mod summary;
pub mod what_if;

use std::sync::Arc;
use std::time::Duration;

use causeway_engine::engine::Engine;
use causeway_engine::model::{OrganizationId, ServiceId};
use causeway_engine::network::Measures;
use causeway_engine::snapshot::Snapshot;
use serde::Serialize;

use crate::http::paging::{Links, Page};
use crate::http::{Fields, Problem, ProblemKind};

/// How long a request waits for the measures of the graph.
const PATIENCE: Duration = Duration::from_secs(5);

/// An answer of the engine with the version of the data that gave it.
#[derive(Debug, Serialize)]
pub struct Versioned<T: Serialize> {
    /// The answer.
    #[serde(flatten)]
    pub answer: T,
    /// The version of the data.
    pub snapshot: u64,
}

/// Where in a list a page is.
#[derive(Debug, Serialize)]
pub struct Paged {
    /// How many there are.
    pub total: usize,
    /// How many a page holds.
    pub limit: usize,
    /// How many were left out first.
    pub offset: usize,
    /// Other pages.
    pub links: Links,
    /// The version of the data.
    pub snapshot: u64,
}

impl Paged {
    fn of(page: Page, path: &str, query: &str, total: usize, snapshot: u64) -> Self {
        let links = page.links(path, query, total);
        Self {
            total,
            limit: page.limit,
            offset: page.offset,
            links,
            snapshot,
        }
    }
}

/// The measures of the current version, or that they are still being worked out.
fn measured(engine: &Engine) -> Result<(Arc<Snapshot>, Arc<Measures>), Problem> {
    engine.measures(PATIENCE).ok_or_else(|| {
        Problem::new(
            ProblemKind::NotReady,
            "the graph is still being measured after the last change",
        )
    })
}

/// The node of an organization given by id.
fn node(snapshot: &Snapshot, id: &str) -> Option<u32> {
    snapshot
        .graph
        .node(id.trim().parse::<OrganizationId>().ok()?)
}

/// The node of an organization, or of the one whose service an id names.
fn node_or_service(snapshot: &Snapshot, id: &str) -> Option<u32> {
    node(snapshot, id).or_else(|| {
        let service = snapshot
            .directory
            .services
            .find(id.trim().parse::<ServiceId>().ok()?)?;
        snapshot.graph.node(service.organization_id?)
    })
}

/// Reads a field that names an organization, and says so where it does not.
fn organization_in(fields: &mut Fields, name: &'static str, text: &str, found: Option<u32>) -> u32 {
    found.unwrap_or_else(|| {
        fields.unusable(
            name,
            format!("there is no organization '{text}'; give the id of one in this directory"),
        );
        0
    })
}
