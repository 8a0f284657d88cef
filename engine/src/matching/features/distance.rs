//! `distance`: exp(−½ (d/σ)²), d as the crow flies, σ by how the person gets about.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::matching::gates;
use crate::model::{AccessFeature, Answer};
use crate::scoring::nearness;
use crate::snapshot::PlaceFacts;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let values = &asked.settings.values.distance;
    let service = asked.service(candidate);
    let place = asked.place(candidate);
    if service.home_visit == Answer::Yes && gates::serves_home(asked, candidate) {
        return 1.0;
    }
    let asks_remote = asked.criteria.access.contains(&AccessFeature::Remote);
    let by_remote = match service.remote {
        Answer::Yes if asks_remote => 1.0,
        Answer::Yes => values.remote,
        _ => 0.0,
    };
    let by_place = match candidate.distance_m {
        Some(distance) if !place.confidential => nearness(
            distance / 1_000.0,
            asked.settings.distance_km.of(asked.criteria.travel),
        ),
        _ if service.remote == Answer::Yes => 0.0,
        _ => values.unknown,
    };
    by_place.max(by_remote)
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let service = asked.service(candidate);
    let place = asked.place(candidate);
    let mut parts = Vec::new();
    if place.confidential {
        parts.push("The address is confidential; the service says how to get there".to_owned());
    } else if let Some(distance) = candidate.distance_m {
        let minutes = minutes(candidate, place).unwrap_or_default();
        let km = distance / 1_000.0;
        parts.push(if distance < 1_000.0 {
            format!(
                "About {:.0} m away, some {minutes:.0} minutes",
                (distance / 50.0).round() * 50.0
            )
        } else {
            format!("About {km:.1} km away, some {minutes:.0} minutes")
        });
    }
    if service.home_visit == Answer::Yes {
        parts.push("comes to the home".to_owned());
    }
    if service.remote == Answer::Yes {
        parts.push("can be had by telephone or online".to_owned());
    }
    if parts.is_empty() {
        parts.push("Where it takes place is not recorded".to_owned());
    }
    let mut sentence = parts.join("; ");
    if let Some(first) = sentence.get(..1) {
        sentence.replace_range(..1, &first.to_uppercase());
    }
    sentence.push('.');
    sentence
}

/// Minutes to a place on foot or by bus, whichever is sooner; none where it
/// must not be known.
pub(in crate::matching) fn minutes(candidate: &Candidate, place: &PlaceFacts) -> Option<f64> {
    let distance = candidate.distance_m.filter(|_| !place.confidential)?;
    Some(crate::geography::minutes(distance / 1_000.0))
}
