//! `causeway network what-if` and `consortium`: what could be.

use causeway_engine::engine::Engine;
use causeway_engine::network::{ConsortiumRequest, Supposition, consortium, what_if};
use causeway_engine::text::fold;
use clap::Args;

use super::{measured, text};
use crate::cli::output::Output;
use crate::cli::{Unusable, organizations};
use crate::rest::network::consortia;
use crate::rest::wire::{ConsortiumAnswer, WhatIfAnswer};

/// What changes if these close or those are introduced; nothing is saved.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway network what-if --close \"Causeway Row Community Network\"\n  causeway network what-if --introduce \"The Tin Hut\" \"Slow Lane Swimmers\""
)]
pub(super) struct Supposed {
    /// An organisation that closes, by id or name; may be repeated
    #[arg(
        long,
        value_name = "ORGANIZATION",
        required_unless_present = "introduce"
    )]
    close: Vec<String>,
    /// Two organisations that begin to work together; may be repeated
    #[arg(long, num_args = 2, value_names = ["ORGANIZATION", "ORGANIZATION"])]
    introduce: Vec<String>,
}

impl Supposed {
    pub(super) fn run(&self, engine: &Engine, out: &mut Output) -> anyhow::Result<()> {
        let snapshot = engine.snapshot();
        let find = |name: &String| organizations::find(&snapshot, name);
        let close = self.close.iter().map(find).collect::<Result<_, _>>()?;
        let introduce = self
            .introduce
            .chunks_exact(2)
            .map(|pair| Ok((find(&pair[0])?, find(&pair[1])?)))
            .collect::<Result<_, Unusable>>()?;
        let found = what_if(&snapshot, &Supposition { close, introduce });
        out.answer(&WhatIfAnswer::of(found, snapshot.version), text::what_if)?;
        Ok(())
    }
}

/// Proposes a small connected set of groups that together cover given needs.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway network consortium --need \"Debt advice\" --need \"Food bank\" --near \"SW17 0QT\" --within-km 3 --grass-roots-share 0.3"
)]
pub(super) struct Proposed {
    /// What must be covered: a term or concept, by id, name or synonym; may be repeated
    #[arg(long = "need", value_name = "TERM", required = true)]
    needs: Vec<String>,
    /// An area that members serve or work in, by name or code
    #[arg(long)]
    area: Option<String>,
    /// Around a postcode, LAT,LON, or a place name
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    near: Option<String>,
    /// No further than this from there, kilometres
    #[arg(long, value_name = "KM", default_value_t = consortia::WITHIN_KM)]
    within_km: f64,
    /// The organisation that leads, by id or name
    #[arg(long, value_name = "ORGANIZATION")]
    lead: Option<String>,
    /// The least share of members that are small, faith or neighbourhood groups, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.0)]
    grass_roots_share: f64,
}

impl Proposed {
    pub(super) fn run(&self, engine: &Engine, out: &mut Output) -> anyhow::Result<()> {
        if !(0.0..=1.0).contains(&self.grass_roots_share) {
            return Err(
                Unusable("--grass-roots-share: give a number from 0 to 1".to_owned()).into(),
            );
        }
        if !self.within_km.is_finite() || self.within_km <= 0.0 {
            return Err(Unusable("--within-km: give a number above 0".to_owned()).into());
        }
        let now = engine.snapshot();
        let needs = self
            .needs
            .iter()
            .map(|name| consortia::need(&now, name))
            .collect::<Result<_, _>>()
            .map_err(|told| Unusable(format!("--need: {told}")))?;
        let near = self
            .near
            .as_deref()
            .map(|near| now.gazetteer.place(near))
            .transpose()
            .map_err(|error| Unusable(format!("--near: {error}")))?;
        let lead = self
            .lead
            .as_deref()
            .map(|name| organizations::find(&now, name))
            .transpose()?;
        let (snapshot, measures) = measured(engine)?;
        if let Some(area) = &self.area {
            consortia::check_area(&measures, area)
                .map_err(|told| Unusable(format!("--area: {told}")))?;
        }
        let asked = ConsortiumRequest {
            needs,
            within_km: near.as_ref().map(|_| self.within_km),
            near: near.map(|found| found.point.into()),
            area: self.area.as_deref().map(fold),
            lead,
            grass_roots_share: self.grass_roots_share,
        };
        let found = consortium(&snapshot, &measures, &asked);
        out.answer(
            &ConsortiumAnswer::of(found, snapshot.version),
            text::consortium,
        )?;
        Ok(())
    }
}
