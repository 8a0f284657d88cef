//! From words to needs: clauses, concepts, what is not wanted.

use std::collections::BTreeMap;

use crate::matching::request::MatchRequest;
use crate::matching::settings::NeedSettings;
use crate::model::{Gender, TaxonomyTermId};
use crate::snapshot::Snapshot;
use crate::text::lexicon::{ConceptNo, Evidence, Finding, Side, Twin};
use crate::text::{Token, Words};

use super::refusals::refusals;
use super::terms::{NeedsError, asked};
use super::{Criteria, span};

/// One need: a clause of the request with the concepts found in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Need {
    /// Its words.
    pub words: String,
    /// Its concepts, the strongest first.
    pub concepts: Vec<UnderstoodConcept>,
    /// Taxonomy terms that were asked for by name or id.
    pub terms: Vec<TaxonomyTermId>,
}

/// What was read.
pub(super) struct Reading {
    /// The needs, as they were told.
    pub(super) needs: Vec<Need>,
    /// Stems to look for in texts.
    pub(super) stems: Vec<String>,
    /// Whether no concept was found, and words alone are left.
    pub(super) by_text_alone: bool,
}

/// A concept read out of a need.
#[derive(Debug, Clone, PartialEq)]
pub struct UnderstoodConcept {
    /// By which it can be ignored, for example `concept:food-bank`.
    pub id: String,
    /// Which.
    pub concept: ConceptNo,
    /// How sure, 0 to 1: 1 − Π(1 − g) over the findings in the clause.
    pub strength: f64,
    /// The words it came from.
    pub words: String,
    /// What made it be found.
    pub evidence: Evidence,
    /// Whether the person does not want it.
    pub unwanted: bool,
}

/// What is read, and with what.
pub(super) struct Text<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) settings: &'a NeedSettings,
    pub(super) request: &'a MatchRequest,
    /// As it was written.
    pub(super) written: &'a str,
    /// The same as words, spelling mended.
    pub(super) words: &'a Words,
}

impl Text<'_> {
    fn span(&self, start: usize, end: usize) -> String {
        span(self.written, self.words, start, end)
    }
}

/// Reads the needs. `spent` are the tokens of requirements, which nobody looks for in texts.
pub(super) fn read(
    text: &Text<'_>,
    spent: &[(usize, usize)],
    criteria: &Criteria,
) -> Result<Reading, NeedsError> {
    let Text {
        snapshot,
        request,
        written,
        words,
        ..
    } = *text;
    let findings = snapshot.lexicon.read(words, Side::Need);
    let refused = refusals(written, words, &findings);
    let mut needs: Vec<Need> = Vec::new();
    let mut all_stems: Vec<String> = Vec::new();
    for (start, end) in clauses(words) {
        let here: Vec<&Finding> = findings
            .iter()
            .filter(|finding| finding.start >= start && finding.start < end)
            .collect();
        let mut concepts = gather(text, &here, &refused);
        guess(text, (start, end), &mut concepts);
        sharpen(&mut concepts, text.settings.sharpen);
        to_twins(text, criteria, &mut concepts);
        all_stems.extend(stems(words, start, end, spent, &refused));
        needs.push(Need {
            words: span(written, words, start, end),
            concepts,
            terms: Vec::new(),
        });
    }
    let mut needs = distinct(text, needs);
    // What only the sentences together tell: a baby, and nothing to live for.
    if clauses(words).len() > 1
        && let Some(first) = needs.first_mut()
    {
        guess(text, (0, words.tokens.len()), &mut first.concepts);
    }
    let by_text_alone = !all_stems.is_empty()
        && needs
            .iter()
            .all(|need| need.concepts.iter().all(|concept| concept.unwanted));
    if !request.terms.is_empty() {
        needs.push(asked(snapshot, &request.terms, text.settings.asked)?);
    }
    if needs.is_empty() && by_text_alone {
        needs.push(Need {
            words: written.to_owned(),
            ..Need::default()
        });
    }
    Ok(Reading {
        needs,
        stems: all_stems,
        by_text_alone,
    })
}

