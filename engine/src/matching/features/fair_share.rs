//! `fair_share`: whether a service is seen as often as it deserves. Until
//! exposure is counted nobody knows, and all stand alike.

/// Of every service while no exposure is counted.
pub(super) const VALUE: f64 = 0.5;

pub(super) fn sentence() -> String {
    "How often it was shown is not counted yet.".to_owned()
}
