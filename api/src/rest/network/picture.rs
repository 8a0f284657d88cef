//! `GET /v1/network.svg` and `/v1/organizations/{id}/network.svg`: a picture of
//! the network, or of what is around an organization.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Layer, MOST_NODES, Measures, Picture, neighbourhood, picture};
use causeway_engine::snapshot::Snapshot;

use super::neighbourhood::{LIMIT, depth};
use super::{layer, node, text};
use crate::http::described::{Held, LayerQuery, Measuring, NoOrganization, Refused};
use crate::http::{Fields, Problem};
use crate::rest::Rest;

/// Of the layout: the same picture for the same data.
pub const SEED: u64 = 1;

const SVG: &str = "image/svg+xml; charset=utf-8";

/// A picture of the whole network; of a large one, of those with most partners.
#[utoipa::path(
    get,
    path = "/v1/network.svg",
    tag = "network",
    params(
        LayerQuery,
    ),
    responses(
        (status = 200, description = "SVG.", body = String, content_type = "image/svg+xml"),
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn whole(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let layer = layer(&mut fields);
    fields.finish()?;
    text(rest, &request, SVG, move |snapshot, measures| {
        let asked = Picture {
            layer,
            seed: SEED,
            ..Picture::default()
        };
        Ok(picture(snapshot, measures, &asked))
    })
    .await
}

/// A picture of what is around an organization.
#[utoipa::path(
    get,
    path = "/v1/organizations/{id}/network.svg",
    tag = "network",
    params(
        ("id" = Uuid, Path, description = "Id of the organization."),
        ("depth" = Option<u32>, Query, description = "How many steps, 1 to 4; 2 unless given."),
        LayerQuery,
        ("limit" = Option<u32>, Query, description = "How many organizations, 1 to 400; 50 unless given."),
    ),
    responses(
        (status = 200, description = "SVG.", body = String, content_type = "image/svg+xml"),
        NoOrganization,
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn around(
    rest: web::Data<Rest>,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let depth = depth(&mut fields);
    let layer = layer(&mut fields);
    let limit = fields.count("limit", 1, MOST_NODES, LIMIT);
    fields.finish()?;
    text(rest, &request, SVG, move |snapshot, measures| {
        let node = node(snapshot, &id).ok_or_else(|| Problem::no_such("organization", &id))?;
        Ok(draw_around(snapshot, measures, node, depth, limit, layer))
    })
    .await
}

/// Draws what is around a node.
#[must_use]
pub fn draw_around(
    snapshot: &Snapshot,
    measures: &Measures,
    node: u32,
    depth: u32,
    limit: usize,
    layer: Layer,
) -> String {
    let graph = measures.ties(snapshot, layer);
    let near = neighbourhood(snapshot, graph, node, depth, limit);
    let asked = Picture {
        nodes: near.nodes.iter().map(|near| near.node).collect(),
        centre: Some(node),
        layer,
        seed: SEED,
    };
    picture(snapshot, measures, &asked)
}
