//! `GET /v1/network/isolated`: who stands apart, and whom they could meet.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, isolated};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::problem::ProblemDocument;
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{CollaboratorGiven, IsolatedGiven, IsolatedList, Paged};

/// Organizations without partners or hanging on one, each with the three best introductions.
#[utoipa::path(
    get,
    path = "/v1/network/isolated",
    tag = "network",
    params(
        ("limit" = Option<u32>, Query, description = "How many, 1 to 1,000; 50 unless given."),
        ("offset" = Option<u32>, Query, description = "How many to leave out first."),
    ),
    responses(
        (status = 200, description = "Organizations without partners or hanging on one, each with the three best introductions.", body = IsolatedList),
        (status = 304, description = "The client holds this answer."),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    page(rest, request, answer).await
}

/// A page of them.
#[must_use]
pub fn answer(
    snapshot: &Snapshot,
    measures: &Measures,
    page: Page,
    place: Place<'_>,
) -> IsolatedList {
    let (found, total) = isolated(snapshot, measures, page.offset, page.limit);
    let organizations = found.into_iter().map(|apart| IsolatedGiven {
        organization: apart.organization.into(),
        why: apart.why.name(),
        introductions: apart
            .introductions
            .into_iter()
            .map(|one| CollaboratorGiven::of(snapshot, one))
            .collect(),
    });
    IsolatedList {
        organizations: organizations.collect(),
        page: Paged::of(page, place, total, snapshot.version),
    }
}
