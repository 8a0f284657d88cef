//! The whole graph for other programs: `GraphML`, GEXF, JSON and CSV, each node
//! with what was measured of it.

use std::fmt::Write as _;

use super::measures::{Layer, Measures, named};
use crate::snapshot::Snapshot;

/// A node with its measures.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeRow {
    /// The organization's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many work with it.
    pub degree: usize,
    /// Normalised betweenness.
    pub betweenness: f64,
    /// Burt's constraint. `None`: no partners.
    pub constraint: Option<f64>,
    /// How many of its partners are not reached through another anyway. `None`: no partners.
    pub effective_size: Option<f64>,
    /// Core number.
    pub core: u32,
    /// Number of its community.
    pub community: u32,
    /// Name of its community; empty where it is alone in it.
    pub community_name: String,
    /// Number of its component.
    pub component: u32,
    /// Whether others lose their only link without it.
    pub cut_node: bool,
}

/// An edge: one tie.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeRow {
    /// Id of the one that acts.
    pub source: String,
    /// Id of the other.
    pub target: String,
    /// In which way.
    pub kind: &'static str,
    /// `stated` by a record, or `implied` by what the two share.
    pub layer: &'static str,
    /// Whether one way only.
    pub directed: bool,
    /// How firm, 0 to 1.
    pub strength: f64,
}

/// The whole graph as rows.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphRows {
    /// By id.
    pub nodes: Vec<NodeRow>,
    /// Stated ties by id of their record, then implied ones by pair.
    pub edges: Vec<EdgeRow>,
}

impl GraphRows {
    /// Gathers the rows: measures of stated ties, and the ties of a layer.
    #[must_use]
    pub fn of(snapshot: &Snapshot, measures: &Measures, layer: Layer) -> Self {
        let graph = &snapshot.graph;
        let found = &measures.graph;
        let nodes = (0..graph.organizations().len() as u32)
            .map(|node| {
                let organization = named(snapshot, node);
                let at = node as usize;
                NodeRow {
                    id: organization.id.to_string(),
                    name: organization.name,
                    degree: graph.structure().degree(node),
                    betweenness: found.betweenness.values[at],
                    constraint: found.holes[at].map(|hole| hole.constraint),
                    effective_size: found.holes[at].map(|hole| hole.effective_size),
                    core: found.cores[at],
                    community: found.communities.of[at],
                    community_name: community_name(measures, at),
                    component: found.components.of[at],
                    cut_node: found.cuts.is_cut(node),
                }
            })
            .collect();
        let edges = measures
            .ties(snapshot, layer)
            .ties()
            .iter()
            .map(|tie| EdgeRow {
                source: graph.organization(tie.from).to_string(),
                target: graph.organization(tie.to).to_string(),
                kind: tie.kind().name(),
                layer: if tie.kind().is_implied() {
                    "implied"
                } else {
                    "stated"
                },
                directed: tie.directed,
                strength: tie.strength,
            })
            .collect();
        Self { nodes, edges }
    }

    /// `GraphML` 1.0, as Gephi, yEd, igraph and networkx read it.
    #[must_use]
    pub fn graphml(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        for (key, kind) in NODE_COLUMNS {
            let kind = if kind == "integer" { "int" } else { kind };
            let _ = writeln!(
                xml,
                "  <key id=\"{key}\" for=\"node\" attr.name=\"{key}\" attr.type=\"{kind}\"/>"
            );
        }
        for (key, kind) in EDGE_COLUMNS {
            let _ = writeln!(
                xml,
                "  <key id=\"{key}\" for=\"edge\" attr.name=\"{key}\" attr.type=\"{kind}\"/>"
            );
        }
        // Every edge is directed here, since readers refuse mixed graphs; the attribute `directed` tells.
        xml.push_str("  <graph edgedefault=\"directed\">\n");
        for node in &self.nodes {
            let _ = writeln!(xml, "    <node id=\"{}\">", node.id);
            for ((key, _), value) in NODE_COLUMNS.iter().zip(node.columns()) {
                if let Some(value) = value {
                    let _ = writeln!(xml, "      <data key=\"{key}\">{}</data>", escaped(&value));
                }
            }
            xml.push_str("    </node>\n");
        }
        for edge in &self.edges {
            let _ = write!(
                xml,
                "    <edge source=\"{}\" target=\"{}\">",
                edge.source, edge.target
            );
            for ((key, _), value) in EDGE_COLUMNS.iter().zip(edge.columns()) {
                let _ = write!(xml, "<data key=\"{key}\">{value}</data>");
            }
            xml.push_str("</edge>\n");
        }
        xml.push_str("  </graph>\n</graphml>\n");
        xml
    }

