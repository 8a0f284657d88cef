//! Whether a service has room.

use crate::model::{Answer, Service};

/// Whether a service has room, and how long one waits.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Capacity {
    /// Whether it takes new people.
    pub takes_new: Answer,
    /// Weeks until one's turn.
    pub wait_weeks: Option<f64>,
    /// How many it can serve in a week, where that is recorded.
    pub places_a_week: Option<f64>,
}

impl Capacity {
    /// Reads the recorded capacities.
    pub(super) fn of(service: &Service) -> Self {
        let available: Vec<f64> = service
            .capacities
            .iter()
            .filter_map(|c| c.available)
            .collect();
        let takes_new = if available.is_empty() {
            Answer::Unknown
        } else {
            Answer::from(Some(available.iter().any(|free| *free > 0.0)))
        };
        let places_a_week = service
            .capacities
            .iter()
            .filter_map(|capacity| capacity.maximum)
            .reduce(f64::max);
        Self {
            takes_new,
            wait_weeks: None,
            places_a_week,
        }
    }
}
