//! `GET /v1/network/summary`: the network in numbers.

use actix_web::{HttpRequest, HttpResponse, web};

use super::{Versioned, measured};
use crate::http::caching::Validators;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};
use crate::rest::{Rest, aside};

/// Nodes, ties, components, clustering, path lengths and how unequally partners are spread.
#[utoipa::path(
    get,
    path = "/v1/network/summary",
    tag = "network",
    responses(
        (status = 200, description = "Nodes, ties, components, clustering, path lengths and how unequally partners are spread.", body = serde_json::Value),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn show(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    Fields::of_query(request.query_string())?.finish()?;
    let (snapshot, measures) = aside(move || measured(&rest.engine)).await?;
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let answer = Versioned {
        answer: &measures.graph.summary,
        snapshot: snapshot.version,
    };
    Ok(validators.reply(&answer))
}
