//! `GET /v1/organizations/{id}/collaborators`: who could work with whom, and why.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Collaborator, collaborators};
use serde::Serialize;

use super::{Paged, measured, node};
use crate::http::caching::Validators;
use crate::http::paging::Page;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};
use crate::rest::{Rest, aside};

/// A page of collaborators.
#[derive(Debug, Serialize)]
struct Answer {
    collaborators: Vec<Collaborator>,
    #[serde(flatten)]
    page: Paged,
}

/// Organizations ranked by what they would bring, each with reasons that add up.
#[utoipa::path(
    get,
    path = "/v1/organizations/{id}/collaborators",
    tag = "network",
    params(
        ("id" = Uuid, Path, description = "Id of the organization."),
        ("include_partners" = Option<bool>, Query, description = "Whether those who are partners already are listed too."),
        ("limit" = Option<u32>, Query, description = "How many, 1 to 1,000; 50 unless given."),
        ("offset" = Option<u32>, Query, description = "How many to leave out first."),
    ),
    responses(
        (status = 200, description = "Collaborators, the best first.", body = serde_json::Value),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "There is no such organization.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    rest: web::Data<Rest>,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let partners_too = fields.truth("include_partners").unwrap_or(false);
    let page = Page::read(&mut fields, 50, 1_000);
    fields.finish()?;
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    let (snapshot, answer) = aside(move || {
        let (snapshot, measures) = measured(&rest.engine)?;
        let node = node(&snapshot, &id).ok_or_else(|| Problem::no_such("organization", &id))?;
        let all = collaborators(&snapshot, &measures, node, partners_too);
        let page_of = Paged::of(page, &path, &query, all.len(), snapshot.version);
        let collaborators = all.into_iter().skip(page.offset).take(page.limit).collect();
        Ok((
            snapshot,
            Answer {
                collaborators,
                page: page_of,
            },
        ))
    })
    .await?;
    Ok(Validators::of(&request, snapshot.version, snapshot.built_at).reply(&answer))
}
