//! Better weights, and whether they are better at all.

use causeway_engine::evaluation::{self, Figures, Fold, Tuned, by_query, folds};
use causeway_engine::matching::{Feature, Stages, Weights};
use serde::Serialize;

use crate::cli::output::Output;

use super::{Judged, SEED, columns};

/// Parts of the queries, each measured with weights sought on the others.
const FOLDS: usize = 5;

/// What tuning found.
#[derive(Debug, Serialize)]
pub(super) struct Tuning {
    /// Of each fold the mean figures with the weights in use, by
    /// [`Figures::NAMES`].
    in_use: Vec<[f64; 4]>,
    #[serde(flatten)]
    tuned: Tuned,
    /// Names of [`Tuned::weights`].
    features: Vec<&'static str>,
}

pub(super) fn tune(judged: &Judged) -> anyhow::Result<Tuning> {
    let figures = by_query(&judged.run_as_set()?, &judged.qrels);
    let in_use = by_fold(&columns(&figures));
    let start: Vec<f64> = Feature::ALL
        .iter()
        .map(|feature| judged.settings.weights.of(*feature))
        .collect();
    let tuned = evaluation::tune(&start, FOLDS, SEED, |weights| {
        let mut settings = judged.settings.clone();
        settings.weights = Feature::ALL
            .into_iter()
            .zip(weights)
            .fold(Weights::default(), |all, (feature, weight)| {
                all.with(feature, *weight)
            });
        let run = judged.run(&judged.snapshot, &settings, Stages::default())?;
        let figures = by_query(&run, &judged.qrels);
        anyhow::Ok(figures.values().map(|figures| figures.ndcg_at_10).collect())
    })?;
    Ok(Tuning {
        in_use,
        tuned,
        features: Feature::ALL.map(Feature::name).to_vec(),
    })
}

/// The means of each fold.
fn by_fold(columns: &[Vec<f64>; 4]) -> Vec<[f64; 4]> {
    let fold_of = folds(columns[0].len(), FOLDS, SEED);
    (0..FOLDS)
        .map(|fold| {
            std::array::from_fn(|at| {
                let values: Vec<f64> = columns[at]
                    .iter()
                    .zip(&fold_of)
                    .filter(|(_, of)| **of == fold)
                    .map(|(value, _)| *value)
                    .collect();
                values.iter().sum::<f64>() / (values.len() as f64).max(1.0)
            })
        })
        .collect()
}

pub(super) fn print(out: &mut Output, tuning: &Tuning) -> std::io::Result<()> {
    out.line("")?;
    let names = Figures::NAMES.map(|name| format!("{name:>10}")).join(" ");
    let title = out.bold(format!("{:<12} {names}", "in use"));
    out.line(title)?;
    for (fold, means) in tuning.in_use.iter().enumerate() {
        let means = means.map(|mean| format!("{mean:>10.4}")).join(" ");
        out.line(format_args!("fold {:<7} {means}", fold + 1))?;
    }
    out.line("")?;
    let title = out.bold(format!(
        "{:<12} {:>8} {:>14} {:>14}",
        "tuned", "queries", "where sought", "elsewhere"
    ));
    out.line(title)?;
    let tuned = &tuning.tuned;
    for (number, fold) in tuned.folds.iter().enumerate() {
        let Fold {
            queries,
            inside_before,
            inside_after,
            outside_before,
            outside_after,
        } = fold;
        out.line(format_args!(
            "fold {:<7} {queries:>8} {inside_before:.4}→{inside_after:.4} {outside_before:.4}→{outside_after:.4}",
            number + 1
        ))?;
    }
    let (difference, p) = tuned
        .difference
        .map_or((0.0, 1.0), |found| (found.difference, found.p));
    out.line(format_args!(
        "ndcg@10 of queries that took no part in the search: {:.4}, with the weights in use {:.4}: {difference:+.4}, p = {p:.4}",
        tuned.after, tuned.before
    ))?;
    out.line(format_args!(
        "sought and measured on all queries: {:.4}, which flatters",
        tuned.inside
    ))?;
    out.line("")?;
    out.line(if tuned.accepted {
        "# Better by more than chance."
    } else {
        "# Not better by more than chance: keep the weights in use."
    })?;
    out.line("[matching.weights]")?;
    for (feature, weight) in tuning.features.iter().zip(&tuned.weights) {
        out.line(format_args!("{feature} = {weight:.4}"))?;
    }
    Ok(())
}
