//! Which of the best services the first ten miss, at which stage each was lost,
//! and what bars the people whom the first ten would turn away.

use std::collections::{BTreeMap, BTreeSet};

use causeway_engine::evaluation::{Grades, Run};
use causeway_engine::matching::understand::understand;
use causeway_engine::matching::{Doubt, MatchRequest, Stage, Trace, trace};
use causeway_engine::model::{Answer, ServiceId};
use serde::Serialize;

use crate::cli::output::Output;

use super::{Judged, PAGE};

/// From this grade on a service is worth missing.
const GOOD: u32 = 2;
/// As many concepts are told as a person reads.
const TOLD: usize = 4;

/// The best services of one query that its first ten miss.
#[derive(Debug, Serialize)]
pub(super) struct QueryMissed {
    query: String,
    /// What the need was read as, the surest first.
    read_as: Vec<String>,
    missed: Vec<Missed>,
    /// Those of its first ten that would turn the person away.
    blocked: Vec<TurnedAway>,
}

#[derive(Debug, Serialize)]
struct TurnedAway {
    service: ServiceId,
    name: String,
    rank: usize,
    /// What its record does not meet or does not say.
    doubts: Vec<Doubt>,
}

#[derive(Debug, Serialize)]
struct Missed {
    service: ServiceId,
    name: String,
    grade: u32,
    /// The name of the stage that lost it.
    stage: &'static str,
    /// Where it stands, which requirement bars it, what cost most.
    detail: String,
}

/// How much of blocked@10 is whose fault; the three add up to it.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub(super) struct Blocked {
    /// A fact on record that the engine knows bars the person.
    pub(super) on_record: f64,
    /// It knows a *no* that only costs score: language, time, price, a full list.
    pub(super) only_scored: f64,
    /// Nothing it read tells.
    pub(super) not_on_record: f64,
}

fn traces(
    judged: &Judged,
    request: &MatchRequest,
    services: &[ServiceId],
) -> anyhow::Result<Vec<Trace>> {
    Ok(trace(
        &judged.snapshot,
        &judged.settings,
        request,
        services,
        PAGE,
    )?)
}

/// Splits what blocks the first ten of each query by what the records say of it.
pub(super) fn blocked(judged: &Judged, run: &Run) -> anyhow::Result<Blocked> {
    let mut sum = Blocked::default();
    for (query, request) in &judged.queries {
        let Some(grades) = judged.qrels.0.get(query) else {
            continue;
        };
        let ranked = run.ranked(query);
        let shown = &ranked[..ranked.len().min(PAGE)];
        let each = 1.0 / (shown.len() as f64).max(1.0);
        for TurnedAway { doubts, .. } in turned_away(judged, request, grades, shown)? {
            let known = |doubt: &Doubt| doubt.answer == Answer::No;
            if doubts.iter().any(|doubt| doubt.is_on_record()) {
                sum.on_record += each;
            } else if doubts.iter().any(known) {
                sum.only_scored += each;
            } else {
                sum.not_on_record += each;
            }
        }
    }
    let queries = (judged.qrels.0.len() as f64).max(1.0);
    Ok(Blocked {
        on_record: sum.on_record / queries,
        only_scored: sum.only_scored / queries,
        not_on_record: sum.not_on_record / queries,
    })
}

/// Those of the services shown that would turn the person away.
fn turned_away(
    judged: &Judged,
    request: &MatchRequest,
    grades: &Grades,
    shown: &[&str],
) -> anyhow::Result<Vec<TurnedAway>> {
    let services: Vec<ServiceId> = shown
        .iter()
        .filter(|service| grades.get(**service) == Some(&0))
        .filter_map(|service| service.parse().ok())
        .collect();
    if services.is_empty() {
        return Ok(Vec::new());
    }
    Ok(traces(judged, request, &services)?
        .into_iter()
        .filter_map(|trace| {
            let Stage::Shown { rank, doubts } = trace.stage else {
                return None;
            };
            Some(TurnedAway {
                service: trace.service,
                name: name(judged, trace.service),
                rank,
                doubts,
            })
        })
        .collect())
}

/// Of each query the services of an ideal first ten that its own first ten miss.
pub(super) fn of(judged: &Judged, run: &Run) -> anyhow::Result<Vec<QueryMissed>> {
    let mut all = Vec::new();
    for (query, request) in &judged.queries {
        let Some(grades) = judged.qrels.0.get(query) else {
            continue;
        };
        let ranked = run.ranked(query);
        let shown = &ranked[..ranked.len().min(PAGE)];
        let blocked = turned_away(judged, request, grades, shown)?;
        let lost: Vec<(ServiceId, u32)> = best(grades)
            .filter(|(service, _)| !shown.contains(service))
            .filter_map(|(service, grade)| Some((service.parse().ok()?, grade)))
            .collect();
        let services: Vec<ServiceId> = lost.iter().map(|(service, _)| *service).collect();
        let grades: BTreeMap<ServiceId, u32> = lost.into_iter().collect();
        let missed = traces(judged, request, &services)?
            .into_iter()
            .map(|trace| Missed {
                service: trace.service,
                name: name(judged, trace.service),
                grade: grades[&trace.service],
                stage: trace.stage.name(),
                detail: detail(judged, &trace),
            })
            .collect();
        all.push(QueryMissed {
            query: query.clone(),
            read_as: read_as(judged, request)?,
            missed,
            blocked,
        });
    }
    Ok(all)
}

