//! Who sits at the edge of this network: equity by legal form, by origin or
//! faith, and by the deprivation of the area.

use super::equity::{Equity, equity};
use super::profile::{Profile, Profiles};
use crate::snapshot::Snapshot;

/// Equity by one way of telling groups apart.
#[derive(Debug, Clone, PartialEq)]
pub struct EquityBy {
    /// How groups are told apart.
    pub by: &'static str,
    /// What was found.
    pub equity: Equity,
}

/// Whether small and faith groups, groups of a community, and groups in
/// deprived areas sit at the edge.
#[must_use]
pub(super) fn network_equity(snapshot: &Snapshot, profiles: &Profiles) -> Vec<EquityBy> {
    /// Tenths of deprivation that count as deprived.
    const DEPRIVED: u8 = 3;
    let structure = snapshot.graph.structure();
    let deprived = |profile: &Profile| {
        let area = profiles.areas().find(profile.areas.first()?)?;
        let decile = area.deprivation.as_ref()?.decile?;
        let word = if decile <= DEPRIVED {
            "deprived area"
        } else {
            "other area"
        };
        Some(word.to_owned())
    };
    let by = |by, group: &dyn Fn(&Profile) -> Option<String>| {
        let groups: Vec<Option<String>> = profiles.all().iter().map(group).collect();
        EquityBy {
            by,
            equity: equity(structure, &groups),
        }
    };
    vec![
        by("legal form", &|profile| {
            profile.form.map(|form| form.name().to_owned())
        }),
        by("named for an origin or a faith", &|profile| {
            Some(if profile.community { "yes" } else { "no" }.to_owned())
        }),
        by("deprivation of the area", &deprived),
    ]
}
