//! One line in the log and one count for each request. Never its query, its
//! body or the path as it was asked: only the route it met.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use super::Metrics;

/// Logs and counts a request.
pub(super) async fn observe<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let began = Instant::now();
    let method = request.method().clone();
    let metrics = request.app_data::<web::Data<Metrics>>().cloned();
    let response = next.call(request).await?;
    let route = response
        .request()
        .match_pattern()
        .unwrap_or_else(|| "none".to_owned());
    let status = response.status().as_u16();
    let took = began.elapsed();
    if let Some(metrics) = metrics {
        metrics.count(&method, &route, status, took);
    }
    tracing::info!(
        http.method = %method,
        http.route = route,
        http.status = status,
        took_ms = (took.as_secs_f64() * 1e6).round() / 1e3,
        "answered {method} {route} with {status}"
    );
    Ok(response)
}
