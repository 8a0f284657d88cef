//! The sex of the person in need, where the words leave no doubt.

use crate::model::Gender;

use super::{Requirement, Stated};

const FEMALE: &[&str] = &[
    "she",
    "shes",
    "lady",
    "woman",
    "girl",
    "mum",
    "mother",
    "nan",
    "gran",
    "grandma",
    "grandmother",
    "daughter",
    "widow",
    "pregnant",
    "auntie",
    "aunt",
    "niece",
    "granddaughter",
    "female",
];
const MALE: &[&str] = &[
    "he",
    "hes",
    "chap",
    "man",
    "bloke",
    "boy",
    "lad",
    "dad",
    "father",
    "grandad",
    "grandfather",
    "son",
    "widower",
    "uncle",
    "nephew",
    "grandson",
    "male",
    "gentleman",
    "gent",
];
/// A husband or wife in the story is most often not the one in need, and says
/// nothing of that one's sex: they are in neither list.
///
/// Words after which a person is not the one in need: *her husband*, *wife is at work*.
const KIN: &[&str] = &["my", "her", "his", "their", "your"];

pub(super) fn read(folded: &[&str], stated: &mut Vec<Stated>) {
    let first = |words: &[&str]| {
        folded.iter().enumerate().position(|(at, word)| {
            let kin_of_another = at > 0 && matches!(folded[at - 1], "her" | "his" | "their");
            words.contains(word) && !kin_of_another
        })
    };
    // With both sexes in the story nothing is sure.
    let (at, gender) = match (first(FEMALE), first(MALE)) {
        (Some(at), None) => (at, Gender::Female),
        (None, Some(at)) => (at, Gender::Male),
        _ => return,
    };
    let speaks_of_kin = at > 0 && KIN.contains(&folded[at - 1]) && folded.contains(&"me");
    if !speaks_of_kin {
        stated.push(Stated {
            requirement: Requirement::Gender(gender),
            start: at,
            end: at + 1,
        });
    }
}
