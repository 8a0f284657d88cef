//! How often services were shown, against how often they deserved it (METHODS A8.4).
//!
//! Counts only: a service, a group of needs and a day. No person is in them and no
//! word of a need. The [`Ledger`] takes them down while answers are given; what it
//! holds enters an answer with the next snapshot, so that an answer stays a pure
//! function of a snapshot. Amortised over answers as in Biega, Gummadi & Weikum 2018,
//! doi:10.1145/3209978.3210063.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::ServiceId;

/// How long a showing is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExposureMemory {
    /// Days after which it counts half.
    pub half_life_days: f64,
    /// Days after which it is forgotten.
    pub days: i32,
}

impl Default for ExposureMemory {
    fn default() -> Self {
        Self {
            half_life_days: 30.0,
            days: 90,
        }
    }
}

/// What a service had.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Counts {
    /// Σ of the exposure of the places it was shown in.
    pub exposure: f64,
    /// Σ of how well it would have done what was needed, whenever it could have.
    pub merit: f64,
}

impl Counts {
    fn add(&mut self, other: Self, weight: f64) {
        self.exposure += weight * other.exposure;
        self.merit += weight * other.merit;
    }
}

/// What one answer adds for one service.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting<'a> {
    /// The group of the concept that the service serves.
    pub group: &'a str,
    /// Which service.
    pub service: ServiceId,
    /// What it had.
    pub counts: Counts,
}

type Groups = BTreeMap<String, HashMap<ServiceId, Counts>>;

/// Counts by day, as answers are given.
#[derive(Debug, Default)]
pub struct Ledger(BTreeMap<Date, Groups>);

impl Ledger {
    /// Takes down what one answer of that day showed.
    pub fn add(&mut self, day: Date, sightings: Vec<Sighting<'_>>) {
        let groups = self.0.entry(day).or_default();
        for Sighting {
            group,
            service,
            counts,
        } in sightings
        {
            if !groups.contains_key(group) {
                groups.insert(group.to_owned(), HashMap::new());
            }
            if let Some(of_group) = groups.get_mut(group) {
                of_group.entry(service).or_default().add(counts, 1.0);
            }
        }
    }

    /// What counts on a day: newer days more, and none that is forgotten.
    #[must_use]
    pub fn on(&self, day: Date, memory: &ExposureMemory) -> Exposure {
        let mut exposure = Exposure::default();
        for (then, groups) in &self.0 {
            let days = (day - *then).get_days();
            if !(0..=memory.days).contains(&days) {
                continue;
            }
            let weight = (-f64::from(days) / memory.half_life_days).exp2();
            for (group, services) in groups {
                let (of_group, all) = exposure.0.entry(group.clone()).or_default();
                // By id, so that sums are added in one order.
                let by_id: BTreeMap<_, _> = services.iter().collect();
                for (service, counts) in by_id {
                    of_group.entry(*service).or_default().add(*counts, weight);
                    all.add(*counts, weight);
                }
            }
        }
        exposure
    }

    /// Forgets the days that no longer count.
    pub fn forget_before(&mut self, day: Date, memory: &ExposureMemory) {
        self.0
            .retain(|then, _| (day - *then).get_days() <= memory.days);
    }
}

/// By group of needs: what its services had, and all of them together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exposure(BTreeMap<String, (HashMap<ServiceId, Counts>, Counts)>);

impl Exposure {
    /// How far a service is owed to be seen among those of a group: .5 as it
    /// deserves, up to 1 where it was shown less, down to 0 where it was shown more.
    /// `None` where nothing of it is counted.
    ///
    /// .5 + .5 (m − e)/(m + e), with e its share of all exposure in the group and m
    /// its share of all merit.
    #[must_use]
    pub fn owed(&self, group: &str, service: ServiceId) -> Option<f64> {
        let (services, all) = self.0.get(group)?;
        let counts = services.get(&service)?;
        let part = |of: f64, whole: f64| if whole > 0.0 { of / whole } else { 0.0 };
        let shown = part(counts.exposure, all.exposure);
        let deserved = part(counts.merit, all.merit);
        let both = shown + deserved;
        (both > 0.0).then(|| (0.5 + 0.5 * (deserved - shown) / both).clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(number: u128) -> ServiceId {
        Uuid::from_u128(number).into()
    }

    fn sighting(service: u128, exposure: f64, merit: f64) -> Sighting<'static> {
        Sighting {
            group: "food",
            service: id(service),
            counts: Counts { exposure, merit },
        }
    }

    #[test]
    fn what_was_shown_less_than_it_deserves_is_owed_more() {
        let mut ledger = Ledger::default();
        let today = date(2026, 11, 24);
        ledger.add(today, vec![sighting(1, 1.0, 0.5), sighting(2, 0.0, 0.5)]);
        let exposure = ledger.on(today, &ExposureMemory::default());
        assert!((exposure.owed("food", id(2)).unwrap() - 1.0).abs() < 1e-12);
        assert!((exposure.owed("food", id(1)).unwrap() - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!(exposure.owed("food", id(3)), None);
        assert_eq!(exposure.owed("money", id(1)), None);
    }

    #[test]
    fn a_month_ago_counts_half_and_a_quarter_ago_nothing() {
        let mut ledger = Ledger::default();
        ledger.add(date(2026, 10, 25), vec![sighting(1, 1.0, 1.0)]);
        ledger.add(date(2026, 11, 24), vec![sighting(2, 1.0, 1.0)]);
        let exposure = ledger.on(date(2026, 11, 24), &ExposureMemory::default());
        let (_, all) = &exposure.0["food"];
        assert!((all.exposure - 1.5).abs() < 1e-12);
        let later = date(2027, 2, 1);
        assert_eq!(
            ledger
                .on(later, &ExposureMemory::default())
                .owed("food", id(1)),
            None
        );
        ledger.forget_before(later, &ExposureMemory::default());
        assert_eq!(ledger.0.len(), 1);
    }

    proptest! {
        #[test]
        fn what_is_owed_stays_between_nothing_and_all(
            counts in proptest::collection::vec((0.0..9.0_f64, 0.0..9.0_f64), 1..9)
        ) {
            let mut ledger = Ledger::default();
            let today = date(2026, 11, 24);
            let sightings = counts.iter().zip(1..).map(|((e, m), number)| sighting(number, *e, *m));
            ledger.add(today, sightings.collect());
            let exposure = ledger.on(today, &ExposureMemory::default());
            for number in 1..=counts.len() {
                if let Some(owed) = exposure.owed("food", id(number as u128)) {
                    prop_assert!((0.0..=1.0).contains(&owed));
                }
            }
        }
    }
}
