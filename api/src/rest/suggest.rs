//! `GET /v1/suggest`: completions of needs, services, organizations and places.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::snapshot::Snapshot;
use causeway_engine::text::Words;
use causeway_engine::text::lexicon::Side;
use serde::Serialize;
use utoipa::ToSchema;

use super::names::Names;
use super::wire::{Suggestion, SuggestionKind, SuggestionList};
use super::{Rest, aside};
use crate::http::caching::Validators;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};

/// What was typed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SuggestParameters {
    /// What was typed so far.
    #[param(example = "foo")]
    pub q: String,
    /// How many, 1 to 50; 10 unless given.
    #[param(nullable = false, minimum = 1, maximum = 50, example = 10)]
    pub limit: Option<u32>,
}

/// How sure a concept must be to be offered for words it does not hold.
const SURE: f64 = 0.4;

/// Completions while typing.
#[utoipa::path(
    get,
    path = "/v1/suggest",
    tag = "matching",
    params(SuggestParameters),
    responses(
        (status = 200, description = "Completions, the likeliest first.", body = SuggestionList),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let mut fields = Fields::of_query(request.query_string())?;
    let typed = fields.text("q").unwrap_or_default();
    let limit = fields.count("limit", 1, 50, 10);
    fields.finish()?;
    let snapshot = rest.engine.snapshot();
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let answer = aside(move || {
        let names = rest.names(&snapshot);
        let mut suggestions = suggested(&snapshot, &names, &typed);
        let total = suggestions.len();
        suggestions.truncate(limit);
        Ok(SuggestionList {
            suggestions,
            total,
            limit,
            snapshot: snapshot.version,
        })
    })
    .await?;
    Ok(validators.reply(&answer))
}

/// Names that hold what was typed; where none does, with its spelling mended;
/// and the needs that the words speak of without naming them.
fn suggested(snapshot: &Snapshot, names: &Names, typed: &str) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = names.complete(typed).into_iter().cloned().collect();
    let mut words = Words::of(typed);
    let mended = words.correct(&snapshot.vocabulary);
    if found.is_empty() && !mended.is_empty() {
        let folded: Vec<&str> = words.tokens.iter().map(|t| t.folded.as_str()).collect();
        found = names
            .complete(&folded.join(" "))
            .into_iter()
            .cloned()
            .collect();
    }
    let mut spoken: Vec<_> = snapshot
        .lexicon
        .read(&words, Side::Need)
        .into_iter()
        .filter(|finding| finding.strength >= SURE)
        .collect();
    spoken.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then(a.concept.cmp(&b.concept))
    });
    // Needs stand first; those that are spoken of come behind those that are named.
    let mut at = found
        .iter()
        .take_while(|suggestion| suggestion.kind == SuggestionKind::Need)
        .count();
    for finding in spoken {
        let concept = snapshot.lexicon.concept(finding.concept);
        if found
            .iter()
            .any(|known| known.kind == SuggestionKind::Need && known.id == concept.id)
        {
            continue;
        }
        found.insert(
            at,
            Suggestion {
                kind: SuggestionKind::Need,
                text: concept.name.clone(),
                id: concept.id.clone(),
            },
        );
        at += 1;
    }
    found
}
