//! What hangs by a thread: organizations and single ties without which others
//! lose their only link, with what would be lost.

use std::collections::{BTreeMap, BTreeSet};

use super::measures::{Measures, Named, named};
use crate::snapshot::{Snapshot, TieKind};

/// Those who would lose their only link to the rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Loss {
    /// Who, by id within each piece, the largest piece first.
    pub organizations: Vec<Named>,
    /// Into how many pieces they fall.
    pub pieces: usize,
    /// How many services they give.
    pub services: usize,
    /// Residents of the small areas where they give them. `None`: no area
    /// with residents is known there.
    pub people: Option<f64>,
}

/// An organization without which others lose their only link.
#[derive(Debug, Clone, PartialEq)]
pub struct CutNode {
    /// Who.
    pub organization: Named,
    /// Whom it alone ties to the rest.
    pub loss: Loss,
    /// What would happen, in words.
    pub story: String,
}

/// A pair whose working together is the only link between two parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bridge {
    /// The one on the larger side.
    pub from: Named,
    /// The one on the smaller side.
    pub to: Named,
    /// In which ways they work together.
    pub kinds: Vec<TieKind>,
    /// The smaller side.
    pub loss: Loss,
    /// What would happen, in words.
    pub story: String,
}

/// Cut nodes, those whose going leaves most organizations behind first, then
/// by id: `limit` of them from `offset` on, with how many there are.
#[must_use]
pub fn cut_nodes(
    snapshot: &Snapshot,
    measures: &Measures,
    offset: usize,
    limit: usize,
) -> (Vec<CutNode>, usize) {
    let cuts = &measures.graph.cuts;
    let mut sized: Vec<(usize, u32)> = cuts
        .nodes
        .iter()
        .map(|node| (cuts.count_behind(*node), *node))
        .collect();
    sized.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let found = sized
        .into_iter()
        .skip(offset)
        .take(limit)
        .map(|(_, node)| {
            let organization = named(snapshot, node);
            let loss = loss_without(snapshot, measures, node);
            let story = format!("If {} closed, {}", organization.name, told(&loss));
            CutNode {
                organization,
                loss,
                story,
            }
        })
        .collect();
    (found, cuts.nodes.len())
}

/// Bridges, those that hold most organizations first, then by ids: `limit` of
/// them from `offset` on, with how many there are.
#[must_use]
pub fn bridges(
    snapshot: &Snapshot,
    measures: &Measures,
    offset: usize,
    limit: usize,
) -> (Vec<Bridge>, usize) {
    let cuts = &measures.graph.cuts;
    let mut sized: Vec<(u32, (u32, u32))> = cuts
        .bridges
        .iter()
        .map(|bridge| (cuts.smaller_side(*bridge).1, *bridge))
        .collect();
    sized.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let page: Vec<(u32, u32)> = sized
        .into_iter()
        .skip(offset)
        .take(limit)
        .map(|(_, pair)| pair)
        .collect();
    let mut kinds: BTreeMap<(u32, u32), BTreeSet<TieKind>> =
        page.iter().map(|pair| (*pair, BTreeSet::new())).collect();
    for tie in snapshot.graph.ties() {
        if let Some(kinds) = kinds.get_mut(&(tie.from.min(tie.to), tie.from.max(tie.to))) {
            kinds.insert(tie.kind());
        }
    }
    let found = page
        .into_iter()
        .map(|pair| {
            let kinds = kinds.remove(&pair).unwrap_or_default();
            bridge(snapshot, measures, pair, kinds.into_iter().collect())
        })
        .collect();
    (found, cuts.bridges.len())
}

fn bridge(
    snapshot: &Snapshot,
    measures: &Measures,
    pair: (u32, u32),
    kinds: Vec<TieKind>,
) -> Bridge {
    let cuts = &measures.graph.cuts;
    let (end, _) = cuts.smaller_side(pair);
    let other = if end == pair.0 { pair.1 } else { pair.0 };
    let loss = loss_of(snapshot, measures, &[cuts.beyond(pair)]);
    let (from, to) = (named(snapshot, other), named(snapshot, end));
    let story = format!(
        "If {} and {} stopped working together, {}",
        from.name,
        to.name,
        told(&loss)
    );
    Bridge {
        from,
        to,
        kinds,
        loss,
        story,
    }
}

/// What is lost when a node goes; nothing where it is no cut node.
pub(super) fn loss_without(snapshot: &Snapshot, measures: &Measures, node: u32) -> Loss {
    loss_of(snapshot, measures, &measures.graph.cuts.leaves_behind(node))
}

fn loss_of(snapshot: &Snapshot, measures: &Measures, pieces: &[Vec<u32>]) -> Loss {
    let nodes = || pieces.iter().flatten().copied();
    let profiles = &measures.profiles;
    let areas: BTreeSet<&str> = nodes()
        .flat_map(|node| &profiles.at(node).areas)
        .map(String::as_str)
        .collect();
    let residents: Vec<f64> = areas
        .iter()
        .filter_map(|code| profiles.areas().find(code)?.population.total)
        .collect();
    Loss {
        organizations: nodes().map(|node| named(snapshot, node)).collect(),
        pieces: pieces.len(),
        services: nodes().map(|node| profiles.at(node).services).sum(),
        people: (!residents.is_empty()).then(|| residents.iter().sum()),
    }
}

/// The end of a sentence that says who would lose what.
pub(super) fn told(loss: &Loss) -> String {
    const NAMED: usize = 5;
    let names: Vec<&str> = loss
        .organizations
        .iter()
        .take(NAMED)
        .map(|one| one.name.as_str())
        .collect();
    let more = match loss.organizations.len() {
        0..=NAMED => String::new(),
        count => format!(" and {} more", count - NAMED),
    };
    let services = match loss.services {
        0 => "no service listed".to_owned(),
        1 => "1 service".to_owned(),
        many => format!("{many} services"),
    };
    let people = loss
        .people
        .map(|people| format!(" in areas of {people} residents"))
        .unwrap_or_default();
    format!(
        "{}{more} would lose their only link to the rest: {services}{people}.",
        names.join(", ")
    )
}
