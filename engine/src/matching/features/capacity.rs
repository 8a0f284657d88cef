//! `capacity`: 0 where it is full, else exp(−weeks/scale), on a shorter scale when it is urgent.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;
use crate::matching::request::Urgency;
use crate::model::Answer;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let values = &asked.settings.values.capacity;
    let capacity = asked.service(candidate).capacity;
    let scale = if asked.criteria.urgency == Urgency::Routine {
        values.wait_weeks
    } else {
        values.wait_weeks_urgent
    };
    match (capacity.takes_new, capacity.wait_weeks) {
        (Answer::No, _) => 0.0,
        (_, Some(weeks)) => (-weeks / scale).exp(),
        (Answer::Yes, None) => 1.0,
        (Answer::Unknown, None) => values.unknown,
    }
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let capacity = asked.service(candidate).capacity;
    match (capacity.takes_new, capacity.wait_weeks) {
        (Answer::No, _) => "Takes nobody new at the moment.".to_owned(),
        (_, Some(weeks)) if weeks < 1.0 => "Says that there is no wait.".to_owned(),
        (_, Some(weeks)) => format!("Waiting time about {weeks:.0} weeks."),
        (Answer::Yes, None) => "Has room.".to_owned(),
        (Answer::Unknown, None) => "Does not say whether it has room.".to_owned(),
    }
}
