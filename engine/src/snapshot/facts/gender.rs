//! Whether a service is for women alone, or for men.

use std::sync::LazyLock;

use crate::model::Gender;
use crate::text::lexicon::Lexicon;

use super::audience::SOFT;
use super::concepts::ServiceConcept;
use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};

static GENDERS: LazyLock<Phrases<(bool, bool)>> = LazyLock::new(|| {
    // Female or male; and whether it holds wherever it stands.
    Phrases::of(&[
        ("women|woman|females|female|girls|mums|mothers|ladies only\nonly women|girls|females|ladies\nwomen|girls and|or girls|women only", (true, true)),
        ("men|males|male|boys|dads|fathers|lads only\nonly men|boys|males", (false, true)),
        (
            "for women|girls|females|ladies
            for all|any|local|older|young|younger|muslim|asian|black|disabled|somali|refugee|migrant|single|vulnerable|bengali|south|pregnant women|girls
            womens|girls|ladies group|groups|centre|circle|club|refuge|hub|network|project|space|choir|shed|sessions|session|night
            women who|aged|with|experiencing|over|affected",
            (true, false),
        ),
        (
            "for men|boys|males|lads
            for all|any|local|older|young|younger|muslim|asian|black|disabled|gay|single|vulnerable|south men|boys
            mens|lads|boys group|groups|centre|circle|club|hub|network|project|space|choir|talking|sessions|night
            men who|aged|with|experiencing|over|affected",
            (false, false),
        ),
    ])
});

/// Whether a sentence names people whom something is for, of whatever sex.
fn is_for_all(sentence: &Sentence<'_>) -> bool {
    const PEOPLE: [&str; 14] = [
        "people",
        "anyone",
        "everyone",
        "anybody",
        "everybody",
        "all",
        "adults",
        "families",
        "teens",
        "teenagers",
        "children",
        "residents",
        "pensioners",
        "students",
    ];
    sentence
        .words
        .iter()
        .position(|word| *word == "for")
        .is_some_and(|at| {
            sentence.words[at + 1..]
                .iter()
                .take(3)
                .any(|word| PEOPLE.contains(word))
        })
}

/// The only gender that is taken; none where both are spoken of.
pub(super) fn read(prose: &Prose<'_>) -> Option<Gender> {
    const SOURCES: [Source; 3] = [Source::Name, Source::Eligibility, Source::Description];
    const FEMALE: &[&str] = &[
        "women", "woman", "girls", "girl", "female", "females", "womens", "ladies",
    ];
    const MALE: &[&str] = &["men", "boys", "male", "males", "mens", "man", "lads"];
    let open = prose.all().any(|sentence| {
        sentence.has(FEMALE) && sentence.has(MALE)
            || (sentence.has(&["genders", "gender", "sexes"])
                && sentence.has(&["all", "any", "both"]))
            || sentence.has(&["mixed"])
    });
    if open {
        return None;
    }
    let mut found: Option<bool> = None;
    for sentence in prose.of_sources(&SOURCES) {
        for hit in GENDERS.find(&sentence.words) {
            let (female, anywhere) = hit.means;
            let vague = sentence.is_further()
                || sentence.has(SOFT)
                || sentence.has(&[
                    "sessions", "session", "groups", "slot", "morning", "evening",
                ]);
            // `Role models for girls. Mentors for young people.`: one of several things done.
            let one_of_several = !anywhere
                && sentence.source == Source::Description
                && prose
                    .of_source(Source::Description)
                    .any(|other| other.text != sentence.text && is_for_all(other));
            let vague = vague || one_of_several;
            // `men who …` names whom it is for only where it says who may come.
            let who = sentence.words[hit.start] != "for" && sentence.words[hit.start + 1] == "who";
            let counts = anywhere && !sentence.is_further()
                || !vague && (sentence.source != Source::Description || !who);
            if !counts || sentence.denies(hit.start) {
                continue;
            }
            if found.is_some_and(|known| known != female) {
                return None;
            }
            found = Some(female);
        }
    }
    found.map(|female| if female { Gender::Female } else { Gender::Male })
}

/// The only gender of a service whose record lists it as a group for one: a
/// women's group, a men's shed. What its words only make likely keeps nobody out.
pub(super) fn by_concept(concepts: &[ServiceConcept], lexicon: &Lexicon) -> Option<Gender> {
    let main = concepts.first().filter(|main| main.tagged)?;
    let concept = lexicon.concept(main.concept);
    let named = concept
        .name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "women" | "girls" | "men"));
    let gender = concept.audience.gender.as_deref().filter(|_| named)?;
    Some(Gender::from_words(gender))
}
