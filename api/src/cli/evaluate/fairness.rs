//! Who is seen less or more than they merit.
//!
//! A part of `evaluate` and not a command of its own, since merit must be what
//! judges say: by our own values of `need` a service that we misread would
//! neither merit nor get to be seen, and nothing would look wrong.

use std::collections::BTreeMap;

use causeway_engine::evaluation::{ALARM, Run, Seen, SeenGroup, by_group};
use causeway_engine::model::{Organization, ServiceId};
use causeway_engine::scoring::exposure;
use causeway_engine::text::lexicon::{CommunitySort, Lexicon, Side};
use causeway_engine::text::{Words, fold};
use serde::Serialize;

use crate::cli::output::Output;

use super::{Judged, PAGE};

/// One way of parting services into groups.
#[derive(Debug, Serialize)]
pub(super) struct Grouping {
    by: &'static str,
    groups: Vec<SeenGroup>,
}

pub(super) fn report(judged: &Judged, run: &Run) -> Vec<Grouping> {
    let mut seen: BTreeMap<ServiceId, Seen> = BTreeMap::new();
    for (query, grades) in &judged.qrels.0 {
        for (at, service) in run.ranked(query).into_iter().take(PAGE).enumerate() {
            if let Ok(service) = service.parse() {
                seen.entry(service).or_default().exposure += exposure(at + 1);
            }
        }
        for (service, grade) in grades.iter().filter(|(_, grade)| **grade > 0) {
            if let Ok(service) = service.parse() {
                seen.entry(service).or_default().merit += f64::from(*grade);
            }
        }
    }
    let mut services_of = BTreeMap::new();
    for service in judged.snapshot.directory.services.iter() {
        *services_of
            .entry(service.organization_id)
            .or_insert(0_usize) += 1;
    }
    let organization = |service: ServiceId| {
        let service = judged.snapshot.directory.services.find(service)?;
        judged
            .snapshot
            .directory
            .organizations
            .find(service.organization_id?)
    };
    let size = |service| {
        let Some(organization) = organization(service) else {
            return "organisation not known";
        };
        match services_of.get(&Some(organization.id)) {
            Some(0 | 1) | None => "1 service",
            Some(2..=4) => "2 to 4 services",
            Some(_) => "5 services or more",
        }
    };
    let tags = |service| {
        let facts = &judged.snapshot.facts;
        let tagged = facts.number(service).is_some_and(|number| {
            let concepts = &facts.services[number as usize].concepts;
            concepts.iter().any(|concept| concept.tagged)
        });
        if tagged { "tagged" } else { "untagged" }
    };
    let kind = |service| {
        organization(service).map_or("organisation not known", |organization| {
            kind(organization, &judged.snapshot.lexicon)
        })
    };
    let grouping = |by, group: &dyn Fn(ServiceId) -> &'static str| Grouping {
        by,
        groups: by_group(seen.iter().map(|(service, seen)| (group(*service), *seen))),
    };
    vec![
        grouping("size of organisation", &size),
        grouping("tags", &tags),
        grouping("kind of group", &kind),
    ]
}

/// What an organization is, by its name and its legal status.
fn kind(organization: &Organization, lexicon: &Lexicon) -> &'static str {
    const PUBLIC: [&str; 7] = [
        "council",
        "nhs",
        "borough",
        "library",
        "college",
        "university",
        "county",
    ];
    let legal = organization.legal_status.as_deref().unwrap_or_default();
    let said = fold(&format!("{} {legal}", organization.name));
    if said.split(' ').any(|word| PUBLIC.contains(&word)) {
        return "public body";
    }
    let words = Words::of(&organization.name);
    let communities: Vec<CommunitySort> = lexicon
        .read_communities(&words)
        .into_iter()
        .map(|(number, ..)| lexicon.communities()[usize::from(number)].sort)
        .collect();
    let reads = |group: &str| {
        lexicon
            .read(&words, Side::Record)
            .iter()
            .any(|finding| lexicon.concept(finding.concept).group == group)
    };
    if communities.contains(&CommunitySort::Faith) || reads("faith") {
        "faith group"
    } else if !communities.is_empty() || reads("communities") {
        "cultural or identity group"
    } else {
        "other group"
    }
}

pub(super) fn print(out: &mut Output, groupings: &[Grouping]) -> std::io::Result<()> {
    for grouping in groupings {
        out.line("")?;
        let title = out.bold(format!(
            "{:<28} {:>8} {:>9} {:>7} {:>7}",
            grouping.by, "services", "exposure", "merit", "ratio"
        ));
        out.line(title)?;
        for group in &grouping.groups {
            let ratio = group
                .ratio
                .map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
            let alarm = if group.alarm {
                out.warning(format!("  outside {}–{}", ALARM.0, ALARM.1))
            } else {
                String::new()
            };
            out.line(format_args!(
                "{:<28} {:>8} {:>8.1}% {:>6.1}% {ratio:>7}{alarm}",
                group.group,
                group.documents,
                100.0 * group.exposure,
                100.0 * group.merit
            ))?;
        }
    }
    Ok(())
}
