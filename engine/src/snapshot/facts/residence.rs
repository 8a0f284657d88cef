//! Where people must live to be taken.

use std::sync::LazyLock;

use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};
use super::read::area_name;

/// Names that are too wide or too vague to keep anybody out.
const WIDE: &[&str] = &[
    "national",
    "london",
    "greater london",
    "south london",
    "north london",
    "east london",
    "west london",
    "south west london",
    "south east london",
    "north west london",
    "north east london",
    "inner london",
    "outer london",
    "wales",
    "scotland",
    "northern ireland",
    "ireland",
    "britain",
    "great britain",
    "europe",
    "england",
    "uk",
    "the uk",
    "south east",
    "south west",
    "north east",
    "north west",
    "midlands",
    "east of england",
    "east midlands",
    "west midlands",
    "yorkshire",
    "area",
    "local area",
    "community",
    "surrounding areas",
];

/// The folded names of postcode districts and boroughs do not mix: one is figures at its end.
pub(super) fn is_postcode(name: &str) -> bool {
    name.len() <= 4
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.contains(|one: char| one.is_ascii_digit())
}

/// Whether a name is too wide to keep anybody out.
pub(super) fn is_wide(name: &str) -> bool {
    WIDE.contains(&name)
        || name.split(' ').any(|word| {
            matches!(
                word,
                "greater"
                    | "region"
                    | "regional"
                    | "surrounding"
                    | "national"
                    | "nationally"
                    | "across"
                    | "online"
                    | "virtual"
                    | "any"
                    | "all"
            )
        })
}

/// The words before a place whose residents are taken.
static RESIDENTS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "must|should|you|only|to|people|those|anyone|residents|adults|children|women|men|families|everyone|households|carers|who|or live|lives|living|reside|resides|residing|resident in|within
            must be resident in|of
            residents|resident of|in|from
            registered with a|an? gp|doctor in|within
            gp in|within
            open to people|anyone|residents from|in
            people|families|anyone from|in",
            true,
        ),
        (
            "most|many|some|half|number|priority|lives|thousands|hundreds .. live|living|residents in|of
            care|nursing home|homes residents",
            false,
        ),
    ])
});

/// The places whose residents alone are taken, folded, ascending.
pub(super) fn residents_of(prose: &Prose<'_>) -> Vec<String> {
    const SOURCES: [Source; 3] = [Source::Eligibility, Source::Process, Source::Description];
    let mut names: Vec<String> = Vec::new();
    for sentence in prose.of_sources(&SOURCES) {
        let loose = sentence.source != Source::Eligibility;
        if sentence.is_further() && loose
            || sentence.has(&[
                "priority",
                "mainly",
                "especially",
                "particularly",
                "volunteers",
                "beyond",
                "anywhere",
                "including",
                "outside",
                "elsewhere",
                "£",
            ])
        {
            continue;
        }
        let rule = sentence.has(&["only", "must", "for", "open", "if"]) || !loose;
        if rule {
            for hit in RESIDENTS
                .find(&sentence.words)
                .iter()
                .filter(|hit| hit.means)
            {
                if !sentence.denies(hit.start) {
                    names.extend(names_from(sentence, hit.end));
                }
            }
        }
        names.extend(named_residents(sentence, loose));
    }
    names.retain(|name| !name.is_empty() && !is_wide(name));
    names.sort();
    names.dedup();
    names
}

/// Whether the word is part of a name, by how it is written.
fn is_name(sentence: &Sentence<'_>, at: usize) -> bool {
    const NOT: [&str; 16] = [
        "gp",
        "we",
        "you",
        "referrals",
        "the",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "please",
        "nhs",
        "uk",
        "this",
    ];
    sentence.written[at].starts_with(char::is_uppercase) && !NOT.contains(&sentence.words[at])
}

/// Words inside names: `Barking and Dagenham`, `Richmond upon Thames`.
const INSIDE: [&str; 6] = ["of", "upon", "on", "the", "le", "under"];
/// Boroughs with two names, by their first.
const DOUBLE: [(&str, &str); 8] = [
    ("barking", "dagenham"),
    ("hammersmith", "fulham"),
    ("kensington", "chelsea"),
    ("brighton", "hove"),
    ("windsor", "maidenhead"),
    ("telford", "wrekin"),
    ("bath", "somerset"),
    ("cheshire", "chester"),
];

