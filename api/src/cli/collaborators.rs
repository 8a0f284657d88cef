//! `causeway collaborators`.

use std::io;
use std::process::ExitCode;

use causeway_engine::network::CollaboratorQuery;
use causeway_engine::store::Access;
use clap::Args;

use super::network::{Paging, layer, measured};
use super::output::Output;
use super::{Session, organizations};
use crate::rest::network::collaborators;
use crate::rest::wire::{CollaboratorGiven, CollaboratorList};

/// Ranks who could work with an organisation, with reasons that add up.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway collaborators \"Copperbeech Library\"\n  causeway collaborators \"The Tin Hut\" --include-partners --limit 5"
)]
pub(super) struct Collaborators {
    /// Id or name of the organisation
    organization: String,
    /// List those who are partners already, too
    #[arg(long)]
    include_partners: bool,
    /// Count ties that are only implied by a shared venue, programme, funder or body
    #[arg(long)]
    implied: bool,
    #[command(flatten)]
    paging: Paging,
}

impl Collaborators {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let engine = session.open(Access::Read)?;
        let node = organizations::find(&engine.snapshot(), &self.organization)?;
        let (snapshot, measures) = measured(&engine)?;
        let asked = CollaboratorQuery {
            node,
            include_partners: self.include_partners,
            layer: layer(self.implied),
        };
        let id = snapshot.graph.organization(node);
        let path = format!("/v1/organizations/{id}/collaborators");
        let page = self.paging.page();
        let answer = collaborators::answer(&snapshot, &measures, asked, page, (&path, ""));
        session.out.answer(&answer, print)?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(out: &mut Output, answer: &CollaboratorList) -> io::Result<()> {
    for one in &answer.collaborators {
        print_one(out, one, "")?;
    }
    let shown = answer.collaborators.len();
    out.line(format_args!(
        "{shown} of {} collaborators, from version {} of the data",
        answer.page.total, answer.page.snapshot
    ))
}

/// Prints a collaborator; a line each for what speaks for it.
pub(super) fn print_one(out: &mut Output, one: &CollaboratorGiven, pad: &str) -> io::Result<()> {
    let name = out.bold(&one.organization.name);
    let far = one
        .distance_m
        .map(|metres| format!(", {:.1} km", metres / 1000.0))
        .unwrap_or_default();
    let partners = if one.already_partners {
        ", partners already"
    } else {
        ""
    };
    out.line(format_args!(
        "{pad}{:>2}. {:.3}  {name}{far}{partners}",
        one.rank, one.score
    ))?;
    for reason in one.reasons.iter().filter(|reason| reason.value > 0.0) {
        let sum = format!(
            "{pad}    {:<14}{:.3} × {:.3} = {:.3}",
            reason.feature,
            reason.value,
            reason.weight,
            reason.value * reason.weight
        );
        let sum = out.faint(sum);
        out.line(format_args!("{sum}  {}", reason.sentence))?;
    }
    let shared: Vec<&str> = one
        .shared_partners
        .iter()
        .take(5)
        .map(|partner| partner.name.as_str())
        .collect();
    if !shared.is_empty() {
        let more = match one.shared_partners.len() {
            0..=5 => String::new(),
            count => format!(" and {} more", count - 5),
        };
        out.line(format_args!(
            "{pad}    shared partners: {}{more}",
            shared.join(", ")
        ))?;
    }
    for pair in &one.offers_matched {
        out.line(format_args!(
            "{pad}    offer “{}” meets ask “{}”",
            pair.offer.title, pair.ask.title
        ))?;
    }
    Ok(())
}
