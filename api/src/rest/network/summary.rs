//! `GET /v1/network/summary`: the network in numbers.

use actix_web::{HttpRequest, HttpResponse, web};

use super::once;
use crate::http::described::{Held, Measuring};
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
        (status = 400, description = "A parameter is unknown.", body = ProblemDocument, content_type = "application/problem+json"),
        Held,
        Measuring,
    )
)]
pub async fn show(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    Fields::of_query(request.query_string())?.finish()?;
    once(rest, &request, |snapshot, measures| {
        Ok(NetworkSummary::of(measures, snapshot.version))
    })
    .await
}
