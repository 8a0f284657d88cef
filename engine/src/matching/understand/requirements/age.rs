//! Ages, and whose they are.

use super::{Requirement, Stated, Who};

/// Words for a person other than the one who speaks, who is then the one in need.
const CHILDREN: &[&str] = &[
    "son",
    "daughter",
    "child",
    "kid",
    "boy",
    "girl",
    "baby",
    "toddler",
    "grandson",
    "granddaughter",
    "grandchild",
    "nephew",
    "niece",
    "lad",
    "teenager",
    "pupil",
    "pupils",
    "student",
    "sons",
    "daughters",
    "childs",
];

/// Words for a grown person, beside which a number is an age.
const PEOPLE: &[&str] = &[
    "man",
    "woman",
    "lady",
    "gentleman",
    "gent",
    "female",
    "male",
    "mum",
    "mam",
    "mother",
    "dad",
    "father",
    "pregnant",
    "husband",
    "wife",
    "partner",
    "nan",
    "gran",
    "grandma",
    "grandad",
    "grandmother",
    "grandfather",
    "auntie",
    "uncle",
    "sister",
    "brother",
    "neighbour",
    "friend",
    "widow",
    "widower",
    "hes",
    "shes",
    "im",
    "chap",
    "bloke",
    "patient",
    "pt",
    "client",
    "mummy",
    "daddy",
    "mama",
    "papa",
    "aunt",
    "aunty",
    "granny",
    "grandpa",
];

/// The same in the languages that are spoken here beside English.
const KIN_ELSEWHERE: &[&str] = &[
    "abba", "abbu", "abuela", "abuelo", "amma", "ammi", "ammu", "avo", "ayeeyo", "awoowe", "aabo",
    "babcia", "baba", "babu", "bibi", "chachi", "dadi", "dziadek", "hooyo", "jiddo", "khala",
    "lola", "lolo", "nana", "nani", "nanna", "nonna", "nonno", "oma", "opa", "pappou", "tata",
    "teta", "tita", "vovo", "yiayia",
];

/// Decades as they are written.
const DECADES: &[(&str, f64)] = &[
    ("teens", 13.0),
    ("twenties", 20.0),
    ("thirties", 30.0),
    ("forties", 40.0),
    ("fifties", 50.0),
    ("sixties", 60.0),
    ("seventies", 70.0),
    ("eighties", 80.0),
    ("nineties", 90.0),
    ("20s", 20.0),
    ("30s", 30.0),
    ("40s", 40.0),
    ("50s", 50.0),
    ("60s", 60.0),
    ("70s", 70.0),
    ("80s", 80.0),
    ("90s", 90.0),
];

/// Words that stand for an age.
const WORDS: &[(&str, f64, f64)] = &[
    ("newborn", 0.0, 0.0),
    ("toddler", 1.0, 3.0),
    ("teenager", 13.0, 19.0),
    ("teen", 13.0, 19.0),
    ("pensioner", 66.0, 100.0),
    ("oap", 66.0, 100.0),
    ("elderly", 65.0, 100.0),
];

const OLDEST: f64 = 115.0;

pub(super) fn read(folded: &[&str], stated: &mut Vec<Stated>) {
    let first = stated.len();
    for at in 0..folded.len() {
        if let Some((from, to, end)) = age_at(folded, at) {
            let who = who(folded, at, end, from);
            stated.push(Stated {
                requirement: Requirement::Age { from, to, who },
                start: at,
                end,
            });
        }
    }
    // A number beats a word for an age; of several numbers the first is the subject's
    // unless a child's age stands beside a grown-up's.
    let exact = stated[first..].iter().any(|one| {
        matches!(
            one.requirement,
            Requirement::Age {
                who: Who::Subject,
                ..
            }
        )
    });
    if exact {
        return;
    }
    for (word, from, to) in WORDS {
        if let Some(at) = folded.iter().position(|folded| folded == word) {
            let requirement = Requirement::Age {
                from: *from,
                to: *to,
                who: Who::Subject,
            };
            stated.push(Stated {
                requirement,
                start: at,
                end: at + 1,
            });
            return;
        }
    }
}

/// An age that begins at a word: from, to, and one past its last word.
fn age_at(folded: &[&str], at: usize) -> Option<(f64, f64, usize)> {
    let word = folded[at];
    let next = |n: usize| folded.get(at + n).copied().unwrap_or_default();
    // `in her 70s`, `early sixties`
    if let Some((_, decade)) = DECADES.iter().find(|(name, _)| *name == word) {
        let before = at.checked_sub(1).map_or("", |before| folded[before]);
        let about_a_person = matches!(
            before,
            "his" | "her" | "their" | "my" | "in" | "early" | "mid" | "late" | "our"
        );
        if !about_a_person {
            return None;
        }
        let (from, to) = match before {
            "early" => (*decade, decade + 4.0),
            "mid" => (decade + 3.0, decade + 7.0),
            "late" => (decade + 6.0, decade + 9.0),
            _ => (*decade, decade + if word == "teens" { 6.0 } else { 9.0 }),
        };
        return Some((from, to, at + 1));
    }
    // `82yo`, `13yr`, `5y`
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    let rest = &word[digits.len()..];
    if !digits.is_empty()
        && matches!(
            rest,
            "yo" | "yr" | "yrs" | "y" | "yrold" | "yearold" | "yrsold"
        )
    {
        return exact(&digits, at + 1);
    }
    if digits.is_empty() || !rest.is_empty() {
        return word_then_age(folded, at);
    }
    match next(1) {
        "yo" | "yrold" | "yearold" => exact(&digits, at + 2),
        "year" | "years" | "yr" | "yrs" | "y" => match next(2) {
            "old" | "olds" | "o" => exact(&digits, at + 3),
            // `aged 9 years`, not `for 9 years`
            _ if at > 0 && matches!(folded[at - 1], "aged" | "age" | "is") => {
                exact(&digits, at + 2)
            }
            _ => None,
        },
        "weeks" | "week" | "wks" | "wk" | "months" | "month" | "mths" | "mo" => {
            let old = matches!(next(2), "old" | "olds");
            let baby = at > 0
                && matches!(folded[at - 1], "baby" | "newborn" | "infant" | "is" | "bub")
                && next(2) != "pregnant";
            (old || baby).then(|| (0.0, 0.0, at + if old { 3 } else { 2 }))
        }
        "m" | "f" if at == 0 => exact(&digits, at + 1),
        _ if at > 0 && matches!(folded[at - 1], "aged" | "age") => exact(&digits, at + 1),
        // `my son, 9`; `she's pregnant, 18`; `mum is 82`
        _ if is_of_a_person(&folded[..at])
            && !matches!(
                next(1),
                "times"
                    | "kids"
                    | "children"
                    | "days"
                    | "hours"
                    | "minutes"
                    | "stone"
                    | "weeks"
                    | "months"
                    | "miles"
                    | "pounds"
                    | "of"
            ) =>
        {
            exact(&digits, at + 1)
        }
        _ => None,
    }
}

