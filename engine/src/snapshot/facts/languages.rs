//! Languages a service can be had in.

use crate::model::{Location, Service};
use crate::text::lexicon::{CommunitySort, Lexicon};
use crate::text::{Token, Words, fold};

use super::interpreters;
use super::prose::{Prose, Source, Texts};

/// Languages a service can be had in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Languages {
    /// BCP 47 codes where the lexicon knows the language, else its folded name; ascending.
    pub listed: Vec<String>,
    /// Whether interpreters come.
    pub interpreters: bool,
}

/// The words of people who work for a service.
const STAFF: &[&str] = &[
    "we",
    "staff",
    "worker",
    "workers",
    "team",
    "volunteer",
    "volunteers",
    "adviser",
    "advisers",
    "advisor",
    "advisors",
    "counsellor",
    "counsellors",
    "caseworker",
    "caseworkers",
    "nurse",
    "nurses",
    "coordinator",
    "coordinators",
    "facilitator",
    "facilitators",
    "advocate",
    "advocates",
    "therapist",
    "therapists",
    "leader",
    "leaders",
    "mentors",
    "tutors",
    "us",
    "helpline",
    "receptionist",
    "befrienders",
    "solicitors",
    "lawyers",
    "attorneys",
];
/// Words between languages of one list.
const LINKS: &[&str] = &[
    "and",
    "or",
    "both",
    "some",
    "including",
    "include",
    "such",
    "as",
    "like",
    "fluent",
    "also",
];
/// What may be given in a language.
const GIVEN: &[&str] = &[
    "sessions",
    "session",
    "support",
    "advice",
    "help",
    "service",
    "services",
    "group",
    "groups",
    "counselling",
    "therapy",
    "available",
    "offered",
    "delivered",
    "run",
    "held",
    "provided",
    "information",
    "workshops",
    "prayers",
    "conversation",
    "conversations",
    "calls",
    "helpline",
    "appointments",
    "spoken",
    "given",
    "speak",
    "talk",
    "led",
    "befriending",
    "casework",
    "us",
    "leaflets",
    "guidance",
    "advocacy",
    "worship",
    "activities",
    "you",
    "meetings",
    "material",
];
/// What may follow a language that something is given in.
const FOLLOWS: &[&str] = &[
    "and",
    "or",
    "on",
    "at",
    "for",
    "by",
    "with",
    "available",
    "as",
    "is",
    "are",
    "if",
    "to",
    "when",
    "every",
    "languages",
    "language",
    "from",
    "where",
    "each",
    "free",
    "we",
    "please",
    "only",
    "too",
    "also",
    "but",
    "upon",
];

impl Languages {
    /// Reads the listed languages of a service and its places, then its words.
    pub(super) fn of(
        service: &Service,
        locations: &[&Location],
        texts: &Texts<'_>,
        prose: &Prose<'_>,
        lexicon: &Lexicon,
    ) -> Self {
        let mut listed: Vec<String> = service
            .languages
            .iter()
            .chain(locations.iter().flat_map(|location| &location.languages))
            .filter_map(|language| {
                let name = language.code.as_deref().or(language.name.as_deref())?;
                Some(Self::code(name, lexicon))
            })
            .collect();
        for (source, words) in texts.words() {
            listed.extend(spoken(source, words, lexicon));
        }
        listed.sort();
        listed.dedup();
        let interpreters = prose.all().any(interpreters::come);
        Self {
            listed,
            interpreters,
        }
    }

    /// The BCP 47 code of a language given by code or English name; else the folded name.
    #[must_use]
    pub fn code(name: &str, lexicon: &Lexicon) -> String {
        let folded = fold(name);
        let languages = || {
            lexicon
                .communities()
                .iter()
                .filter(|community| community.sort == CommunitySort::Language)
        };
        if let Some(language) =
            languages().find(|language| language.id == folded || fold(&language.name) == folded)
        {
            return language.id.clone();
        }
        lexicon
            .read_communities(&Words::of(name))
            .into_iter()
            .map(|(number, _, _)| &lexicon.communities()[usize::from(number)])
            .find(|community| community.sort == CommunitySort::Language)
            .map_or(folded, |language| language.id.clone())
    }
}

/// The languages that a text says a service can be had in.
fn spoken(source: Source, words: &Words, lexicon: &Lexicon) -> Vec<String> {
    let named: Vec<(&str, usize, usize)> = lexicon
        .read_communities(words)
        .into_iter()
        .map(|(number, start, end)| (&lexicon.communities()[usize::from(number)], start, end))
        .filter(|(community, _, _)| community.sort == CommunitySort::Language)
        .map(|(community, start, end)| (community.id.as_str(), start, end))
        .collect();
    let mut listed = Vec::new();
    let mut start = 0;
    for clause in words.tokens.chunk_by(|a, b| a.clause == b.clause) {
        let end = start + clause.len();
        let within = named
            .iter()
            .filter(|(_, from, to)| start <= *from && *to <= end);
        let hits = within.map(|(code, from, to)| (*code, from - start, to - start));
        listed.extend(spoken_in(source, clause, hits.collect(), lexicon));
        start = end;
    }
    listed
}

