//! `causeway site`.

use std::io;
use std::process::ExitCode;

use causeway_engine::model::OrganizationId;
use causeway_engine::planning::{Candidates, Objective, SitesAnswer, SitesRequest, sites_for};
use causeway_engine::store::Access;
use clap::Args;
use clap::builder::RangedU64ValueParser;

use super::Session;
use super::output::Output;
use super::plan_options::{PlanOptions, refused};
use super::request::one_of;
use crate::rest::wire::SitesGiven;

/// Shows where the next services for a need would reach most unmet need.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  causeway site --need \"food bank\" --count 3
  causeway site --need \"debt advice\" --count 5 --candidates venues --candidates areas
  causeway site --need \"debt advice\" --count 2 --host-partner-of ORG-ID")]
pub(super) struct SiteCommand {
    /// The need: a concept or taxonomy term, id, name or synonym
    #[arg(long, value_name = "TERM")]
    need: String,
    /// How many
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = RangedU64ValueParser::<usize>::new().range(1..=200))]
    count: usize,
    /// Where they may be, the better liked first: offers, venues or areas; may be repeated [default: offers, areas]
    #[arg(long, value_name = "KIND", value_parser = kind)]
    candidates: Vec<Candidates>,
    /// What is made as good as it can be: covering or p-median
    #[arg(long, value_name = "OBJECTIVE", default_value = "covering", value_parser = objective)]
    objective: Objective,
    /// Id of an organisation of which a partner must host
    #[arg(long, value_name = "ORG-ID")]
    host_partner_of: Option<OrganizationId>,
    #[command(flatten)]
    options: PlanOptions,
}

impl SiteCommand {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let engine = session.open(Access::Read)?;
        let snapshot = engine.snapshot();
        let usual = SitesRequest::default();
        let request = SitesRequest {
            gaps: self.options.read(Some(&self.need), &engine, &snapshot)?,
            count: self.count,
            candidates: if self.candidates.is_empty() {
                usual.candidates
            } else {
                self.candidates
            },
            objective: self.objective,
            host_partner_of: self.host_partner_of,
        };
        let answer = sites_for(&snapshot, &request).map_err(refused)?;
        if session.out.is_json() {
            session.out.json(&SitesGiven::from(answer))?;
        } else {
            print(&mut session.out, &answer)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print(out: &mut Output, answer: &SitesAnswer) -> io::Result<()> {
    let need = out.bold(&answer.need.name);
    out.line(format_args!(
        "{need}: {} of {} candidates",
        answer.sites.len(),
        answer.candidates
    ))?;
    for site in &answer.sites {
        out.line("")?;
        let name = out.bold(&site.name);
        let host = site
            .host
            .as_ref()
            .map(|host| format!(" – {}", host.name))
            .unwrap_or_default();
        out.line(format_args!("{:>2}. {name}{host}", site.rank))?;
        out.line(format_args!(
            "    at {:.5}, {:.5}; {:.0} people newly reached; gain {:.0}",
            site.latitude, site.longitude, site.people_newly_reached, site.gain
        ))?;
        out.line(format_args!(
            "    places a week per 1,000 people within reach: {:.2} before, {:.2} after",
            1_000.0 * site.access_before,
            1_000.0 * site.access_after
        ))?;
        if let Some(next) = &site.next_best {
            let line = format!("    next best: {}, {:.0} worse", next.name, next.loss);
            let line = out.faint(line);
            out.line(line)?;
        }
    }
    out.line("")?;
    out.line(&answer.guarantee)?;
    if answer.out_of_reach > 0.0 {
        out.line(format_args!(
            "{:.0} of the unmet need lies beyond every candidate.",
            answer.out_of_reach
        ))?;
    }
    for note in &answer.notes {
        let note = out.faint(note);
        out.line(note)?;
    }
    Ok(())
}

fn kind(written: &str) -> Result<Candidates, String> {
    one_of(written, &Candidates::ALL, Candidates::name)
}

fn objective(written: &str) -> Result<Objective, String> {
    one_of(written, &Objective::ALL, Objective::name)
}
