//! `[planning]` of the configuration: how many have a need, how far people go
//! for it, and tables that somebody else worked out.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::matching::understand::{NamedTerm, NeedsError, find_term};
use crate::snapshot::Snapshot;
use crate::text::fold;

use super::accessibility::Decay;
use super::demand_table::DemandTable;
use super::request::{GapsRequest, PlanningError};
use super::travel::TravelTimes;

/// What an operator may set for planning. All figures are judgement, to be
/// replaced by local knowledge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlanningSettings {
    /// How long people take upon themselves for an everyday need, minutes.
    pub reach_minutes: f64,
    /// How long for a specialist one: a bus ride.
    pub specialist_reach_minutes: f64,
    /// Concepts, by id or group, that people go farther for.
    pub specialist: Vec<String>,
    /// How much more the need of the most deprived counts than that of the least: 1 is double.
    pub deprivation_weight: f64,
    /// Share of residents of the ages concerned who have a need, by its id or name; 1 for others.
    pub rates: BTreeMap<String, f64>,
    /// A CSV of travel times `origin,destination,minutes`, in place of straight lines.
    pub travel_times: Option<PathBuf>,
    /// CSVs of demand `area,people` by the need's id or name, in place of residents times rate.
    pub demand: BTreeMap<String, PathBuf>,
    /// What the files hold, once [`PlanningSettings::load_tables`] has read them.
    #[serde(skip)]
    pub tables: Tables,
}

/// Tables in use.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tables {
    /// Travel times.
    pub travel: Option<Arc<TravelTimes>>,
    /// Demand by folded id or name of the need.
    pub demand: BTreeMap<String, Arc<DemandTable>>,
}

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the table {path}", path = path.display())]
pub struct TableError {
    /// Which.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

impl Default for PlanningSettings {
    fn default() -> Self {
        Self {
            reach_minutes: 30.0,
            specialist_reach_minutes: 60.0,
            specialist: ["addiction", "legal", "migration", "safety"]
                .map(str::to_owned)
                .into(),
            deprivation_weight: 1.0,
            rates: BTreeMap::new(),
            travel_times: None,
            demand: BTreeMap::new(),
            tables: Tables::default(),
        }
    }
}

impl PlanningSettings {
    /// Reads the files that are named; what was rejected in them is told as
    /// sentences. A file that cannot be opened is an error.
    pub fn load_tables(&mut self) -> Result<Vec<String>, TableError> {
        let mut told = Vec::new();
        let unread = |path: &PathBuf| {
            let path = path.clone();
            move |source| TableError { path, source }
        };
        if let Some(path) = &self.travel_times {
            let (table, rejected) = TravelTimes::from_file(path).map_err(unread(path))?;
            let lines = rejected.iter();
            told.extend(lines.map(|one| format!("{}: {one}", path.display())));
            self.tables.travel = Some(Arc::new(table));
        }
        for (need, path) in &self.demand {
            let (table, rejected) = DemandTable::from_file(path).map_err(unread(path))?;
            let lines = rejected.iter();
            told.extend(lines.map(|one| format!("{}: {one}", path.display())));
            self.tables.demand.insert(fold(need), Arc::new(table));
        }
        Ok(told)
    }

    /// The request about a need with everything else as it is set; without a
    /// need about help of any kind. The need is a concept or a taxonomy term,
    /// by id, name or synonym.
    pub fn request(
        &self,
        snapshot: &Snapshot,
        need: Option<&str>,
    ) -> Result<GapsRequest, NeedsError> {
        let Some(words) = need else {
            return Ok(GapsRequest {
                deprivation_weight: self.deprivation_weight,
                decay: Decay::slow().reaching(self.reach_minutes),
                travel: self.tables.travel.clone(),
                ..GapsRequest::default()
            });
        };
        Ok(self.request_about(snapshot, find_term(snapshot, words)?, words))
    }

    /// The same for a need that was found.
    #[must_use]
    pub fn request_about(&self, snapshot: &Snapshot, need: NamedTerm, words: &str) -> GapsRequest {
        let concept = need
            .concepts
            .first()
            .map(|number| snapshot.lexicon.concept(*number));
        let term = need
            .terms
            .first()
            .and_then(|id| snapshot.directory.taxonomy_terms.find(*id));
        let (id, name, group) = match (concept, term) {
            (Some(concept), _) => (
                concept.id.clone(),
                concept.name.clone(),
                concept.group.as_str(),
            ),
            (None, Some(term)) => (term.id.to_string(), term.name.clone(), ""),
            (None, None) => (String::new(), words.to_owned(), ""),
        };
        let keys = [fold(&id), fold(&name), fold(words)];
        let far = self
            .specialist
            .iter()
            .any(|one| one == group || keys.contains(&fold(one)));
        let rate = self
            .rates
            .iter()
            .find(|(key, _)| keys.contains(&fold(key)))
            .map_or(1.0, |(_, rate)| *rate);
        let demand = keys
            .iter()
            .find_map(|key| self.tables.demand.get(key))
            .cloned();
        GapsRequest {
            need,
            need_id: Some(id),
            need_name: name,
            decay: Decay::slow().reaching(if far {
                self.specialist_reach_minutes
            } else {
                self.reach_minutes
            }),
            rate,
            demand,
            deprivation_weight: self.deprivation_weight,
            travel: self.tables.travel.clone(),
            ..GapsRequest::default()
        }
    }

    /// Whether all numbers can be used.
    pub fn check(&self) -> Result<(), PlanningError> {
        let numbers = [
            ("reach_minutes", self.reach_minutes),
            ("specialist_reach_minutes", self.specialist_reach_minutes),
            ("deprivation_weight", self.deprivation_weight),
        ];
        let rates = self.rates.values().map(|rate| ("rates", *rate));
        for (name, value) in numbers.into_iter().chain(rates) {
            if !value.is_finite() || value < 0.0 {
                return Err(PlanningError::Number { name, value });
            }
        }
        Ok(())
    }
}
