//! `causeway network`: the partner graph in the terminal. Each of its commands
//! makes the answer that the REST API gives, and prints it.

mod export;
mod offers;
mod planning;
mod text;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use causeway_engine::engine::Engine;
use causeway_engine::network::{
    DEEPEST, Layer, MOST_NODES, Measures, Picture, picture, routes_between,
};
use causeway_engine::snapshot::Snapshot;
use causeway_engine::store::Access;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::output::Output;
use super::{Session, organizations};
use crate::http::Page;
use crate::rest::network as rest;
use crate::rest::wire::{NetworkEquity, NetworkSummary, RoutesAnswer};

/// Shows the partner graph: who works with whom, who holds it together, who stands apart.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = false,
    after_help = "Example:\n  causeway network\n  causeway network brokers --limit 5\n  causeway network route \"Plover Yard Surgery\" \"Lanternfield Advice Centre\"\n  causeway network around \"Copperbeech Library\" --depth 2 --svg around.svg\n  causeway network export --as graphml --out network.graphml"
)]
pub(super) struct Network {
    #[command(subcommand)]
    command: Option<NetworkCommand>,
    /// Count ties that are only implied by a shared venue, programme, funder or body, too
    #[arg(long, global = true)]
    implied: bool,
    /// Write a picture, too: of what is around an organisation, else of the whole network
    #[arg(long, global = true, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// The one list of what can be shown.
#[derive(Debug, Subcommand)]
enum NetworkCommand {
    /// The network in numbers; what is shown when nothing else is asked
    Summary,
    /// Those through whom most others reach each other
    Brokers(Paging),
    /// Organisations without which others lose their only link
    CutNodes(Paging),
    /// Pairs whose working together is the only link between two parts
    Bridges(Paging),
    /// Groups that work more with each other than with the rest
    Communities(Paging),
    /// Those without partners or hanging on one, with introductions
    Isolated(Paging),
    /// From the core of the network to its periphery
    Cores(Paging),
    /// Whether some kinds of groups sit at the edge
    Equity,
    Route(Route),
    Around(Around),
    WhatIf(planning::Supposed),
    Consortium(planning::Proposed),
    Offers(offers::Offers),
    /// The best pairing of all asks with all offers
    Pairings(Paging),
    Export(export::Export),
}

/// The most trusted routes from one organisation to another, or to a service.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway network route \"Plover Yard Surgery\" \"Lanternfield Advice Centre\" --limit 5"
)]
struct Route {
    /// Id or name of the organisation that refers
    from: String,
    /// Id or name of an organisation or of a service
    to: String,
    /// How many routes
    #[arg(long, default_value_t = rest::routes::ROUTES, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=20))]
    limit: usize,
}

/// Who is around an organisation.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway network around \"Copperbeech Library\" --depth 1 --svg around.svg"
)]
struct Around {
    /// Id or name of the organisation
    organization: String,
    /// How many steps
    #[arg(long, default_value_t = rest::neighbourhood::DEPTH, value_parser = clap::value_parser!(u32).range(1..=i64::from(DEEPEST)))]
    depth: u32,
    /// How many organisations
    #[arg(long, default_value_t = rest::neighbourhood::LIMIT, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=rest::neighbourhood::MOST as u64))]
    limit: usize,
}

/// Which part of a list.
#[derive(Debug, Args)]
pub(super) struct Paging {
    /// How many
    #[arg(long, default_value_t = 10, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1_000))]
    limit: usize,
    /// How many to leave out first
    #[arg(long, default_value_t = 0)]
    offset: usize,
}

impl Paging {
    pub(super) fn page(&self) -> Page {
        Page {
            limit: self.limit,
            offset: self.offset,
        }
    }
}

/// A version of the data with what was measured of it, however long that takes.
pub(super) fn measured(engine: &Engine) -> anyhow::Result<(Arc<Snapshot>, Arc<Measures>)> {
    const SOON: Duration = Duration::from_secs(2);
    if let Some(measured) = engine.measures(SOON) {
        return Ok(measured);
    }
    tracing::info!("measuring the network; a large one takes up to a minute");
    engine
        .measures(Duration::MAX)
        .context("the network could not be measured")
}

/// Which ties count.
pub(super) fn layer(implied: bool) -> Layer {
    if implied {
        Layer::Implied
    } else {
        Layer::Stated
    }
}

