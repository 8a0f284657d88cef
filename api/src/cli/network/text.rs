//! The answers of the partner graph as lines for people.

use std::io;

use crate::cli::collaborators::print_one;
use crate::cli::output::Output;
use crate::rest::wire::{
    BridgeList, BrokerList, CommunityList, ConsortiumAnswer, CoreList, CutNodeList, IsolatedList,
    NamedOrganization, NeighbourhoodAnswer, NetworkEquity, NetworkSummary, OfferList, Paged,
    PairingAnswer, RoutesAnswer, WhatIfAnswer,
};

/// The last line of a list.
fn footer(out: &mut Output, shown: usize, what: &str, page: &Paged) -> io::Result<()> {
    out.line(format_args!(
        "{shown} of {} {what}, from version {} of the data",
        page.total, page.snapshot
    ))
}

/// Some names, and how many more there are.
fn names(named: &[NamedOrganization], most: usize) -> String {
    let listed: Vec<&str> = named
        .iter()
        .take(most)
        .map(|one| one.name.as_str())
        .collect();
    let more = match named.len().saturating_sub(most) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", listed.join(", "))
}

pub(super) fn summary(out: &mut Output, answer: &NetworkSummary) -> io::Result<()> {
    let kinds = |counts: &std::collections::BTreeMap<&'static str, usize>| {
        let mut sorted: Vec<_> = counts.iter().collect();
        sorted.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), **name));
        let parts = sorted.iter().map(|(name, count)| format!("{name} {count}"));
        parts.collect::<Vec<_>>().join(", ")
    };
    let sampled = if answer.path_method == "exact" {
        ""
    } else {
        ", estimated"
    };
    let mut row = |name: &str, value: String| out.line(format_args!("{name:<22}{value}"));
    row("organisations", answer.nodes.to_string())?;
    row("pairs of partners", answer.edges.to_string())?;
    row("partnerships", kinds(&answer.ties_by_kind))?;
    row("implied, not counted", kinds(&answer.implied_ties_by_kind))?;
    row(
        "components",
        format!(
            "{}, the largest of {}, {} isolated",
            answer.components, answer.largest_component, answer.isolated
        ),
    )?;
    row("density", format!("{:.4}", answer.density))?;
    row(
        "clustering",
        format!(
            "{:.3} by organisation, {:.3} by pairs of partners",
            answer.clustering, answer.transitivity
        ),
    )?;
    row(
        "average path",
        format!("{:.2} steps{sampled}", answer.average_path_length),
    )?;
    row("reciprocity", format!("{:.3}", answer.reciprocity))?;
    row("concentration (Gini)", format!("{:.3}", answer.gini))?;
    let degrees: Vec<String> = answer
        .degree_distribution
        .iter()
        .map(|one| format!("{}×{}", one.degree, one.organizations))
        .collect();
    row("partners × groups", degrees.join(" "))
}

pub(super) fn brokers(out: &mut Output, answer: &BrokerList) -> io::Result<()> {
    for broker in &answer.brokers {
        let name = out.bold(&broker.organization.name);
        let constraint = broker
            .constraint
            .map(|constraint| format!(", constraint {constraint:.3}"))
            .unwrap_or_default();
        out.line(format_args!(
            "{:>3}. {:.4}  {name}  {} partners{constraint}, core {}",
            broker.rank, broker.betweenness, broker.partners, broker.core
        ))?;
        if !broker.story.is_empty() {
            let story = out.warning(&broker.story);
            out.line(format_args!("     {story}"))?;
        }
    }
    let how = match answer.method {
        "exact" => String::new(),
        method => format!(" ({method}, ± {:.3})", answer.error_bound),
    };
    footer(
        out,
        answer.brokers.len(),
        &format!("brokers by betweenness{how}"),
        &answer.page,
    )
}

pub(super) fn cut_nodes(out: &mut Output, answer: &CutNodeList) -> io::Result<()> {
    for cut in &answer.cut_nodes {
        out.line(format_args!("- {}", cut.story))?;
    }
    footer(out, answer.cut_nodes.len(), "cut nodes", &answer.page)
}

pub(super) fn bridges(out: &mut Output, answer: &BridgeList) -> io::Result<()> {
    for bridge in &answer.bridges {
        let kinds = bridge.kinds.join(", ");
        out.line(format_args!("- {} ({kinds})", bridge.story))?;
    }
    footer(out, answer.bridges.len(), "bridges", &answer.page)
}

