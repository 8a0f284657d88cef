//! Where next: the places at which new services would reach most unmet need.

use rayon::prelude::*;
use serde::Serialize;

use crate::geography::{distance_m, minutes};
use crate::model::OrganizationId;
use crate::snapshot::{PlaceIndex, Snapshot};

use super::answer::NeedName;
use super::candidates::{Candidate, Candidates, candidates};
use super::gaps::name_of;
use super::request::{GapsRequest, PlanningError};
use super::scenario::{EquityChange, Opening, opened};
use super::sites::{Covering, Medians, NextBest};
use super::study::Study;
use super::travel::km_within;

/// What the choice is to make as good as it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Objective {
    /// Most unmet need within reach, nearer counting more (Church & `ReVelle`
    /// 1974; Berman & Krass 2002).
    #[default]
    Covering,
    /// The least minutes from unmet need to the nearest service, over all (p-median).
    Median,
}

impl Objective {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Covering, Self::Median];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Covering => "covering",
            Self::Median => "p-median",
        }
    }

    /// The objective of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// A question about sites.
#[derive(Debug, Clone)]
pub struct SitesRequest {
    /// The need and the people.
    pub gaps: GapsRequest,
    /// How many.
    pub count: usize,
    /// Where they may be; of equals the earlier is taken.
    pub candidates: Vec<Candidates>,
    /// What is made as good as it can be.
    pub objective: Objective,
    /// Only sites whose host is a partner of this organization.
    pub host_partner_of: Option<OrganizationId>,
}

impl Default for SitesRequest {
    fn default() -> Self {
        Self {
            gaps: GapsRequest::default(),
            count: 3,
            candidates: vec![Candidates::Offers, Candidates::Areas],
            objective: Objective::default(),
            host_partner_of: None,
        }
    }
}

/// An organization by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Host {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
}

/// The best stand-in for a site.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StandIn {
    /// Its name.
    pub name: String,
    /// How much less unmet need would be reached, or more minutes be needed.
    pub loss: f64,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Site {
    /// 1: the one that adds most.
    pub rank: usize,
    /// Its name.
    pub name: String,
    /// What it is: a room on offer, a venue, the middle of an area.
    pub candidate: &'static str,
    /// WGS84 degrees north.
    pub latitude: f64,
    /// WGS84 degrees east.
    pub longitude: f64,
    /// Who would host it.
    pub host: Option<Host>,
    /// People with the need for whom it is the first service within reach.
    pub people_newly_reached: f64,
    /// Their mean deprivation: 1 the most deprived of the country, 0 the least.
    pub deprivation_newly_reached: Option<f64>,
    /// Unmet need that it reaches and those before it do not; of the p-median
    /// the minutes it saves.
    pub gain: f64,
    /// Mean access of the people within its reach, before.
    pub access_before: f64,
    /// The same once all sites are open.
    pub access_after: f64,
    /// What to do where it cannot be had.
    pub next_best: Option<StandIn>,
}

/// Where next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SitesAnswer {
    /// The need.
    pub need: NeedName,
    /// By rank.
    pub sites: Vec<Site>,
    /// Unmet need within reach of what is there and the sites, weighted by
    /// nearness; of the p-median minutes from unmet need to the nearest.
    pub objective: f64,
    /// No choice of as many sites reaches more. Of the p-median nothing is
    /// known but where all choices were tried.
    pub upper_bound: Option<f64>,
    /// Whether all choices were tried.
    pub exact: bool,
    /// How good the choice surely is, in words.
    pub guarantee: String,
    /// Unmet need that no candidate can reach.
    pub out_of_reach: f64,
    /// How fairly access is spread.
    pub equity: EquityChange,
    /// How many places there were to choose from.
    pub candidates: usize,
    /// What was assumed.
    pub notes: Vec<String>,
    /// The version of the data.
    pub snapshot: u64,
}