/// Makes needs of clauses. A clause that names no kind of help plainly, or the
/// same kind as another, tells more of that need and is none of its own: *robbing
/// Peter to pay Paul, the bailiffs have been round*.
fn distinct(text: &Text<'_>, clauses: Vec<Need>) -> Vec<Need> {
    let lexicon = &text.snapshot.lexicon;
    let surest = |need: &Need| {
        need.concepts
            .iter()
            .filter(|concept| !concept.unwanted)
            .max_by(|a, b| {
                a.strength
                    .total_cmp(&b.strength)
                    .then(b.concept.cmp(&a.concept))
            })
            .map(|concept| (concept.concept, concept.strength))
    };
    let most = clauses
        .iter()
        .filter_map(surest)
        .map(|(_, strength)| strength)
        .fold(0.0, f64::max);
    let plain = text.settings.own_need.min(most);
    let mut needs: Vec<Need> = Vec::new();
    let mut beside: Vec<Need> = Vec::new();
    for clause in clauses {
        let Some((concept, strength)) = surest(&clause) else {
            beside.push(clause);
            continue;
        };
        let same = needs.iter().position(|need| {
            surest(need).is_some_and(|(known, _)| {
                lexicon.rel(known, concept).max(lexicon.rel(concept, known))
                    >= text.settings.close_kin
            })
        });
        match same {
            Some(at) if strength >= plain => needs[at].take_in(clause),
            None if strength >= plain && needs.len() < text.settings.most_needs => {
                needs.push(clause);
            }
            _ => beside.push(clause),
        }
    }
    let first = needs.iter().enumerate().max_by(|a, b| {
        let strength = |need: &Need| surest(need).map_or(0.0, |(_, strength)| strength);
        strength(a.1).total_cmp(&strength(b.1)).then(b.0.cmp(&a.0))
    });
    let first = first.map(|(at, _)| at);
    for clause in beside {
        match first {
            Some(at) => needs[at].take_in(clause),
            None if !clause.concepts.is_empty() => needs.push(clause),
            None => {}
        }
    }
    for need in &mut needs {
        sort(&mut need.concepts);
    }
    needs
}

impl Need {
    /// Takes in what another clause tells of the same need.
    fn take_in(&mut self, clause: Need) {
        if !clause.words.is_empty() {
            self.words = format!("{} … {}", self.words, clause.words);
        }
        for concept in clause.concepts {
            let known = self.concepts.iter_mut().find(|known| {
                known.concept == concept.concept && known.unwanted == concept.unwanted
            });
            match known {
                Some(known) => {
                    if concept.strength > known.strength {
                        known.words = concept.words;
                        known.evidence = concept.evidence;
                    }
                    known.strength = 1.0 - (1.0 - known.strength) * (1.0 - concept.strength);
                }
                None => self.concepts.push(concept),
            }
        }
    }
}

/// Spans of tokens, a clause each: sentences, split further at *also* and *plus*.
fn clauses(words: &Words) -> Vec<(usize, usize)> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for (at, token) in words.tokens.iter().enumerate().skip(1) {
        let splits = matches!(token.folded.as_str(), "also" | "plus");
        if token.clause != words.tokens[at - 1].clause || splits {
            clauses.push((start, at));
            start = at;
        }
    }
    if start < words.tokens.len() {
        clauses.push((start, words.tokens.len()));
    }
    clauses
}

/// The findings of a clause as concepts, the strongest first.
fn gather(
    text: &Text<'_>,
    findings: &[&Finding],
    refused: &[(usize, usize)],
) -> Vec<UnderstoodConcept> {
    let Text {
        snapshot,
        request,
        settings,
        ..
    } = *text;
    let mut by_concept: BTreeMap<(ConceptNo, bool), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let unwanted = refused
            .iter()
            .any(|(start, end)| finding.start >= *start && finding.start < *end);
        let found = by_concept.entry((finding.concept, unwanted)).or_default();
        found.push(finding);
    }
    let mut concepts: Vec<UnderstoodConcept> = by_concept
        .into_iter()
        .filter_map(|((concept, unwanted), mut found)| {
            // The same words tell once, by the surest that is read in them.
            found.sort_by(|a, b| {
                b.strength
                    .total_cmp(&a.strength)
                    .then(a.start.cmp(&b.start))
            });
            let mut told: Vec<&Finding> = Vec::new();
            for finding in found {
                let again = told
                    .iter()
                    .any(|told| told.start < finding.end && finding.start < told.end);
                if !again {
                    told.push(finding);
                }
            }
            let best = told.first()?;
            let strength = 1.0 - told.iter().map(|told| 1.0 - told.strength).product::<f64>();
            // A word for a service that is refused is refused, however much else it may mean.
            let named = unwanted && told.iter().any(|told| told.professional);
            let id = format!("concept:{}", snapshot.lexicon.concept(concept).id);
            let counts = (strength >= settings.least || named) && !request.ignore.contains(&id);
            counts.then(|| UnderstoodConcept {
                id,
                concept,
                strength,
                words: text.span(best.start, best.end),
                evidence: best.evidence,
                unwanted,
            })
        })
        .collect();
    sort(&mut concepts);
    concepts
}

fn sort(concepts: &mut [UnderstoodConcept]) {
    concepts.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then(a.concept.cmp(&b.concept))
    });
}

