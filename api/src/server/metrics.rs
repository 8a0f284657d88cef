//! `/metrics`: what an operator watches, in the text format of Prometheus.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::{HttpResponse, web};
use causeway_engine::model::Kind;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry,
    TextEncoder,
};

use crate::http::Problem;
use crate::rest::Rest;

/// Upper ends of the latency buckets, seconds.
const BUCKETS: [f64; 12] = [
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0,
];

/// Counts of one server.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    version: IntGauge,
    records: IntGaugeVec,
}

impl Default for Metrics {
    fn default() -> Self {
        let fixed = "names and labels are fixed, and valid";
        let requests = IntCounterVec::new(
            Opts::new("causeway_http_requests_total", "Requests answered."),
            &["method", "route", "status"],
        )
        .expect(fixed);
        let seconds = HistogramVec::new(
            HistogramOpts::new(
                "causeway_http_request_duration_seconds",
                "Time from the head of a request to the head of its answer.",
            )
            .buckets(BUCKETS.to_vec()),
            &["method", "route", "status"],
        )
        .expect(fixed);
        let version = IntGauge::new(
            "causeway_snapshot_version",
            "The version of the data that answers.",
        )
        .expect(fixed);
        let records = IntGaugeVec::new(
            Opts::new(
                "causeway_records",
                "Records by kind, those that left their source too.",
            ),
            &["kind"],
        )
        .expect(fixed);
        let build = IntGaugeVec::new(
            Opts::new("causeway_build_info", "The program that runs; always 1."),
            &["version"],
        )
        .expect(fixed);
        build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
        let registry = Registry::new();
        let collectors: [Box<dyn prometheus::core::Collector>; 5] = [
            Box::new(requests.clone()),
            Box::new(seconds.clone()),
            Box::new(version.clone()),
            Box::new(records.clone()),
            Box::new(build),
        ];
        for collector in collectors {
            registry
                .register(collector)
                .expect("each name is used once");
        }
        Self {
            registry,
            requests,
            seconds,
            version,
            records,
        }
    }
}

impl Metrics {
    /// Counts an answered request. `route` is a template, never a path: ids
    /// and queries would be a label each, and tell who was looked for.
    pub(super) fn count(&self, method: &Method, route: &str, status: u16, took: Duration) {
        // A client may send any word as its method.
        let method = match method.as_str() {
            known @ ("GET" | "HEAD" | "POST" | "OPTIONS" | "PUT" | "PATCH" | "DELETE") => known,
            _ => "other",
        };
        let status = status.to_string();
        let labels = [method, route, status.as_str()];
        self.requests.with_label_values(&labels).inc();
        self.seconds
            .with_label_values(&labels)
            .observe(took.as_secs_f64());
    }
}

/// All counts, as text.
pub(super) async fn show(
    rest: web::Data<Rest>,
    metrics: web::Data<Metrics>,
) -> Result<HttpResponse, Problem> {
    let snapshot = rest.engine.snapshot();
    metrics
        .version
        .set(i64::try_from(snapshot.version).unwrap_or(i64::MAX));
    for kind in Kind::ALL {
        let count = snapshot.directory.count(*kind);
        metrics
            .records
            .with_label_values(&[kind.name()])
            .set(i64::try_from(count).unwrap_or(i64::MAX));
    }
    let mut text = Vec::new();
    TextEncoder::new()
        .encode(&metrics.registry.gather(), &mut text)
        .map_err(|error| Problem::internal(&error))?;
    Ok(HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-store"))
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(text))
}
