//! `GET /v1/organizations`: the organizations of the directory, a page at a time.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::model::{Organization, OrganizationId};
use causeway_engine::snapshot::Snapshot;
use causeway_engine::text::fold;

use super::directory::{DirectoryParameters, Filters};
use super::names::Names;
use super::wire::{OrganizationList, OrganizationSummary};
use super::{Rest, aside};
use crate::http::Problem;
use crate::http::caching::Validators;
use crate::http::described::{Held, Refused};

/// Organizations by name, with `near` the nearest first. `term`, `near` and
/// `access` ask for organizations with a service that passes.
#[utoipa::path(
    get,
    path = "/v1/organizations",
    tag = "directory",
    params(DirectoryParameters),
    responses(
        (status = 200, description = "A page of organizations.", body = OrganizationList),
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
        let names = rest.names(&snapshot);
        let found = passing(&snapshot, &filters, &names);
        let page = filters.page;
        let shown: Vec<_> = found
            .iter()
            .skip(page.offset)
            .take(page.limit)
            .filter_map(|(id, distance)| {
                let record = snapshot.directory.organizations.find(*id)?;
                Some((record, *distance))
            })
            .collect();
        Ok(Some(OrganizationList {
            organizations: summaries(&snapshot, &shown),
            total: found.len(),
            limit: page.limit,
            offset: page.offset,
            links: page.links(&path, &query, found.len()),
            snapshot: snapshot.version,
        }))
    })
    .await?;
    Ok(answer.map_or_else(
        || validators.not_modified(),
        |answer| validators.reply(&answer),
    ))
}

/// The organizations that pass, in order, each with how far it is.
fn passing(
    snapshot: &Snapshot,
    filters: &Filters,
    names: &Names,
) -> Vec<(OrganizationId, Option<f64>)> {
    let by_service: Option<BTreeMap<OrganizationId, Option<f64>>> =
        filters.asks_of_services().then(|| {
            let mut nearest: BTreeMap<OrganizationId, Option<f64>> = BTreeMap::new();
            for shown in filters.pass(snapshot, &names.services) {
                let facts = &snapshot.facts.services[shown.number as usize];
                if let Some(node) = facts.organization {
                    // The nearest come first, so the first that is met stays.
                    nearest
                        .entry(snapshot.graph.organization(node))
                        .or_insert(shown.distance_m);
                }
            }
            nearest
        });
    let q = filters.q.as_deref().map(fold);
    let mut found: Vec<(OrganizationId, Option<f64>)> = names
        .organizations
        .iter()
        .filter_map(|id| match &by_service {
            Some(by_service) => by_service.get(id).map(|distance| (*id, *distance)),
            None => Some((*id, None)),
        })
        .filter(|(id, _)| {
            q.as_ref().is_none_or(|q| {
                let record = snapshot.directory.organizations.find(*id);
                record.is_some_and(|record| holds(record, q))
            })
        })
        .collect();
    if filters.is_near() {
        let far = |distance: Option<f64>| distance.unwrap_or(f64::INFINITY);
        found.sort_by(|a, b| far(a.1).total_cmp(&far(b.1)));
    }
    found
}

/// Whether each word of `q` begins a word of the record.
fn holds(record: &Organization, q: &str) -> bool {
    let texts = [
        Some(record.name.as_str()),
        record.alternate_name.as_deref(),
        record.description.as_deref(),
    ];
    let text = fold(&texts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    q.split(' ')
        .all(|asked| text.split(' ').any(|word| word.starts_with(asked)))
}

/// Organizations as a list shows them; services and partnerships are counted
/// in one pass for the whole page.
fn summaries(
    snapshot: &Snapshot,
    shown: &[(&Organization, Option<f64>)],
) -> Vec<OrganizationSummary> {
    let mut counts: BTreeMap<OrganizationId, (usize, usize)> = shown
        .iter()
        .map(|(record, _)| (record.id, (0, 0)))
        .collect();
    for service in snapshot.directory.services.iter() {
        if let Some(count) = service.organization_id.and_then(|id| counts.get_mut(&id)) {
            count.0 += 1;
        }
    }
    for partnership in snapshot.directory.partnerships.iter() {
        if partnership.has_ended(snapshot.today) {
            continue;
        }
        for id in [partnership.from, partnership.to] {
            if let Some(count) = counts.get_mut(&id) {
                count.1 += 1;
            }
        }
    }
    shown
        .iter()
        .map(|(record, distance_m)| {
            let (services, partnerships) = counts.get(&record.id).copied().unwrap_or_default();
            OrganizationSummary {
                id: record.id.0,
                name: record.name.clone(),
                description: record.description.clone(),
                website: record.website.clone(),
                legal_status: record.legal_status.clone(),
                services,
                partnerships,
                distance_m: *distance_m,
            }
        })
        .collect()
}
