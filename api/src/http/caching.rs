//! When an answer may be used again.
//!
//! A read of the directory depends on the version of the data and on what is
//! asked, and on nothing else; so these two make its tag, before it is made.

use std::hash::{DefaultHasher, Hash, Hasher};

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;
use serde::Serialize;

/// What tells one answer to a read from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validators {
    etag: String,
    modified: Timestamp,
}

impl Validators {
    /// Of an answer to this request from that version of the data.
    #[must_use]
    pub fn of(request: &HttpRequest, version: u64, built_at: Timestamp) -> Self {
        let mut hasher = DefaultHasher::new();
        // A temporary store counts its versions from 1 at each start.
        built_at.as_nanosecond().hash(&mut hasher);
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        request.path().hash(&mut hasher);
        request.query_string().hash(&mut hasher);
        Self {
            // Weak: the bytes differ by compression.
            etag: format!("W/\"{version}-{:016x}\"", hasher.finish()),
            modified: built_at,
        }
    }

    /// Whether the client holds this very answer.
    #[must_use]
    pub fn is_held(&self, request: &HttpRequest) -> bool {
        let header = |name| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        if let Some(held) = header(header::IF_NONE_MATCH) {
            return held
                .split(',')
                .map(str::trim)
                .any(|tag| tag == "*" || opaque(tag) == opaque(&self.etag));
        }
        header(header::IF_MODIFIED_SINCE)
            .and_then(|since| jiff::fmt::rfc2822::parse(since).ok())
            .is_some_and(|since| self.modified.as_second() <= since.timestamp().as_second())
    }

    /// A JSON answer that may be kept, if it is asked about before each use; or
    /// 304 where the client holds it.
    pub fn reply<T: Serialize>(&self, body: &T) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        self.head(&mut response);
        response.json(body)
    }

    /// The same for an answer that is no JSON.
    #[must_use]
    pub fn reply_as(&self, media: &'static str, body: impl Into<Vec<u8>>) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        self.head(&mut response);
        response.content_type(media).body(body.into())
    }

    /// 304: the client holds this very answer.
    #[must_use]
    pub fn not_modified(&self) -> HttpResponse {
        let mut response = HttpResponse::NotModified();
        self.head(&mut response);
        response.finish()
    }

    fn head(&self, response: &mut actix_web::HttpResponseBuilder) {
        response.insert_header((header::ETAG, self.etag.clone()));
        response.insert_header((header::CACHE_CONTROL, "no-cache"));
        response.insert_header((header::LAST_MODIFIED, http_date(self.modified)));
    }
}

/// A tag without its weakness: a read is compared weakly (RFC 9110, 13.1.2).
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// As HTTP writes a time: `Tue, 24 Nov 2026 09:30:00 GMT`.
fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A JSON answer about a person, which nobody may keep.
pub fn private<T: Serialize>(body: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_tag_follows_version_and_question() {
        let at: Timestamp = "2026-11-24T09:30:00Z".parse().unwrap();
        let of = |uri, version| {
            Validators::of(&TestRequest::with_uri(uri).to_http_request(), version, at)
        };
        assert_eq!(of("/v1/services?q=a", 3), of("/v1/services?q=a", 3));
        assert_ne!(of("/v1/services?q=a", 3), of("/v1/services?q=b", 3));
        assert_ne!(of("/v1/services?q=a", 3), of("/v1/services?q=a", 4));
    }

    #[test]
    fn a_held_answer_is_known_by_tag_first_and_then_by_time() {
        let at: Timestamp = "2026-11-24T09:30:00.5Z".parse().unwrap();
        let ask = |name: &'static str, value: &str| {
            let request = TestRequest::with_uri("/v1/services")
                .insert_header((name, value))
                .to_http_request();
            Validators::of(&request, 3, at).is_held(&request)
        };
        let tag = Validators::of(
            &TestRequest::with_uri("/v1/services").to_http_request(),
            3,
            at,
        )
        .etag;
        assert!(ask("if-none-match", &tag));
        assert!(ask("if-none-match", &format!("\"x\", {}", opaque(&tag))));
        assert!(!ask("if-none-match", "\"x\""));
        assert!(ask("if-modified-since", "Tue, 24 Nov 2026 09:30:00 GMT"));
        assert!(!ask("if-modified-since", "Tue, 24 Nov 2026 09:29:59 GMT"));
        assert_eq!(http_date(at), "Tue, 24 Nov 2026 09:30:00 GMT");
    }
}