    /// GEXF 1.3, as Gephi writes it.
    #[must_use]
    pub fn gexf(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <graph defaultedgetype=\"directed\">\n    <attributes class=\"node\">\n",
        );
        for (key, kind) in NODE_COLUMNS {
            let kind = if kind == "int" { "integer" } else { kind };
            let _ = writeln!(
                xml,
                "      <attribute id=\"{key}\" title=\"{key}\" type=\"{kind}\"/>"
            );
        }
        xml.push_str("    </attributes>\n    <attributes class=\"edge\">\n");
        for (key, kind) in EDGE_COLUMNS {
            let _ = writeln!(
                xml,
                "      <attribute id=\"{key}\" title=\"{key}\" type=\"{kind}\"/>"
            );
        }
        xml.push_str("    </attributes>\n    <nodes>\n");
        for node in &self.nodes {
            let _ = write!(
                xml,
                "      <node id=\"{}\" label=\"{}\"><attvalues>",
                node.id,
                escaped(&node.name)
            );
            for ((key, _), value) in NODE_COLUMNS.iter().zip(node.columns()) {
                if let Some(value) = value {
                    let _ = write!(
                        xml,
                        "<attvalue for=\"{key}\" value=\"{}\"/>",
                        escaped(&value)
                    );
                }
            }
            xml.push_str("</attvalues></node>\n");
        }
        xml.push_str("    </nodes>\n    <edges>\n");
        for (number, edge) in self.edges.iter().enumerate() {
            let _ = write!(
                xml,
                "      <edge id=\"{number}\" source=\"{}\" target=\"{}\" weight=\"{}\"><attvalues>",
                edge.source, edge.target, edge.strength
            );
            for ((key, _), value) in EDGE_COLUMNS.iter().zip(edge.columns()) {
                let _ = write!(xml, "<attvalue for=\"{key}\" value=\"{value}\"/>");
            }
            xml.push_str("</attvalues></edge>\n");
        }
        xml.push_str("    </edges>\n  </graph>\n</gexf>\n");
        xml
    }

    /// The nodes as CSV (RFC 4180) with a header.
    #[must_use]
    pub fn nodes_csv(&self) -> String {
        let mut text = String::from("id");
        for (key, _) in NODE_COLUMNS {
            let _ = write!(text, ",{key}");
        }
        text.push_str("\r\n");
        for node in &self.nodes {
            text.push_str(&node.id);
            for value in node.columns() {
                let _ = write!(text, ",{}", quoted(&value.unwrap_or_default()));
            }
            text.push_str("\r\n");
        }
        text
    }

    /// The edges as CSV (RFC 4180) with a header.
    #[must_use]
    pub fn edges_csv(&self) -> String {
        let mut text = String::from("source,target");
        for (key, _) in EDGE_COLUMNS {
            let _ = write!(text, ",{key}");
        }
        text.push_str("\r\n");
        for edge in &self.edges {
            let _ = write!(text, "{},{}", edge.source, edge.target);
            for value in edge.columns() {
                let _ = write!(text, ",{value}");
            }
            text.push_str("\r\n");
        }
        text
    }
}

fn community_name(measures: &Measures, node: usize) -> String {
    let number = measures.graph.communities.of[node] as usize;
    if measures.graph.communities.members[number].len() > 1 {
        measures.community_names[number].clone()
    } else {
        String::new()
    }
}

const NODE_COLUMNS: [(&str, &str); 10] = [
    ("name", "string"),
    ("degree", "int"),
    ("betweenness", "double"),
    ("constraint", "double"),
    ("effective_size", "double"),
    ("core", "int"),
    ("community", "int"),
    ("community_name", "string"),
    ("component", "int"),
    ("cut_node", "boolean"),
];

const EDGE_COLUMNS: [(&str, &str); 4] = [
    ("kind", "string"),
    ("layer", "string"),
    ("directed", "boolean"),
    ("strength", "double"),
];

impl EdgeRow {
    /// The values of [`EDGE_COLUMNS`].
    fn columns(&self) -> [String; 4] {
        [
            self.kind.to_owned(),
            self.layer.to_owned(),
            self.directed.to_string(),
            self.strength.to_string(),
        ]
    }
}

impl NodeRow {
    /// The values of [`NODE_COLUMNS`].
    fn columns(&self) -> [Option<String>; 10] {
        [
            Some(self.name.clone()),
            Some(self.degree.to_string()),
            Some(self.betweenness.to_string()),
            self.constraint.map(|constraint| constraint.to_string()),
            self.effective_size.map(|size| size.to_string()),
            Some(self.core.to_string()),
            Some(self.community.to_string()),
            Some(self.community_name.clone()),
            Some(self.component.to_string()),
            Some(self.cut_node.to_string()),
        ]
    }
}

/// Text safe inside an element or a quoted attribute of XML 1.0; characters
/// that XML does not allow are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            control if control.is_control() || matches!(control, '\u{fffe}' | '\u{ffff}') => {}
            plain => safe.push(plain),
        }
    }
    safe
}

/// A field of CSV. A value that a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(value: &str) -> String {
    let formula = value.starts_with(['=', '+', '@', '\t'])
        || (value.starts_with('-') && value.parse::<f64>().is_err());
    let guarded = if formula {
        format!("'{value}")
    } else {
        value.to_owned()
    };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}
