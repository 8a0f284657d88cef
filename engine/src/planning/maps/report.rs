//! The report a committee reads: one HTML page that stands alone.

use std::fmt::Write;

use jiff::civil::Date;

use crate::snapshot::Snapshot;

use super::super::answer::{GapArea, GapsAnswer};
use super::super::fragile::Support;
use super::super::supply::BesideMap;
use super::{Classing, Figure, choropleth, curve, escape, figure, tenth_bars};

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}h1,h2{line-height:1.2}h2{margin-top:2.2rem}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border-bottom:1px solid #bbb;padding:.35rem .5rem;text-align:left;vertical-align:top}td.n,th.n{text-align:right}td.n{white-space:nowrap}td:last-child{min-width:14rem}.narrow td:last-child{min-width:0}td small{color:#444}svg{display:block;max-width:100%;height:auto;margin:1rem 0}svg.half{max-width:26rem}dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.8rem}dl div{border-top:3px solid #54278f;padding-top:.3rem}dt{font-size:.85rem;color:#333}dd{margin:0;font-size:1.4rem;font-weight:bold}@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}tr,svg{break-inside:avoid}}";

// Writing to a string cannot fail; results of `write!` are let go for that reason.

/// Writes the report: the map, the ten worst gaps, the fragile spots, equity,
/// the method in plain words, the date of the data and its limits.
#[must_use]
pub fn report(snapshot: &Snapshot, answer: &GapsAnswer) -> String {
    let need = escape(&answer.need.name);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Gaps: {need}</title><style>{STYLE}</style></head><body><h1>Where need outruns supply: {need}</h1><p>Data as of {}, version {} of the directory.</p>",
        written(answer.date),
        answer.snapshot,
    );
    let totals = &answer.totals;
    let share = |part: f64| 100.0 * part / totals.demand.max(1.0);
    let _ = write!(
        page,
        "<dl><div><dt>People with the need</dt><dd>{}</dd></div><div><dt>Services on the map</dt><dd>{}</dd></div><div><dt>Places a week</dt><dd>{}</dd></div><div><dt>People with none within {} minutes</dt><dd>{} ({:.0}%)</dd></div></dl>",
        figure(totals.demand),
        totals.services,
        figure(totals.places),
        figure(answer.method.reach_minutes),
        figure(totals.people_without),
        share(totals.people_without),
    );
    page.push_str("<h2>The map</h2>");
    page.push_str(&choropleth(
        snapshot,
        answer,
        Figure::Unmet,
        Classing::Quantile,
    ));
    worst(&mut page, answer);
    fragile(&mut page, answer);
    equity(&mut page, answer);
    method(&mut page, answer);
    limits(&mut page, answer);
    page.push_str("</body></html>\n");
    page
}

fn worst(page: &mut String, answer: &GapsAnswer) {
    page.push_str("<h2>The ten worst gaps</h2>");
    if answer.totals.unmet <= 0.0 {
        page.push_str("<p>No area falls short of an even share.</p>");
        return;
    }
    page.push_str("<table><thead><tr><th class=\"n\">Rank</th><th>Area</th><th class=\"n\">People</th><th class=\"n\">Places per 1,000</th><th class=\"n\">Unmet need</th><th class=\"n\">Tenth</th><th>Nearest service, and what this rests on</th></tr></thead><tbody>");
    for area in answer.areas.iter().take(10) {
        let access = area
            .access
            .map_or_else(|| "not shown".to_owned(), |access| figure(1_000.0 * access));
        let decile = area
            .deprivation
            .decile
            .map_or_else(|| "unknown".to_owned(), |decile| decile.to_string());
        let nearest = area.nearest.as_ref().map_or_else(
            || "none within reach".to_owned(),
            |one| {
                format!(
                    "{}, about {} minutes",
                    one.service.name,
                    figure(one.minutes)
                )
            },
        );
        let _ = write!(
            page,
            "<tr><td class=\"n\">{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{access}</td><td class=\"n\">{}</td><td class=\"n\">{decile}</td><td>{}<br><small>{}</small></td></tr>",
            area.rank,
            escape(&area.full_name()),
            figure(area.demand),
            figure(area.unmet),
            escape(&nearest),
            escape(&basis(area)),
        );
    }
    page.push_str("</tbody></table><p><small>Places: a week, for each 1,000 people with the need. Tenth: of deprivation in the country, 1 the most deprived.</small></p>");
}

