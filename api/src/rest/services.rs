//! `GET /v1/services`: the services of the directory, a page at a time.

use actix_web::{HttpRequest, HttpResponse, web};

use super::directory::{DirectoryParameters, Filters, worded};
use super::wire::ServiceList;
use super::{Rest, aside, describe};
use crate::http::Problem;
use crate::http::caching::Validators;
use crate::http::described::{Held, Refused};

/// Services by name; with `q` the likeliest first, with `near` the nearest.
#[utoipa::path(
    get,
    path = "/v1/services",
    tag = "directory",
    params(DirectoryParameters),
    responses(
        (status = 200, description = "A page of services.", body = ServiceList),
        Held,
        Refused,
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let snapshot = rest.engine.snapshot();
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    let held = validators.is_held(&request);
    let answer = aside(move || {
        let filters = Filters::read(&query, &snapshot)?;
        if held {
            return Ok(None);
        }
        let shown = match &filters.q {
            Some(q) => {
                let bm25f = &rest.engine.settings().matching.words;
                filters.pass(&snapshot, &worded(&snapshot, q, bm25f))
            }
            None => filters.pass(&snapshot, &rest.names(&snapshot).services),
        };
        let page = filters.page;
        Ok(Some(ServiceList {
            services: shown
                .iter()
                .skip(page.offset)
                .take(page.limit)
                .filter_map(|shown| {
                    let id = snapshot.facts.services[shown.number as usize].id;
                    let record = snapshot.directory.services.find(id)?;
                    Some(describe::summary(
                        &snapshot,
                        record,
                        shown.place,
                        shown.distance_m,
                    ))
                })
                .collect(),
            total: shown.len(),
            limit: page.limit,
            offset: page.offset,
            links: page.links(&path, &query, shown.len()),
            snapshot: snapshot.version,
        }))
    })
    .await?;
    Ok(answer.map_or_else(
        || validators.not_modified(),
        |answer| validators.reply(&answer),
    ))
}
