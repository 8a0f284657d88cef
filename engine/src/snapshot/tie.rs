//! A tie of the partner graph, and how firm it is.
//!
//! A stated tie's strength is the chance that a referral along it is taken up:
//!
//! `strength = clip(base · 2^(−years/half_life), .05, .98)`
//!
//! - `base`: the strength that the record states, else that of its kind. Where
//!   referrals were made along the tie it moves towards what became of them:
//!   `(prior · m + taken) / (m + decided)`, `m` being `prior_referrals`.
//! - `years`: since the tie was last confirmed: the latest of its first day, the
//!   day its source was read and the last change of a referral along it. A tie
//!   without any day of its own counts `undated` instead.
//!
//! An implied tie says that two share something, not that they work together;
//! see [`super::implied`].

use jiff::civil::Date;

use crate::model::{Entry, Partnership, PartnershipId, PartnershipKind};

/// How firm a tie is before dates count, by kind; what dates and referrals do
/// to it; and how much is implied by what two organizations share.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TieStrength {
    /// Probability that a referral along a tie of the kind is taken up.
    pub delivers_with: f64,
    /// As above.
    pub refers_to: f64,
    /// As above.
    pub hosts: f64,
    /// As above.
    pub co_produces: f64,
    /// As above.
    pub member_of: f64,
    /// As above.
    pub supports: f64,
    /// As above.
    pub trains: f64,
    /// As above.
    pub funds: f64,
    /// Years after which an unconfirmed tie counts half.
    pub half_life_years: f64,
    /// Factor for a tie without a date.
    pub undated: f64,
    /// How many referrals the judgement above is worth: after as many, what
    /// became of them counts as much.
    pub prior_referrals: f64,
    /// What a shared venue implies for two that have it to themselves.
    pub shared_venue: f64,
    /// What a shared programme implies, likewise.
    pub shared_programme: f64,
    /// What membership of the same body implies, likewise.
    pub same_body: f64,
    /// What a shared funder implies, likewise.
    pub shared_funder: f64,
    /// What more organizations than this share implies nothing.
    pub most_sharers: usize,
}

impl Default for TieStrength {
    fn default() -> Self {
        Self {
            delivers_with: 0.95,
            refers_to: 0.85,
            hosts: 0.8,
            co_produces: 0.8,
            member_of: 0.6,
            supports: 0.6,
            trains: 0.5,
            funds: 0.4,
            half_life_years: 3.0,
            undated: 0.8,
            prior_referrals: 10.0,
            shared_venue: 0.3,
            shared_programme: 0.3,
            same_body: 0.2,
            shared_funder: 0.1,
            most_sharers: 20,
        }
    }
}

/// What became of the referrals from one organization to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Referred {
    /// Referrals that were taken, whatever came of them later.
    pub taken: u32,
    /// Referrals that were taken or declined.
    pub decided: u32,
    /// The last day on which one of them changed.
    pub last: Option<Date>,
}

impl Referred {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            taken: self.taken + other.taken,
            decided: self.decided + other.decided,
            last: self.last.max(other.last),
        }
    }
}

impl TieStrength {
    /// The strength of a partnership as of `today`, within [.05, .98] (METHODS A6).
    ///
    /// A tie is confirmed on the later of its first day and the day its source
    /// was found to say so: twenty years together do not make a tie weak,
    /// twenty years of silence do.
    #[must_use]
    pub fn of(&self, entry: &Entry<Partnership>, referred: Referred, today: Date) -> f64 {
        let partnership = &entry.record;
        let prior = partnership.strength.unwrap_or(self.base(partnership.kind));
        let base = if referred.decided == 0 {
            prior
        } else {
            let weight = self.prior_referrals;
            (prior * weight + f64::from(referred.taken)) / (weight + f64::from(referred.decided))
        };
        let read = || {
            entry
                .provenance
                .read_at
                .to_zoned_datetime(jiff::tz::TimeZone::UTC)
                .date()
        };
        let confirmed = partnership
            .since
            .map(|since| since.max(read()))
            .max(referred.last);
        let recency = confirmed.map_or(self.undated, |confirmed| {
            let years = f64::from((today - confirmed.min(today)).get_days()) / 365.25;
            (-years / self.half_life_years).exp2()
        });
        (base * recency).clamp(0.05, 0.98)
    }

