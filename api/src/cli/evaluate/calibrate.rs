//! What a score promises, by what judges say of the matches that have it.

use causeway_engine::evaluation::{Calibration, GOOD, Observation};
use causeway_engine::matching::{MatchRequest, find};
use rayon::prelude::*;
use serde::Serialize;

use crate::cli::output::Output;

use super::{Judged, PAGE};

/// With fewer judged matches nothing is said.
const ENOUGH: usize = 300;

/// What scores promise.
#[derive(Debug, Serialize)]
pub(super) struct Promises {
    /// Judged matches on the first five pages of all queries.
    judged: usize,
    /// How many are needed before anything is said.
    enough: usize,
    /// From the lowest score seen to the highest, in steps of .05.
    shares: Vec<Promise>,
}

#[derive(Debug, Serialize)]
struct Promise {
    score: f64,
    /// Of matches with that score, the share that is good.
    good: f64,
}

pub(super) fn promises(judged: &Judged) -> anyhow::Result<Promises> {
    let seen: Vec<Vec<Observation>> = judged
        .queries
        .par_iter()
        .filter_map(|(id, request)| Some((judged.qrels.0.get(id)?, request)))
        .map(|(grades, request)| {
            let request = MatchRequest {
                limit: 5 * PAGE,
                ..request.clone()
            };
            let answer = find(&judged.snapshot, &judged.settings, &request)?;
            Ok(answer
                .matches
                .iter()
                .filter_map(|found| {
                    let grade = grades.get(&found.service.to_string())?;
                    Some(Observation {
                        score: found.score,
                        good: f64::from(u8::from(*grade >= GOOD)),
                        weight: 1.0,
                    })
                })
                .collect())
        })
        .collect::<anyhow::Result<_>>()?;
    let seen: Vec<Observation> = seen.into_iter().flatten().collect();
    let step = |score: f64| (score * 20.0).round() as i32;
    let scores = || seen.iter().map(|one| one.score);
    let calibration = Calibration::fit(&seen).filter(|_| seen.len() >= ENOUGH);
    let (low, high) = (
        step(scores().fold(1.0, f64::min)),
        step(scores().fold(0.0, f64::max)),
    );
    let shares = calibration.map_or_else(Vec::new, |calibration| {
        (low..=high)
            .map(|step| f64::from(step) / 20.0)
            .map(|score| Promise {
                score,
                good: calibration.share(score),
            })
            .collect()
    });
    Ok(Promises {
        judged: seen.len(),
        enough: ENOUGH,
        shares,
    })
}

pub(super) fn print(out: &mut Output, promises: &Promises) -> std::io::Result<()> {
    out.line("")?;
    let title = out.bold("What a score promises".to_owned());
    out.line(title)?;
    if promises.shares.is_empty() {
        return out.line(format_args!(
            "{} judged matches; it takes {} to say anything",
            promises.judged, promises.enough
        ));
    }
    for Promise { score, good } in &promises.shares {
        out.line(format_args!(
            "{score:>6.2}  {:>3.0} in 100 are good answers",
            good * 100.0
        ))?;
    }
    out.line(format_args!("from {} judged matches", promises.judged))
}
