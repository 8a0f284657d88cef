//! What is printed: the one place that writes to stdout.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use serde::Serialize;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum OutputFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Stdout, held for the whole command.
pub(super) struct Output {
    stdout: BufWriter<StdoutLock<'static>>,
    format: OutputFormat,
    colour: bool,
}

impl Output {
    /// `colour` is whether it is welcome; it is used on a terminal only.
    pub(super) fn new(format: OutputFormat, colour: bool) -> Self {
        Self {
            stdout: BufWriter::new(io::stdout().lock()),
            format,
            colour: colour && io::stdout().is_terminal(),
        }
    }

    pub(super) fn is_json(&self) -> bool {
        self.format == OutputFormat::Json
    }

    /// Prints a result as JSON, indented.
    pub(super) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.stdout, value)?;
        writeln!(self.stdout)
    }

    /// Prints a result: as JSON, or for people as `lines` does it.
    pub(super) fn answer<T: Serialize>(
        &mut self,
        answer: &T,
        lines: impl FnOnce(&mut Self, &T) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.is_json() {
            self.json(answer)
        } else {
            lines(self, answer)
        }
    }

    /// Prints text as it stands.
    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.stdout.write_all(text.as_bytes())
    }

    /// Prints a line of text.
    pub(super) fn line(&mut self, line: impl std::fmt::Display) -> io::Result<()> {
        writeln!(self.stdout, "{line}")
    }

    /// Text made bold where there is colour.
    pub(super) fn bold(&self, text: impl std::fmt::Display) -> String {
        self.styled("1", text)
    }

    /// Text made faint where there is colour.
    pub(super) fn faint(&self, text: impl std::fmt::Display) -> String {
        self.styled("2", text)
    }

    /// Text in the colour of warnings where there is colour.
    pub(super) fn warning(&self, text: impl std::fmt::Display) -> String {
        self.styled("33", text)
    }

    fn styled(&self, code: &str, text: impl std::fmt::Display) -> String {
        if self.colour {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}
