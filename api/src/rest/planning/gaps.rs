//! `GET /v1/gaps`, as JSON, as a map layer and as a table: where need outruns supply.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::engine::Engine;
use causeway_engine::planning::{self, GapsAnswer, GapsRequest, PlanningError};
use causeway_engine::snapshot::Snapshot;

use super::{refused, request};
use crate::http::caching::Validators;
use crate::http::described::{Held, Refused};
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Page, Problem};
use crate::rest::wire::{GapsAsked, GapsGiven};
use crate::rest::{Rest, aside};

/// Most areas on a page, where pages are asked for.
const MOST: usize = 1_000;

/// Access and unmet need for each area, with equity and what supply hangs on.
///
/// All areas are given unless `limit` is.
#[utoipa::path(
    get,
    path = "/v1/gaps",
    tag = "planning",
    params(
        GapsAsked,
        ("limit" = Option<u32>, Query, description = "How many areas, 1 to 1,000; all unless given."),
        ("offset" = Option<u32>, Query, description = "How many to leave out first."),
    ),
    responses(
        (status = 200, description = "Areas, the most unmet need first.", body = GapsGiven),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used; a need that is not known names the nearest.", body = ProblemDocument, content_type = "application/problem+json"),
        Held,
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let snapshot = rest.engine.snapshot();
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    let answer = aside(move || {
        let mut fields = Fields::of_query(&query)?;
        let asked = request::read(&mut fields, &snapshot, &rest.engine.settings().planning);
        let page = Page::read_or_all(&mut fields, MOST);
        fields.finish()?;
        let mut answer =
            describe(&rest.engine, &snapshot, &asked).map_err(|error| refused(&error, true))?;
        let page = page.of_list(answer.total);
        answer.areas = answer
            .areas
            .into_iter()
            .skip(page.offset)
            .take(page.limit)
            .collect();
        answer.limit = page.limit;
        answer.offset = page.offset;
        answer.links = Some(page.links(&path, &query, answer.total));
        Ok(answer)
    })
    .await?;
    Ok(validators.reply(&answer))
}

/// The answer in its published shape, all areas; where no need was asked for
/// with the needs ranked.
pub fn describe(
    engine: &Engine,
    snapshot: &Snapshot,
    asked: &GapsRequest,
) -> Result<GapsGiven, PlanningError> {
    let answer = planning::gaps(snapshot, asked)?;
    let overview = match asked.need_id {
        Some(_) => None,
        None => Some(planning::needs(
            snapshot,
            &engine.settings().planning,
            asked,
        )?),
    };
    Ok(GapsGiven::of(answer, overview))
}

/// The same as a `GeoJSON` map layer: figures as properties, outlines as geometry.
#[utoipa::path(
    get,
    path = "/v1/gaps.geojson",
    tag = "planning",
    params(GapsAsked),
    responses(
        (status = 200, description = "A feature collection (RFC 7946), the most unmet need first. `outline` of a feature is `published`, or `drawn` around its centre.", body = String, content_type = "application/geo+json"),
        Refused,
    )
)]
pub async fn geojson(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    file(
        rest,
        request,
        "application/geo+json",
        |_| Ok(()),
        |snapshot, answer, ()| Ok(planning::geojson(snapshot, answer).to_string().into_bytes()),
    )
    .await
}

/// The same as a table, one line an area.
#[utoipa::path(
    get,
    path = "/v1/gaps.csv",
    tag = "planning",
    params(GapsAsked),
    responses(
        (status = 200, description = "CSV with a heading, the most unmet need first. What is not known is empty.", body = String, content_type = "text/csv"),
        Refused,
    )
)]
pub async fn csv(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    file(
        rest,
        request,
        "text/csv; charset=utf-8",
        |_| Ok(()),
        |_, answer, ()| planning::csv(answer).map_err(|error| Problem::internal(&error)),
    )
    .await
}

/// Answers the question with a file: `read` reads what the file takes beside
/// it, `write` writes it.
pub(super) async fn file<T: Send + 'static>(
    rest: web::Data<Rest>,
    request: HttpRequest,
    media: &'static str,
    read: impl FnOnce(&mut Fields) -> Result<T, Problem> + Send + 'static,
    write: impl FnOnce(&Snapshot, &GapsAnswer, T) -> Result<Vec<u8>, Problem> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let snapshot = rest.engine.snapshot();
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let query = request.query_string().to_owned();
    let body = aside(move || {
        let mut fields = Fields::of_query(&query)?;
        let asked = request::read(&mut fields, &snapshot, &rest.engine.settings().planning);
        let beside = read(&mut fields)?;
        fields.finish()?;
        let answer = planning::gaps(&snapshot, &asked).map_err(|error| refused(&error, true))?;
        write(&snapshot, &answer, beside)
    })
    .await?;
    Ok(validators.reply_as(media, body))
}
