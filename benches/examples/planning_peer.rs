//! Works out what `benches/peers/planning.py` gives to other tools, on the same
//! input, and prints how long that took: `planning_peer FOLDER`.

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use std::path::Path;
use std::time::Instant;

use causeway_engine::planning::accessibility::{Access, Catchments, Decay, Method, Pair, access};
use causeway_engine::planning::sites::Covering;

/// Runs of which the middle one counts.
const RUNS: usize = 15;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder")?;
    let folder = Path::new(&folder);
    let people = column(&folder.join("people.csv"))?;
    let places = column(&folder.join("places.csv"))?;
    let mut pairs = Vec::new();
    for line in std::fs::read_to_string(folder.join("pairs.csv"))?
        .lines()
        .skip(1)
    {
        let cells: Vec<&str> = line.split(',').collect();
        let [area, service, minutes] = cells.as_slice() else {
            return Err("a pair has three cells".into());
        };
        pairs.push(Pair {
            area: area.parse()?,
            service: service.parse()?,
            minutes: minutes.parse()?,
        });
    }
    let decay = Decay::slow();
    let count = pairs.len();
    let (grouping, catchments) =
        timed(|| Catchments::of(people.len(), places.len(), pairs.iter().copied()));
    let (scoring, found): (f64, Access) =
        timed(|| access(Method::Enhanced, &decay, &catchments, &people, &places));
    let scores: Vec<String> = found.scores.iter().map(ToString::to_string).collect();
    std::fs::write(folder.join("scores.csv"), scores.join("\n"))?;
    println!(
        "causeway: {} areas x {} services, {count} pairs: grouped in {:.2} ms, scored in {:.3} ms",
        people.len(),
        places.len(),
        1e3 * grouping,
        1e3 * scoring
    );
    let problem = Covering {
        already: vec![0.0; people.len()],
        candidates: catchments
            .by_service()
            .into_iter()
            .map(|row| row.into_iter().map(|(area, _)| (area, 1.0)).collect())
            .collect(),
        demand: people,
    };
    let (choosing, chosen) = timed(|| problem.choose(20, &[]));
    println!(
        "causeway: 20 sites of {} candidates cover {:.0} (at most {:.0}) in {:.2} ms",
        problem.candidates.len(),
        chosen.covered,
        chosen.upper_bound,
        1e3 * choosing
    );
    Ok(())
}

/// The middle of the times that several runs took, seconds, and what came out.
fn timed<T>(work: impl Fn() -> T) -> (f64, T) {
    let mut result = work();
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let began = Instant::now();
            result = work();
            began.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[RUNS / 2], result)
}

fn column(path: &Path) -> Result<Vec<f64>, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(path)?;
    text.lines()
        .skip(1)
        .map(|line| Ok(line.trim().parse()?))
        .collect()
}
