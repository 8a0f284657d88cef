//! `causeway network offers`: what groups give to each other and seek from each other.

use causeway_engine::engine::Engine;
use causeway_engine::model::{AccessFeature, Direction, ResourceKind};
use causeway_engine::network::OfferQuery;
use clap::{Args, ValueEnum};
use jiff::civil::{Time, Weekday};

use super::{Paging, text};
use crate::cli::Unusable;
use crate::cli::output::Output;
use crate::cli::request::{access, time, weekday};
use crate::rest::network::offers;

/// Rooms, skills, training, volunteers, equipment and knowledge, offered or asked for.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway network offers --kind space --near SW17 --within-km 2 --day WE --access step-free\n  causeway network offers --direction ask"
)]
pub(super) struct Offers {
    /// Words that title or description must hold, all of them
    words: Option<String>,
    /// offer or ask
    #[arg(long)]
    direction: Option<Side>,
    /// What kind of thing
    #[arg(long)]
    kind: Option<Sort>,
    /// A postcode, LAT,LON or a place name: the nearest come first
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    near: Option<String>,
    /// At most so far from there, kilometres
    #[arg(long, value_name = "KM", requires = "near")]
    within_km: Option<f64>,
    /// On one of these days: MO … SU or its name; may be repeated
    #[arg(long = "day", value_name = "DAY", value_parser = weekday)]
    days: Vec<Weekday>,
    /// Some time from HH:MM on
    #[arg(long, value_name = "TIME", value_parser = time)]
    from_time: Option<Time>,
    /// Some time up to HH:MM
    #[arg(long, value_name = "TIME", value_parser = time)]
    to_time: Option<Time>,
    /// What it must be said to have, or to need; may be repeated
    #[arg(long, value_name = "FEATURE", value_parser = access)]
    access: Vec<AccessFeature>,
    #[command(flatten)]
    paging: Paging,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Side {
    Offer,
    Ask,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    Space,
    Skill,
    Training,
    Volunteers,
    Equipment,
    Knowledge,
}

impl Offers {
    pub(super) fn run(self, engine: &Engine, out: &mut Output) -> anyhow::Result<()> {
        let snapshot = engine.snapshot();
        let near = self
            .near
            .as_deref()
            .map(|near| snapshot.gazetteer.place(near))
            .transpose()
            .map_err(|error| Unusable(format!("--near: {error}")))?;
        let asked = OfferQuery {
            direction: self.direction.map(|side| match side {
                Side::Offer => Direction::Offer,
                Side::Ask => Direction::Ask,
            }),
            kind: self.kind.map(|sort| match sort {
                Sort::Space => ResourceKind::Space,
                Sort::Skill => ResourceKind::Skill,
                Sort::Training => ResourceKind::Training,
                Sort::Volunteers => ResourceKind::Volunteers,
                Sort::Equipment => ResourceKind::Equipment,
                Sort::Knowledge => ResourceKind::Knowledge,
            }),
            words: self.words,
            near: near.map(|found| found.point.into()),
            within_km: self.within_km,
            days: self.days,
            from_time: self.from_time,
            to_time: self.to_time,
            access: self.access,
        };
        let answer = offers::answer(&snapshot, &asked, self.paging.page(), ("/v1/offers", ""));
        out.answer(&answer, text::offers)?;
        Ok(())
    }
}
