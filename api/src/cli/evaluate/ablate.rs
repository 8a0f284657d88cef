//! What each feature and each stage is worth, by leaving it out.

use std::collections::BTreeMap;

use causeway_engine::engine::EngineSettings;
use causeway_engine::evaluation::{Difference, Figures, by_query, paired_randomisation};
use causeway_engine::matching::{Feature, MatchingSettings, Stages};
use causeway_engine::snapshot::{Builder, Snapshot};
use serde::Serialize;

use crate::cli::output::Output;

use super::{FLIPS, Judged, SEED};

/// The figures without one part.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    /// What was left out.
    without: String,
    #[serde(rename = "ndcg@10")]
    ndcg_at_10: f64,
    #[serde(rename = "recall@20")]
    recall_at_20: f64,
    #[serde(rename = "blocked@10")]
    blocked_at_10: f64,
    /// Of nDCG@10 against everything in its place; none in the first row.
    change: Option<Difference>,
}

/// First everything in its place, then the features by name, then the stages.
pub(super) fn table(
    judged: &Judged,
    settings: &EngineSettings,
    whole: &BTreeMap<String, Figures>,
) -> anyhow::Result<Vec<Row>> {
    let mut rows = vec![row("nothing", whole, None)];
    let mut measure = |name: String, snapshot: &Snapshot, matching: &MatchingSettings, stages| {
        let run = judged.run(snapshot, matching, stages)?;
        let without = by_query(&run, &judged.qrels);
        rows.push(row(&name, &without, Some(whole)));
        anyhow::Ok(())
    };
    let snapshot = &*judged.snapshot;
    let all = Stages::default();
    for feature in Feature::ALL {
        let mut matching = judged.settings.clone();
        if matching.weights.of(feature) <= 0.0 {
            continue;
        }
        matching.weights = matching.weights.with(feature, 0.0);
        measure(feature.name().to_owned(), snapshot, &matching, all)?;
    }

    let changed = |change: fn(&mut MatchingSettings)| {
        let mut matching = judged.settings.clone();
        change(&mut matching);
        matching
    };
    let no_concepts = changed(|matching| {
        // Words alone never reach the floor that is set for both together.
        matching.least_need = 0.0;
        matching.need.concept = 0.0;
        matching.need.name_weight = 0.0;
    });
    measure("concepts".to_owned(), snapshot, &no_concepts, all)?;
    let no_text = changed(|matching| matching.need.text = 0.0);
    measure("words of records".to_owned(), snapshot, &no_text, all)?;
    if snapshot.meaning.is_some() {
        let no_model = changed(|matching| matching.meaning.weight = 0.0);
        measure("model of meaning".to_owned(), snapshot, &no_model, all)?;
    }
    let no_single = changed(|matching| matching.need.single_words = 0.0);
    let mut tagging = settings.tagging.clone();
    tagging.single_words = 0.0;
    let builder = Builder {
        lexicon: settings.lexicon.clone(),
        tagging,
        ties: settings.ties.clone(),
        exposure: snapshot.exposure.clone(),
        meaning: settings.meaning.clone(),
        meant: snapshot.meaning.clone(),
    };
    let phrases_only = builder.build(
        snapshot.directory.clone(),
        snapshot.version,
        snapshot.built_at,
    )?;
    measure(
        "single words of needs".to_owned(),
        snapshot,
        &no_single,
        all,
    )?;
    measure(
        "single words of needs and records".to_owned(),
        &phrases_only,
        &no_single,
        all,
    )?;
    let for_anyone = changed(|matching| matching.need.other_community = 1.0);
    measure("aim at communities".to_owned(), snapshot, &for_anyone, all)?;
    let composition = Stages {
        composition: false,
        ..all
    };
    measure(
        "composition".to_owned(),
        snapshot,
        &judged.settings,
        composition,
    )?;
    let gates = Stages {
        gates: false,
        ..all
    };
    measure("gates".to_owned(), snapshot, &judged.settings, gates)?;
    Ok(rows)
}

fn row(
    without: &str,
    figures: &BTreeMap<String, Figures>,
    whole: Option<&BTreeMap<String, Figures>>,
) -> Row {
    let column = |of: &BTreeMap<String, Figures>, value: fn(&Figures) -> f64| -> Vec<f64> {
        of.values().map(value).collect()
    };
    let mean = |value: fn(&Figures) -> f64| {
        let values = column(figures, value);
        values.iter().sum::<f64>() / (values.len() as f64).max(1.0)
    };
    let ndcg = |figures: &Figures| figures.ndcg_at_10;
    Row {
        without: without.to_owned(),
        ndcg_at_10: mean(ndcg),
        recall_at_20: mean(|figures| figures.recall_at_20),
        blocked_at_10: mean(|figures| figures.blocked_at_10),
        change: whole.and_then(|whole| {
            paired_randomisation(&column(figures, ndcg), &column(whole, ndcg), FLIPS, SEED)
        }),
    }
}

pub(super) fn print(out: &mut Output, rows: &[Row]) -> std::io::Result<()> {
    out.line("")?;
    let title = out.bold(format!(
        "{:<34} {:>9} {:>8} {:>7} {:>10} {:>11}",
        "without", "ndcg@10", "change", "p", "recall@20", "blocked@10"
    ));
    out.line(title)?;
    for row in rows {
        let change = row.change.map_or_else(
            || format!("{:>8} {:>7}", "", ""),
            |change| format!("{:>+8.4} {:>7.4}", change.difference, change.p),
        );
        out.line(format_args!(
            "{:<34} {:>9.4} {change} {:>10.4} {:>11.4}",
            row.without, row.ndcg_at_10, row.recall_at_20, row.blocked_at_10
        ))?;
    }
    Ok(())
}
