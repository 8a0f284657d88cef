//! `causeway lexicon`.

mod gaps;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use causeway_engine::text::Words;
use causeway_engine::text::lexicon::{Evidence, Finding, Lexicon, Side};
use clap::{Args, Subcommand};
use serde::Serialize;

use super::Session;

/// Checks the lexicon of needs, shows what it reads in a text, or what it lacks.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway lexicon check --folder data/lexicon\n  causeway lexicon explain \"fridge is empty till payday\"\n  causeway lexicon gaps --least 3"
)]
pub(super) struct LexiconCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists what a reviewer should mend; exit code 1 where there is anything
    #[command(after_help = "Example:\n  causeway lexicon check --folder data/lexicon")]
    Check {
        /// A folder of lexicon files in place of those of the configuration
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Shows the concepts found in a text, with the words and the strength of each
    #[command(after_help = "Example:\n  causeway lexicon explain \"fridge is empty till payday\"")]
    Explain {
        /// The text
        text: String,
        /// A folder of lexicon files in place of those of the configuration
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Lists words of the directory's records that no concept reads, the most frequent first
    #[command(after_help = gaps::EXAMPLE)]
    Gaps(gaps::Gaps),
}

impl LexiconCommand {
    pub(super) fn run(self, session: &mut Session) -> anyhow::Result<ExitCode> {
        match self.action {
            Action::Check { folder } => check(&*load(folder, session)?, session),
            Action::Explain { text, folder } => explain(&*load(folder, session)?, &text, session),
            Action::Gaps(gaps) => gaps.run(session),
        }
    }
}

fn load(folder: Option<PathBuf>, session: &Session) -> anyhow::Result<Arc<Lexicon>> {
    let mut settings = session.settings.lexicon.clone();
    settings.folder = folder.or(settings.folder);
    Ok(settings.load()?)
}

fn check(lexicon: &Lexicon, session: &mut Session) -> anyhow::Result<ExitCode> {
    let problems: Vec<String> = lexicon.problems().iter().map(ToString::to_string).collect();
    let (concepts, phrases) = (lexicon.concepts().len(), lexicon.phrase_count());
    let out = &mut session.out;
    if out.is_json() {
        out.json(&serde_json::json!({
            "concepts": concepts, "phrases": phrases, "problems": problems,
        }))?;
    } else {
        for problem in &problems {
            out.line(problem)?;
        }
        out.line(format_args!(
            "{concepts} concepts, {phrases} phrases, {} problems",
            problems.len()
        ))?;
    }
    Ok(ExitCode::from(u8::from(!problems.is_empty())))
}

#[derive(Debug, Serialize)]
struct Found<'a> {
    concept: &'a str,
    name: &'a str,
    strength: f64,
    words: &'a str,
    by: String,
}

fn explain(lexicon: &Lexicon, text: &str, session: &mut Session) -> anyhow::Result<ExitCode> {
    let mut words = Words::of(text);
    let corrections = words.correct(lexicon.vocabulary());
    let mut findings = lexicon.read(&words, Side::Need);
    findings.sort_by(|a, b| {
        b.strength
            .total_cmp(&a.strength)
            .then((a.start, a.concept).cmp(&(b.start, b.concept)))
    });
    let found: Vec<Found<'_>> = findings
        .iter()
        .map(|finding| {
            let concept = lexicon.concept(finding.concept);
            Found {
                concept: &concept.id,
                name: &concept.name,
                strength: finding.strength,
                words: span(text, &words, finding),
                by: by(lexicon, finding.evidence),
            }
        })
        .collect();
    let out = &mut session.out;
    if out.is_json() {
        out.json(&serde_json::json!({ "corrections": corrections, "concepts": found }))?;
        return Ok(ExitCode::SUCCESS);
    }
    for (written, meant) in &corrections {
        out.line(format_args!("read '{written}' as '{meant}'"))?;
    }
    if found.is_empty() {
        out.line("no concept was found in these words")?;
    }
    for found in &found {
        let name = out.bold(found.name);
        out.line(format_args!(
            "{:.2}  {name} ({}) – \"{}\", {}",
            found.strength, found.concept, found.words, found.by
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn span<'a>(text: &'a str, words: &Words, finding: &Finding) -> &'a str {
    let first = words.tokens.get(finding.start);
    let last = words.tokens.get(finding.end.saturating_sub(1));
    first
        .zip(last)
        .and_then(|(first, last)| text.get(first.start..last.end))
        .unwrap_or_default()
}

fn by(lexicon: &Lexicon, evidence: Evidence) -> String {
    match evidence {
        Evidence::Phrase => "a phrase".to_owned(),
        Evidence::Slot => "words that meet".to_owned(),
        Evidence::Situation(at) => lexicon
            .situations()
            .get(usize::from(at))
            .map_or_else(String::new, |it| format!("the situation '{}'", it.name)),
        Evidence::Community(at) => lexicon
            .communities()
            .get(usize::from(at))
            .map_or_else(String::new, |it| format!("the community '{}'", it.name)),
        Evidence::Words => "single words".to_owned(),
    }
}