/// What a row rests on, in a sentence.
fn basis(area: &GapArea) -> String {
    let rests = &area.rests_on;
    let mut said = match rests.services {
        0 => "No service within reach is known.".to_owned(),
        1 => format!(
            "1 service within reach, which {} how many it can see.",
            if rests.stating_places == 1 {
                "says"
            } else {
                "does not say"
            }
        ),
        many => format!(
            "{many} services within reach, of which {} say how many they can see.",
            rests.stating_places
        ),
    };
    if let Some(day) = rests.half_checked_before.filter(|_| rests.services > 1) {
        let _ = write!(said, " Half were last checked before {}.", written(day));
    } else if let Some(day) = rests.newest_check {
        let _ = write!(said, " Last checked on {}.", written(day));
    }
    if let Some(caution) = &area.caution {
        let _ = write!(said, " {caution}");
    }
    said
}

/// A day as people write it.
fn written(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

fn fragile(page: &mut String, answer: &GapsAnswer) {
    page.push_str("<h2>What hangs on one</h2>");
    if answer.fragile.is_empty() {
        page.push_str("<p>Nothing on the map hangs on a single group, place or funder.</p>");
        return;
    }
    page.push_str("<p>If one of these went, so much unmet need would appear.</p><table class=\"narrow\"><thead><tr><th>If this goes</th><th>With it go</th><th class=\"n\">Unmet need added</th><th class=\"n\">Share of all unmet need then</th><th class=\"n\">People left without any</th></tr></thead><tbody>");
    for spot in answer.fragile.iter().take(10) {
        let kind = match spot.kind {
            Support::Organization => "organisation",
            Support::Venue => "venue",
            Support::Funder => "funder",
            Support::Broker => "the only partner who refers",
        };
        let _ = write!(
            page,
            "<tr><td>{}<br><small>{kind}</small></td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{:.0}%</td><td class=\"n\">{}</td></tr>",
            escape(&spot.name),
            escape(&listed(&spot.services)),
            figure(spot.unmet_added),
            100.0 * spot.share,
            figure(spot.people_left),
        );
    }
    page.push_str("</tbody></table>");
}

/// A list that stays readable however long it is.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 4;
    let mut said = names
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > SHOWN {
        let _ = write!(said, " and {} more", names.len() - SHOWN);
    }
    said
}

fn equity(page: &mut String, answer: &GapsAnswer) {
    page.push_str("<h2>Is it fair?</h2><ul>");
    for sentence in &answer.equity.sentences {
        let _ = write!(page, "<li>{}</li>", escape(sentence));
    }
    page.push_str("</ul>");
    page.push_str(&curve(answer).replacen("<svg ", "<svg class=\"half\" ", 1));
    page.push_str(&tenth_bars(answer));
}

fn method(page: &mut String, answer: &GapsAnswer) {
    let method = &answer.method;
    let _ = write!(
        page,
        "<h2>How this was worked out</h2><p>Each service's places are divided among the people who can reach it within {} minutes, nearer people counting more, and each area adds up what its people get (method {}). An area is short where that is less than an even share of all places. Unmet need is the number of people times how far they fall short, counted up to {} times where deprivation is highest.</p><ul>",
        figure(method.reach_minutes),
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
    page.push_str("</ul>");
}

fn limits(page: &mut String, answer: &GapsAnswer) {
    let rests = &answer.totals.rests_on;
    let _ = write!(
        page,
        "<h2>The data and its limits</h2><ul><li>{} services on the map: {} say how many they can see, {} were checked within a year of {}, of {} nothing says when.</li>",
        rests.services,
        rests.stating_places,
        rests.checked_within_a_year,
        written(answer.date),
        rests.never_checked,
    );
    if let (Some(oldest), Some(newest)) = (rests.oldest_check, rests.newest_check) {
        let _ = write!(
            page,
            "<li>They were last checked between {} and {}.</li>",
            written(oldest),
            written(newest)
        );
    }
    if let Some(observed) = answer.totals.observed {
        let told = |count: Option<u32>| {
            count.map_or_else(|| "fewer than 5".to_owned(), |count| count.to_string())
        };
        let _ = write!(
            page,
            "<li>Referrals for this need: {} made, {} declined, {} ended before the help was given.</li>",
            told(observed.referrals),
            told(observed.declined),
            told(observed.not_completed),
        );
    }
    page.push_str("<li>A directory lists what it was told. A gap may be help that nobody wrote down, and a service listed may be gone.</li><li>Having the need is inferred from who lives where, not observed.</li></ul>");
}