fn spoken_in<'l>(
    source: Source,
    clause: &[Token],
    mut hits: Vec<(&'l str, usize, usize)>,
    lexicon: &'l Lexicon,
) -> Vec<String> {
    let at: Vec<&str> = clause.iter().map(|token| token.folded.as_str()).collect();
    for (_, start, end) in &mut hits {
        // `speaks Polish` is a phrase of the lexicon: here the verb is its own word.
        let single = *end == *start + 1;
        *end -= usize::from(!single && at[*end - 1] == "speaking");
        *start += usize::from(!single && at[*start].starts_with("speak"));
    }
    hits.extend(bare_names(&at, lexicon));
    if hits.is_empty() {
        return Vec::new();
    }
    let refuses = at.iter().any(|word| matches!(*word, "no" | "not" | "none"));
    let teaches = at
        .iter()
        .any(|word| matches!(*word, "esol" | "learn" | "learning" | "lessons"))
        || at
            .windows(2)
            .any(|pair| matches!(pair, ["english", "class" | "classes" | "course"]));
    // The field for interpreting is about nothing else.
    let field = source == Source::Interpretation;
    hits.iter()
        .filter(|(code, _, _)| !matches!(*code, "bfi" | "ase") && (field || !teaches))
        .filter(|(code, start, end)| {
            (field && !refuses) || is_offered(&at, &hits, *start, *end, *code == "en")
        })
        .map(|(code, _, _)| (*code).to_owned())
        .collect()
}

/// Languages by their bare name, where the words before it call for one: alone,
/// `polish` is more often a thing than a language, and the lexicon leaves it out.
fn bare_names<'l>(at: &[&str], lexicon: &'l Lexicon) -> Vec<(&'l str, usize, usize)> {
    const CALLS: [&str; 8] = [
        "speak",
        "speaks",
        "speaking",
        "spoken",
        "languages",
        "language",
        "bilingual",
        "in",
    ];
    if !at.iter().any(|word| CALLS.contains(word)) {
        return Vec::new();
    }
    let names = lexicon
        .communities()
        .iter()
        .filter(|community| community.sort == CommunitySort::Language);
    names
        .filter_map(|community| {
            let place = at
                .iter()
                .position(|word| word.eq_ignore_ascii_case(&community.name))?;
            Some((community.id.as_str(), place, place + 1))
        })
        .collect()
}

/// Whether the words around a language say that a service can be had in it.
fn is_offered(
    at: &[&str],
    hits: &[(&str, usize, usize)],
    start: usize,
    end: usize,
    english: bool,
) -> bool {
    let named = |place: usize| {
        hits.iter()
            .any(|(_, from, to)| (*from..*to).contains(&place))
    };
    let before = (0..start)
        .rev()
        .find(|place| !named(*place) && !LINKS.contains(&at[*place]));
    let mut after = end;
    while after < at.len() && (named(after) || LINKS.contains(&at[after])) {
        after += 1;
    }
    let next = at.get(end).copied();
    let last = at.get(after).copied();
    if !english && (next == Some("speaking") || last == Some("speaking")) {
        return !at[..start]
            .iter()
            .any(|word| matches!(*word, "not" | "non"));
    }
    if matches!(last, Some("spoken")) {
        return true;
    }
    let Some(before) = before else { return false };
    let earlier = &at[..before];
    match at[before] {
        "speak" | "speaks" | "speaking" | "spoken" => {
            let near = &earlier[earlier.len().saturating_sub(5)..];
            near.iter().any(|word| STAFF.contains(word))
                && !near.iter().any(|word| {
                    matches!(
                        *word,
                        "not" | "dont" | "cannot" | "cant" | "learn" | "if" | "no"
                    )
                })
        }
        "languages" | "language" | "bilingual" => true,
        "in" => {
            let given = earlier[earlier.len().saturating_sub(3)..]
                .iter()
                .any(|word| GIVEN.contains(word));
            let clear = last.is_none_or(|word| FOLLOWS.contains(&word));
            given && clear && !english
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;

    fn read(service: &Service) -> Languages {
        let texts = Texts::of(service);
        let prose = Prose::of(&texts);
        Languages::of(service, &[], &texts, &prose, &Lexicon::bundled())
    }

    fn check(description: &str, listed: &[&str], interpreters: bool) {
        let service = Service {
            description: Some(description.to_owned()),
            ..Service::default()
        };
        let languages = read(&service);
        assert_eq!(languages.listed, listed, "{description}");
        assert_eq!(languages.interpreters, interpreters, "{description}");
    }

    #[test]
    fn languages_of_staff_and_sessions_are_read() {
        check(
            "We speak Dari, Polish and Tigrinya.",
            &["pl", "prs", "ti"],
            false,
        );
        check("Our staff speak Polish", &["pl"], false);
        check("Sessions in Polish on Tuesdays.", &["pl"], false);
        check("Support for Bengali-speaking women", &["bn"], false);
        check(
            "Advice is available in Urdu and Punjabi.",
            &["pa", "ur"],
            false,
        );
        check("Polish and Somali spoken", &["pl", "so"], false);
    }

    #[test]
    fn learning_and_belonging_are_not_speaking() {
        check("English classes for Polish speakers", &[], false);
        check("Learn to speak Spanish with us", &[], false);
        check(
            "For people who are interested in Polish culture",
            &[],
            false,
        );
        check("Training in English and maths", &[], false);
        check("A Polish lunch club", &[], false);
    }

    #[test]
    fn interpreters_are_read() {
        check("Interpreters available on request.", &[], true);
        check("We can book an interpreter", &[], true);
        check("We cannot provide interpreters.", &[], false);
        check("Please bring your own interpreter", &[], false);
        check("BSL interpreters can be booked", &[], false);
        check("We train people to become interpreters", &[], false);
    }

    #[test]
    fn fields_are_read() {
        let language = |name: &str, note: Option<&str>| Language {
            name: Some(name.to_owned()),
            note: note.map(str::to_owned),
            ..Language::default()
        };
        let service = Service {
            languages: vec![
                language("Polish", None),
                language("Somali", Some("interpreter on request")),
            ],
            interpretation_services: Some("None".to_owned()),
            ..Service::default()
        };
        let languages = read(&service);
        assert_eq!(languages.listed, ["pl", "so"]);
        assert!(languages.interpreters);
    }
}