pub(super) fn communities(out: &mut Output, answer: &CommunityList) -> io::Result<()> {
    for community in &answer.communities {
        let name = out.bold(&community.name);
        out.line(format_args!("{:>4}  {name}", community.size))?;
        out.line(format_args!("      {}", names(&community.members, 6)))?;
    }
    out.line(format_args!(
        "modularity {:.3}, stability {:.2} over {} runs",
        answer.modularity, answer.stability, answer.runs
    ))?;
    if let Some(caution) = answer.caution {
        let line = out.warning(format_args!("! {caution}"));
        out.line(line)?;
    }
    footer(out, answer.communities.len(), "communities", &answer.page)
}

pub(super) fn isolated(out: &mut Output, answer: &IsolatedList) -> io::Result<()> {
    for apart in &answer.organizations {
        let why = match apart.why {
            "no_partner" => "no partner",
            "pair_only" => "only one partner, who has no other",
            _ => "hangs on one partner",
        };
        let name = out.bold(&apart.organization.name);
        out.line(format_args!("{name}: {why}; could meet"))?;
        for one in &apart.introductions {
            print_one(out, one, "  ")?;
        }
        out.line("")?;
    }
    footer(
        out,
        answer.organizations.len(),
        "organisations that stand apart",
        &answer.page,
    )
}

pub(super) fn cores(out: &mut Output, answer: &CoreList) -> io::Result<()> {
    for one in &answer.organizations {
        out.line(format_args!(
            "core {:>2}  {}  {} partners",
            one.core, one.organization.name, one.partners
        ))?;
    }
    let sizes: Vec<String> = answer
        .cores
        .iter()
        .map(|size| format!("{}×{}", size.core, size.organizations))
        .collect();
    out.line(format_args!("core × organisations: {}", sizes.join(" ")))?;
    footer(
        out,
        answer.organizations.len(),
        "organisations",
        &answer.page,
    )
}

pub(super) fn equity(out: &mut Output, answer: &NetworkEquity) -> io::Result<()> {
    out.line(format_args!("Gini of partners: {:.3}", answer.gini))?;
    for by in &answer.equity {
        let title = out.bold(by.by);
        let keeps = by
            .assortativity
            .map(|found| format!(", keep to their own kind {found:.3}"))
            .unwrap_or_default();
        let unknown = match by.unknown {
            0 => String::new(),
            count => format!(", {count} not known"),
        };
        out.line(format_args!("\nby {title}{keeps}{unknown}"))?;
        for group in &by.groups {
            out.line(format_args!(
                "  {:<16}{:>5}  {:>5.1} partners, {:.2} of the mean; {:.0}% without any",
                group.group,
                group.size,
                group.mean_degree,
                group.relative_degree,
                group.isolated_share * 100.0
            ))?;
            if let Some(caution) = &group.caution {
                let line = out.warning(format_args!("    ! {caution}"));
                out.line(line)?;
            }
        }
    }
    Ok(())
}

pub(super) fn routes(out: &mut Output, answer: &RoutesAnswer) -> io::Result<()> {
    for (rank, route) in (1..).zip(&answer.routes) {
        let mut way = route.hops.first().map_or_else(
            || "the same organisation".to_owned(),
            |hop| hop.from.name.clone(),
        );
        for hop in &route.hops {
            way = format!("{way} –{}→ {}", hop.kind, hop.to.name);
        }
        out.line(format_args!("{rank}. {:.3}  {way}", route.trust))?;
        for hop in &route.hops {
            let line = out.faint(format_args!("   {:.3}  {}", hop.strength, hop.evidence));
            out.line(line)?;
        }
    }
    match &answer.introducer {
        Some(introducer) => out.line(&introducer.sentence),
        None if answer.routes.is_empty() => {
            out.line("No route of at most four hops, and no partner who could introduce.")
        }
        None => Ok(()),
    }
}

pub(super) fn around(out: &mut Output, answer: &NeighbourhoodAnswer) -> io::Result<()> {
    for near in &answer.nodes {
        out.line(format_args!(
            "{:>2} {}  {:.3}  {}",
            near.depth,
            if near.depth == 1 { "step " } else { "steps" },
            near.closeness,
            near.organization.name
        ))?;
    }
    for cut in &answer.left_out {
        out.line(format_args!(
            "{} more at {} steps are not shown; ask with a larger --limit",
            cut.organizations, cut.depth
        ))?;
    }
    out.line(format_args!(
        "{} of {} organisations within {} steps of {}, {} ties among those shown",
        answer.nodes.len(),
        answer.total,
        answer.depth,
        answer.organization.name,
        answer.edges.len()
    ))
}

