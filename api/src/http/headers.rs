//! Headers that every answer carries, set in one place: what a browser may do
//! with it, and who may read it.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError};

use super::{Problem, ProblemKind};

/// For data and our own pages: nothing from elsewhere, no script.
const STRICT: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// For the page that shows the API document: its scripts come from here; it
/// puts styles inline.
const DOCS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";
/// Headers that a client elsewhere may send and read.
const ASKED: &str = "Accept, If-Modified-Since, If-None-Match";
const SHOWN: &str = "ETag, Last-Modified";

/// Sets security headers on every answer, and lets pages of any origin read
/// what is read with GET.
pub async fn secure<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let docs = request.path().starts_with("/docs");
    let readable = matches!(*request.method(), Method::GET | Method::HEAD);
    let preflight = *request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if preflight {
        let mut granted = HttpResponse::build(StatusCode::NO_CONTENT);
        granted
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, ASKED))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"));
        request
            .into_response(granted.finish())
            .map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(
        header::CONTENT_SECURITY_POLICY,
        if docs { DOCS } else { STRICT },
    );
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_FRAME_OPTIONS, "DENY");
    if readable {
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
    }
    Ok(response)
}

/// Refuses clients that take no JSON.
pub async fn json_only<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let takes_json = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_none_or(accepts_json);
    if takes_json {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let problem = Problem::new(
        ProblemKind::NotAcceptable,
        "answers here are application/json",
    );
    Ok(request
        .into_response(problem.error_response())
        .map_into_right_body())
}

fn accepts_json(accept: &str) -> bool {
    accept.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default();
        let refused = parts.any(|part| {
            part.strip_prefix("q=")
                .and_then(|q| q.parse::<f64>().ok())
                .is_some_and(|q| q <= 0.0)
        });
        !refused && matches!(media, "*/*" | "application/*" | "application/json" | "")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_and_programs_are_answered_others_refused() {
        for accept in [
            "*/*",
            "application/json",
            "text/html,application/xhtml+xml,*/*;q=0.8",
            "application/*;q=0.5",
        ] {
            assert!(accepts_json(accept), "{accept}");
        }
        for accept in ["text/html", "application/xml", "application/json;q=0"] {
            assert!(!accepts_json(accept), "{accept}");
        }
    }
}