/// Whether a number after these words is the age of the person they end with.
fn is_of_a_person(before: &[&str]) -> bool {
    const BETWEEN: &[&str] = &[
        "is", "was", "turned", "now", "nearly", "almost", "just", "about", "around", "only",
    ];
    let last = before.iter().rposition(|word| !BETWEEN.contains(word));
    last.map(|at| (before[at], at + 1 < before.len()))
        .is_some_and(|(who, between)| {
            CHILDREN.contains(&who)
                || PEOPLE.contains(&who)
                || KIN_ELSEWHERE.contains(&who)
                || between && matches!(who, "she" | "he" | "am")
        })
}

/// `in year 6`, `year 9 pupil`: the school year gives the age.
fn word_then_age(folded: &[&str], at: usize) -> Option<(f64, f64, usize)> {
    if folded[at] != "year" && folded[at] != "yr" {
        return None;
    }
    let year: f64 = folded.get(at + 1)?.parse().ok()?;
    let old = folded
        .get(at + 2)
        .is_some_and(|word| word.starts_with("old"));
    ((1.0..=13.0).contains(&year) && !old).then(|| (year + 4.0, year + 5.0, at + 2))
}

fn exact(digits: &str, end: usize) -> Option<(f64, f64, usize)> {
    let age: f64 = digits.parse().ok()?;
    (age <= OLDEST).then_some((age, age, end))
}

/// Whose age it is: in `mum of a 3 year old` the child's is another's, in `my
/// son, 9` the son is the one in need.
fn who(folded: &[&str], start: usize, end: usize, age: f64) -> Who {
    let before = &folded[start.saturating_sub(4)..start];
    let after = &folded[end..folded.len().min(end + 3)];
    let grown_up = |words: &[&str]| {
        words.iter().any(|word| {
            matches!(
                *word,
                "mum"
                    | "mother"
                    | "mom"
                    | "dad"
                    | "father"
                    | "parent"
                    | "single"
                    | "lives"
                    | "with"
            )
        })
    };
    let possessor = before
        .iter()
        .any(|word| matches!(*word, "of" | "with" | "has" | "got" | "and"));
    if age < 18.0 && grown_up(before) && possessor {
        return Who::Other;
    }
    let of_kin = after.first().is_some_and(|word| CHILDREN.contains(word))
        && before
            .last()
            .is_some_and(|word| matches!(*word, "her" | "his" | "their" | "with" | "has"));
    if of_kin { Who::Other } else { Who::Subject }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(f64, f64, Who)]) {
        let folded: Vec<&str> = text.split(' ').collect();
        let mut stated = Vec::new();
        read(&folded, &mut stated);
        let found: Vec<(f64, f64, Who)> = stated
            .iter()
            .filter_map(|one| match one.requirement {
                Requirement::Age { from, to, who } => Some((from, to, who)),
                _ => None,
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn an_age_is_read_however_it_is_written() {
        check("82 yo lady", &[(82.0, 82.0, Who::Subject)]);
        check("13yo refusing school", &[(13.0, 13.0, Who::Subject)]);
        check("lady in her 70s", &[(70.0, 79.0, Who::Subject)]);
        check("my son 9 is anxious", &[(9.0, 9.0, Who::Subject)]);
        check("baby 5 weeks wont feed", &[(0.0, 0.0, Who::Subject)]);
        check("in year 6 and bullied", &[(10.0, 11.0, Who::Subject)]);
        check("hot meals mum is 82", &[(82.0, 82.0, Who::Subject)]);
        check("my neighbour she is 79", &[(79.0, 79.0, Who::Subject)]);
        check("dad just turned 90", &[(90.0, 90.0, Who::Subject)]);
        check("my nani is 77 and lonely", &[(77.0, 77.0, Who::Subject)]);
        check("my neighbour is about 80", &[(80.0, 80.0, Who::Subject)]);
        check("one of my pupils 9 is hungry", &[(9.0, 9.0, Who::Subject)]);
        check("elderly chap", &[(65.0, 100.0, Who::Subject)]);
    }

    #[test]
    fn a_duration_or_a_count_is_no_age() {
        check("ill for 9 years", &[]);
        check("i live 200 miles away", &[]);
        check("dad of 4 kids", &[]);
        check("she is 12 weeks pregnant", &[]);
        check("mum is 20 miles away", &[]);
    }

    #[test]
    fn a_childs_age_beside_a_parent_is_anothers() {
        check("single mum with a 3 year old", &[(3.0, 3.0, Who::Other)]);
    }
}
