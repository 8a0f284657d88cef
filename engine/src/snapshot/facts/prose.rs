//! The sentences of a record in which facts may stand.

use crate::model::{Location, Service};
use crate::text::{Token, Words};

/// Where a sentence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The service's name.
    Name,
    /// Its description, also what is different at a place.
    Description,
    /// Something a visitor must know now.
    Alert,
    /// Who may come.
    Eligibility,
    /// What it costs.
    Fees,
    /// How to get in.
    Process,
    /// Waiting time, and capacity in words.
    Wait,
    /// Interpreting, and notes on languages.
    Interpretation,
}

/// A text of a record with its words.
#[derive(Debug)]
struct Told<'a> {
    source: Source,
    text: &'a str,
    words: Words,
}

/// All texts of a service, read into words once.
#[derive(Debug)]
pub(super) struct Texts<'a>(Vec<Told<'a>>);

impl<'a> Texts<'a> {
    /// Of a service.
    pub(super) fn of(service: &'a Service) -> Self {
        let options = service
            .cost_options
            .iter()
            .flat_map(|cost| [cost.option.as_deref(), cost.amount_description.as_deref()]);
        let capacities = service
            .capacities
            .iter()
            .map(|one| one.description.as_deref());
        let notes = service
            .languages
            .iter()
            .map(|language| language.note.as_deref());
        let one = |source, text: &'a Option<String>| (source, text.as_deref());
        let told = [
            (Source::Name, Some(service.name.as_str())),
            one(Source::Name, &service.alternate_name),
            one(Source::Alert, &service.alert),
            one(Source::Eligibility, &service.eligibility_description),
            one(Source::Fees, &service.fees_description),
            one(Source::Process, &service.application_process),
            one(Source::Wait, &service.wait_time),
            one(Source::Interpretation, &service.interpretation_services),
            one(Source::Description, &service.description),
        ]
        .into_iter()
        .chain(options.map(|text| (Source::Fees, text)))
        .chain(capacities.map(|text| (Source::Wait, text)))
        .chain(notes.map(|text| (Source::Interpretation, text)));
        Self(
            told.filter_map(|(source, text)| {
                let text = text.filter(|text| !text.trim().is_empty())?;
                Some(Told {
                    source,
                    text,
                    words: Words::of(text),
                })
            })
            .collect(),
        )
    }

    /// Of a place: what it says about itself and about access.
    pub(super) fn of_place(location: &'a Location) -> Self {
        let access = location
            .accessibility
            .iter()
            .flat_map(|one| [one.description.as_deref(), one.details.as_deref()]);
        let own = [
            location.name.as_deref(),
            location.alternate_name.as_deref(),
            location.description.as_deref(),
        ];
        Self(
            own.into_iter()
                .map(|text| (Source::Description, text))
                .chain(access.map(|text| (Source::Eligibility, text)))
                .filter_map(|(source, text)| {
                    let text = text.filter(|text| !text.trim().is_empty())?;
                    Some(Told {
                        source,
                        text,
                        words: Words::of(text),
                    })
                })
                .collect(),
        )
    }

    /// The texts as words, by source.
    pub(super) fn words(&self) -> impl Iterator<Item = (Source, &Words)> {
        self.0.iter().map(|told| (told.source, &told.words))
    }
}

/// A sentence as words and the signs that matter: `£`, `+`, `/`, and `to` for a
/// dash between numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sentence<'a> {
    /// Where it stands.
    pub(super) source: Source,
    /// Its words, folded.
    pub(super) words: Vec<&'a str>,
    /// By word: as it is written.
    pub(super) written: Vec<&'a str>,
    /// The whole of it as it is written.
    pub(super) text: &'a str,
}

impl Sentence<'_> {
    /// Whether any of these words stands in it.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(word))
    }

    /// Whether it tells of something beside the main thing.
    pub(super) fn is_further(&self) -> bool {
        const FURTHER: [&str; 7] = [
            "also",
            "plus",
            "additionally",
            "besides",
            "separate",
            "separately",
            "extra",
        ];
        self.has(&FURTHER) || self.words.windows(2).any(|pair| pair == ["as", "well"])
    }

    /// Whether a word of refusal stands in the few words before `at`.
    pub(super) fn denies(&self, at: usize) -> bool {
        const NEGATORS: [&str; 18] = [
            "no", "not", "without", "nor", "isnt", "arent", "doesnt", "dont", "cannot", "cant",
            "never", "unable", "lack", "lacks", "hasnt", "havent", "neither", "wont",
        ];
        const REACH: usize = 4;
        let before = &self.words[at.saturating_sub(REACH)..at];
        // `no lift but step-free`, `not only`: what follows is granted.
        let from = before
            .iter()
            .rposition(|word| matches!(*word, "but" | "however" | "only" | "just"))
            .map_or(0, |at| at + 1);
        before[from..].iter().any(|word| NEGATORS.contains(word))
    }
}

/// The sentences of a record.
#[derive(Debug, Default)]
pub(super) struct Prose<'a>(Vec<Sentence<'a>>);

