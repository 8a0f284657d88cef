//! What a figure rests on: how many services state the facts it was made of,
//! and how long ago anybody looked.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::supply::SupplyPoint;

/// What a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct RestsOn {
    /// Services counted.
    pub services: usize,
    /// Those that say how many people they can see; the usual number stands in for the rest.
    pub stating_places: usize,
    /// Those that say that they meet all that was asked.
    pub stating_what_was_asked: usize,
    /// Those that somebody vouched for or changed within a year.
    pub checked_within_a_year: usize,
    /// Those of which nothing says when anybody looked last.
    pub never_checked: usize,
    /// The day before which half of the others were looked at last.
    pub half_checked_before: Option<Date>,
    /// The earliest of those days.
    pub oldest_check: Option<Date>,
    /// The latest.
    pub newest_check: Option<Date>,
}

impl RestsOn {
    /// Of these points of supply, a service at several places once.
    pub(super) fn of<'a>(points: impl Iterator<Item = &'a SupplyPoint>, today: Date) -> Self {
        let mut services: BTreeMap<_, &SupplyPoint> = BTreeMap::new();
        for point in points {
            services
                .entry((point.service, point.name.as_str()))
                .and_modify(|held| {
                    // It states what was asked where one of its places does.
                    if point.stated {
                        *held = point;
                    }
                })
                .or_insert(point);
        }
        let year_ago = today.saturating_sub(1.year());
        let mut checks: Vec<Date> = services.values().filter_map(|one| one.assured).collect();
        checks.sort_unstable();
        let count =
            |is: &dyn Fn(&SupplyPoint) -> bool| services.values().filter(|one| is(one)).count();
        Self {
            services: services.len(),
            stating_places: count(&|one| !one.imputed),
            stating_what_was_asked: count(&|one| one.stated),
            checked_within_a_year: checks.iter().filter(|day| **day >= year_ago).count(),
            never_checked: services.len() - checks.len(),
            half_checked_before: checks.get(checks.len() / 2).copied(),
            oldest_check: checks.first().copied(),
            newest_check: checks.last().copied(),
        }
    }
}
