//! What a session costs.

use crate::model::Service;

/// What a session costs a person.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Cost {
    /// Not said.
    #[default]
    Unknown,
    /// Nothing, or what one can give.
    Free,
    /// Pounds a session, the lowest price on offer.
    Pounds(f64),
}

impl Cost {
    /// Reads the cost options.
    pub(super) fn of(service: &Service) -> Self {
        match service
            .cost_options
            .iter()
            .filter_map(|option| option.amount)
            .reduce(f64::min)
        {
            None => Self::Unknown,
            Some(amount) if amount <= 0.0 => Self::Free,
            Some(amount) => Self::Pounds(amount),
        }
    }
}
