//! `POST /v1/network/what-if`: what changes if these close or those are introduced.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Supposition, what_if};

use super::{no_organization, node};
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem, body, caching};
use crate::rest::wire::{WhatIfAnswer, WhatIfAsked};
use crate::rest::{Rest, aside};

/// Components, reach and routes before and after. Nothing is saved.
#[utoipa::path(
    post,
    path = "/v1/network/what-if",
    tag = "network",
    request_body = WhatIfAsked,
    responses(
        (status = 200, description = "Before, after, lost routes and whom it touches.", body = WhatIfAnswer),
        (status = 400, description = "The body is not readable, or a field is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn post(
    rest: web::Data<Rest>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let mut fields = body::json(&request, payload).await?;
    let answer = aside(move || {
        let snapshot = rest.engine.snapshot();
        let mut supposition = Supposition::default();
        for id in fields.texts("close") {
            match node(&snapshot, &id) {
                Some(node) => supposition.close.push(node),
                None => no_organization(&mut fields, "close", &id),
            }
        }
        for pair in pairs(&mut fields) {
            let nodes = [&pair[0], &pair[1]].map(|id| node(&snapshot, id));
            match nodes {
                [Some(one), Some(other)] => supposition.introduce.push((one, other)),
                [None, _] => no_organization(&mut fields, "introduce", &pair[0]),
                [_, None] => no_organization(&mut fields, "introduce", &pair[1]),
            }
        }
        fields.finish()?;
        let found = what_if(&snapshot, &supposition);
        Ok(WhatIfAnswer::of(found, snapshot.version))
    })
    .await?;
    Ok(caching::private(&answer))
}

/// The pairs of ids under `introduce`.
fn pairs(fields: &mut Fields) -> Vec<[String; 2]> {
    let Some(value) = fields.value("introduce") else {
        return Vec::new();
    };
    serde_json::from_value(value).unwrap_or_else(|_shape| {
        fields.malformed("introduce", "must be a list of pairs of organization ids");
        Vec::new()
    })
}
