//! The partner graph over HTTP: who works with whom, who could, and who holds
//! it together. The answers are the engine's; here they get their published
//! shape, a version, pages and problems. `answer` of each operation is what the
//! command line prints as JSON.

pub mod bridges;
pub mod brokers;
pub mod collaborators;
pub mod communities;
pub mod consortia;
pub mod cores;
pub mod cut_nodes;
pub mod equity;
pub mod export;
pub mod isolated;
pub mod neighbourhood;
pub mod offers;
pub mod offers_matches;
pub mod picture;
pub mod routes;
pub mod summary;
pub mod what_if;

use std::sync::Arc;
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::engine::Engine;
use causeway_engine::model::{OrganizationId, ServiceId};
use causeway_engine::network::{Layer, Measures};
use causeway_engine::snapshot::Snapshot;
use serde::Serialize;

use super::{Rest, aside};
use crate::http::caching::Validators;
use crate::http::{Fields, Page, Problem, ProblemKind};

/// How long a request waits for the measures of the graph.
const PATIENCE: Duration = Duration::from_secs(5);

/// A version of the data with what was measured of it.
type Measured = (Arc<Snapshot>, Arc<Measures>);

/// Where a list was asked for, to link its other pages: path and query.
pub type Place<'a> = (&'a str, &'a str);

/// The measures of the current version, or that they are still being worked out.
fn measured(engine: &Engine) -> Result<Measured, Problem> {
    engine.measures(PATIENCE).ok_or_else(|| {
        Problem::new(
            ProblemKind::NotReady,
            "the graph is still being measured after the last change",
        )
    })
}

/// Answers a page of a list of the measured graph.
async fn page<T: Serialize + Send + 'static>(
    rest: web::Data<Rest>,
    request: HttpRequest,
    answer: impl FnOnce(&Snapshot, &Measures, Page, Place<'_>) -> T + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let page = Page::read(&mut fields, 50, 1_000);
    fields.finish()?;
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    once(rest, &request, move |snapshot, measures| {
        Ok(answer(snapshot, measures, page, (&path, &query)))
    })
    .await
}

/// Answers a read of the measured graph as JSON; 304 where the client holds the answer.
async fn once<T: Serialize + Send + 'static>(
    rest: web::Data<Rest>,
    request: &HttpRequest,
    answer: impl FnOnce(&Snapshot, &Measures) -> Result<T, Problem> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let told = |validators: Validators, answer: T| validators.reply(&answer);
    read(rest, request, answer, told).await
}

/// The same as text of a media type.
async fn text(
    rest: web::Data<Rest>,
    request: &HttpRequest,
    media: &'static str,
    answer: impl FnOnce(&Snapshot, &Measures) -> Result<String, Problem> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let told = |validators: Validators, text: String| validators.reply_as(media, text);
    read(rest, request, answer, told).await
}

async fn read<T: Send + 'static>(
    rest: web::Data<Rest>,
    request: &HttpRequest,
    answer: impl FnOnce(&Snapshot, &Measures) -> Result<T, Problem> + Send + 'static,
    told: impl FnOnce(Validators, T) -> HttpResponse,
) -> Result<HttpResponse, Problem> {
    let (snapshot, measures) = aside(move || measured(&rest.engine)).await?;
    let validators = Validators::of(request, snapshot.version, snapshot.built_at);
    if validators.is_held(request) {
        return Ok(validators.not_modified());
    }
    let answer = aside(move || answer(&snapshot, &measures)).await?;
    Ok(told(validators, answer))
}

/// `implied`: whether ties that are only implied count too.
fn layer(fields: &mut Fields) -> Layer {
    if fields.truth("implied").unwrap_or(false) {
        Layer::Implied
    } else {
        Layer::Stated
    }
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

/// Notes that a field names no organization.
fn no_organization(fields: &mut Fields, name: &str, id: &str) {
    fields.unusable(
        name,
        format!("there is no organization '{id}'; give the id of one in this directory"),
    );
}