/// The `count` sites that reach most unmet need.
pub fn sites(snapshot: &Snapshot, request: &SitesRequest) -> Result<SitesAnswer, PlanningError> {
    let study = Study::of(snapshot, &request.gaps)?;
    let candidates = candidates(snapshot, request, &study)?;
    let covering = covering(snapshot, &request.gaps, &study, &candidates);
    let chosen = match request.objective {
        Objective::Covering => Chosen::by_covering(&covering, request.count),
        Objective::Median => {
            let medians = medians(&study, &candidates, &covering.demand);
            Chosen::by_median(&medians, request.count)
        }
    };
    let usual = study.supply.usual_places;
    let after = study.with(snapshot, &request.gaps, &|_| None, |points| {
        points.extend(chosen.sites.iter().enumerate().map(|(at, site)| {
            let opening = Opening {
                name: Some(candidates[*site].name.clone()),
                organization: candidates[*site].host,
                point: candidates[*site].point,
                places: None,
            };
            opened(at, &opening, usual)
        }));
    });
    let mut reached: Vec<bool> = covering.already.iter().map(|f| *f > 0.0).collect();
    let mut sites = Vec::new();
    for (at, number) in chosen.sites.iter().enumerate() {
        let candidate = &candidates[*number];
        let (mut new, mut deprived, mut people) = (0.0, 0.0, 0.0);
        let (mut then, mut now) = (0.0, 0.0);
        for (area, _) in &covering.candidates[*number] {
            let area = *area as usize;
            let demand = study.areas()[area].demand;
            people += demand;
            then += demand * study.access.scores[area];
            now += demand * after.access.scores[area];
            if !std::mem::replace(&mut reached[area], true) {
                new += demand;
                deprived += demand * study.areas()[area].deprivation;
            }
        }
        let mean = |sum: f64| if people > 0.0 { sum / people } else { 0.0 };
        sites.push(Site {
            rank: at + 1,
            name: candidate.name.clone(),
            candidate: candidate.kind.name(),
            latitude: candidate.point.latitude(),
            longitude: candidate.point.longitude(),
            host: candidate.host.map(|id| Host {
                id,
                name: organization(snapshot, id),
            }),
            people_newly_reached: new,
            deprivation_newly_reached: (new > 0.0).then(|| deprived / new),
            gain: chosen.gains[at],
            access_before: mean(then),
            access_after: mean(now),
            next_best: chosen.stand_ins[at].map(|next| StandIn {
                name: candidates[next.candidate].name.clone(),
                loss: next.loss,
            }),
        });
    }
    let mut notes: Vec<String> = study.demand.notes().cloned().collect();
    if !sites.is_empty() {
        notes.push(format!(
            "Each site is taken to see {usual} people a week, as is usual for this need."
        ));
    }
    Ok(SitesAnswer {
        need: name_of(&request.gaps),
        guarantee: chosen.guarantee(),
        out_of_reach: out_of_reach(&covering),
        sites,
        objective: chosen.objective,
        upper_bound: chosen.upper_bound,
        exact: chosen.exact,
        equity: EquityChange {
            before: study.equity(request.gaps.seed),
            after: after.equity(request.gaps.seed),
        },
        candidates: candidates.len(),
        notes,
        snapshot: snapshot.version,
    })
}

/// Sites chosen, whichever way.
struct Chosen {
    /// Candidates, the greatest gain first.
    sites: Vec<usize>,
    gains: Vec<f64>,
    stand_ins: Vec<Option<NextBest>>,
    objective: f64,
    upper_bound: Option<f64>,
    exact: bool,
}

impl Chosen {
    fn by_covering(covering: &Covering, count: usize) -> Self {
        let selection = covering.choose(count, &[]);
        Self {
            stand_ins: covering.next_best(&selection.sites),
            sites: selection.sites,
            gains: selection.gains,
            objective: selection.covered,
            upper_bound: Some(selection.upper_bound),
            exact: selection.exact,
        }
    }

    /// The first journey of `medians` is that to what is there already.
    fn by_median(medians: &Medians, count: usize) -> Self {
        let median = medians.choose(count + 1, &[0]);
        let (sites, gains) = medians.by_gain(&median.sites, &[0]);
        let mut chosen = Self {
            stand_ins: medians.next_best(&sites, &[0]),
            sites,
            gains,
            objective: median.total,
            upper_bound: median.exact.then_some(median.total),
            exact: median.exact,
        };
        for site in &mut chosen.sites {
            *site -= 1;
        }
        for next in chosen.stand_ins.iter_mut().flatten() {
            next.candidate -= 1;
        }
        chosen
    }