    fn base(&self, kind: PartnershipKind) -> f64 {
        match kind {
            PartnershipKind::DeliversWith => self.delivers_with,
            PartnershipKind::RefersTo => self.refers_to,
            PartnershipKind::Hosts => self.hosts,
            PartnershipKind::CoProduces => self.co_produces,
            PartnershipKind::MemberOf => self.member_of,
            PartnershipKind::Supports => self.supports,
            PartnershipKind::Trains => self.trains,
            PartnershipKind::Funds => self.funds,
        }
    }

    /// What sharing something implies for two that have it to themselves.
    #[must_use]
    pub fn implied(&self, by: Sharing) -> f64 {
        match by {
            Sharing::Venue => self.shared_venue,
            Sharing::Programme => self.shared_programme,
            Sharing::Body => self.same_body,
            Sharing::Funder => self.shared_funder,
        }
    }
}

/// What two organizations share that nobody called a partnership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sharing {
    /// They give services at the same place.
    Venue,
    /// They run services under the same programme.
    Programme,
    /// They belong to the same body.
    Body,
    /// The same funder pays them.
    Funder,
}

/// In which way two organizations are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// They work together, and a record says so.
    Stated(PartnershipKind),
    /// They share something; no record says that they work together.
    Implied(Sharing),
}

impl TieKind {
    /// The name in files and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated(kind) => kind.name(),
            Self::Implied(Sharing::Venue) => "shared_venue",
            Self::Implied(Sharing::Programme) => "shared_programme",
            Self::Implied(Sharing::Body) => "same_body",
            Self::Implied(Sharing::Funder) => "shared_funder",
        }
    }

    /// Whether it belongs to the weaker layer.
    #[must_use]
    pub fn is_implied(self) -> bool {
        matches!(self, Self::Implied(_))
    }
}

/// What a tie rests on.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// A record, and in which way it says they work together.
    Stated(PartnershipKind, PartnershipId),
    /// Something shared, with its name.
    Implied(Sharing, Box<str>),
}

/// A tie that holds, as data of the graph.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// What it rests on.
    pub basis: Basis,
    /// Node of the organization that acts.
    pub from: u32,
    /// Node of the other.
    pub to: u32,
    /// Whether people are passed on one way only.
    pub directed: bool,
    /// Probability that a referral along it is taken up, (0, 1).
    pub strength: f64,
}

impl Tie {
    /// In which way the two are tied.
    #[must_use]
    pub fn kind(&self) -> TieKind {
        match self.basis {
            Basis::Stated(kind, _) => TieKind::Stated(kind),
            Basis::Implied(by, _) => TieKind::Implied(by),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Provenance;

    const TODAY: Date = jiff::civil::date(2026, 11, 24);

    fn hosting(since: Option<Date>, read_at: &str) -> Entry<Partnership> {
        Entry {
            record: Partnership {
                kind: PartnershipKind::Hosts,
                since,
                ..Default::default()
            },
            provenance: Provenance {
                read_at: read_at.parse().expect("a timestamp"),
                ..Default::default()
            },
        }
    }

    fn check(entry: &Entry<Partnership>, referred: Referred, expected: f64) {
        let strength = TieStrength::default().of(entry, referred, TODAY);
        assert!((strength - expected).abs() < 1e-3, "{strength}");
    }

    #[test]
    fn silence_weakens_a_tie_and_age_alone_does_not() {
        let since = Some(jiff::civil::date(2006, 11, 24));
        let none = Referred::default();
        check(&hosting(since, "2026-11-24T00:00:00Z"), none, 0.8);
        check(&hosting(since, "2020-11-24T00:00:00Z"), none, 0.2);
        check(&hosting(None, "2020-11-24T00:00:00Z"), none, 0.64);
    }

    #[test]
    fn referrals_move_a_tie_from_what_was_judged_to_what_was_seen() {
        let entry = hosting(Some(TODAY), "2026-11-24T00:00:00Z");
        let seen = |taken, decided| Referred {
            taken,
            decided,
            last: Some(TODAY),
        };
        // (.8 · 10 + taken) / (10 + decided)
        check(&entry, seen(0, 10), 0.4);
        check(&entry, seen(10, 10), 0.9);
        // A stated strength is a judgement too.
        let mut stated = entry;
        stated.record.strength = Some(0.3);
        check(&stated, seen(10, 10), 0.65);
    }

    #[test]
    fn a_referral_confirms_a_tie() {
        let old = hosting(
            Some(jiff::civil::date(2014, 11, 24)),
            "2014-11-24T00:00:00Z",
        );
        let seen = Referred {
            taken: 8,
            decided: 10,
            last: Some(TODAY),
        };
        check(&old, seen, 0.8);
        check(&hosting(None, "2014-11-24T00:00:00Z"), seen, 0.8);
    }
}
