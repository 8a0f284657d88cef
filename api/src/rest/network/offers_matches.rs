//! `GET /v1/offers/matches`: the best pairing of asks with offers.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::pair_offers;

use super::Versioned;
use crate::http::caching::Validators;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};
use crate::rest::{Rest, aside};

/// Every ask with the offer that serves it best, over all asks together: not first come.
#[utoipa::path(
    get,
    path = "/v1/offers/matches",
    tag = "network",
    responses(
        (status = 200, description = "Pairs with reasons, and what stays unmatched.", body = serde_json::Value),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn show(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    Fields::of_query(request.query_string())?.finish()?;
    let snapshot = rest.engine.snapshot();
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let answer = aside(move || {
        Ok(Versioned {
            answer: pair_offers(&snapshot),
            snapshot: snapshot.version,
        })
    })
    .await?;
    Ok(validators.reply(&answer))
}
