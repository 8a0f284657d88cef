//! The three-valued answer.

use serde::{Deserialize, Serialize};

/// Yes, no, or nobody said.
///
/// A directory that does not say 'wheelchair access' has not said 'no'.
/// The order is Kleene's, `No < Unknown < Yes`, so that *and* is the minimum
/// and *or* the maximum.
///
/// ```
/// use causeway_engine::model::Answer::{No, Unknown, Yes};
/// assert_eq!(Yes.and(Unknown), Unknown);
/// assert_eq!(No.and(Unknown), No);
/// assert_eq!(Yes.or(Unknown), Yes);
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// The source says that it is not so.
    No,
    /// The source does not say.
    #[default]
    Unknown,
    /// The source says that it is so.
    Yes,
}

impl Answer {
    /// Both: the lesser of the two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Either: the greater of the two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

impl std::ops::Not for Answer {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }
}

impl From<Option<bool>> for Answer {
    fn from(stated: Option<bool>) -> Self {
        match stated {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
}