/// Lets what was barely read give way to what was read plainly.
fn sharpen(concepts: &mut [UnderstoodConcept], power: f64) {
    let most = concepts
        .iter()
        .filter(|concept| !concept.unwanted)
        .map(|concept| concept.strength)
        .fold(0.0, f64::max);
    for concept in concepts.iter_mut().filter(|concept| !concept.unwanted) {
        if most > 0.0 {
            concept.strength *= (concept.strength / most).powf(power);
        }
    }
}

/// Adds what the single words of a clause point to.
fn guess(text: &Text<'_>, (start, end): (usize, usize), concepts: &mut Vec<UnderstoodConcept>) {
    let Text {
        snapshot,
        request,
        settings,
        ..
    } = *text;
    let clause = Words {
        tokens: text.words.tokens[start..end].to_vec(),
    };
    for (concept, strength) in snapshot.lexicon.guess(&clause, Side::Need) {
        let strength = settings.single_words * strength;
        let id = format!("concept:{}", snapshot.lexicon.concept(concept).id);
        if strength < settings.least || request.ignore.contains(&id) {
            continue;
        }
        if let Some(known) = concepts.iter_mut().find(|known| known.concept == concept) {
            if !known.unwanted {
                known.strength = 1.0 - (1.0 - known.strength) * (1.0 - strength);
            }
            continue;
        }
        concepts.push(UnderstoodConcept {
            id,
            concept,
            strength,
            words: text.span(start, end),
            evidence: Evidence::Words,
            unwanted: false,
        });
    }
    sort(concepts);
}

/// Turns a concept into its twin for the person's age or sex: an adult's concept
/// named for a boy of 15 means the youth twin.
fn to_twins(text: &Text<'_>, criteria: &Criteria, concepts: &mut Vec<UnderstoodConcept>) {
    let lexicon = &text.snapshot.lexicon;
    let not_the_audience = text.settings.not_the_audience;
    let mut twins = Vec::new();
    for understood in concepts
        .iter_mut()
        .filter(|understood| !understood.unwanted)
    {
        let concept = lexicon.concept(understood.concept);
        let audience = &concept.audience;
        let wanted = |twin: Twin| match (twin, criteria.age, &criteria.gender) {
            (Twin::Young, Some((_, to)), _) => {
                to < 18.0 || (to <= 25.0 && audience.min_age.is_some_and(|least| to < least))
            }
            (Twin::Adult, Some((from, _)), _) => {
                from >= 18.0 && audience.max_age.is_some_and(|most| from > most)
            }
            (Twin::Older, Some((from, _)), _) => from >= 65.0,
            (Twin::Men, _, Some(Gender::Male)) | (Twin::Women, _, Some(Gender::Female)) => true,
            _ => false,
        };
        // A child who has to do with a grown-up's illness is not the one who is ill.
        let grown_up = criteria.age.is_some_and(|(_, to)| to < 16.0)
            && audience.min_age.is_some_and(|least| least >= 16.0);
        if grown_up && !concept.twins.iter().any(|(twin, _)| wanted(*twin)) {
            understood.strength *= not_the_audience;
        }
        for (twin, other) in &concept.twins {
            if *other == understood.concept || !wanted(*twin) {
                continue;
            }
            twins.push(UnderstoodConcept {
                id: format!("concept:{}", lexicon.concept(*other).id),
                concept: *other,
                ..understood.clone()
            });
            let outside = criteria.age.is_some_and(|(from, to)| {
                audience.min_age.is_some_and(|least| to < least)
                    || audience.max_age.is_some_and(|most| from > most)
            });
            if outside {
                understood.strength *= not_the_audience;
            }
        }
    }
    for twin in twins {
        match concepts
            .iter_mut()
            .find(|known| known.concept == twin.concept && !known.unwanted)
        {
            Some(known) => known.strength = known.strength.max(twin.strength),
            None => concepts.push(twin),
        }
    }
    sort(concepts);
}

/// The stems of a clause that are worth looking for in texts.
fn stems(
    words: &Words,
    start: usize,
    end: usize,
    spent: &[(usize, usize)],
    refused: &[(usize, usize)],
) -> Vec<String> {
    let inside = |at: usize, spans: &[(usize, usize)]| {
        spans.iter().any(|(start, end)| at >= *start && at < *end)
    };
    let worth = |token: &Token| {
        !token.function
            && !matches!(
                token.folded.as_str(),
                "no" | "not" | "need" | "needs" | "wants" | "help"
            )
    };
    (start..end)
        .filter(|at| worth(&words.tokens[*at]) && !inside(*at, spent) && !inside(*at, refused))
        .map(|at| words.tokens[at].stem.clone())
        .collect()
}
