//! `GET /v1/network/summary`: the network in numbers.

use actix_web::{HttpRequest, HttpResponse, web};

use super::once;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};
use crate::rest::Rest;
use crate::rest::wire::NetworkSummary;

/// Nodes, ties, components, clustering, path lengths and how unequally partners are spread.
#[utoipa::path(
    get,
    path = "/v1/network/summary",
    tag = "network",
    responses(
        (status = 200, description = "Nodes, ties, components, clustering, path lengths and how unequally partners are spread.", body = NetworkSummary),
        (status = 304, description = "The client holds this answer."),
        (status = 400, description = "A parameter is unknown.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn show(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    Fields::of_query(request.query_string())?.finish()?;
    once(rest, &request, |snapshot, measures| {
        Ok(NetworkSummary::of(measures, snapshot.version))
    })
    .await
}
