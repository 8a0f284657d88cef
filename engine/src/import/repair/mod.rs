//! What real files write, and what is meant by it. Pure functions: each gives
//! the value and says whether it had to repair it.

mod text;
mod value;

pub(super) use text::clean;
pub(super) use value::{byday, coordinate, date, number, status, time, timestamp, url};

/// A value, and the kind of warning where it is not as it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read<T> {
    /// The value.
    pub value: T,
    /// What was repaired.
    pub repaired: Option<&'static str>,
}

impl<T> Read<T> {
    fn plain(value: T) -> Self {
        Self {
            value,
            repaired: None,
        }
    }

    fn repaired(value: T, kind: &'static str) -> Self {
        Self {
            value,
            repaired: Some(kind),
        }
    }
}
