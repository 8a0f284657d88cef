//! `/livez` and `/readyz`, for whoever keeps the server running.

use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::http::caching;
use crate::rest::Rest;

/// The process answers.
pub(super) async fn live() -> HttpResponse {
    caching::private(&json!({ "status": "alive" }))
}

/// A snapshot is there to answer from. The server starts with one, so this
/// says which.
pub(super) async fn ready(rest: web::Data<Rest>) -> HttpResponse {
    let snapshot = rest.engine.snapshot();
    caching::private(&json!({ "status": "ready", "snapshot": snapshot.version }))
}
