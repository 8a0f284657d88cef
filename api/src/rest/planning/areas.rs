//! `GET /v1/areas`: the areas that planning goes by, and those around a place.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::geography::AreaIndex;
use causeway_engine::model::{Area, AreaKind, Deprivation};
use causeway_engine::text::fold;

use super::request::word;
use crate::http::caching::Validators;
use crate::http::described::{Held, PageQuery, Refused};
use crate::http::{Fields, Page, Problem};
use crate::rest::match_request::place;
use crate::rest::wire::{AgeBand, AreaAnswer, AreaGiven, AreaList, DeprivationMeasure};
use crate::rest::{Rest, aside};

/// Areas with residents by age and deprivation; with a postcode or a point
/// those it lies in.
#[utoipa::path(
    get,
    path = "/v1/areas",
    tag = "planning",
    params(
        ("postcode" = Option<String>, Query, description = "A place: only areas it lies in."),
        ("latitude" = Option<f64>, Query, description = "The same by WGS84 degrees north, together with `longitude`."),
        ("longitude" = Option<f64>, Query, description = "WGS84 degrees east."),
        ("kind" = Option<String>, Query, description = "Only `lsoa11`, `lsoa21`, `ward`, `district` or `other`. Those of the two censuses do not match and are never mixed."),
        ("q" = Option<String>, Query, description = "Only areas whose name or code holds this."),
        PageQuery,
    ),
    responses(
        (status = 200, description = "A page of areas, by kind, then code.", body = AreaList),
        Held,
        Refused,
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let snapshot = rest.engine.snapshot();
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    let answer = aside(move || {
        let mut fields = Fields::of_query(&query)?;
        let point = place(&mut fields, &snapshot).map(|found| found.point);
        let kinds = AreaKind::ALL.map(|kind| (kind.name(), kind.clone()));
        let kind = word(&mut fields, "kind", kinds);
        let q = fields.text("q");
        let page = Page::read(&mut fields, 50, 1_000);
        fields.finish()?;
        let index = snapshot.areas();
        let around: Option<Vec<&Area>> = point.map(|point| index.containing(point));
        let areas: Vec<&Area> = match around {
            Some(areas) => areas,
            None => index.iter().collect(),
        };
        let said = q.as_deref().map(fold);
        let shown: Vec<&Area> = areas
            .into_iter()
            .filter(|area| kind.as_ref().is_none_or(|kind| area.kind == *kind))
            .filter(|area| {
                said.as_ref().is_none_or(|said| {
                    fold(&area.name).contains(said.as_str())
                        || fold(&area.code).contains(said.as_str())
                })
            })
            .collect();
        Ok(AreaList {
            areas: shown
                .iter()
                .skip(page.offset)
                .take(page.limit)
                .map(|area| describe(index, area))
                .collect(),
            total: shown.len(),
            limit: page.limit,
            offset: page.offset,
            links: page.links(&path, &query, shown.len()),
            snapshot: snapshot.version,
        })
    })
    .await?;
    Ok(validators.reply(&answer))
}

fn describe(index: &AreaIndex, area: &Area) -> AreaAnswer {
    let parent = area.parent.clone().map(|code| {
        let name = area.parent_name.clone();
        let name = name.or_else(|| index.find(&code).map(|parent| parent.name.clone()));
        AreaGiven {
            name: name.unwrap_or_else(|| code.clone()),
            code,
        }
    });
    AreaAnswer {
        code: area.code.clone(),
        name: area.name.clone(),
        kind: area.kind.name(),
        parent,
        latitude: area.latitude,
        longitude: area.longitude,
        outline: area.boundary.is_some(),
        population: area.population.total,
        ages: area
            .population
            .bands
            .iter()
            .map(|(from, to, residents)| AgeBand {
                from: *from,
                to: *to,
                residents: *residents,
            })
            .collect(),
        deprivation: area.deprivation.as_ref().map(whole),
        domains: area
            .deprivation
            .iter()
            .flat_map(|all| &all.domains)
            .map(|domain| DeprivationMeasure {
                name: Some(domain.name.clone()),
                score: domain.score,
                rank: domain.rank,
                decile: domain.decile,
            })
            .collect(),
    }
}

fn whole(of: &Deprivation) -> DeprivationMeasure {
    DeprivationMeasure {
        name: of.index.clone(),
        score: of.score,
        rank: of.rank,
        decile: of.decile,
    }
}
