//! What a text refuses: help that was tried and failed, or is not wanted.

use crate::text::Words;
use crate::text::lexicon::{Evidence, Finding};

/// Spans of tokens in which what stands is not wanted.
///
/// Only refusal and exhaustion negate, and *not* before a word for a service or
/// at the head of a clause:
/// *no food* and *can't cope* are needs. A negator inside a phrase of the
/// lexicon is spent.
pub(super) fn refusals(text: &str, words: &Words, findings: &[Finding]) -> Vec<(usize, usize)> {
    const REACH: usize = 4;
    const REFUSING: &[&[&str]] = &[
        &["doesnt", "want"],
        &["dont", "want"],
        &["does", "not", "want"],
        &["do", "not", "want"],
        &["didnt", "want"],
        &["wont", "have"],
        &["refuses"],
        &["refused"],
        &["refusing"],
        &["not", "interested", "in"],
        &["not", "keen", "on"],
        &["not", "looking", "for"],
        &["already", "tried"],
        &["has", "tried"],
        &["have", "tried"],
        &["tried"],
    ];
    const ARTICLES: &[&str] = &["a", "an", "another", "any", "more", "the"];
    const EXHAUSTED: &[&[&str]] = &[
        &["didnt", "help"],
        &["did", "not", "help"],
        &["didnt", "work"],
        &["did", "not", "work"],
        &["no", "good"],
        &["no", "use"],
        &["not", "for"],
        &["hated"],
        &["didnt", "like"],
    ];
    let folded: Vec<&str> = words
        .tokens
        .iter()
        .map(|token| token.folded.as_str())
        .collect();
    // The phrase of the lexicon that a negator from `start` to `end` is part of.
    let phrase_around = |start: usize, end: usize| {
        findings
            .iter()
            .filter(|finding| {
                finding.evidence != Evidence::Slot && finding.start <= start && end < finding.end
            })
            .map(|finding| (finding.start, finding.end))
            .min()
    };
    // What follows a comma is another thought: *dad refuses any help, I live far away*.
    let parted = |at: usize| {
        let (this, next) = (&words.tokens[at], &words.tokens[at + 1]);
        this.clause != next.clause || text[this.end..next.start].contains(',')
    };
    let clause_end = |at: usize| {
        (at..folded.len().saturating_sub(1))
            .find(|at| parted(*at))
            .map_or(folded.len(), |at| at + 1)
    };
    let mut refused = Vec::new();
    for at in 0..folded.len() {
        for negator in REFUSING {
            let after = at + negator.len();
            if !folded[at..].starts_with(negator) {
                continue;
            }
            if let Some((start, end)) = phrase_around(at, after.saturating_sub(1)) {
                // *Doesn't want counselling* may be a phrase for what is wanted
                // instead; what it names is refused all the same.
                if start == at {
                    refused.push((after, end));
                }
                continue;
            }
            let end = clause_end(at);
            if negator.last() == Some(&"tried") {
                // *Tried to* is not exhaustion; *tried X, didn't help* is.
                if folded.get(after) == Some(&"to") {
                    continue;
                }
                let exhausted = (after..end).find(|&at| {
                    EXHAUSTED
                        .iter()
                        .any(|words| folded[at..].starts_with(words))
                });
                if let Some(until) = exhausted {
                    refused.push((after, until));
                } else if negator.first() == Some(&"already") {
                    refused.push((after, end.min(after + REACH)));
                }
                continue;
            }
            refused.push((after, end.min(after + REACH)));
        }
        if folded[at] == "not" && phrase_around(at, at).is_none() {
            // *Not a day centre, …* begins with what is not wanted, in whatever words.
            let opens = (at == 0 || parted(at - 1))
                && folded
                    .get(at + 1)
                    .is_some_and(|word| ARTICLES.contains(word));
            let service_word = findings.iter().find(|finding| {
                let named = finding.professional || opens && finding.evidence == Evidence::Phrase;
                named && finding.start > at && finding.start <= at + 2
            });
            refused.extend(service_word.map(|finding| (at + 1, finding.end)));
        }
    }
    refused
}