    /// How good the choice surely is, in words.
    fn guarantee(&self) -> String {
        if self.exact {
            return "All choices were tried: none is better.".to_owned();
        }
        let Some(most) = self.upper_bound else {
            return "No swap of one site for another is better; no bound on other choices is known."
                .to_owned();
        };
        let short = if most > 0.0 {
            100.0 * (1.0 - self.objective / most)
        } else {
            0.0
        };
        format!(
            "Within {:.1}% of the most that any choice could reach; a greedy choice gains at least 63% of the best gain.",
            short.max(0.0)
        )
    }
}

fn organization(snapshot: &Snapshot, id: OrganizationId) -> String {
    let record = snapshot.directory.organizations.find(id);
    record.map_or_else(|| id.to_string(), |one| one.name.clone())
}

fn out_of_reach(covering: &Covering) -> f64 {
    let mut reached: Vec<bool> = covering.already.iter().map(|f| *f > 0.0).collect();
    for (area, _) in covering.candidates.iter().flatten() {
        reached[*area as usize] = true;
    }
    covering
        .demand
        .iter()
        .zip(reached)
        .filter(|(_, reached)| !reached)
        .map(|(demand, _)| demand)
        .fold(0.0, |sum, one| sum + one)
}

/// The covering problem: demand is unmet need, covered already as far as the
/// nearest service is near.
fn covering(
    snapshot: &Snapshot,
    request: &GapsRequest,
    study: &Study,
    candidates: &[Candidate],
) -> Covering {
    let areas = study.areas();
    let even = study.even_share > 0.0;
    let demand = areas
        .iter()
        .enumerate()
        .map(|(at, area)| {
            if !area.inside {
                0.0
            } else if even {
                study.unmet(request, at, study.access.scores[at])
            } else {
                // Without any supply everybody is without.
                area.demand * (1.0 + request.deprivation_weight * area.deprivation)
            }
        })
        .collect();
    let already = (0..areas.len())
        .map(|area| {
            let nearest = study.catchments.of_area(area).next();
            nearest.map_or(0.0, |(_, minutes)| request.decay.weight(minutes))
        })
        .collect();
    let centres = PlaceIndex::of(
        areas
            .iter()
            .enumerate()
            .filter(|(_, area)| area.inside)
            .map(|(at, area)| (area.centre.into(), at as u32)),
    );
    let within_m = km_within(request.decay.reach()) * 1_000.0 + 1.0;
    let covers = |candidate: &Candidate| -> Vec<(u32, f64)> {
        let journeys: Vec<(u32, f64)> = if let Some(table) = &request.travel {
            let names = study.demand.codes_around(snapshot, candidate.point);
            study
                .inside()
                .filter_map(|at| Some((at as u32, table.minutes(&areas[at].code, &names)?)))
                .collect()
        } else {
            let near = centres.within(candidate.point.into(), within_m).into_iter();
            near.map(|(area, distance_m)| (area, minutes(distance_m / 1_000.0)))
                .collect()
        };
        journeys
            .into_iter()
            .map(|(area, minutes)| (area, request.decay.weight(minutes)))
            .filter(|(_, f)| *f > 0.0)
            .collect()
    };
    Covering {
        demand,
        already,
        candidates: candidates.par_iter().map(covers).collect(),
    }
}

/// The p-median: what is there already first, then each candidate, over the
/// areas inside. Journeys are straight lines, since a table ends at its reach.
fn medians(study: &Study, candidates: &[Candidate], demand: &[f64]) -> Medians {
    let inside: Vec<usize> = study.inside().collect();
    let there = PlaceIndex::of(
        study
            .supply
            .points
            .iter()
            .enumerate()
            .map(|(at, one)| (one.point.into(), at as u32)),
    );
    let centre = |at: usize| study.areas()[at].centre;
    let to_what_is_there = inside.iter().map(|at| {
        let nearest = there.nearest(centre(*at).into(), 1);
        nearest
            .first()
            .map_or(f64::INFINITY, |(_, metres)| minutes(metres / 1_000.0))
    });
    let mut all: Vec<Vec<f64>> = vec![to_what_is_there.collect()];
    let to_each: Vec<Vec<f64>> = candidates
        .par_iter()
        .map(|candidate| {
            let ways = inside
                .iter()
                .map(|at| distance_m(centre(*at), candidate.point));
            ways.map(|metres| minutes(metres / 1_000.0)).collect()
        })
        .collect();
    all.extend(to_each);
    Medians {
        demand: inside.iter().map(|at| demand[*at]).collect(),
        journeys: all,
    }
}
