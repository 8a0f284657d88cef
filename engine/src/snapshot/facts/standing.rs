//! Whether a service runs.

use crate::model::{Service, ServiceStatus};

/// Whether a service runs, and by which words we know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nothing says that it does not.
    #[default]
    Open,
    /// It does not, with the status or words that say so.
    Closed(String),
}

impl Standing {
    /// Reads the status.
    pub(super) fn of(service: &Service) -> Self {
        match service.status {
            ServiceStatus::Active => Self::Open,
            status => Self::Closed(status.name().to_owned()),
        }
    }

    /// Whether it runs, as far as is known.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }
}
