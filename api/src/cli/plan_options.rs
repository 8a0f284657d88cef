//! What the commands of planning take in common: the question about gaps as options.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use causeway_engine::engine::Engine;
use causeway_engine::model::AccessFeature;
use causeway_engine::planning::accessibility::{Decay, Method};
use causeway_engine::planning::{
    By, DemandTable, GapsRequest, HEX_RESOLUTION, HEX_RESOLUTIONS, OutOfHours, PlanningError,
    TravelTimes, ages,
};
use causeway_engine::snapshot::Snapshot;
use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::Unusable;
use super::request::{access, one_of};

/// Every field of a question about gaps but the need.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct PlanOptions {
    /// The unit of the areas: lsoa, ward, district, hex or other
    #[arg(long, value_name = "UNIT", default_value = "lsoa", value_parser = by)]
    by: By,
    /// Resolution of the H3 hexagons, 5 to 10
    #[arg(long, value_name = "N", default_value_t = HEX_RESOLUTION, value_parser = RangedU64ValueParser::<u8>::new().range(*HEX_RESOLUTIONS.start() as u64..=*HEX_RESOLUTIONS.end() as u64))]
    hex_resolution: u8,
    /// The study area: code or name, or a postcode for its ward
    #[arg(long, value_name = "AREA")]
    area: Option<String>,
    /// Ages counted: 65+, 11-25 or 82
    #[arg(long, value_name = "AGES", value_parser = age)]
    age: Option<(u8, Option<u8>)>,
    /// A language people need, English name or BCP 47 code
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// What they cannot do without: wheelchair, step-free, bsl …; may be repeated
    #[arg(long, value_name = "FEATURE", value_parser = access)]
    access: Vec<AccessFeature>,
    /// They can come only on weekdays after 18:00
    #[arg(long)]
    evening: bool,
    /// They can come only on Saturday or Sunday
    #[arg(long)]
    weekend: bool,
    /// They can pay nothing
    #[arg(long)]
    free: bool,
    /// Leave out services that do not say whether they meet the above
    #[arg(long)]
    no_unknown: bool,
    /// The floating catchment: 2sfca, e2sfca, m2sfca or 3sfca
    #[arg(long, value_name = "METHOD", default_value = "e2sfca", value_parser = method)]
    method: Method,
    /// How distance counts: slow, fast, gaussian, dai or flat
    #[arg(long, value_name = "DECAY", value_parser = decay)]
    decay: Option<Decay>,
    /// How far people go at most, minutes [default: 30, or 60 for a specialist need]
    #[arg(long, value_name = "MINUTES")]
    reach_minutes: Option<f64>,
    /// Share of residents of these ages who have the need, 0 to 1
    #[arg(long, value_name = "SHARE")]
    rate: Option<f64>,
    /// A CSV of travel times: origin,destination,minutes
    #[arg(long, value_name = "FILE")]
    travel_times: Option<PathBuf>,
    /// A CSV of people with the need: area,people
    #[arg(long, value_name = "FILE")]
    demand: Option<PathBuf>,
    /// For the intervals, which draw lots
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
}

impl PlanOptions {
    /// The request about a need, or about help of any kind.
    pub(super) fn read(
        &self,
        need: Option<&str>,
        engine: &Engine,
        snapshot: &Snapshot,
    ) -> anyhow::Result<GapsRequest> {
        let usual = engine
            .settings()
            .planning
            .request(snapshot, need)
            .map_err(|error| Unusable(format!("--need: {error}")))?;
        for (option, value, most) in [
            ("--reach-minutes", self.reach_minutes, 240.0),
            ("--rate", self.rate, 1.0),
        ] {
            if value.is_some_and(|value| !(0.0..=most).contains(&value)) {
                return Err(Unusable(format!("{option}: give a number from 0 to {most}")).into());
            }
        }
        let reach = self.reach_minutes.unwrap_or_else(|| usual.decay.reach());
        let decay = self.decay.clone().unwrap_or_else(|| usual.decay.clone());
        let mut request = GapsRequest {
            by: self.by,
            hex_resolution: self.hex_resolution,
            area: self.area.clone(),
            ages: self.age.or(usual.ages),
            language: self.language.clone(),
            access: self.access.clone(),
            times: [
                self.evening.then_some(OutOfHours::Evening),
                self.weekend.then_some(OutOfHours::Weekend),
            ]
            .into_iter()
            .flatten()
            .collect(),
            free: self.free,
            include_unknown: !self.no_unknown,
            method: self.method,
            decay: decay.reaching(reach),
            rate: self.rate.unwrap_or(usual.rate),
            seed: self.seed,
            ..usual
        };
        if let Some(path) = &self.travel_times {
            let (table, rejected) = TravelTimes::from_file(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            for one in rejected {
                tracing::warn!("{}: {one}", path.display());
            }
            request.travel = Some(Arc::new(table));
        }
        if let Some(path) = &self.demand {
            let (table, rejected) = DemandTable::from_file(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            for one in rejected {
                tracing::warn!("{}: {one}", path.display());
            }
            request.demand = Some(Arc::new(table));
        }
        Ok(request)
    }
}

/// What the engine cannot take is a fault of the arguments, but for missing areas.
pub(super) fn refused(error: PlanningError) -> anyhow::Error {
    match error {
        PlanningError::NoAreas => error.into(),
        _ => Unusable(error.to_string()).into(),
    }
}

fn by(written: &str) -> Result<By, String> {
    one_of(written, &By::ALL, By::name)
}

fn method(written: &str) -> Result<Method, String> {
    one_of(written, &Method::ALL, Method::name)
}

fn decay(written: &str) -> Result<Decay, String> {
    Decay::named(written).ok_or_else(|| format!("known are {}", Decay::NAMES.join(", ")))
}

fn age(written: &str) -> Result<(u8, Option<u8>), String> {
    ages(written).ok_or_else(|| "write 65+, 11-25 or 82".to_owned())
}