pub(super) fn what_if(out: &mut Output, answer: &WhatIfAnswer) -> io::Result<()> {
    let (before, after) = (&answer.before, &answer.after);
    out.line(format_args!(
        "components         {} → {}",
        before.components, after.components
    ))?;
    out.line(format_args!(
        "largest component  {} → {}",
        before.largest_component, after.largest_component
    ))?;
    out.line(format_args!(
        "mean reach         {:.1} → {:.1}",
        before.mean_reach, after.mean_reach
    ))?;
    out.line(format_args!("lost routes        {}", answer.lost_routes))?;
    for one in answer.affected.iter().take(20) {
        out.line(format_args!(
            "- {} reaches {} → {} others",
            one.organization.name, one.reach_before, one.reach_after
        ))?;
    }
    match answer.affected.len() {
        0..=20 => Ok(()),
        count => out.line(format_args!("  and {} more", count - 20)),
    }
}

pub(super) fn consortium(out: &mut Output, answer: &ConsortiumAnswer) -> io::Result<()> {
    for member in &answer.members {
        let name = out.bold(&member.organization.name);
        let small = if member.grass_roots {
            ", grass roots"
        } else {
            ""
        };
        out.line(format_args!(
            "- {name}{small}: {}",
            member.covers.join(", ")
        ))?;
        let why = out.faint(&member.why);
        out.line(format_args!("    {why}"))?;
    }
    if !answer.uncovered.is_empty() {
        let line = format!("! nobody in reach covers {}", answer.uncovered.join(", "));
        let line = out.warning(line);
        out.line(line)?;
    }
    out.line(if answer.connected {
        "They are connected through each other."
    } else {
        "They are not all connected through each other."
    })?;
    out.line(&answer.guarantee)
}

pub(super) fn offers(out: &mut Output, answer: &OfferList) -> io::Result<()> {
    for one in &answer.offers {
        let title = out.bold(&one.offer.title);
        let whose = one
            .offer
            .organization
            .as_ref()
            .map(|owner| format!(" – {}", owner.name))
            .unwrap_or_default();
        out.line(format_args!(
            "{:<5} {:<10} {title}{whose}",
            one.offer.direction, one.offer.kind
        ))?;
        let far = one
            .distance_m
            .map(|metres| format!("{:.1} km", metres / 1000.0));
        let when = (!one.days.is_empty()).then(|| one.days.join(" "));
        let hours = one.from_time.as_ref().zip(one.to_time.as_ref());
        let hours = hours.map(|(from, to)| format!("{from} to {to}"));
        let room = one.capacity.map(|capacity| format!("for {capacity}"));
        let access = (!one.access.is_empty()).then(|| one.access.join(", "));
        let cost = one.cost.map(|cost| match cost {
            cost if cost <= 0.0 => "free".to_owned(),
            cost => format!("£{cost:.2}"),
        });
        let cost = one.cost_note.clone().or(cost);
        let postcode = one.postcode.clone();
        let facts: Vec<String> = [postcode, far, when, hours, room, access, cost]
            .into_iter()
            .flatten()
            .collect();
        if !facts.is_empty() {
            let line = out.faint(facts.join("; "));
            out.line(format_args!("      {line}"))?;
        }
    }
    footer(out, answer.offers.len(), "offers and asks", &answer.page)
}

pub(super) fn pairings(out: &mut Output, answer: &PairingAnswer) -> io::Result<()> {
    let whose = |offer: &crate::rest::wire::OfferSummary| {
        offer
            .organization
            .as_ref()
            .map_or_else(String::new, |owner| format!(" ({})", owner.name))
    };
    for pair in &answer.pairs {
        out.line(format_args!(
            "{:.3}  “{}”{} for “{}”{}",
            pair.score,
            pair.offer.title,
            whose(&pair.offer),
            pair.ask.title,
            whose(&pair.ask)
        ))?;
        let reasons: Vec<String> = pair
            .reasons
            .iter()
            .skip(1)
            .map(|reason| {
                format!(
                    "{} {:.2}: {}",
                    reason.feature, reason.value, reason.sentence
                )
            })
            .collect();
        let line = out.faint(reasons.join("; "));
        out.line(format_args!("       {line}"))?;
    }
    footer(out, answer.pairs.len(), "pairs", &answer.page)?;
    out.line(format_args!(
        "{} asks stay unmatched",
        answer.unmatched.len()
    ))
}
