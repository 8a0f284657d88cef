//! Need that was observed: referrals that were declined. What people searched
//! for is not among it, since no need that was typed is ever kept.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{ReferralStatus, ServiceId};
use crate::snapshot::Snapshot;

use super::request::GapsRequest;
use super::supply::wanted;

/// Smaller counts of people could tell of one of them.
const FEWEST: u32 = 5;

/// Referrals for a need, from the record of what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Observed {
    /// How many were made. None: fewer than 5.
    pub referrals: Option<u32>,
    /// How many of them were declined. None: fewer than 5.
    pub declined: Option<u32>,
    /// How many ended before the help was given. None: fewer than 5.
    pub not_completed: Option<u32>,
}

/// What referrals show for a need; `None` where there are none at all.
pub(super) fn observed(
    snapshot: &Snapshot,
    request: &GapsRequest,
    services: &BTreeSet<ServiceId>,
) -> Option<Observed> {
    let concepts: BTreeSet<&str> = wanted(snapshot, request)
        .into_iter()
        .map(|number| snapshot.lexicon.concept(number).id.as_str())
        .collect();
    let (mut made, mut declined, mut broken_off) = (0, 0, 0);
    for referral in snapshot.directory.referrals.iter() {
        // A service may do several things; the referral says which was meant.
        let meant = match referral.concept.as_deref() {
            Some(concept) if request.need_id.is_some() => concepts.contains(concept),
            _ => services.contains(&referral.service_id),
        };
        if meant {
            made += 1;
            declined += u32::from(referral.status == ReferralStatus::Declined);
            broken_off += u32::from(referral.status == ReferralStatus::NotCompleted);
        }
    }
    let told = |count: u32| (count >= FEWEST).then_some(count);
    (made > 0).then(|| Observed {
        referrals: told(made),
        declined: told(declined),
        not_completed: told(broken_off),
    })
}
