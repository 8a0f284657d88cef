//! `fair_share`: whether a service is seen as often as it deserves (METHODS A8.4).
//! Its weight is so small that it orders near-equals only.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;

/// Of a service of which nothing is counted.
const UNKNOWN: f64 = 0.5;
/// Within so much of [`UNKNOWN`] it is shown as it deserves.
const ABOUT: f64 = 0.1;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    owed(asked, candidate).unwrap_or(UNKNOWN)
}

fn owed(asked: &Asked<'_>, candidate: &Candidate) -> Option<f64> {
    let (group, _) = candidate.serves(&asked.snapshot.lexicon)?;
    let service = asked.service(candidate).id;
    asked.snapshot.exposure.owed(group, service)
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    match owed(asked, candidate) {
        None => "How often it was shown for such needs is not counted yet.",
        Some(owed) if owed > UNKNOWN + ABOUT => {
            "Was shown less often for such needs lately than it deserves."
        }
        Some(owed) if owed < UNKNOWN - ABOUT => {
            "Was shown more often for such needs lately than others that do as well."
        }
        Some(_) => "Was shown about as often for such needs lately as it deserves.",
    }
    .to_owned()
}
