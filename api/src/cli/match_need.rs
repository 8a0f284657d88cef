//! `causeway match`.

use std::io;
use std::process::ExitCode;
use std::time::Instant;

use causeway_engine::matching::understand::Understood;
use causeway_engine::matching::{Match as Found, MatchAnswer, MatchError};
use causeway_engine::model::OrganizationId;
use causeway_engine::snapshot::Snapshot;
use causeway_engine::store::Access;
use clap::Args;

use super::output::Output;
use super::request::RequestOptions;
use super::{Session, Unusable};
use crate::rest::find_matches;

/// Ranks the services that fit a need, with reasons.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway match \"help with rent, I may be evicted\" --near SW17\n  causeway match \"hot meals for my mum, 82\" --near 51.44,-0.15 --access wheelchair --day TU --cost free"
)]
pub(super) struct Match {
    /// What the person needs, in anybody's words; may hold everything below in prose
    need: Option<String>,
    #[command(flatten)]
    request: RequestOptions,
}

impl Match {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let engine = session.open_for_matching(Access::Read)?;
        let snapshot = engine.snapshot();
        let asked = self.request.read(self.need, &snapshot)?;
        let began = Instant::now();
        let answer = engine
            .find_matches(&asked.request)
            .map_err(|error| match error {
                MatchError::Term(_) | MatchError::From(_) => Unusable(error.to_string()).into(),
                MatchError::Text(_) | MatchError::Meaning(_) => anyhow::Error::from(error),
            })?;
        let took_ms = (began.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        if session.out.is_json() {
            let answer = find_matches::describe_answer(&snapshot, &asked, answer, took_ms);
            session.out.json(&answer)?;
        } else {
            print(&mut session.out, &snapshot, &answer)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print(out: &mut Output, snapshot: &Snapshot, answer: &MatchAnswer) -> io::Result<()> {
    for advice in &answer.advice {
        let phone = advice.phone.map(|phone| format!(" ({phone})"));
        let line = format!("! {}{}", advice.sentence, phone.unwrap_or_default());
        let line = out.warning(line);
        out.line(line)?;
    }
    print_understood(out, snapshot, &answer.understood)?;
    for relaxed in &answer.relaxed {
        out.line(format_args!(
            "Too little fitted, so {} was loosened from {} to {}.",
            relaxed.requirement, relaxed.from, relaxed.to
        ))?;
    }
    for found in &answer.matches {
        out.line("")?;
        print_match(out, snapshot, found)?;
    }
    if answer.total == 0 {
        out.line(
            "Nothing was found. Other words for the need, or fewer requirements, may find more.",
        )?;
    } else {
        out.line("")?;
        let shown = format!("{} of {} matches", answer.matches.len(), answer.total);
        out.line(format_args!(
            "{shown}, from version {} of the data",
            answer.snapshot
        ))?;
    }
    Ok(())
}

fn print_understood(out: &mut Output, snapshot: &Snapshot, read: &Understood) -> io::Result<()> {
    for (written, meant) in &read.corrections {
        out.line(format_args!("Read '{written}' as '{meant}'."))?;
    }
    for concept in read.needs.iter().flat_map(|need| &need.concepts) {
        let name = &snapshot.lexicon.concept(concept.concept).name;
        let refused = if concept.unwanted { "not wanted: " } else { "" };
        let from = match concept.words.as_str() {
            "" => String::new(),
            words => format!(" from \"{words}\""),
        };
        let line = format!("{:.2}{from}, {}", concept.strength, concept.id);
        let line = out.faint(line);
        out.line(format_args!("Need: {refused}{name} {line}"))?;
    }
    for requirement in &read.requirements {
        let left_out = if requirement.used { "" } else { ", not used" };
        let line = format!("from \"{}\"{left_out}", requirement.words);
        let line = out.faint(line);
        out.line(format_args!("Requirement: {} {line}", requirement.id))?;
    }
    if let Some(place) = &read.criteria.place {
        let about = if place.radius_km > 0.0 {
            format!(", to about {:.1} km", place.radius_km)
        } else {
            String::new()
        };
        out.line(format_args!("Near: {}{about}", place.label))?;
    }
    if read.by_text_alone {
        out.line("Some words name no known need; they were looked for as they stand.")?;
    }
    Ok(())
}

fn print_match(out: &mut Output, snapshot: &Snapshot, found: &Found) -> io::Result<()> {
    let directory = &snapshot.directory;
    let service = directory.services.find(found.service);
    let name = service.map_or_else(|| found.service.to_string(), |it| it.name.clone());
    let name = out.bold(name);
    let by = found
        .organization
        .map(|id| format!(" – {}", organization(snapshot, id)));
    out.line(format_args!(
        "{:>2}. {:.3}  {name}{}",
        found.rank,
        found.score,
        by.unwrap_or_default()
    ))?;
    let distance = found
        .distance_m
        .map(|metres| format!("{:.1} km", metres / 1000.0));
    let minutes = found
        .minutes
        .map(|minutes| format!("about {minutes:.0} minutes"));
    let way: Vec<String> = distance.into_iter().chain(minutes).collect();
    if !way.is_empty() {
        out.line(format_args!("    {}", way.join(", ")))?;
    }
    let phones = service.into_iter().flat_map(|service| &service.phones);
    let numbers: Vec<&str> = phones.map(|phone| phone.number.as_str()).collect();
    if !numbers.is_empty() {
        out.line(format_args!("    call {}", numbers.join(" or ")))?;
    }
    for reason in &found.reasons {
        let sum = format!(
            "    {:<12}{:.3} × {:.3} = {:.3}",
            reason.feature,
            reason.value,
            reason.weight,
            reason.value * reason.weight
        );
        let sum = out.faint(sum);
        out.line(format_args!("{sum}  {}", reason.sentence))?;
    }
    if let Some(why) = found.placed {
        out.line(format_args!("    placed here: {why}"))?;
    }
    for loosened in &found.relaxed {
        out.line(format_args!("    let in by loosening {loosened}"))?;
    }
    for caution in &found.cautions {
        let line = out.warning(format_args!("    ! {}", caution.sentence));
        out.line(line)?;
    }
    if let Some(route) = &found.route {
        let mut way = String::new();
        for hop in route {
            if way.is_empty() {
                way = organization(snapshot, hop.from);
            }
            let to = organization(snapshot, hop.to);
            way = format!("{way} –{}→ {to}", hop.kind.name());
        }
        if !way.is_empty() {
            out.line(format_args!("    route: {way}"))?;
        }
    }
    Ok(())
}

fn organization(snapshot: &Snapshot, id: OrganizationId) -> String {
    let record = snapshot.directory.organizations.find(id);
    record.map_or_else(|| id.to_string(), |it| it.name.clone())
}
