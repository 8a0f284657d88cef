//! `GET /v1/organizations/{id}/collaborators`: who could work with whom, and why.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{CollaboratorQuery, Measures, collaborators};
use causeway_engine::snapshot::Snapshot;

use super::{Place, layer, node, once};
use crate::http::described::{Held, LayerQuery, Measuring, NoOrganization, PageQuery, Refused};
use crate::http::{Fields, Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{CollaboratorGiven, CollaboratorList, Paged};

/// Organizations ranked by what they would bring, each with reasons that add up.
#[utoipa::path(
    get,
    path = "/v1/organizations/{id}/collaborators",
    tag = "network",
    params(
        ("id" = Uuid, Path, description = "Id of the organization."),
        ("include_partners" = Option<bool>, Query, description = "Whether those who are partners already are listed too; false unless given."),
        LayerQuery,
        PageQuery,
    ),
    responses(
        (status = 200, description = "Collaborators, the best first.", body = CollaboratorList),
        NoOrganization,
        Held,
        Refused,
        Measuring,
    )
)]
pub async fn list(
    rest: web::Data<Rest>,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let include_partners = fields.truth("include_partners").unwrap_or(false);
    let layer = layer(&mut fields);
    let page = Page::read(&mut fields, 50, 1_000);
    fields.finish()?;
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    once(rest, &request, move |snapshot, measures| {
        let node = node(snapshot, &id).ok_or_else(|| Problem::no_such("organization", &id))?;
        let asked = CollaboratorQuery {
            node,
            include_partners,
            layer,
        };
        Ok(answer(snapshot, measures, asked, page, (&path, &query)))
    })
    .await
}

/// A page of them.
#[must_use]
pub fn answer(
    snapshot: &Snapshot,
    measures: &Measures,
    asked: CollaboratorQuery,
    page: Page,
    place: Place<'_>,
) -> CollaboratorList {
    let found = collaborators(snapshot, measures, asked);
    let page_of = Paged::of(page, place, found.len(), snapshot.version);
    let shown = found.into_iter().skip(page.offset).take(page.limit);
    CollaboratorList {
        collaborators: shown
            .map(|one| CollaboratorGiven::of(snapshot, one))
            .collect(),
        page: page_of,
    }
}
