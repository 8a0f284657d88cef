//! `GET /v1/network/cores`: core and periphery.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, cores};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::described::{Held, Measuring, PageQuery, Refused};
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{CoreList, CoreSize, InCoreGiven, Paged};

/// Organizations from the core of the network to its periphery, by core number.
#[utoipa::path(
    get,
    path = "/v1/network/cores",
    tag = "network",
    params(
        PageQuery,
    ),
    responses(
        (status = 200, description = "Organizations from the core of the network to its periphery, by core number.", body = CoreList),
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
pub fn answer(snapshot: &Snapshot, measures: &Measures, page: Page, place: Place<'_>) -> CoreList {
    let found = cores(snapshot, measures, page.offset, page.limit);
    let total = found.sizes.iter().map(|(_, count)| count).sum();
    CoreList {
        organizations: found
            .organizations
            .into_iter()
            .map(|one| InCoreGiven {
                organization: one.organization.into(),
                core: one.core,
                partners: one.partners,
            })
            .collect(),
        cores: found
            .sizes
            .into_iter()
            .map(|(core, organizations)| CoreSize {
                core,
                organizations,
            })
            .collect(),
        page: Paged::of(page, place, total, snapshot.version),
    }
}
