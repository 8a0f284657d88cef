//! `GET /v1/network.graphml`, `.gexf`, `.json`, `.csv`: the whole graph for
//! other programs, each organization with what was measured of it.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{GraphRows, Layer};

use super::{layer, text};
use crate::http::described::{Held, LayerQuery, Measuring, Refused};
use crate::http::{Fields, Problem};
use crate::rest::Rest;
use crate::rest::wire::GraphAnswer;

/// The whole graph as `GraphML`, as Gephi, yEd, igraph and networkx read it.
#[utoipa::path(
    get,
    path = "/v1/network.graphml",
    tag = "network",
    params(
        LayerQuery,
    ),
    responses(
        (status = 200, description = "`GraphML` 1.0.", body = String, content_type = "application/graphml+xml"),
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn graphml(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let media = "application/graphml+xml; charset=utf-8";
    written(rest, request, media, |rows, _| rows.graphml()).await
}

/// The whole graph as GEXF, as Gephi reads it.
#[utoipa::path(
    get,
    path = "/v1/network.gexf",
    tag = "network",
    params(
        LayerQuery,
    ),
    responses(
        (status = 200, description = "GEXF 1.3.", body = String, content_type = "application/gexf+xml"),
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn gexf(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let media = "application/gexf+xml; charset=utf-8";
    written(rest, request, media, |rows, _| rows.gexf()).await
}

/// The organizations with their measures as CSV, or the ties.
#[utoipa::path(
    get,
    path = "/v1/network.csv",
    tag = "network",
    params(
        ("table" = Option<String>, Query, description = "`nodes`, which is meant unless given, or `edges`."),
        LayerQuery,
    ),
    responses(
        (status = 200, description = "CSV (RFC 4180) with a header.", body = String, content_type = "text/csv"),
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn csv(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    written(rest, request, "text/csv; charset=utf-8", |rows, edges| {
        if edges {
            rows.edges_csv()
        } else {
            rows.nodes_csv()
        }
    })
    .await
}

/// The whole graph as JSON: nodes and edges.
#[utoipa::path(
    get,
    path = "/v1/network.json",
    tag = "network",
    params(
        LayerQuery,
    ),
    responses(
        (status = 200, description = "Nodes with their measures, and edges.", body = GraphAnswer),
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn json(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let layer = layer(&mut fields);
    fields.finish()?;
    super::once(rest, &request, move |snapshot, measures| {
        let rows = GraphRows::of(snapshot, measures, layer);
        Ok(GraphAnswer::of(rows, snapshot.version))
    })
    .await
}

/// Answers with a text of the rows.
async fn written(
    rest: web::Data<Rest>,
    request: HttpRequest,
    media: &'static str,
    write: impl FnOnce(&GraphRows, bool) -> String + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let (layer, edges) = read(&request)?;
    text(rest, &request, media, move |snapshot, measures| {
        Ok(write(&GraphRows::of(snapshot, measures, layer), edges))
    })
    .await
}

/// The layer, and whether the table of edges is asked for, which only CSV has.
fn read(request: &HttpRequest) -> Result<(Layer, bool), Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let layer = layer(&mut fields);
    let mut edges = false;
    if request.path().to_ascii_lowercase().ends_with(".csv")
        && let Some(word) = fields.text("table")
    {
        let known = [("nodes", false), ("edges", true)];
        edges = fields.one_of("table", &word, known).unwrap_or(false);
    }
    fields.finish()?;
    Ok((layer, edges))
}