impl Network {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let engine = session.open(Access::Read)?;
        let layer = layer(self.implied);
        let out = &mut session.out;
        let mut list = Listing {
            engine: &engine,
            out: &mut *out,
        };
        match self.command.unwrap_or(NetworkCommand::Summary) {
            NetworkCommand::Summary => {
                let (snapshot, measures) = measured(&engine)?;
                let answer = NetworkSummary::of(&measures, snapshot.version);
                out.answer(&answer, text::summary)?;
            }
            NetworkCommand::Brokers(paging) => {
                list.print("brokers", &paging, rest::brokers::answer, text::brokers)?;
            }
            NetworkCommand::CutNodes(paging) => {
                list.print(
                    "cut-nodes",
                    &paging,
                    rest::cut_nodes::answer,
                    text::cut_nodes,
                )?;
            }
            NetworkCommand::Bridges(paging) => {
                list.print("bridges", &paging, rest::bridges::answer, text::bridges)?;
            }
            NetworkCommand::Communities(paging) => {
                let answer = rest::communities::answer;
                list.print("communities", &paging, answer, text::communities)?;
            }
            NetworkCommand::Isolated(paging) => {
                list.print("isolated", &paging, rest::isolated::answer, text::isolated)?;
            }
            NetworkCommand::Cores(paging) => {
                list.print("cores", &paging, rest::cores::answer, text::cores)?;
            }
            NetworkCommand::Equity => {
                let (snapshot, measures) = measured(&engine)?;
                let answer = NetworkEquity::of(&measures, snapshot.version);
                out.answer(&answer, text::equity)?;
            }
            NetworkCommand::Route(asked) => {
                let now = engine.snapshot();
                let from = organizations::find(&now, &asked.from)?;
                let to = organizations::find_with_services(&now, &asked.to)?;
                let (snapshot, measures) = measured(&engine)?;
                let found = routes_between(&snapshot, &measures, (from, to), asked.limit, layer);
                out.answer(&RoutesAnswer::of(found, snapshot.version), text::routes)?;
            }
            NetworkCommand::Around(asked) => {
                asked.run(&engine, out, layer, self.svg.as_deref())?;
                return Ok(ExitCode::SUCCESS);
            }
            NetworkCommand::WhatIf(supposed) => supposed.run(&engine, out)?,
            NetworkCommand::Consortium(proposed) => proposed.run(&engine, out)?,
            NetworkCommand::Offers(offers) => offers.run(&engine, out)?,
            NetworkCommand::Pairings(paging) => {
                let place = ("/v1/offers/matches", "");
                let snapshot = engine.snapshot();
                let answer = rest::offers_matches::answer(&snapshot, paging.page(), place);
                out.answer(&answer, text::pairings)?;
            }
            NetworkCommand::Export(export) => export.run(&engine, out, layer)?,
        }
        if let Some(path) = &self.svg {
            let (snapshot, measures) = measured(&engine)?;
            let asked = Picture {
                layer,
                seed: rest::picture::SEED,
                ..Picture::default()
            };
            write(path, &picture(&snapshot, &measures, &asked))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints pages of lists of the measured graph.
struct Listing<'a> {
    engine: &'a Engine,
    out: &'a mut Output,
}

impl Listing<'_> {
    fn print<T: Serialize>(
        &mut self,
        name: &str,
        paging: &Paging,
        answer: impl FnOnce(&Snapshot, &Measures, Page, rest::Place<'_>) -> T,
        lines: impl FnOnce(&mut Output, &T) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let (snapshot, measures) = measured(self.engine)?;
        let path = format!("/v1/network/{name}");
        let answer = answer(&snapshot, &measures, paging.page(), (&path, ""));
        Ok(self.out.answer(&answer, lines)?)
    }
}

impl Around {
    fn run(
        &self,
        engine: &Engine,
        out: &mut Output,
        layer: Layer,
        svg: Option<&Path>,
    ) -> anyhow::Result<()> {
        let node = organizations::find(&engine.snapshot(), &self.organization)?;
        let (snapshot, measures) = measured(engine)?;
        let (depth, limit) = (self.depth, self.limit);
        let answer = rest::neighbourhood::answer(&snapshot, &measures, node, depth, limit, layer);
        out.answer(&answer, text::around)?;
        if let Some(path) = svg {
            let limit = limit.min(MOST_NODES);
            let drawn = rest::picture::draw_around(&snapshot, &measures, node, depth, limit, layer);
            write(path, &drawn)?;
        }
        Ok(())
    }
}

/// Writes a file, and says so beside the result.
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    tracing::info!("wrote {}", path.display());
    Ok(())
}