impl<'a> Prose<'a> {
    /// The sentences of these texts.
    pub(super) fn of(texts: &'a Texts<'a>) -> Self {
        let mut sentences = Vec::new();
        for told in &texts.0 {
            for clause in told.words.tokens.chunk_by(|a, b| a.clause == b.clause) {
                sentences.push(sentence(told.source, told.text, clause));
            }
        }
        Self(sentences)
    }

    /// All sentences.
    pub(super) fn all(&self) -> impl Iterator<Item = &Sentence<'a>> {
        self.0.iter()
    }

    /// The sentences of one source.
    pub(super) fn of_source(&self, source: Source) -> impl Iterator<Item = &Sentence<'a>> {
        self.0
            .iter()
            .filter(move |sentence| sentence.source == source)
    }

    /// The sentences of some sources.
    pub(super) fn of_sources<'s>(
        &'s self,
        sources: &'s [Source],
    ) -> impl Iterator<Item = &'s Sentence<'a>> {
        self.0
            .iter()
            .filter(|sentence| sources.contains(&sentence.source))
    }
}

/// Figures and the unit glued to them are two words: `24hr`, `11yrs`, `50p`.
const UNITS: [&str; 9] = [
    "yrs", "yr", "years", "year", "hr", "hrs", "hour", "p", "wks",
];

fn sentence<'a>(source: Source, text: &'a str, tokens: &'a [Token]) -> Sentence<'a> {
    let mut words: Vec<&'a str> = Vec::with_capacity(tokens.len() + 2);
    let mut written: Vec<&'a str> = Vec::with_capacity(tokens.len() + 2);
    let mut end = tokens.first().map_or(0, |first| first.start);
    let mut number_start = None;
    for (at, token) in tokens.iter().enumerate() {
        let gap = if at == 0 {
            sign_before(text, token.start)
        } else {
            &text[end..token.start]
        };
        let figures = token
            .folded
            .starts_with(|first: char| first.is_ascii_digit());
        let after_figures = words
            .last()
            .is_some_and(|word| word.ends_with(|last: char| last.is_ascii_digit()));
        let decimal = figures
            && after_figures
            && token.folded.bytes().all(|byte| byte.is_ascii_digit())
            && ((gap == "." && token.folded.len() <= 2) || (gap == "," && token.folded.len() == 3));
        if decimal && let Some(start) = number_start {
            words.pop();
            written.pop();
            let whole = &text[start..token.end];
            words.push(whole);
            written.push(whole);
            end = token.end;
            continue;
        }
        for sign in gap.chars() {
            let word = match sign {
                '£' => "£",
                '+' => "+",
                '&' => "and",
                '/' if gap == "/" && figures && after_figures => "/",
                '-' | '–' | '—' | '‐' | '‑'
                    if figures && after_figures && gap.trim().chars().count() == 1 =>
                {
                    "to"
                }
                _ => continue,
            };
            words.push(word);
            written.push(word);
        }
        number_start = figures.then_some(token.start);
        let split = UNITS.iter().find_map(|unit| {
            let digits = token.folded.strip_suffix(unit)?;
            (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
                .then_some((digits, *unit))
        });
        let raw = &text[token.start..token.end];
        if let Some((digits, unit)) = split {
            words.extend([digits, unit]);
            written.extend([raw, raw]);
        } else {
            words.push(lower(&token.folded));
            written.push(raw);
        }
        end = token.end;
    }
    if text[end..].starts_with('+') {
        words.push("+");
        written.push("+");
    }
    let start = tokens.first().map_or(0, |first| first.start);
    Sentence {
        source,
        words,
        written,
        text: &text[start..end],
    }
}

/// Function words in capitals, kept apart for the lexicon, are plain words here.
fn lower(folded: &str) -> &str {
    match folded {
        "FOR" => "for",
        "AND" => "and",
        "OR" => "or",
        "TO" => "to",
        "IS" => "is",
        "ARE" => "are",
        "THE" => "the",
        "FROM" => "from",
        "WITH" => "with",
        "BY" => "by",
        "BE" => "be",
        "OF" => "of",
        "IN" => "in",
        "ON" => "on",
        "ALSO" => "also",
        other => other,
    }
}

/// The sign right before the first word of a clause.
fn sign_before(text: &str, at: usize) -> &str {
    let from = text[..at].trim_end().char_indices().next_back();
    match from {
        Some((from, '£')) => &text[from..at],
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let service = Service {
            name: text.to_owned(),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        let prose = Prose::of(&texts);
        let words: Vec<String> = prose
            .all()
            .map(|sentence| sentence.words.join(" "))
            .collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn signs_and_decimals_are_kept() {
        check("£2.50 per session", &["£ 2.50 per session"]);
        check("Over 18+. Ages 11 – 18", &["over 18 +", "ages 11 to 18"]);
        check(
            "Income under £16,000; 24/7",
            &["income under £ 16,000", "24 / 7"],
        );
        check(
            "11-18yrs, 50p, 24hr line",
            &["11 to 18 yrs 50 p 24 hr line"],
        );
        check("Free FOR all & more.", &["free for all and more"]);
    }
}
