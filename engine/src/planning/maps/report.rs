//! The report a committee reads: one HTML page that stands alone.

use std::fmt::Write;

use crate::snapshot::Snapshot;

use super::super::gaps::GapsAnswer;
use super::super::supply::BesideMap;
use super::{Classing, Figure, curve, escape, figure, gaps_map};

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111}h1,h2{line-height:1.2}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}td.n,th.n{text-align:right}svg{max-width:100%;height:auto}caption{text-align:left;font-weight:bold;padding:.4rem 0}@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr,svg{break-inside:avoid}}";

/// Writes the report: the map, the ten worst gaps, the fragile spots, equity,
/// the method in plain words, the date of the data and its limits.
#[must_use]
pub fn report(snapshot: &Snapshot, answer: &GapsAnswer) -> String {
    let need = escape(&answer.need);
    let mut page = format!(
        "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Gaps: {need}</title><style>{STYLE}</style></head><body><h1>Where need outruns supply: {need}</h1>"
    );
    let totals = &answer.totals;
    // Writing to a string cannot fail; the results below are let go for that reason.
    let _ = write!(
        page,
        "<p>Data of {}, version {}. {} areas, {} people with the need, {} services on the map with {} places a week. {} people have no suitable service within reach.</p>",
        snapshot.today,
        answer.snapshot,
        totals.areas,
        figure(totals.demand),
        totals.services,
        figure(totals.places),
        figure(totals.people_without),
    );
    page.push_str("<h2>The map</h2>");
    page.push_str(&gaps_map(
        snapshot,
        answer,
        Figure::Unmet,
        Classing::Quantile,
    ));
    worst(&mut page, answer);
    fragile(&mut page, answer);
    page.push_str("<h2>Is it fair?</h2><ul>");
    for sentence in &answer.equity.sentences {
        let _ = write!(page, "<li>{}</li>", escape(sentence));
    }
    page.push_str("</ul>");
    page.push_str(&curve(answer));
    method(&mut page, answer);
    page.push_str("</body></html>");
    page
}

fn worst(page: &mut String, answer: &GapsAnswer) {
    page.push_str("<h2>The ten worst gaps</h2><table><thead><tr><th>Area</th><th class=\"n\">People</th><th class=\"n\">Places per 1,000</th><th class=\"n\">Unmet</th><th>Nearest</th></tr></thead><tbody>");
    for area in answer.areas.iter().take(10) {
        let access = area
            .access
            .map_or_else(|| "not shown".to_owned(), |access| figure(1_000.0 * access));
        let nearest = area.nearest.as_ref().map_or_else(
            || "none within reach".to_owned(),
            |one| format!("{}, {} minutes", one.service.name, figure(one.minutes)),
        );
        let caution = area.caution.as_deref().unwrap_or_default();
        let _ = write!(
            page,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{access}</td><td class=\"n\">{}</td><td>{}{}{}</td></tr>",
            escape(&area.area.name),
            figure(area.demand),
            figure(area.unmet),
            escape(&nearest),
            if caution.is_empty() { "" } else { "<br>" },
            escape(caution),
        );
    }
    page.push_str("</tbody></table>");
}

fn fragile(page: &mut String, answer: &GapsAnswer) {
    page.push_str("<h2>What hangs on one</h2>");
    if answer.fragile.is_empty() {
        page.push_str("<p>Nothing on the map hangs on a single group, place or funder.</p>");
        return;
    }
    page.push_str("<table><thead><tr><th>If this goes</th><th>With it go</th><th class=\"n\">Unmet need added</th><th class=\"n\">People left without</th></tr></thead><tbody>");
    for spot in answer.fragile.iter().take(10) {
        let _ = write!(
            page,
            "<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>",
            escape(&spot.name),
            escape(&spot.services.join(", ")),
            figure(spot.unmet_added),
            figure(spot.people_left),
        );
    }
    page.push_str("</tbody></table>");
}

fn method(page: &mut String, answer: &GapsAnswer) {
    let method = &answer.method;
    let _ = write!(
        page,
        "<h2>How this was worked out</h2><p>Each service's places are divided among the people who can reach it, nearer people counting more, and each area adds up what its people get (method {}). An area is short where that is less than an even share of all places. Unmet need is the number of people times how far they fall short, counted up to {} times where deprivation is highest.</p><ul>",
        escape(method.access),
        1.0 + method.deprivation_weight,
    );
    if let Some((from, to)) = method.ages {
        let to = to.map_or_else(|| "and over".to_owned(), |to| format!("to {to}"));
        let _ = write!(page, "<li>People counted: aged {from} {to}.</li>");
    }
    if method.supply == "counts" {
        page.push_str("<li>Most services do not say how many they can see, so the figures count services more than places.</li>");
    }
    for (why, total) in &answer.totals.beside {
        let why = match why {
            BesideMap::Remote => "by telephone or online",
            BesideMap::Visiting => "visiting people or fetching them",
            BesideMap::NoPlace => "at no place we know",
            BesideMap::Confidential => "at confidential places",
        };
        let _ = write!(
            page,
            "<li>Not on the map: {} services {why}, {} places a week.</li>",
            total.services,
            figure(total.places),
        );
    }
    for note in &method.notes {
        let _ = write!(page, "<li>{}</li>", escape(note));
    }
    page.push_str("<li>A directory lists what it was told. A gap may be help that nobody wrote down.</li></ul>");
}
