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
/// For a report that stands alone: its style is in it.
const REPORT: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
/// Headers that a client elsewhere may send and read.
const ASKED: &str = "Accept, If-Modified-Since, If-None-Match";
const SHOWN: &str = "ETag, Last-Modified";

/// Sets security headers on every answer, and lets pages of any origin read
/// what is read with GET.
pub async fn secure<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let policy = if request.path().starts_with("/docs") {
        DOCS
    } else if media(request.path()) == "text/html" {
        REPORT
    } else {
        STRICT
    };
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
    set(header::CONTENT_SECURITY_POLICY, policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::X_FRAME_OPTIONS, "DENY");
    if readable {
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        set(header::ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
    }
    Ok(response)
}

/// What an address answers in: JSON unless its end says otherwise.
fn media(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("csv") => "text/csv",
        Some("graphml") => "application/graphml+xml",
        Some("gexf") => "application/gexf+xml",
        Some("geojson") => "application/geo+json",
        Some("svg") => "image/svg+xml",
        Some("html") => "text/html",
        _ => "application/json",
    }
}

/// Refuses clients that do not take what an address answers in.
pub async fn json_only<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let media = media(request.path());
    let takes_it = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_none_or(|accept| accepts(accept, media));
    if takes_it {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let problem = Problem::new(
        ProblemKind::NotAcceptable,
        format!("answers here are {media}"),
    );
    Ok(request
        .into_response(problem.error_response())
        .map_into_right_body())
}

fn accepts(accept: &str, wanted: &str) -> bool {
    let all = wanted.split('/').next().map(|sort| format!("{sort}/*"));
    accept.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let given = parts.next().unwrap_or_default();
        let refused = parts.any(|part| {
            part.strip_prefix("q=")
                .and_then(|q| q.parse::<f64>().ok())
                .is_some_and(|q| q <= 0.0)
        });
        let fits = matches!(given, "*/*" | "") || given == wanted || Some(given) == all.as_deref();
        // A map layer is JSON too.
        !refused && (fits || (wanted == "application/geo+json" && given == "application/json"))
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
            assert!(accepts(accept, "application/json"), "{accept}");
        }
        for accept in ["text/html", "application/xml", "application/json;q=0"] {
            assert!(!accepts(accept, "application/json"), "{accept}");
        }
        assert!(accepts("text/csv", media("/v1/gaps.csv")));
        assert!(accepts("image/*", media("/v1/gaps.svg")));
        assert!(!accepts("image/*", media("/v1/gaps.html")));
        assert!(accepts("application/json", media("/v1/gaps.geojson")));
    }
}
