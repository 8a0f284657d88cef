//! `causeway lexicon gaps`: what a reviewer might add.
//!
//! Only the directory's own vocabulary is told. A need may name a person; a word of
//! one is counted where some record holds it too, and never with the need it is from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use causeway_engine::model::ServiceId;
use causeway_engine::snapshot::Snapshot;
use causeway_engine::store::Access;
use causeway_engine::text::Words;
use causeway_engine::text::lexicon::Side;
use clap::Args;
use serde::Serialize;

use crate::cli::{Session, vignette};

pub(super) const EXAMPLE: &str = "\
Example:
  causeway lexicon gaps --least 3
  causeway lexicon gaps --queries vignettes.jsonl

Of needs only words that some record holds are counted, so that no name is told.";

#[derive(Debug, Args)]
pub(super) struct Gaps {
    /// Leave out words that fewer records hold
    #[arg(long, value_name = "COUNT", default_value_t = 2)]
    least: usize,
    /// Needs whose unread words to count too: lines of JSON, or of `id<TAB>text`
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
}

/// A word that no concept reads.
#[derive(Debug, Serialize)]
struct Gap {
    word: String,
    /// Records or needs that hold it.
    count: usize,
    /// One of the records.
    #[serde(skip_serializing_if = "Option::is_none")]
    example: Option<Example>,
}

#[derive(Debug, Serialize)]
struct Example {
    service: ServiceId,
    name: String,
}

impl Gaps {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        let needs = self.queries.as_deref().map(|path| {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read {}", path.display()))?;
            vignette::read(&text).with_context(|| path.display().to_string())
        });
        let needs = needs.transpose()?;
        let engine = session.open(Access::Read)?;
        let snapshot = engine.snapshot();
        let mut of_records = of_records(&snapshot);
        of_records.retain(|gap| gap.count >= self.least);
        let of_needs = needs.map(|needs| {
            let texts = needs
                .iter()
                .filter_map(|(_, request)| request.need.as_deref());
            of_needs(&snapshot, texts)
        });
        let out = &mut session.out;
        if out.is_json() {
            out.json(&serde_json::json!({ "records": of_records, "needs": of_needs }))?;
            return Ok(ExitCode::SUCCESS);
        }
        for gap in &of_records {
            let word = out.bold(format!("{:<20}", gap.word));
            let example = gap.example.as_ref().map_or("", |example| &example.name);
            out.line(format_args!("{:>5}  {word}  {example}", gap.count))?;
        }
        out.line(format_args!(
            "{} words in {} records or more are read by no concept",
            of_records.len(),
            self.least
        ))?;
        if let Some(of_needs) = of_needs {
            out.line("")?;
            for gap in &of_needs {
                let word = out.bold(&gap.word);
                out.line(format_args!("{:>5}  {word}", gap.count))?;
            }
            out.line(format_args!(
                "{} words of needs that records hold are read by no concept",
                of_needs.len()
            ))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The unread words of a text, each once: by stem, with the word.
fn unread(snapshot: &Snapshot, text: &str, side: Side) -> BTreeMap<String, String> {
    let words = Words::of(text);
    let folded: Vec<&str> = words
        .tokens
        .iter()
        .map(|token| token.folded.as_str())
        .collect();
    // Where a group is says nothing of what it does.
    let places: BTreeSet<&str> = snapshot
        .gazetteer
        .find_names_in(&folded)
        .iter()
        .flat_map(|name| &folded[name.start..name.start + name.len])
        .copied()
        .collect();
    snapshot
        .lexicon
        .unread(&words, side)
        .filter(|token| !places.contains(token.folded.as_str()))
        .map(|token| (token.stem.clone(), token.folded.clone()))
        .collect()
}

fn of_records(snapshot: &Snapshot) -> Vec<Gap> {
    let mut by_stem: BTreeMap<String, Gap> = BTreeMap::new();
    for service in snapshot.directory.services.iter() {
        let description = service.description.as_deref().unwrap_or_default();
        let text = format!("{}. {description}", service.name);
        for (stem, word) in unread(snapshot, &text, Side::Record) {
            let gap = by_stem.entry(stem).or_insert_with(|| Gap {
                word,
                count: 0,
                example: Some(Example {
                    service: service.id,
                    name: service.name.clone(),
                }),
            });
            gap.count += 1;
        }
    }
    most_frequent_first(by_stem)
}

fn of_needs<'a>(snapshot: &Snapshot, texts: impl Iterator<Item = &'a str>) -> Vec<Gap> {
    let mut by_stem: BTreeMap<String, Gap> = BTreeMap::new();
    for text in texts {
        for (stem, word) in unread(snapshot, text, Side::Need) {
            if !snapshot.text.contains(&stem) {
                continue;
            }
            let gap = by_stem.entry(stem).or_insert_with(|| Gap {
                word,
                count: 0,
                example: None,
            });
            gap.count += 1;
        }
    }
    most_frequent_first(by_stem)
}

fn most_frequent_first(by_stem: BTreeMap<String, Gap>) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = by_stem.into_values().collect();
    gaps.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
    gaps
}
