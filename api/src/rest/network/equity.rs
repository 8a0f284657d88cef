//! `GET /v1/network/equity`: who sits at the edge.

use actix_web::{HttpRequest, HttpResponse, web};

use super::once;
use crate::http::described::{Held, Measuring};
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};
use crate::rest::Rest;
use crate::rest::wire::NetworkEquity;

/// Whether small, faith or community groups, or those in deprived areas, sit at the edge of the network.
#[utoipa::path(
    get,
    path = "/v1/network/equity",
    tag = "network",
    responses(
        (status = 200, description = "Whether small, faith or community groups, or those in deprived areas, sit at the edge of the network.", body = NetworkEquity),
        (status = 400, description = "A parameter is unknown.", body = ProblemDocument, content_type = "application/problem+json"),
        Held,
        Measuring,
    )
)]
pub async fn show(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    Fields::of_query(request.query_string())?.finish()?;
    once(rest, &request, |snapshot, measures| {
        Ok(NetworkEquity::of(measures, snapshot.version))
    })
    .await
}
