//! What became of a service on the way to the page: for measuring, not for answers.
//!
//! A judged service that the first places miss was lost somewhere, and only where
//! it was lost says what to mend: the lexicon, a record, a rule or a weight.
//! [`rank`] leaves whole stages out, so that an ablation shows what each is worth.

use crate::model::{Answer, ServiceId};
use crate::snapshot::Snapshot;

use super::asked::Asked;
use super::blend::{Blend, Scored};
use super::candidates::Candidate;
use super::compose::Placed;
use super::understand::{self, UnderstoodConcept};
use super::{Feature, MatchError, MatchRequest, MatchingSettings, candidates, compose, gates};

/// A requirement that a service does not meet, or does not say whether it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Doubt {
    /// Its name.
    pub requirement: &'static str,
    /// No or unknown.
    #[serde(serialize_with = "as_word")]
    pub answer: Answer,
    /// Whether a known *no* keeps the service from the page; if not, it only costs score.
    pub bars: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn as_word<S: serde::Serializer>(answer: &Answer, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "unknown",
    })
}

impl Doubt {
    /// Whether something on record bars the service.
    #[must_use]
    pub fn is_on_record(self) -> bool {
        self.bars && self.answer == Answer::No
    }
}

/// What became of one service.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Which.
    pub service: ServiceId,
    /// How far it came.
    pub stage: Stage,
}

/// How far a service came.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// It stands among the first places.
    Shown {
        /// 1 is first.
        rank: usize,
        /// What it does not meet or does not say.
        doubts: Vec<Doubt>,
    },
    /// It was taken for a copy of one that stands among all matches.
    Folded {
        /// Where that one stands.
        rank: usize,
        /// Which.
        into: ServiceId,
    },
    /// The need was not understood, or not as what this service does.
    NotUnderstood,
    /// The need was understood; what the service does was not.
    NotTagged,
    /// A requirement keeps it out.
    Gated(Vec<Doubt>),
    /// The person does not want what it does.
    Unwanted,
    /// It stands behind the first places.
    RankedLow {
        /// Where; none where it is too distantly related to be shown at all.
        rank: Option<usize>,
        /// What each feature cost against the last of the first places: the
        /// difference of the two values times the weight, the dearest first.
        costs: Vec<(&'static str, f64)>,
        /// Whether its words alone matched: no kind of help was recognised.
        by_words_alone: bool,
    },
}

impl Stage {
    /// A word for programs and tables.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Shown { .. } => "shown",
            Self::Folded { .. } => "folded",
            Self::NotUnderstood => "not understood",
            Self::NotTagged => "not tagged",
            Self::Gated(_) => "gated",
            Self::Unwanted => "unwanted",
            Self::RankedLow { .. } => "ranked low",
        }
    }
}

/// A concept that was read less surely than this was hardly read.
const READ: f64 = 0.3;

/// A record whose words were read at least so surely is plain without a term.
const PLAIN: f64 = 0.6;

/// What became of each of `services` where a page shows the `first` so many.
///
/// A service that is no candidate hardly shares a concept with the need, nor do its
/// words match well enough. Which of the two was misread is decided by what is known.
///
/// - Where no concept of the need was read at .3 or surer, the need was *not understood*.
/// - Else, where neither a taxonomy term tells what the service does nor its words
///   do at .6 or surer, it is *not tagged*; where they do, its record is plain and
///   the need was *not understood* as that.
/// - Where two concepts do meet, but too faintly to be shown, the faintest part tells:
///   how sure the need's is, how sure the service's is, or how near the two are, in
///   which case it is *ranked low*.
///
/// Services that are not in the snapshot are left out.
pub fn trace(
    snapshot: &Snapshot,
    settings: &MatchingSettings,
    request: &MatchRequest,
    services: &[ServiceId],
    first: usize,
) -> Result<Vec<Trace>, MatchError> {
    let understood = understand::understand(snapshot, &settings.need, request)?;
    let asked = Asked::of(snapshot, settings, request, &understood)?;
    let candidates = candidates::find(&asked)?;
    let blend = Blend::of(&asked);
    let mut scored = blend.rank(&asked, candidates.clone(), gates::round);
    gates::loosen(&asked, &mut scored);
    let placed = compose::page(&asked, scored);
    Ok(services
        .iter()
        .filter_map(|service| {
            let number = snapshot.facts.number(*service)?;
            let stage = on_page(&asked, &blend, &placed, number, first)
                .unwrap_or_else(|| off_page(&asked, &candidates, number));
            Some(Trace {
                service: *service,
                stage,
            })
        })
        .collect())
}

