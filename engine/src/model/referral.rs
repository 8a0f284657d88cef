//! Referrals: that one was made, and what became of it. Nothing about the person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{OrganizationId, ReferralId, ServiceId};

/// One referral to a service.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Referral {
    /// Its id.
    pub id: ReferralId,
    /// Who referred.
    pub from: OrganizationId,
    /// To which service.
    pub service_id: ServiceId,
    /// The group of need, a concept's id; never the words of a need.
    pub concept: Option<String>,
    /// How far it has come.
    pub status: ReferralStatus,
    /// Why it was declined or not completed, in one of the published words.
    pub reason: Option<String>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// How far a referral has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ReferralStatus {
    /// On its way.
    #[default]
    Sent,
    /// Taken.
    Accepted,
    /// Not taken.
    Declined,
    /// The person came.
    Started,
    /// The help was given to its end.
    Completed,
    /// It ended before that.
    NotCompleted,
}

impl ReferralStatus {
    /// Whether it was taken, whatever came of it later. `None`: not decided yet.
    #[must_use]
    pub fn was_taken(self) -> Option<bool> {
        match self {
            Self::Sent => None,
            Self::Declined => Some(false),
            Self::Accepted | Self::Started | Self::Completed | Self::NotCompleted => Some(true),
        }
    }
}
