//! `GET /v1/routes`: through which partners one organization reaches another.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::routes_between;

use super::{layer, no_organization, node, node_or_service, once};
use crate::http::described::{Held, LayerQuery, Measuring, Refused};
use crate::http::{Fields, Problem};
use crate::rest::Rest;
use crate::rest::wire::RoutesAnswer;

/// How many routes, where nothing else is asked.
pub const ROUTES: usize = 3;

/// The most trusted routes of at most four hops, or who could introduce.
#[utoipa::path(
    get,
    path = "/v1/routes",
    tag = "network",
    params(
        ("from" = Uuid, Query, description = "Id of the organization that refers."),
        ("to" = Uuid, Query, description = "Id of an organization or of a service."),
        LayerQuery,
        ("limit" = Option<u32>, Query, description = "How many routes, 1 to 20; 3 unless given."),
    ),
    responses(
        (status = 200, description = "Routes with their hops, the most trusted first; with none, an introducer.", body = RoutesAnswer),
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn show(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let from = end(&mut fields, "from");
    let to = end(&mut fields, "to");
    let count = fields.count("limit", 1, 20, ROUTES);
    let layer = layer(&mut fields);
    once(rest, &request, move |snapshot, measures| {
        let ends = (node(snapshot, &from), node_or_service(snapshot, &to));
        for (name, id, found) in [("from", &from, ends.0), ("to", &to, ends.1)] {
            if found.is_none() && !id.is_empty() {
                no_organization(&mut fields, name, id);
            }
        }
        fields.finish()?;
        let (Some(from), Some(to)) = ends else {
            return Err(Problem::no_such("organization", &from));
        };
        let answer = routes_between(snapshot, measures, (from, to), count, layer);
        Ok(RoutesAnswer::of(answer, snapshot.version))
    })
    .await
}

/// An end of the routes, which must be given.
fn end(fields: &mut Fields, name: &'static str) -> String {
    let id = fields.text(name).unwrap_or_default();
    if id.is_empty() && fields.is_without(name) {
        fields.unusable(name, "is missing; give the id of an organization");
    }
    id
}