/// How far a service came that stands on some page.
fn on_page(
    asked: &Asked<'_>,
    blend: &Blend,
    placed: &[Placed],
    number: u32,
    first: usize,
) -> Option<Stage> {
    let (at, found) = placed.iter().enumerate().find(|(_, placed)| {
        placed.scored.candidate.service == number || placed.copies.contains(&number)
    })?;
    let rank = at + 1;
    let candidate = &found.scored.candidate;
    if candidate.service != number {
        return Some(Stage::Folded {
            rank,
            into: asked.service(candidate).id,
        });
    }
    if rank <= first {
        return Some(Stage::Shown {
            rank,
            doubts: gates::doubts(asked, candidate),
        });
    }
    let last = first.checked_sub(1).and_then(|at| placed.get(at));
    let costs = last.map_or_else(Vec::new, |last| blend.costs(&last.scored, &found.scored));
    Some(Stage::RankedLow {
        rank: Some(rank),
        costs,
        by_words_alone: by_words_alone(candidate),
    })
}

fn by_words_alone(candidate: &Candidate) -> bool {
    candidate
        .best_need()
        .is_some_and(|(_, best)| best.concept <= 0.0 && best.text > 0.0)
}

/// How far a service came that stands on no page.
fn off_page(asked: &Asked<'_>, candidates: &[Candidate], number: u32) -> Stage {
    let kept_out = candidates
        .iter()
        .filter(|candidate| candidate.service == number && !candidate.sibling)
        .map(|candidate| {
            let mut doubts = gates::doubts(asked, candidate);
            doubts.retain(|doubt| {
                doubt.is_on_record() || (doubt.bars && !asked.criteria.include_unknown)
            });
            doubts
        })
        .min_by_key(Vec::len);
    if let Some(doubts) = kept_out {
        return Stage::Gated(doubts);
    }
    let lexicon = &asked.snapshot.lexicon;
    let does = &asked.snapshot.facts.services[number as usize].concepts;
    let concepts = || {
        asked
            .understood
            .needs
            .iter()
            .flat_map(|need| &need.concepts)
    };
    let refused = |understood: &UnderstoodConcept| {
        understood.unwanted
            && does.first().is_some_and(|main| {
                lexicon.rel(understood.concept, main.concept) >= asked.settings.need.close_kin
            })
    };
    if concepts().any(refused) {
        return Stage::Unwanted;
    }
    let faintest = concepts()
        .filter(|concept| !concept.unwanted)
        .flat_map(|understood| does.iter().map(move |own| (understood, own)))
        .map(|(understood, own)| {
            let rel = lexicon.rel(understood.concept, own.concept);
            (understood.strength, rel, own.confidence)
        })
        .filter(|(_, rel, _)| *rel > 0.0)
        .max_by(|a, b| (a.0 * a.1 * a.2).total_cmp(&(b.0 * b.1 * b.2)));
    if let Some((strength, rel, confidence)) = faintest {
        return if strength < rel.min(confidence) {
            Stage::NotUnderstood
        } else if confidence < rel {
            Stage::NotTagged
        } else {
            Stage::RankedLow {
                rank: None,
                costs: vec![(Feature::Need.name(), asked.settings.least_need)],
                by_words_alone: false,
            }
        };
    }
    let understood = concepts().any(|concept| !concept.unwanted && concept.strength >= READ);
    let plain = does
        .iter()
        .any(|own| own.confidence >= if own.tagged { READ } else { PLAIN });
    if understood && !plain {
        Stage::NotTagged
    } else {
        Stage::NotUnderstood
    }
}

/// Which stages of ranking take part. All do in an answer; a measurement may leave
/// one out to see what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stages {
    /// Whether known *no*s to hard requirements keep services out.
    pub gates: bool,
    /// Whether copies fold, organizations spread and several needs are served; else
    /// the score alone orders.
    pub composition: bool,
}

impl Default for Stages {
    fn default() -> Self {
        Self {
            gates: true,
            composition: true,
        }
    }
}

/// All services that an answer to the request would hold, in its order: what
/// [`super::find`] ranks, without the words that explain it.
pub fn rank(
    snapshot: &Snapshot,
    settings: &MatchingSettings,
    request: &MatchRequest,
    stages: Stages,
) -> Result<Vec<ServiceId>, MatchError> {
    let understood = understand::understand(snapshot, &settings.need, request)?;
    let asked = Asked::of(snapshot, settings, request, &understood)?;
    let candidates = candidates::find(&asked)?;
    let blend = Blend::of(&asked);
    let mut scored = if stages.gates {
        blend.rank(&asked, candidates, gates::round)
    } else {
        blend.rank(&asked, candidates, |_, candidate| {
            (!candidate.sibling).then_some(0)
        })
    };
    gates::loosen(&asked, &mut scored);
    let id = |scored: &Scored| asked.service(&scored.candidate).id;
    Ok(if stages.composition {
        compose::page(&asked, scored)
            .iter()
            .map(|placed| id(&placed.scored))
            .collect()
    } else {
        scored.iter().map(id).collect()
    })
}
