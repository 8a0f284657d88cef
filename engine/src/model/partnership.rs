//! Partnerships: what HSDS lacks and this network is made of.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use super::{OrganizationId, PartnershipId};

/// One organization works with another in one way.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Partnership {
    /// Its id.
    pub id: PartnershipId,
    /// The one that acts: refers, hosts, trains, funds, is a member.
    pub from: OrganizationId,
    /// The other.
    pub to: OrganizationId,
    /// In which way.
    pub kind: PartnershipKind,
    /// Whether it holds one way only. None: as the kind usually does.
    pub directed: Option<bool>,
    /// First day.
    pub since: Option<Date>,
    /// Last day. In the past: the partnership has ended.
    pub until: Option<Date>,
    /// How firm, 0 to 1, as someone judged it.
    pub strength: Option<f64>,
    /// Who says so.
    pub source: Option<String>,
    /// In words.
    pub note: Option<String>,
}

impl Partnership {
    /// Whether it holds from `from` to `to` only.
    #[must_use]
    pub fn is_directed(&self) -> bool {
        self.directed.unwrap_or(!self.kind.is_mutual())
    }

    /// Whether it has ended by `today`.
    #[must_use]
    pub fn has_ended(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

/// In which way two organizations work together.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PartnershipKind {
    /// They deliver a service together.
    DeliversWith,
    /// One sends people to the other.
    RefersTo,
    /// One gives the other room.
    Hosts,
    /// They design services together.
    CoProduces,
    /// One belongs to the other.
    MemberOf,
    /// One helps the other.
    #[default]
    Supports,
    /// One trains the other's people.
    Trains,
    /// One pays the other.
    Funds,
}

impl PartnershipKind {
    /// All of them, the firmest first.
    pub const ALL: [Self; 8] = [
        Self::DeliversWith,
        Self::RefersTo,
        Self::Hosts,
        Self::CoProduces,
        Self::MemberOf,
        Self::Supports,
        Self::Trains,
        Self::Funds,
    ];

    /// The name in files and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DeliversWith => "delivers_with",
            Self::RefersTo => "refers_to",
            Self::Hosts => "hosts",
            Self::CoProduces => "co_produces",
            Self::MemberOf => "member_of",
            Self::Supports => "supports",
            Self::Trains => "trains",
            Self::Funds => "funds",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether people are passed on both ways unless the record says otherwise:
    /// all but referring and funding.
    #[must_use]
    pub fn is_mutual(self) -> bool {
        !matches!(self, Self::RefersTo | Self::Funds)
    }
}
