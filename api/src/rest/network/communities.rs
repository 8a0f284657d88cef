//! `GET /v1/network/communities`: groups that work more with each other than with the rest.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, named_communities};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::described::{Held, Measuring, PageQuery, Refused};
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{CommunityList, Paged};

/// Communities by the Leiden method, named by what their members do and where.
#[utoipa::path(
    get,
    path = "/v1/network/communities",
    tag = "network",
    params(
        PageQuery,
    ),
    responses(
        (status = 200, description = "Communities by the Leiden method, named by what their members do and where.", body = CommunityList),
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
) -> CommunityList {
    let found = named_communities(snapshot, measures, page.offset, page.limit);
    CommunityList {
        communities: found.communities.into_iter().map(Into::into).collect(),
        modularity: found.modularity,
        stability: found.stability,
        runs: found.runs,
        caution: found.caution,
        page: Paged::of(page, place, found.total, snapshot.version),
    }
}