/// The services of an ideal first ten, as far as they are good.
fn best(grades: &Grades) -> impl Iterator<Item = (&str, u32)> {
    let mut good: Vec<(&str, u32)> = grades
        .iter()
        .map(|(service, grade)| (service.as_str(), *grade))
        .filter(|(_, grade)| *grade >= GOOD)
        .collect();
    good.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    good.into_iter().take(PAGE)
}

fn name(judged: &Judged, service: ServiceId) -> String {
    let service = judged.snapshot.directory.services.find(service);
    service.map_or_else(String::new, |service| service.name.clone())
}

fn read_as(judged: &Judged, request: &MatchRequest) -> anyhow::Result<Vec<String>> {
    let understood = understand(&judged.snapshot, &judged.settings.need, request)?;
    let mut concepts: Vec<_> = understood
        .needs
        .iter()
        .flat_map(|need| &need.concepts)
        .filter(|concept| !concept.unwanted)
        .collect();
    concepts.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then(a.concept.cmp(&b.concept))
    });
    let lexicon = &judged.snapshot.lexicon;
    let mut told = BTreeSet::new();
    concepts.retain(|concept| told.insert(concept.concept));
    Ok(concepts
        .into_iter()
        .take(TOLD)
        .map(|read| format!("{} {:.2}", lexicon.concept(read.concept).id, read.strength))
        .collect())
}

fn detail(judged: &Judged, trace: &Trace) -> String {
    match &trace.stage {
        Stage::Shown { rank, .. } => format!("rank {rank}"),
        Stage::Folded { rank, into } => {
            format!("taken for a copy of '{}', rank {rank}", name(judged, *into))
        }
        Stage::Gated(doubts) => told(doubts),
        Stage::NotUnderstood | Stage::NotTagged => {
            let facts = &judged.snapshot.facts;
            let does = facts
                .number(trace.service)
                .map_or(&[][..], |number| &facts.services[number as usize].concepts);
            if does.is_empty() {
                return "nothing was read in its record".to_owned();
            }
            let lexicon = &judged.snapshot.lexicon;
            let read: Vec<String> = does
                .iter()
                .take(TOLD)
                .map(|own| format!("{} {:.2}", lexicon.concept(own.concept).id, own.confidence))
                .collect();
            format!("its record was read as {}", read.join(", "))
        }
        Stage::Unwanted => "the person refuses what it mainly does".to_owned(),
        Stage::RankedLow {
            rank,
            costs,
            by_words_alone,
        } => {
            let Some(rank) = rank else {
                return "too distantly related to what was read to be shown".to_owned();
            };
            let costs: Vec<String> = costs
                .iter()
                .take(2)
                .map(|(feature, cost)| format!("{feature} −{cost:.3}"))
                .collect();
            let costs = if costs.is_empty() {
                "by composition".to_owned()
            } else {
                costs.join(", ")
            };
            let alone = if *by_words_alone {
                "; by its words alone"
            } else {
                ""
            };
            format!("rank {rank}: {costs}{alone}")
        }
    }
}

/// The doubts in words: the requirement that is not met, or not known to be.
fn told(doubts: &[Doubt]) -> String {
    doubts
        .iter()
        .map(|doubt| match doubt.answer {
            Answer::No => doubt.requirement.to_owned(),
            _ => format!("{} unknown", doubt.requirement),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

pub(super) fn print(out: &mut Output, queries: &[QueryMissed]) -> std::io::Result<()> {
    out.line("")?;
    let title = out.bold("The best services that the first ten miss");
    out.line(title)?;
    let mut by_stage: BTreeMap<&str, usize> = BTreeMap::new();
    for query in queries {
        let read_as = if query.read_as.is_empty() {
            "no concept".to_owned()
        } else {
            query.read_as.join(", ")
        };
        let line = out.bold(&query.query);
        let read_as = out.faint(format!("read as {read_as}"));
        out.line(format_args!("{line}  {read_as}"))?;
        for missed in &query.missed {
            *by_stage.entry(missed.stage).or_default() += 1;
            out.line(format_args!(
                "  {}  {:<14} {}  ({})",
                missed.grade, missed.stage, missed.name, missed.detail
            ))?;
        }
    }
    out.line("")?;
    let title = out.bold("What the first ten show though it would turn the person away");
    out.line(title)?;
    for query in queries {
        for away in &query.blocked {
            let doubts = if away.doubts.is_empty() {
                "its record says nothing against it".to_owned()
            } else {
                told(&away.doubts)
            };
            out.line(format_args!(
                "{}  rank {:<3} {}  ({doubts})",
                query.query, away.rank, away.name
            ))?;
        }
    }
    out.line("")?;
    let all: usize = by_stage.values().sum();
    for (stage, count) in &by_stage {
        out.line(format_args!("{stage:<14} {count:>4} of {all} lost"))?;
    }
    Ok(())
}
