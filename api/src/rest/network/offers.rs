//! `GET /v1/offers`: what groups give to each other and seek from each other.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::model::{Direction, ResourceKind};
use causeway_engine::network::{OfferQuery, find_offers};
use causeway_engine::snapshot::Snapshot;
use geo::Point;

use super::Place;
use crate::http::caching::Validators;
use crate::http::described::{Held, PageQuery, Refused};
use crate::http::{Fields, Page, Problem};
use crate::rest::match_request;
use crate::rest::wire::{OfferGiven, OfferList, Paged};
use crate::rest::{Rest, aside};

/// Rooms, skills, training, volunteers, equipment and knowledge, offered or asked for.
#[utoipa::path(
    get,
    path = "/v1/offers",
    tag = "network",
    params(
        ("q" = Option<String>, Query, description = "Words that title or description must hold, all of them."),
        ("direction" = Option<String>, Query, description = "`offer` or `ask`; both unless given."),
        ("kind" = Option<String>, Query, description = "`space`, `skill`, `training`, `volunteers`, `equipment` or `knowledge`."),
        ("near" = Option<String>, Query, description = "A postcode, a place by name, or `latitude,longitude`: the nearest come first."),
        ("within_km" = Option<f64>, Query, description = "At most so far from `near`, kilometres as the crow flies; what has no place that may be told is left out."),
        ("days" = Option<Vec<String>>, Query, description = "On one of these days: `MO` … `SU` or English names. What does not say stays."),
        ("from_time" = Option<String>, Query, description = "Some time from `HH:MM` on."),
        ("to_time" = Option<String>, Query, description = "Some time up to `HH:MM`."),
        ("access" = Option<Vec<String>>, Query, description = "What it must be said to have, or to need: `step-free`, `hearing-loop` …"),
        PageQuery,
    ),
    responses(
        (status = 200, description = "Offers and asks that have not run out.", body = OfferList),
        Held,
        Refused,
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let snapshot = rest.engine.snapshot();
    let (asked, page) = read(request.query_string(), &snapshot)?;
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    let answer = aside(move || Ok(answer(&snapshot, &asked, page, (&path, &query)))).await?;
    Ok(validators.reply(&answer))
}

fn read(query: &str, snapshot: &Snapshot) -> Result<(OfferQuery, Page), Problem> {
    let mut fields = Fields::of_query(query)?;
    let direction = fields.text("direction").and_then(|word| {
        let known = [Direction::Offer, Direction::Ask].map(|one| (one.name(), one));
        fields.one_of("direction", &word, known)
    });
    let kind = fields.text("kind").and_then(|word| {
        let known = ResourceKind::ALL.map(|kind| (kind.name(), kind));
        fields.one_of("kind", &word, known)
    });
    let near = fields.text("near");
    let point = near.as_deref().and_then(|near| {
        let found = snapshot.gazetteer.place(near);
        found
            .map_err(|error| fields.unusable("near", error.to_string()))
            .ok()
    });
    let within_km = match_request::within_km(&mut fields);
    if within_km.is_some() && near.is_none() {
        fields.unusable("within_km", "needs near");
    }
    let asked = OfferQuery {
        direction,
        kind,
        words: fields.text("q"),
        near: point.map(|found| Point::from(found.point)),
        within_km,
        days: match_request::days(&mut fields),
        from_time: match_request::time(&mut fields, "from_time"),
        to_time: match_request::time(&mut fields, "to_time"),
        access: match_request::access(&mut fields),
    };
    let page = Page::read(&mut fields, 50, 1_000);
    fields.finish()?;
    Ok((asked, page))
}

/// A page of them.
#[must_use]
pub fn answer(snapshot: &Snapshot, asked: &OfferQuery, page: Page, place: Place<'_>) -> OfferList {
    let found = find_offers(snapshot, asked);
    let shown = found.iter().skip(page.offset).take(page.limit);
    OfferList {
        offers: shown.map(|one| OfferGiven::of(snapshot, one)).collect(),
        page: Paged::of(page, place, found.len(), snapshot.version),
    }
}
