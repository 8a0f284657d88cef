//! Finding concepts in a text.

use crate::text::{Token, Words};

use super::trie::{Hit, Target};
use super::{ConceptNo, Lexicon};

/// Whose words are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// A need.
    Need,
    /// The record of a service.
    Record,
}

/// What made a concept be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A phrase of the concept.
    Phrase,
    /// Two word classes near each other.
    Slot,
    /// A life event, by its place in [`Lexicon::situations`].
    Situation(u16),
    /// A language, community or faith, by its place in [`Lexicon::communities`].
    Community(u16),
    /// No phrase, but many words that its phrases hold.
    Words,
}

/// A concept found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Which.
    pub concept: ConceptNo,
    /// How sure, 0 to 1.
    pub strength: f64,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// By what.
    pub evidence: Evidence,
    /// Whether the phrase is one that staff and records use: a word for a service.
    pub professional: bool,
}

impl Lexicon {
    /// The concepts in a text, each phrase a finding of its own, by first
    /// token, then by concept.
    ///
    /// ```
    /// use causeway_engine::text::{Words, lexicon::{Lexicon, Side}};
    /// let lexicon = Lexicon::bundled();
    /// let found = lexicon.read(&Words::of("there is no food in the house"), Side::Need);
    /// assert!(found.iter().any(|finding| lexicon.concept(finding.concept).id == "food-bank"));
    /// ```
    #[must_use]
    pub fn read(&self, words: &Words, side: Side) -> Vec<Finding> {
        let tokens = &words.tokens;
        let mut hits = self.trie.hits(tokens);
        hits.retain(|hit| hit.leaf.side.is_none_or(|of| of == side));
        let mut findings = Vec::new();
        // Longest first, so that what stands inside a longer phrase is seen as such.
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.words), hit.start, hit.leaf.target));
        for (at, hit) in hits.iter().enumerate() {
            let shadow = self.shadow(hit, &hits[..at], &hits);
            if shadow == 0.0 {
                continue;
            }
            let strength = self.strength(hit, tokens) * shadow;
            let (start, end) = (hit.start, hit.end);
            let professional = hit.leaf.side.is_none();
            let mut found = |concept, weight: f64, evidence| {
                findings.push(Finding {
                    professional,
                    concept,
                    strength: strength * weight,
                    start,
                    end,
                    evidence,
                });
            };
            match hit.leaf.target {
                Target::Concept(concept) => found(concept, 1.0, Evidence::Phrase),
                Target::Situation(number) => {
                    for (concept, weight) in &self.situations[usize::from(number)].leads_to {
                        found(*concept, *weight, Evidence::Situation(number));
                    }
                }
                Target::Community(number) => {
                    for (concept, weight) in &self.communities[usize::from(number)].concepts {
                        found(*concept, *weight, Evidence::Community(number));
                    }
                }
                Target::Class(_) | Target::Not(_) => {}
            }
        }
        if side == Side::Need {
            self.read_slots(tokens, &hits, &mut findings);
        }
        findings.sort_by(|a, b| {
            (a.start, a.concept, a.end)
                .cmp(&(b.start, b.concept, b.end))
                .then(b.strength.total_cmp(&a.strength))
        });
        findings
    }

    /// The languages, communities and faiths named in a text, with their tokens.
    #[must_use]
    pub fn read_communities(&self, words: &Words) -> Vec<(u16, usize, usize)> {
        let mut found: Vec<(u16, usize, usize)> = self
            .trie
            .hits(&words.tokens)
            .into_iter()
            .filter_map(|hit| match hit.leaf.target {
                Target::Community(number) => Some((number, hit.start, hit.end)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(number, start, end)| (*start, std::cmp::Reverse(*end), *number));
        found
    }

    /// What the single words of a text point to, beside all phrases: concepts
    /// with a strength up to .97, the strongest first.
    #[must_use]
    pub fn guess(&self, words: &Words, side: Side) -> Vec<(ConceptNo, f64)> {
        let stems: Vec<&str> = words.content().map(|token| token.stem.as_str()).collect();
        match side {
            Side::Need => self.need_words.read(&stems),
            Side::Record => self.record_words.read(&stems),
        }
    }

    fn strength(&self, hit: &Hit, tokens: &[Token]) -> f64 {
        let by_words = self.reading.by_words[hit.words.clamp(1, 3) - 1];
        let mut strength = hit.leaf.grade * by_words;
        if hit.words == 1
            && let Target::Concept(concept) = hit.leaf.target
        {
            let others = self
                .need_words
                .others_with(&tokens[hit.start].stem, concept) as f64;
            let shared = self.reading.shared_word * (1.0 + others).ln();
            strength *= (1.0 - shared).max(self.reading.least_word);
        }
        if hit.corrected {
            strength *= self.reading.corrected;
        }
        strength
    }

    /// What is left of a hit: nothing inside a wrong friend of its concept or inside
    /// a longer phrase of the same target, a part inside a longer one of another.
    fn shadow(&self, hit: &Hit, longer: &[Hit], all: &[Hit]) -> f64 {
        let inside = |other: &Hit| other.start <= hit.start && hit.end <= other.end;
        if let Target::Concept(concept) = hit.leaf.target
            && all
                .iter()
                .any(|other| other.leaf.target == Target::Not(concept) && inside(other))
        {
            return 0.0;
        }
        let mut left: f64 = 1.0;
        for other in longer {
            if other.words <= hit.words || !inside(other) {
                continue;
            }
            match other.leaf.target {
                target if target == hit.leaf.target => return 0.0,
                Target::Concept(_) | Target::Situation(_) => {
                    left = left.min(self.reading.inside_another);
                }
                _ => {}
            }
        }
        left
    }

    fn read_slots(&self, tokens: &[Token], hits: &[Hit], findings: &mut Vec<Finding>) {
        // Function words do not count towards a window.
        let mut place = Vec::with_capacity(tokens.len() + 1);
        let mut counted = 0;
        for token in tokens {
            place.push(counted);
            counted += usize::from(!token.function);
        }
        let classes: Vec<(u16, usize, usize)> = hits
            .iter()
            .filter_map(|hit| match hit.leaf.target {
                Target::Class(class) => Some((class, hit.start, hit.end)),
                _ => None,
            })
            .collect();
        if classes.is_empty() {
            return;
        }
        for rule in &self.rules {
            let Some((start, end)) = fit(rule, &classes, &place, tokens) else {
                continue;
            };
            // A wrong friend of a concept stops a pair as it stops a phrase.
            let stopped = |concept: ConceptNo| {
                hits.iter().any(|hit| {
                    hit.leaf.target == Target::Not(concept) && hit.start < end && start < hit.end
                })
            };
            let means = rule.means.iter().filter(|(concept, _)| !stopped(*concept));
            findings.extend(means.map(|(concept, strength)| Finding {
                concept: *concept,
                strength: self.reading.pair * *strength,
                start,
                end,
                evidence: Evidence::Slot,
                professional: false,
            }));
        }
    }
}

/// The tokens a rule fits, the tightest first, then the first.
fn fit(
    rule: &super::SlotRule,
    classes: &[(u16, usize, usize)],
    place: &[usize],
    tokens: &[Token],
) -> Option<(usize, usize)> {
    let spots: Vec<Vec<(usize, usize)>> = rule
        .all
        .iter()
        .map(|wanted| {
            classes
                .iter()
                .filter(|(class, _, _)| class == wanted)
                .map(|(_, start, end)| (*start, *end))
                .collect()
        })
        .collect();
    if spots.iter().any(Vec::is_empty) {
        return None;
    }
    let mut best: Option<(usize, usize, usize)> = None;
    let mut chosen = Vec::with_capacity(spots.len());
    choose(&spots, rule.ordered, &mut chosen, &mut |chosen| {
        let start = chosen.iter().map(|(start, _)| *start).min().unwrap_or(0);
        let end = chosen.iter().map(|(_, end)| *end).max().unwrap_or(0);
        let width = place[end - 1] - place[start];
        let barred = classes.iter().any(|(class, from, to)| {
            rule.not.contains(class) && *from >= start.saturating_sub(1) && *to <= end + 1
        });
        let one_sentence = tokens[start].clause == tokens[end - 1].clause;
        if width <= rule.within
            && one_sentence
            && !barred
            && best.is_none_or(|known| (width, start, end) < known)
        {
            best = Some((width, start, end));
        }
    });
    best.map(|(_, start, end)| (start, end))
}

/// Calls `each` with every choice of one spot a class, none overlapping another.
fn choose(
    spots: &[Vec<(usize, usize)>],
    ordered: bool,
    chosen: &mut Vec<(usize, usize)>,
    each: &mut impl FnMut(&[(usize, usize)]),
) {
    let Some(next) = spots.get(chosen.len()) else {
        each(chosen);
        return;
    };
    for spot in next {
        let overlaps = chosen
            .iter()
            .any(|(start, end)| spot.0 < *end && *start < spot.1);
        let early = ordered && chosen.last().is_some_and(|(_, end)| spot.0 < *end);
        if !overlaps && !early {
            chosen.push(*spot);
            choose(spots, ordered, chosen, each);
            chosen.pop();
        }
    }
}
