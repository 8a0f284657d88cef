//! `GET /v1/network/communities`: groups that work more with each other than with the rest.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{CommunitiesAnswer, named_communities};
use serde::Serialize;

use super::{Paged, measured};
use crate::http::caching::Validators;
use crate::http::paging::Page;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};
use crate::rest::{Rest, aside};

/// A page of them.
#[derive(Debug, Serialize)]
struct Answer {
    #[serde(flatten)]
    found: CommunitiesAnswer,
    #[serde(flatten)]
    page: Paged,
}

/// Communities by the Leiden method, named by what their members do and where.
#[utoipa::path(
    get,
    path = "/v1/network/communities",
    tag = "network",
    params(
        ("limit" = Option<u32>, Query, description = "How many, 1 to 1,000; 50 unless given."),
        ("offset" = Option<u32>, Query, description = "How many to leave out first."),
    ),
    responses(
        (status = 200, description = "Communities by the Leiden method, named by what their members do and where.", body = serde_json::Value),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let page = Page::read(&mut fields, 50, 1_000);
    fields.finish()?;
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    let (snapshot, answer) = aside(move || {
        let (snapshot, measures) = measured(&rest.engine)?;
        let mut found = named_communities(&snapshot, &measures);
        let total = found.communities.len();
        found.communities = found
            .communities
            .into_iter()
            .skip(page.offset)
            .take(page.limit)
            .collect();
        let page = Paged::of(page, &path, &query, total, snapshot.version);
        Ok((snapshot, Answer { found, page }))
    })
    .await?;
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    Ok(validators.reply(&answer))
}
