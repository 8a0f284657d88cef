//! `GET /v1/offers/matches`: the best pairing of asks with offers.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::pair_offers;
use causeway_engine::snapshot::Snapshot;

use super::Place;
use crate::http::caching::Validators;
use crate::http::described::{Held, PageQuery, Refused};
use crate::http::{Fields, Page, Problem};
use crate::rest::wire::{Paged, PairGiven, PairingAnswer, offers_by_id};
use crate::rest::{Rest, aside};

/// Every ask with the offer that serves it best, over all asks together: not first come.
#[utoipa::path(
    get,
    path = "/v1/offers/matches",
    tag = "network",
    params(
        PageQuery,
    ),
    responses(
        (status = 200, description = "Pairs with reasons, and what stays unmatched.", body = PairingAnswer),
        Held,
        Refused,
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let page = Page::read(&mut fields, 50, 1_000);
    fields.finish()?;
    let snapshot = rest.engine.snapshot();
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let (path, query) = (request.path().to_owned(), request.query_string().to_owned());
    let answer = aside(move || Ok(answer(&snapshot, page, (&path, &query)))).await?;
    Ok(validators.reply(&answer))
}

/// A page of the pairs, and all that stays unmatched.
#[must_use]
pub fn answer(snapshot: &Snapshot, page: Page, place: Place<'_>) -> PairingAnswer {
    let found = pair_offers(snapshot);
    let page_of = Paged::of(page, place, found.pairs.len(), snapshot.version);
    let shown = found.pairs.into_iter().skip(page.offset).take(page.limit);
    PairingAnswer {
        pairs: shown
            .filter_map(|pair| PairGiven::of(snapshot, pair))
            .collect(),
        unmatched: offers_by_id(snapshot, &found.unmatched),
        page: page_of,
    }
}
