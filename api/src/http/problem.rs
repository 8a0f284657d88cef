//! Problem documents (RFC 9457): the one shape of everything that goes wrong.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

/// What can go wrong, as a client can act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not JSON, or not a query string.
    Malformed,
    /// A parameter or field that is unknown or of the wrong type.
    InvalidParameter,
    /// Well formed, but not a value that can be used.
    UnusableValue,
    /// Nothing is there.
    NotFound,
    /// Something is there, but not for this method.
    MethodNotAllowed,
    /// No representation that the client takes.
    NotAcceptable,
    /// The body took too long to arrive.
    TooSlow,
    /// The body is too large.
    TooLarge,
    /// The body is not of a type that is read here.
    UnsupportedMediaType,
    /// What was asked for is still being worked out.
    NotReady,
    /// It failed on this side.
    Internal,
}

impl ProblemKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Malformed,
        Self::InvalidParameter,
        Self::UnusableValue,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::TooSlow,
        Self::TooLarge,
        Self::UnsupportedMediaType,
        Self::NotReady,
        Self::Internal,
    ];

    /// The last part of its type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed-request",
            Self::InvalidParameter => "invalid-parameter",
            Self::UnusableValue => "unusable-value",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotAcceptable => "not-acceptable",
            Self::TooSlow => "request-timeout",
            Self::TooLarge => "too-large",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::NotReady => "not-ready",
            Self::Internal => "internal",
        }
    }

    /// What it is, the same for each occurrence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Malformed => "The request cannot be read",
            Self::InvalidParameter => "A parameter or field is unknown or of the wrong type",
            Self::UnusableValue => "A value cannot be used",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "The method is not served here",
            Self::NotAcceptable => "Only JSON is served here",
            Self::TooSlow => "The request took too long to arrive",
            Self::TooLarge => "The request is too large",
            Self::UnsupportedMediaType => "The request is not of a type that is read here",
            Self::NotReady => "The answer is still being worked out",
            Self::Internal => "The server failed",
        }
    }

    /// What a client can do about it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Malformed => "Send well-formed JSON, or a query string of key=value pairs.",
            Self::InvalidParameter => {
                "Each bad parameter or field is named in `errors`, with the nearest known name where there is one."
            }
            Self::UnusableValue => "Each bad value is named in `errors`, with what would do.",
            Self::NotFound => "Check the address; /docs lists what is served.",
            Self::MethodNotAllowed => "The `Allow` header lists the methods that are served.",
            Self::NotAcceptable => "Accept application/json.",
            Self::TooSlow => "Send the whole request without pauses.",
            Self::TooLarge => "Send a smaller request.",
            Self::UnsupportedMediaType => {
                "Send `Content-Type: application/json`, without a content encoding."
            }
            Self::NotReady => "Ask again after the seconds in `Retry-After`.",
            Self::Internal => "Try again; if it stays, tell the operator at which time it failed.",
        }
    }

    /// The status it comes with.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::Malformed | Self::InvalidParameter => StatusCode::BAD_REQUEST,
            Self::UnusableValue => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::NotReady => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// One bad input of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer to the bad field of a body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/age")]
    pub pointer: Option<String>,
    /// Name of the bad query parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "age")]
    pub parameter: Option<String>,
    /// What is wrong, and what would do.
    #[schema(example = "is not from 0 to 130")]
    pub detail: String,
}

/// Something that went wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct Problem {
    /// What sort of problem.
    pub kind: ProblemKind,
    /// What is wrong this time.
    pub detail: String,
    /// Each bad input.
    pub errors: Vec<FieldError>,
    /// The methods that are served, for [`ProblemKind::MethodNotAllowed`].
    allow: Option<&'static str>,
}

impl Problem {
    /// A problem without bad inputs.
    #[must_use]
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            allow: None,
        }
    }

    /// A problem with bad inputs.
    #[must_use]
    pub fn of_inputs(kind: ProblemKind, errors: Vec<FieldError>) -> Self {
        let said: Vec<String> = errors
            .iter()
            .map(|error| {
                let name = error.parameter.as_ref().or(error.pointer.as_ref());
                format!("{} {}", name.map_or("", String::as_str), error.detail)
            })
            .collect();
        Self {
            errors,
            ..Self::new(kind, said.join("; "))
        }
    }

    /// Nothing of that kind has that id.
    #[must_use]
    pub fn no_such(what: &str, id: &str) -> Self {
        Self::new(
            ProblemKind::NotFound,
            format!("there is no {what} with the id {id}"),
        )
    }

    /// Another method is served here.
    #[must_use]
    pub fn method(allow: &'static str) -> Self {
        Self {
            allow: Some(allow),
            ..Self::new(
                ProblemKind::MethodNotAllowed,
                format!("this address takes {allow}"),
            )
        }
    }

    /// Something failed on this side. The cause goes to the log, not to the client.
    #[must_use]
    pub fn internal(cause: &dyn std::error::Error) -> Self {
        tracing::error!(error = %cause, "a request could not be answered");
        Self::new(
            ProblemKind::Internal,
            "the request could not be answered; the cause is in the server's log",
        )
    }
}

/// A problem document as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// What sort of problem: an address that explains it.
    #[serde(rename = "type")]
    #[schema(example = "/problems/unusable-value")]
    kind: String,
    /// The same in words.
    #[schema(example = "A value cannot be used")]
    title: &'static str,
    /// The HTTP status.
    #[schema(example = 422)]
    status: u16,
    /// What is wrong this time.
    #[schema(example = "age is not from 0 to 130")]
    detail: String,
    /// Each bad input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldError>,
}

/// Seconds after which what is being worked out is worth asking for again.
const RETRY_AFTER_S: &str = "10";

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(allow) = self.allow {
            response.insert_header((header::ALLOW, allow));
        }
        if self.kind == ProblemKind::NotReady {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER_S));
        }
        let document = ProblemDocument {
            kind: format!("/problems/{}", self.kind.name()),
            title: self.kind.title(),
            status: self.status_code().as_u16(),
            detail: self.detail.clone(),
            errors: self.errors.clone(),
        };
        let body = serde_json::to_string(&document).unwrap_or_default();
        response
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .content_type("application/problem+json")
            .body(body)
    }
}
