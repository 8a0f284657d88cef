//! Measures a network once, for comparison with other programs on the same file.
//!
//! `network generate FILE` writes the large generated network as an edge list;
//! `network measure FILE` prints a line for each measure: its name, seconds on
//! the clock, seconds of all cores, and something of the result.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for measuring prints what it measured, and fails by panicking"
)]

use std::fmt::Display;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use causeway_benches::network::{ORGANIZATIONS, TIES, graph, read, ties};
use causeway_engine::network::{
    GraphMeasures, betweenness, closeness, cohesion, communities, holes, pagerank,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", path] => {
            let mut file = BufWriter::new(std::fs::File::create(path).unwrap());
            for (from, to) in ties(ORGANIZATIONS, TIES, causeway_benches::SEED) {
                writeln!(file, "{from} {to}").unwrap();
            }
            file.flush().unwrap();
        }
        ["measure", path] => measure(Path::new(path)),
        _ => println!("usage: network generate FILE | network measure FILE"),
    }
}

fn measure(path: &Path) {
    let ties = read(path).unwrap();
    let graph = timed(
        "graph from ties",
        || graph(&ties),
        |graph| graph.ties().len(),
    );
    let structure = graph.structure();
    timed(
        "components",
        || cohesion::components(structure),
        cohesion::Components::count,
    );
    timed(
        "bridges and cut nodes",
        || cohesion::cuts(structure),
        |found| found.bridges.len(),
    );
    timed(
        "cores",
        || cohesion::cores(structure),
        |found| found.iter().max().copied().unwrap_or(0),
    );
    timed(
        "constraint and clustering",
        || holes::holes(structure),
        |found| {
            found
                .iter()
                .flatten()
                .map(|hole| u64::from(hole.triangles))
                .sum::<u64>()
                / 3
        },
    );
    let inflow = pagerank::Inflow::of(graph.flow());
    timed(
        "PageRank",
        || pagerank::personalised(&inflow, &[], pagerank::DAMPING),
        |found| found.iter().sum::<f64>(),
    );
    let every = structure.node_count() / 100;
    let (mut slowest, mut used) = (0.0_f64, 0.0);
    let began = Instant::now();
    for number in 0..100 {
        let before = thread_seconds();
        std::hint::black_box(closeness(&graph, (number * every) as u32));
        let took = thread_seconds() - before;
        slowest = slowest.max(took);
        used += took;
    }
    let mean = began.elapsed().as_secs_f64() / 100.0;
    println!(
        "neighbourhood of one\t{mean:.5}\t{:.5}\tof 100 the slowest took {slowest:.5} s of its core",
        used / 100.0
    );
    timed(
        "Leiden, one run",
        || communities::communities(structure, 1, 1),
        |found| found.modularity,
    );
    let sources: Vec<u32> = (0..256)
        .map(|number| (number * structure.node_count() / 256) as u32)
        .collect();
    timed(
        "betweenness, 256 sources",
        || betweenness::paths_from(structure, &sources),
        |found| found.pairs,
    );
    timed(
        "everything, as after a change",
        || GraphMeasures::of(&graph, 1),
        |found| found.communities.modularity,
    );
}

/// Does work once and prints what it took.
fn timed<T, Told: Display>(
    name: &str,
    work: impl FnOnce() -> T,
    tell: impl FnOnce(&T) -> Told,
) -> T {
    let (began, used) = (Instant::now(), cpu_seconds());
    let found = work();
    let (wall, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - used);
    println!("{name}\t{wall:.3}\t{cpu:.2}\t{}", tell(&found));
    found
}

/// Seconds of all cores that this process has used; 0 where the system does not say.
fn cpu_seconds() -> f64 {
    /// Of Linux on every machine it runs on.
    const TICKS_A_SECOND: f64 = 100.0;
    let Ok(text) = std::fs::read_to_string("/proc/self/stat") else {
        return 0.0;
    };
    // The second field is a name that may hold blanks; user and system time are
    // the 14th and 15th.
    let after = text.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|field| field.parse::<f64>().ok())
        .sum::<f64>()
        / TICKS_A_SECOND
}

/// Seconds of a core that this thread has used; 0 where the system does not say.
fn thread_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split_whitespace().next();
    nanoseconds
        .and_then(|text| text.parse::<f64>().ok())
        .unwrap_or(0.0)
        / 1e9
}
