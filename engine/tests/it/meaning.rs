//! The second opinion by meaning through public interfaces, with a model small
//! enough to read here.

use std::sync::Arc;

use causeway_engine::matching::{
    Match, MatchAnswer, MatchRequest, MatchingSettings, MeaningWeight, find,
};
use causeway_engine::model::{Directory, Entry, Provenance, Service};
use causeway_engine::snapshot::{Builder, Snapshot};
use causeway_engine::text::meaning::{Meaning, MeaningError, unit};
use uuid::Uuid;

/// A bag of words that knows of two matters; all else is a third.
#[derive(Debug)]
struct BagOfWords;

const MATTERS: [&[&str]; 2] = [
    &["sundial", "gnomon", "analemma"],
    &["lonely", "befriending"],
];

impl Meaning for BagOfWords {
    fn embed(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, MeaningError> {
        let vector = |text: &&str| {
            let text = text.to_lowercase();
            let count = |words: &[&str]| {
                let found: usize = words.iter().map(|word| text.matches(word).count()).sum();
                found as f32
            };
            unit(&[vec![count(MATTERS[0]), count(MATTERS[1]), 0.01]])
        };
        Ok(texts.iter().map(vector).collect())
    }
}

#[derive(Debug)]
struct Broken;

impl Meaning for Broken {
    fn embed(&self, _texts: &[&str]) -> Result<Vec<Vec<f32>>, MeaningError> {
        Err(MeaningError::Failed("out of ink".to_owned()))
    }
}

const SHARES_NO_WORD: u128 = 1;
const BEFRIENDS: u128 = 2;
const SHARES_A_WORD: u128 = 3;

fn build(
    model: Option<Arc<dyn Meaning>>,
) -> Result<Snapshot, causeway_engine::snapshot::SnapshotError> {
    let mut directory = Directory::default();
    let services = [
        (SHARES_NO_WORD, "Gnomon guild", "Analemma evenings."),
        (
            BEFRIENDS,
            "Befriending",
            "A befriending volunteer visits each week.",
        ),
        (SHARES_A_WORD, "Verdigris circle", "Verdigris on weekdays."),
    ];
    for (number, name, description) in services {
        let service = Service {
            id: Uuid::from_u128(number).into(),
            name: name.to_owned(),
            description: Some(description.to_owned()),
            ..Default::default()
        };
        directory.put(Entry {
            record: service.into(),
            provenance: Provenance::default(),
        });
    }
    let builder = Builder {
        meaning: model,
        ..Default::default()
    };
    let at = "2026-11-24T09:00:00Z".parse().expect("a timestamp");
    builder.build(Arc::new(directory), 1, at)
}

fn answer(model: Option<Arc<dyn Meaning>>, weight: f64, need: &str) -> MatchAnswer {
    let settings = MatchingSettings {
        meaning: MeaningWeight {
            weight,
            ..Default::default()
        },
        ..Default::default()
    };
    let request = MatchRequest {
        need: Some(need.to_owned()),
        ..Default::default()
    };
    let snapshot = build(model).expect("a snapshot");
    find(&snapshot, &settings, &request).expect("an answer")
}

fn service(answer: &MatchAnswer, number: u128) -> Option<&Match> {
    let mut all = answer.matches.iter();
    all.find(|found| found.service.0.as_u128() == number)
}

fn why(found: &Match) -> &str {
    let mut reasons = found.reasons.iter();
    let need = reasons.find(|reason| reason.feature == "need");
    need.map(|reason| reason.sentence.as_str())
        .expect("a reason for `need`")
}

const GREEN_SUNDIAL: &str = "verdigris on a sundial";

#[test]
fn a_service_that_shares_no_words_is_found_only_with_a_model() {
    let without = answer(None, 1.0, GREEN_SUNDIAL);
    assert!(service(&without, SHARES_NO_WORD).is_none());
    let with = answer(Some(Arc::new(BagOfWords)), 1.0, GREEN_SUNDIAL);
    assert!(service(&with, SHARES_NO_WORD).is_some());
    // What is near in nothing stays out.
    assert!(service(&with, BEFRIENDS).is_none());
}

#[test]
fn what_meaning_found_is_not_explained_by_it_and_reasons_still_add_up() {
    let with = answer(Some(Arc::new(BagOfWords)), 1.0, GREEN_SUNDIAL);
    let found = service(&with, SHARES_NO_WORD).expect("found by meaning");
    assert_eq!(
        why(found),
        "No kind of help was recognised in its words; shown as a second opinion."
    );
    let words = service(&with, SHARES_A_WORD).expect("found by a word");
    assert_eq!(
        why(words),
        "Shares words with the need; no kind of help was recognised."
    );
    for found in &with.matches {
        let sum: f64 = found.reasons.iter().map(|r| r.weight * r.value).sum();
        assert!((found.score - sum).abs() < 1e-9);
    }
}

#[test]
fn a_service_found_by_what_it_does_is_explained_the_same_with_a_model() {
    let need = "he is lonely and has nobody to talk to";
    let without = answer(None, 1.0, need);
    let with = answer(Some(Arc::new(BagOfWords)), 1.0, need);
    let (before, after) = (
        service(&without, BEFRIENDS).expect("found by concepts"),
        service(&with, BEFRIENDS).expect("found by concepts"),
    );
    assert_eq!(why(before), why(after));
    assert!(after.score > before.score);
}

#[test]
fn a_weight_of_nothing_leaves_the_answer_as_it_is_without_a_model() {
    let scores = |answer: &MatchAnswer| -> Vec<(u128, f64)> {
        let all = answer.matches.iter();
        all.map(|found| (found.service.0.as_u128(), found.score))
            .collect()
    };
    let without = answer(None, 1.0, GREEN_SUNDIAL);
    let unweighted = answer(Some(Arc::new(BagOfWords)), 0.0, GREEN_SUNDIAL);
    assert_eq!(scores(&without), scores(&unweighted));
}

#[test]
fn a_model_that_fails_is_an_error_and_not_an_opinion() {
    let error = build(Some(Arc::new(Broken))).expect_err("no vectors");
    assert!(error.to_string().contains("out of ink"));
}