/// The list of names that begins at `at`.
fn names_from(sentence: &Sentence<'_>, mut at: usize) -> Vec<String> {
    let words = &sentence.words;
    let mut names = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    while at < words.len() {
        let next_is_name = at + 1 < words.len() && is_name(sentence, at + 1);
        let double = name.last().is_some_and(|last| {
            DOUBLE
                .iter()
                .any(|(one, two)| one == last && words.get(at + 1) == Some(two))
        });
        if is_name(sentence, at) {
            // A comma between two names leaves no word; its sign stands in the text.
            if at > 0 && !name.is_empty() && comma_before(sentence, at) {
                names.push(area_name(&name.join(" ")));
                name.clear();
            }
            name.push(words[at]);
        } else if INSIDE.contains(&words[at]) && (next_is_name || name.is_empty())
            || words[at] == "and" && double
        {
            name.push(words[at]);
        } else if matches!(words[at], "and" | "or") && !name.is_empty() && next_is_name {
            names.push(area_name(&name.join(" ")));
            name.clear();
        } else if name.is_empty()
            && matches!(
                words[at],
                "london"
                    | "borough"
                    | "boroughs"
                    | "either"
                    | "postcode"
                    | "postcodes"
                    | "area"
                    | "areas"
                    | "a"
            )
        {
        } else {
            break;
        }
        at += 1;
    }
    if name.iter().any(|word| !INSIDE.contains(word)) {
        names.push(area_name(&name.join(" ")));
    }
    names
}

fn comma_before(sentence: &Sentence<'_>, at: usize) -> bool {
    let start = sentence.written[at].as_ptr() as usize - sentence.text.as_ptr() as usize;
    sentence
        .text
        .get(..start)
        .is_some_and(|before| before.trim_end().ends_with([',', '/', '(']))
}

/// `Wandsworth residents only`, `SW17 and SW18 only`, `registered with a Wandsworth GP`.
fn named_residents(sentence: &Sentence<'_>, loose: bool) -> Vec<String> {
    let words = &sentence.words;
    // A sentence of nothing else is a rule too: `Lambeth residents.`
    let bare = words.last() == Some(&"residents")
        && (0..words.len() - 1).all(|at| {
            is_name(sentence, at)
                || INSIDE.contains(&words[at])
                || matches!(words[at], "and" | "or")
        });
    let only = bare || sentence.has(&["only", "must"]);
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let ends = matches!(*word, "residents" | "resident" | "gp") && (only || !loose)
            || (matches!(*word, "postcodes" | "only")
                && at > 0
                && is_postcode(&words[at - 1].to_lowercase()));
        if !ends || at == 0 || !is_name(sentence, at - 1) {
            continue;
        }
        let mut from = at;
        while from > 0 {
            let joins =
                matches!(words[from - 1], "and" | "or") || INSIDE.contains(&words[from - 1]);
            if is_name(sentence, from - 1) || (joins && from > 1 && is_name(sentence, from - 2)) {
                from -= 1;
            } else {
                break;
            }
        }
        found.extend(names_from(sentence, from));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::prose::Texts;
    use super::*;
    use crate::model::Service;

    fn eligible(words: &str, check: impl FnOnce(&Prose<'_>)) {
        let service = Service {
            eligibility_description: Some(words.to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        check(&Prose::of(&texts));
    }

    #[test]
    fn in_a_description_a_bare_sentence_is_a_rule_and_a_longer_one_is_not() {
        for (words, expected) in [
            ("A warm lunch. Lambeth residents.", vec!["lambeth"]),
            (
                "Chat and tea. Merton and Sutton residents.",
                vec!["merton", "sutton"],
            ),
            ("We began with twelve Lambeth residents.", vec![]),
            ("A project by Lambeth residents.", vec![]),
        ] {
            let service = Service {
                description: Some(words.to_owned()),
                ..Service::default()
            };
            let texts = Texts::of(&service);
            assert_eq!(residents_of(&Prose::of(&texts)), expected, "{words}");
        }
    }

    #[test]
    fn residents_are_read_by_name() {
        for (words, expected) in [
            ("For people who live in Wandsworth.", vec!["wandsworth"]),
            ("Wandsworth residents only", vec!["wandsworth"]),
            (
                "You must live in the London Borough of Merton",
                vec!["merton"],
            ),
            ("Registered with a GP in Lambeth", vec!["lambeth"]),
            (
                "Residents of Lambeth and Southwark",
                vec!["lambeth", "southwark"],
            ),
            (
                "Residents of Lambeth, Southwark or Lewisham.",
                vec!["lambeth", "lewisham", "southwark"],
            ),
            (
                "Residents of Hammersmith and Fulham",
                vec!["hammersmith and fulham"],
            ),
            ("SW17 and SW18 only", vec!["sw17", "sw18"]),
            ("Registered with a Wandsworth GP", vec!["wandsworth"]),
            ("Residents of care homes", vec![]),
            ("Anyone living in poverty", vec![]),
            ("Must live in London", vec![]),
            ("Priority for Wandsworth residents", vec![]),
            (
                "For people who live in Kingston upon Thames",
                vec!["kingston upon thames"],
            ),
        ] {
            eligible(words, |prose| {
                assert_eq!(residents_of(prose), expected, "{words}");
            });
        }
    }
}
