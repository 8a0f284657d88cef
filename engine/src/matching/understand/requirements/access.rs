//! What a person cannot do without.

use crate::model::AccessFeature;
use crate::model::AccessFeature::{
    AccessibleToilet, Bsl, DementiaFriendly, GuideDog, HearingLoop, HomeVisit, LargePrint, Parking,
    QuietSpace, Remote, StepFree, Wheelchair,
};

use super::{Requirement, Stated, read_table};

const TABLE: &[(AccessFeature, &[&str])] = &[
    (
        Wheelchair,
        &[
            "wheelchair",
            "in a wheelchair",
            "wheelchair user",
            "uses a wheelchair",
            "uses wheelchair",
            "powerchair",
            "power chair",
            "electric chair",
            "mobility scooter",
        ],
    ),
    (
        StepFree,
        &[
            "step free",
            "stepfree",
            "no steps",
            "no stairs",
            "cant do stairs",
            "cant manage stairs",
            "cannot manage stairs",
            "cant do steps",
            "cant manage steps",
            "cant climb stairs",
            "cannot climb stairs",
            "struggles with stairs",
            "struggles with steps",
            "stairs are hard",
            "cant get up stairs",
            "cant get up the stairs",
            "cant use stairs",
            "cannot use stairs",
            "cant do the stairs",
            "cant manage the stairs",
            "level access",
            "ground floor only",
            "uses a walking frame",
            "uses a frame",
            "zimmer frame",
            "zimmer",
            "uses a rollator",
            "rollator",
            "not good on stairs",
            "no good on stairs",
            "bad with stairs",
            "needs a lift not stairs",
            "needs lift access",
            "lift access",
            "needs a ramp",
        ],
    ),
    (
        AccessibleToilet,
        &[
            "accessible toilet",
            "disabled toilet",
            "disabled loo",
            "accessible loo",
        ],
    ),
    (
        HearingLoop,
        &["hearing loop", "induction loop", "loop system"],
    ),
    (
        Bsl,
        &[
            "bsl",
            "sign language",
            "signs bsl",
            "deaf and signs",
            "signer",
            "british sign language",
            "bsl user",
            "needs a signer",
            "bsl interpreter",
        ],
    ),
    (
        QuietSpace,
        &[
            "quiet space",
            "quiet room",
            "cant cope with noise",
            "cant stand noise",
            "noise sensitive",
            "hates noise",
            "too noisy",
            "somewhere quiet",
            "quiet place",
            "hates crowds",
            "cant do crowds",
            "overwhelmed by noise",
            "quiet meet up",
            "quiet group",
            "sensory overload",
        ],
    ),
    (
        Parking,
        &[
            "needs parking",
            "parking needed",
            "blue badge",
            "somewhere to park",
            "disabled parking",
        ],
    ),
    (LargePrint, &["large print", "big print"]),
    (DementiaFriendly, &["dementia friendly"]),
    (GuideDog, &["guide dog", "assistance dog", "hearing dog"]),
    (
        HomeVisit,
        &[
            "housebound",
            "house bound",
            "home visit",
            "home visits",
            "visit at home",
            "come to the house",
            "come to the home",
            "come to him",
            "come to her",
            "come to me",
            "come to us",
            "cant leave the house",
            "cannot leave the house",
            "cant get out of the house",
            "never leaves the house",
            "bedbound",
            "bed bound",
            "cant leave home",
            "unable to leave the house",
            "unable to leave home",
            "seen at home",
            "wont leave the house",
        ],
    ),
    (
        Remote,
        &[
            "by phone only",
            "phone only",
            "over the phone",
            "on the phone only",
            "telephone only",
            "online only",
            "by zoom",
            "on zoom",
            "video call",
            "by telephone",
            "by video",
            "remotely",
            "has to be online",
            "has to be phone",
        ],
    ),
];

pub(super) fn read(folded: &[&str], stated: &mut Vec<Stated>) {
    let mut found = Vec::new();
    read_table(folded, TABLE, Requirement::Access, &mut found);
    // *Doesn't use a wheelchair*, *no blue badge* ask for nothing.
    found.retain(|one| {
        let before = &folded[one.start.saturating_sub(3)..one.start];
        !before.iter().any(|word| is_refusal(word))
    });
    stated.append(&mut found);
}

fn is_refusal(word: &str) -> bool {
    matches!(
        word,
        "not" | "no" | "without" | "doesnt" | "dont" | "refuses" | "isnt"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[AccessFeature]) {
        let folded: Vec<&str> = text.split(' ').collect();
        let mut stated = Vec::new();
        read(&folded, &mut stated);
        let found: Vec<AccessFeature> = stated
            .iter()
            .filter_map(|one| match one.requirement {
                Requirement::Access(feature) => Some(feature),
                _ => None,
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_a_body_cannot_do_is_what_a_place_must_have() {
        check("she cant do stairs", &[StepFree]);
        check("uses a wheelchair and a guide dog", &[Wheelchair, GuideDog]);
        check("housebound most of the week", &[HomeVisit]);
    }

    #[test]
    fn what_is_denied_is_not_asked() {
        check("doesnt have a wheelchair", &[]);
        check("has no blue badge", &[]);
    }
}
