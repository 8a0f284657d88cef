//! Reading a JSON body: bounded in size and in time.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;

use super::{Fields, Problem, ProblemKind};

/// Largest body, bytes.
pub const LIMIT_BYTES: usize = 64 << 10;
/// Within this it must have arrived.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a body as one JSON object.
///
/// The body is taken as it comes: a compressed one is refused, since a small
/// one may unpack to gigabytes before any limit sees it.
pub async fn json(request: &HttpRequest, payload: web::Payload) -> Result<Fields, Problem> {
    let header = |name| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if header(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
        return Err(Problem::new(
            ProblemKind::UnsupportedMediaType,
            "the body is compressed; send it as it is",
        ));
    }
    let essence = header(header::CONTENT_TYPE)
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase());
    if essence.as_deref() != Some("application/json") {
        return Err(Problem::new(
            ProblemKind::UnsupportedMediaType,
            "the body must be sent as application/json",
        ));
    }
    let bytes = actix_web::rt::time::timeout(PATIENCE, read(payload))
        .await
        .map_err(|_elapsed| {
            Problem::new(
                ProblemKind::TooSlow,
                format!("the body took longer than {} s", PATIENCE.as_secs()),
            )
        })??;
    match serde_json::from_slice(&bytes) {
        Ok(serde_json::Value::Object(fields)) => Ok(Fields::of_json(fields)),
        Ok(_) => Err(Problem::new(
            ProblemKind::Malformed,
            "the body must be one JSON object",
        )),
        Err(error) => Err(Problem::new(
            ProblemKind::Malformed,
            format!("the body is not JSON: {error}"),
        )),
    }
}

async fn read(mut payload: web::Payload) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            Problem::new(
                ProblemKind::Malformed,
                format!("the body broke off: {error}"),
            )
        })?;
        if bytes.len() + chunk.len() > LIMIT_BYTES {
            return Err(Problem::new(
                ProblemKind::TooLarge,
                format!("a body may have {} kB", LIMIT_BYTES >> 10),
            ));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
