//! Kinds of help that were asked for by name: concepts and taxonomy terms.

use crate::model::TaxonomyTermId;
use crate::snapshot::Snapshot;
use crate::text::lexicon::{ConceptNo, Evidence, Side};
use crate::text::{Words, fold};

use super::needs::{Need, UnderstoodConcept};

/// A term that was asked for and is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no term or concept '{term}'{}", nearest.as_ref().map(|name| format!("; did you mean '{name}'?")).unwrap_or_default())]
pub struct NeedsError {
    /// As it was written.
    pub term: String,
    /// The nearest that is known.
    pub nearest: Option<String>,
}

/// The concepts and terms that were asked for by name or id, each so sure.
pub(super) fn asked(
    snapshot: &Snapshot,
    terms: &[String],
    strength: f64,
) -> Result<Need, NeedsError> {
    let mut need = Need::default();
    for term in terms {
        let found = find_term(snapshot, term)?;
        let concepts = found.concepts.into_iter().map(|concept| UnderstoodConcept {
            id: format!("concept:{}", snapshot.lexicon.concept(concept).id),
            concept,
            strength,
            words: term.clone(),
            evidence: Evidence::Phrase,
            unwanted: false,
        });
        need.concepts.extend(concepts);
        need.terms.extend(found.terms);
    }
    need.words = terms.join(", ");
    Ok(need)
}

/// What a term that someone named stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NamedTerm {
    /// Concepts of the lexicon.
    pub concepts: Vec<ConceptNo>,
    /// Terms of imported taxonomies.
    pub terms: Vec<TaxonomyTermId>,
}

/// Finds a concept by id, name or synonym, and taxonomy terms by id, code or name.
pub fn find_term(snapshot: &Snapshot, term: &str) -> Result<NamedTerm, NeedsError> {
    let lexicon = &snapshot.lexicon;
    let folded = fold(term);
    let mut found = NamedTerm::default();
    found.concepts.extend(lexicon.find(term.trim()));
    for concept in lexicon.named(term) {
        if !found.concepts.contains(concept) {
            found.concepts.push(*concept);
        }
    }
    found.terms = snapshot
        .directory
        .taxonomy_terms
        .iter()
        .filter(|known| {
            known.id.to_string() == term.trim()
                || fold(&known.name) == folded
                || known.code.as_deref() == Some(term.trim())
        })
        .map(|known| known.id)
        .collect();
    if found.concepts.is_empty() {
        // A synonym: the words of a need that the lexicon reads for sure.
        let words = Words::of(term);
        let best = lexicon
            .read(&words, Side::Need)
            .into_iter()
            .filter(|finding| {
                finding.evidence == Evidence::Phrase
                    && words.content().count() <= 4
                    && finding.strength >= 0.45
            })
            .max_by(|a, b| {
                a.strength
                    .total_cmp(&b.strength)
                    .then(b.concept.cmp(&a.concept))
            });
        if found.terms.is_empty() {
            found.concepts.extend(best.map(|finding| finding.concept));
        }
    }
    if found == NamedTerm::default() {
        let names = lexicon
            .concepts()
            .iter()
            .flat_map(|concept| [&concept.id, &concept.name]);
        let nearest = names
            .map(|name| (strsim::jaro_winkler(&fold(name), &folded), name))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
            .map(|(_, name)| name.clone());
        return Err(NeedsError {
            term: term.to_owned(),
            nearest,
        });
    }
    Ok(found)
}
