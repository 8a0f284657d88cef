//! `causeway network export`: the whole graph for other programs.

use std::path::PathBuf;

use causeway_engine::engine::Engine;
use causeway_engine::network::{GraphRows, Layer};
use clap::{Args, ValueEnum};

use super::{measured, write};
use crate::cli::output::Output;
use crate::rest::wire::GraphAnswer;

/// Writes the whole graph, each organisation with what was measured of it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  causeway network export --as graphml --out network.graphml\n  causeway network export --as csv --table edges > edges.csv"
)]
pub(super) struct Export {
    /// The format
    #[arg(long = "as", value_enum, value_name = "FORMAT")]
    form: Form,
    /// Which table of the CSV
    #[arg(long, value_enum, default_value_t)]
    table: Table,
    /// The file; the result is printed unless one is named
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// As Gephi, yEd, igraph and networkx read it
    Graphml,
    /// As Gephi reads it
    Gexf,
    /// Nodes and edges
    Json,
    /// One table
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Table {
    #[default]
    Nodes,
    Edges,
}

impl Export {
    pub(super) fn run(self, engine: &Engine, out: &mut Output, layer: Layer) -> anyhow::Result<()> {
        let (snapshot, measures) = measured(engine)?;
        let rows = GraphRows::of(&snapshot, &measures, layer);
        let text = match (self.form, self.table) {
            (Form::Graphml, _) => rows.graphml(),
            (Form::Gexf, _) => rows.gexf(),
            (Form::Csv, Table::Nodes) => rows.nodes_csv(),
            (Form::Csv, Table::Edges) => rows.edges_csv(),
            (Form::Json, _) => {
                let answer = GraphAnswer::of(rows, snapshot.version);
                let mut text = serde_json::to_string_pretty(&answer)?;
                text.push('\n');
                text
            }
        };
        match &self.out {
            Some(path) => write(path, &text),
            None => Ok(out.text(&text)?),
        }
    }
}
