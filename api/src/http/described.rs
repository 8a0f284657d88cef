//! What many operations take and answer alike, described once.

use utoipa::{IntoParams, IntoResponses};

use super::problem::ProblemDocument;

/// Which part of a list is wanted; see [`super::Page`].
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// How many, 1 to 1,000; 50 unless given.
    pub limit: Option<u32>,
    /// How many to leave out first.
    pub offset: Option<u32>,
}

/// Which ties count.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LayerQuery {
    /// Whether ties that are only implied by a shared venue, programme, funder or body count too; false unless given.
    pub implied: Option<bool>,
}

/// An answer that is not sent again.
#[derive(Debug, IntoResponses)]
#[response(status = 304, description = "The client holds this answer.")]
pub struct Held;

/// What is asked for cannot be understood or used.
#[derive(Debug, IntoResponses)]
pub enum Refused {
    /// It is not in the form of a request.
    #[response(
        status = 400,
        description = "A parameter is unknown or of the wrong type.",
        content_type = "application/problem+json"
    )]
    Malformed(ProblemDocument),
    /// It is, and cannot be used all the same.
    #[response(
        status = 422,
        description = "A value cannot be used.",
        content_type = "application/problem+json"
    )]
    Unusable(ProblemDocument),
}

/// What is asked for is being worked out.
#[derive(Debug, IntoResponses)]
pub enum Measuring {
    /// It is worth asking again.
    #[response(
        status = 503,
        description = "The measures of the graph are still being worked out.",
        content_type = "application/problem+json"
    )]
    NotYet(ProblemDocument),
}

/// Whose answer is asked for.
#[derive(Debug, IntoResponses)]
pub enum NoOrganization {
    /// An id that is no organization's.
    #[response(
        status = 404,
        description = "There is no such organization.",
        content_type = "application/problem+json"
    )]
    Missing(ProblemDocument),
}
