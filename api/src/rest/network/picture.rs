//! `GET /v1/network.svg` and `/v1/organizations/{id}/network.svg`: a picture of
//! the network, or of what is around an organization.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Layer, MOST_NODES, Measures, Picture, neighbourhood, picture};
use causeway_engine::snapshot::Snapshot;

use super::neighbourhood::{LIMIT, depth};
use super::{layer, measured, node};
use crate::http::caching::Validators;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};
use crate::rest::{Rest, aside};

/// Of the layout: the same picture for the same data.
pub const SEED: u64 = 1;

/// A picture of the whole network; of a large one, of those with most partners.
#[utoipa::path(
    get,
    path = "/v1/network.svg",
    tag = "network",
    params(
        ("implied" = Option<bool>, Query, description = "Whether ties that are only implied by a shared venue, programme, funder or body count too; false unless given."),
    ),
    responses(
        (status = 200, description = "SVG.", body = String, content_type = "image/svg+xml"),
        (status = 304, description = "The client holds this answer."),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn whole(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let layer = layer(&mut fields);
    fields.finish()?;
    drawn(rest, &request, move |snapshot, measures| {
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
        ("implied" = Option<bool>, Query, description = "Whether ties that are only implied by a shared venue, programme, funder or body count too; false unless given."),
        ("limit" = Option<u32>, Query, description = "How many organizations, 1 to 400; 50 unless given."),
    ),
    responses(
        (status = 200, description = "SVG.", body = String, content_type = "image/svg+xml"),
        (status = 404, description = "There is no such organization.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 304, description = "The client holds this answer."),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
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
    drawn(rest, &request, move |snapshot, measures| {
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

async fn drawn(
    rest: web::Data<Rest>,
    request: &HttpRequest,
    draw: impl FnOnce(&Snapshot, &Measures) -> Result<String, Problem> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let (snapshot, measures) = aside(move || measured(&rest.engine)).await?;
    let validators = Validators::of(request, snapshot.version, snapshot.built_at);
    if validators.is_held(request) {
        return Ok(validators.not_modified());
    }
    let svg = aside(move || draw(&snapshot, &measures)).await?;
    Ok(validators.reply_as("image/svg+xml; charset=utf-8", svg))
}
