//! `GET /v1/organizations/{id}/network`: who is around an organization.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{DEEPEST, Layer, Measures, neighbourhood};
use causeway_engine::snapshot::Snapshot;

use super::{layer, node, once};
use crate::http::described::{Held, LayerQuery, Measuring, NoOrganization, Refused};
use crate::http::{Fields, Problem};
use crate::rest::Rest;
use crate::rest::wire::NeighbourhoodAnswer;

/// Steps that are looked, where nothing else is asked.
pub const DEPTH: u32 = 2;
/// Organizations that are shown, where nothing else is asked.
pub const LIMIT: usize = 50;
/// At most so many.
pub const MOST: usize = 1_000;

/// Everyone within some steps as nodes and edges; of too many, those closest over all paths.
#[utoipa::path(
    get,
    path = "/v1/organizations/{id}/network",
    tag = "network",
    params(
        ("id" = Uuid, Path, description = "Id of the organization."),
        ("depth" = Option<u32>, Query, description = "How many steps, 1 to 4; 2 unless given."),
        LayerQuery,
        ("limit" = Option<u32>, Query, description = "How many organizations, 1 to 1,000; 50 unless given. `left_out` tells what that cuts."),
    ),
    responses(
        (status = 200, description = "Nodes and edges, the nearest and closest first, and what was cut.", body = NeighbourhoodAnswer),
        NoOrganization,
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn show(
    rest: web::Data<Rest>,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let depth = depth(&mut fields);
    let layer = layer(&mut fields);
    let limit = fields.count("limit", 1, MOST, LIMIT);
    fields.finish()?;
    once(rest, &request, move |snapshot, measures| {
        let node = node(snapshot, &id).ok_or_else(|| Problem::no_such("organization", &id))?;
        Ok(answer(snapshot, measures, node, depth, limit, layer))
    })
    .await
}

/// `depth`.
pub(super) fn depth(fields: &mut Fields) -> u32 {
    fields.count("depth", 1, DEEPEST as usize, DEPTH as usize) as u32
}

/// Who is around a node.
#[must_use]
pub fn answer(
    snapshot: &Snapshot,
    measures: &Measures,
    node: u32,
    depth: u32,
    limit: usize,
    layer: Layer,
) -> NeighbourhoodAnswer {
    let graph = measures.ties(snapshot, layer);
    let found = neighbourhood(snapshot, graph, node, depth, limit);
    NeighbourhoodAnswer::of(found, depth, limit, snapshot.version)
}
