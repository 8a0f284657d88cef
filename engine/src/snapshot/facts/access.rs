//! What a place and a service say about access.

use crate::model::{AccessFeature, Answer, Location};

use super::read::Prose;

/// Answers by [`AccessFeature::ALL`].
pub(super) type AccessAnswers = [Answer; AccessFeature::ALL.len()];

/// Reads what a place, and the service's own words, say about access.
pub(super) fn read(prose: &Prose<'_>, location: Option<&Location>) -> AccessAnswers {
    let _ = location;
    AccessFeature::ALL.map(|feature| offered(prose, feature))
}

/// What the service's own words say about one kind of access.
pub(super) fn offered(_prose: &Prose<'_>, _feature: AccessFeature) -> Answer {
    Answer::Unknown
}
