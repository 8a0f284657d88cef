//! `GET /v1/routes`: through which partners one organization reaches another.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::routes_between;

use super::{Versioned, measured, node, node_or_service, organization_in};
use crate::http::caching::Validators;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};
use crate::rest::{Rest, aside};

/// How many routes, where nothing else is asked.
const ROUTES: usize = 3;

/// The most trusted routes of at most four hops, or who could introduce.
#[utoipa::path(
    get,
    path = "/v1/routes",
    tag = "network",
    params(
        ("from" = Uuid, Query, description = "Id of the organization that refers."),
        ("to" = Uuid, Query, description = "Id of an organization or of a service."),
        ("limit" = Option<u32>, Query, description = "How many routes, 1 to 20; 3 unless given."),
    ),
    responses(
        (status = 200, description = "Routes with their hops; with none, an introducer.", body = serde_json::Value),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn show(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let from = fields.text("from").unwrap_or_default();
    let to = fields.text("to").unwrap_or_default();
    let count = fields.count("limit", 1, 20, ROUTES);
    let (snapshot, answer) = aside(move || {
        let (snapshot, measures) = measured(&rest.engine)?;
        let from = organization_in(&mut fields, "from", &from, node(&snapshot, &from));
        let to = organization_in(&mut fields, "to", &to, node_or_service(&snapshot, &to));
        fields.finish()?;
        let answer = routes_between(&snapshot, &measures, from, to, count);
        let version = snapshot.version;
        Ok((
            snapshot,
            Versioned {
                answer,
                snapshot: version,
            },
        ))
    })
    .await?;
    Ok(Validators::of(&request, snapshot.version, snapshot.built_at).reply(&answer))
}
