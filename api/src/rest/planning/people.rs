//! `GET /v1/gaps/people`: for whom there is nothing within reach, wherever they live.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::planning::{Circumstances, GapsRequest, gaps_by_person};

use super::{refused, request};
use crate::http::caching::Validators;
use crate::http::described::{Held, PageQuery, Refused};
use crate::http::{Fields, Page, Problem};
use crate::rest::match_request::{access, check_languages};
use crate::rest::wire::PeopleGiven;
use crate::rest::{Rest, aside};

/// More needs at once take too long.
const NEEDS: usize = 20;

/// Combinations of need, language, access and time with no service within
/// reach for somebody. A combination is left out where a part of it tells as
/// much already.
#[utoipa::path(
    get,
    path = "/v1/gaps/people",
    tag = "planning",
    params(
        ("needs" = Option<Vec<String>>, Query, description = "Needs to try, up to 20: concepts or taxonomy terms by id, name or synonym; help of any kind unless given."),
        ("languages" = Option<Vec<String>>, Query, description = "Languages to try; those most services of the directory speak beside English unless given."),
        ("access" = Option<Vec<String>>, Query, description = "What people cannot do without, to try; `wheelchair`, `step-free`, `hearing-loop`, `bsl` unless given."),
        ("area" = Option<String>, Query, description = "The study area: code or name, or a postcode for its ward."),
        ("age" = Option<String>, Query, description = "Ages counted: `65+`, `11-25`, `82`."),
        PageQuery,
    ),
    responses(
        (status = 200, description = "Combinations, the largest share of people without first.", body = PeopleGiven),
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
        let settings = &rest.engine.settings().planning;
        let words = fields.names("needs");
        if words.len() > NEEDS {
            fields.unusable("needs", format!("are more than {NEEDS}"));
        }
        let languages = fields.words("languages");
        check_languages(&mut fields, &snapshot, "languages", &languages);
        let access = access(&mut fields);
        let (area, ages) = (fields.text("area"), request::age(&mut fields));
        let page = Page::read(&mut fields, 50, 1_000);
        let asked = |need: Option<&str>| {
            let usual = settings.request(&snapshot, need)?;
            Ok(GapsRequest {
                area: area.clone(),
                ages: ages.or(usual.ages),
                ..usual
            })
        };
        let mut requests = Vec::new();
        for need in words.iter().map(|need| Some(need.as_str())) {
            match asked(need) {
                Ok(request) => requests.push(request),
                Err(error) => unknown(&mut fields, &error),
            }
        }
        if words.is_empty() {
            requests.extend(asked(None).ok());
        }
        fields.finish()?;
        let usual = Circumstances::usual(&snapshot);
        let or =
            |given: Vec<String>, usual: Vec<String>| if given.is_empty() { usual } else { given };
        let circumstances = Circumstances {
            languages: or(languages, usual.languages),
            access: if access.is_empty() {
                usual.access
            } else {
                access
            },
            times: usual.times,
        };
        let found = gaps_by_person(&snapshot, &requests, &circumstances)
            .map_err(|error| refused(&error, true))?;
        let total = found.people.len();
        let shown = found.people.into_iter().skip(page.offset).take(page.limit);
        Ok(PeopleGiven {
            people: shown.map(Into::into).collect(),
            total,
            limit: page.limit,
            offset: page.offset,
            links: page.links(&path, &query, total),
            tried: found.tried,
            notes: found.notes,
            snapshot: found.snapshot,
        })
    })
    .await?;
    Ok(validators.reply(&answer))
}

fn unknown(fields: &mut Fields, error: &causeway_engine::matching::understand::NeedsError) {
    fields.unusable("needs", error.to_string());
}
