//! `GET /v1/network/isolated`: who stands apart, and whom they could meet.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, isolated};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::described::{Held, Measuring, PageQuery, Refused};
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{CollaboratorGiven, IsolatedGiven, IsolatedList, Paged};

/// Organizations without partners or hanging on one, each with the three best introductions.
#[utoipa::path(
    get,
    path = "/v1/network/isolated",
    tag = "network",
    params(
        PageQuery,
    ),
    responses(
        (status = 200, description = "Organizations without partners or hanging on one, each with the three best introductions.", body = IsolatedList),
        Held,
        Refused,
        Measuring,
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
