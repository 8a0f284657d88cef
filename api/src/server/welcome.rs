//! `/`: what is loaded, and where to go from here. One page, one style sheet,
//! no script; it reads as well without the style sheet.

use actix_web::{HttpResponse, web};

use super::About;
use crate::http::{Problem, ProblemKind};
use crate::rest::Rest;

/// The style of our own pages.
const STYLE: &str = "\
:root { color-scheme: light dark; }
body { font: 1.125rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
h1 { line-height: 1.2; }
.note { border-left: .3rem solid #b58900; padding: .5rem 1rem; }
label { display: block; margin-top: .75rem; }
input, button { font: inherit; padding: .4rem .6rem; max-width: 100%; box-sizing: border-box; }
input { width: 100%; }
button { margin-top: 1rem; }
";

/// The welcoming page.
pub(super) async fn page(rest: web::Data<Rest>, about: web::Data<About>) -> HttpResponse {
    let snapshot = rest.engine.snapshot();
    let directory = &snapshot.directory;
    let counts = [
        (directory.organizations.iter().count(), "organisations"),
        (directory.services.iter().count(), "services"),
        (directory.locations.iter().count(), "places"),
        (directory.partnerships.iter().count(), "partnerships"),
        (directory.offers.iter().count(), "offers and asks"),
        (directory.areas.iter().count(), "areas"),
    ];
    let loaded: Vec<String> = counts
        .iter()
        .map(|(count, what)| format!("<li><strong>{count}</strong> {what}</li>\n"))
        .collect();
    let loaded = loaded.concat();
    let note = if about.demonstration {
        "<p class=\"note\"><strong>This is demonstration data.</strong> Every organisation and service here is invented: refer nobody to them.</p>\n"
    } else if directory.is_empty() {
        "<p class=\"note\">Nothing is loaded yet. Stop the server and run <code>causeway import</code> with a directory file, then start it again.</p>\n"
    } else {
        ""
    };
    let html = format!(
        "<!DOCTYPE html>
<html lang=\"en-GB\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Causeway: partner directory and referral matching</title>
<link rel=\"stylesheet\" href=\"/style.css\">
</head>
<body>
<main>
<h1>Causeway</h1>
<p>A directory of voluntary, community and faith groups, of who works with whom, and a way from what somebody needs to a few services that can help.</p>
{note}<h2>What is loaded</h2>
<ul>
{loaded}</ul>
<p>This is version {version} of the data, as of <time datetime=\"{at}\">{day}</time>. The program is causeway {program}.</p>
<h2>Try it</h2>
<form action=\"/v1/match\" method=\"get\">
<label for=\"need\">What does the person need?</label>
<input id=\"need\" name=\"need\" required placeholder=\"hot meals for my mum, 82\">
<label for=\"postcode\">Near which postcode?</label>
<input id=\"postcode\" name=\"postcode\" autocomplete=\"off\">
<button type=\"submit\">Find services</button>
</form>
<p>The answer comes as JSON, for programs. What you type is not kept.</p>
<h2>For programs</h2>
<ul>
<li><a href=\"/docs/\">Documentation of the interface</a>, to read and try</li>
<li><a href=\"/openapi.json\">The same as an OpenAPI document</a></li>
<li><a href=\"/v1/organizations\">Organisations</a> and <a href=\"/v1/services\">services</a> as JSON</li>
</ul>
</main>
</body>
</html>
",
        version = snapshot.version,
        at = snapshot.built_at,
        day = snapshot.today.strftime("%-d %B %Y"),
        program = env!("CARGO_PKG_VERSION"),
    );
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-cache"))
        .content_type("text/html; charset=utf-8")
        .body(html)
}

/// The style sheet.
pub(super) async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "public, max-age=3600"))
        .content_type("text/css; charset=utf-8")
        .body(STYLE)
}

/// What a problem's type means: its address leads here.
pub(super) async fn problem(name: web::Path<String>) -> Result<HttpResponse, Problem> {
    let kind = ProblemKind::ALL
        .into_iter()
        .find(|kind| kind.name() == *name)
        .ok_or_else(|| Problem::new(ProblemKind::NotFound, "there is no such type of problem"))?;
    Ok(HttpResponse::Ok()
        .insert_header(("Cache-Control", "public, max-age=86400"))
        .content_type("text/plain; charset=utf-8")
        .body(format!(
            "{} (HTTP {})\n\n{}\n",
            kind.title(),
            kind.status().as_u16(),
            kind.remedy()
        )))
}
