//! The map of an answer: areas shaded by a figure, with a legend.

use std::fmt::Write;

use crate::geography::AreaIndex;
use crate::model::Boundary;
use crate::snapshot::Snapshot;

use super::super::gaps::{GapArea, GapsAnswer};
use super::{cells, classes, escape, figure};

/// Which figure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Figure {
    /// Unmet need.
    #[default]
    Unmet,
    /// Places a week for each 1,000 people with the need.
    Access,
    /// People with the need.
    Demand,
}

/// How values are put in classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Classing {
    /// As many areas in each.
    #[default]
    Quantile,
    /// Where values leave gaps.
    Jenks,
}

/// Five purples from light to dark (Brewer 2003, ColorBrewer): told apart by
/// lightness, so by colour-blind readers and in black-and-white print too.
const SHADES: [&str; 5] = ["#f2f0f7", "#cbc9e2", "#9e9ac8", "#756bb1", "#54278f"];
const WIDTH: f64 = 720.0;
const LEGEND: f64 = 44.0;
const MARGIN: f64 = 14.0;

impl Figure {
    fn of(self, area: &GapArea) -> Option<f64> {
        match self {
            Self::Unmet => Some(area.unmet),
            Self::Access => area.access.map(|access| 1_000.0 * access),
            Self::Demand => Some(area.demand),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Unmet => "Unmet need (people short of an even share)",
            Self::Access => "Places a week for each 1,000 people",
            Self::Demand => "People with the need",
        }
    }
}

/// Draws the areas of an answer as SVG, 720 units wide: outlines where they
/// were imported, else Voronoi cells around centres, dashed. Areas without a
/// figure are hatched.
#[must_use]
pub fn gaps_map(
    snapshot: &Snapshot,
    answer: &GapsAnswer,
    shown: Figure,
    classing: Classing,
) -> String {
    let index = AreaIndex::new(snapshot.directory.areas.entries());
    let mut areas: Vec<&GapArea> = answer.areas.iter().collect();
    areas.sort_by(|a, b| a.area.code.cmp(&b.area.code));
    let outlines: Vec<Option<Boundary>> = areas
        .iter()
        .map(|area| index.find(&area.area.code)?.boundary.clone())
        .collect();
    let frame = Frame::around(&areas, &outlines);
    let values: Vec<f64> = areas.iter().filter_map(|area| shown.of(area)).collect();
    let bounds = match classing {
        Classing::Quantile => classes::quantiles(&values, SHADES.len()),
        Classing::Jenks => classes::natural_breaks(&values, SHADES.len()),
    };
    let centres: Vec<[f64; 2]> = areas
        .iter()
        .map(|area| frame.place([area.longitude, area.latitude]))
        .collect();
    let cells = if outlines.iter().all(Option::is_some) {
        vec![Vec::new(); areas.len()]
    } else {
        let (right, bottom) = (WIDTH - MARGIN, frame.height - MARGIN);
        cells::cells(&centres, [MARGIN, MARGIN, right, bottom])
    };
    let title = format!("{}: {}", answer.need, shown.title());
    let mut svg = String::new();
    let height = frame.height + LEGEND + 24.0 * (bounds.len() as f64 + 1.0);
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-label=\"{0}\" font-family=\"sans-serif\" font-size=\"14\"><title>{0}</title><defs><pattern id=\"none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 6L6 0\" stroke=\"#888\"/></pattern></defs><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
        escape(&title)
    );
    for ((area, outline), cell) in areas.iter().zip(&outlines).zip(&cells) {
        let fill = shown
            .of(area)
            .map_or("url(#none)", |value| shade(&bounds, value));
        let said = shown
            .of(area)
            .map_or_else(|| "not shown".to_owned(), figure);
        let (path, dashes) = match outline {
            Some(outline) => (frame.path(outline), ""),
            None => (ring(cell), " stroke-dasharray=\"3 2\""),
        };
        let _ = write!(
            svg,
            "<path d=\"{path}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"#555\" stroke-width=\".6\"{dashes}><title>{}: {said}</title></path>",
            escape(&area.area.name)
        );
    }
    legend(&mut svg, shown, &bounds, &values, frame.height);
    svg.push_str("</svg>");
    svg
}

fn shade(bounds: &[f64], value: f64) -> &'static str {
    // Few classes spread over the whole range of shades.
    let class = classes::class(bounds, value);
    let at = (class * (SHADES.len() - 1))
        .checked_div(bounds.len().saturating_sub(1))
        .unwrap_or(SHADES.len() / 2);
    SHADES[at.min(SHADES.len() - 1)]
}

fn legend(svg: &mut String, shown: Figure, bounds: &[f64], values: &[f64], top: f64) {
    let _ = write!(
        svg,
        "<text x=\"{MARGIN}\" y=\"{:.0}\" font-weight=\"bold\">{}</text>",
        top + 24.0,
        shown.title()
    );
    let mut low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let mut y = top + LEGEND - 8.0;
    for bound in bounds {
        let count = values
            .iter()
            .filter(|value| classes::class(bounds, **value) == classes::class(bounds, *bound))
            .count();
        let _ = write!(
            svg,
            "<rect x=\"{MARGIN}\" y=\"{y:.0}\" width=\"28\" height=\"18\" fill=\"{}\" stroke=\"#555\" stroke-width=\".6\"/><text x=\"{:.0}\" y=\"{:.0}\">{} to {} ({count} areas)</text>",
            shade(bounds, *bound),
            MARGIN + 38.0,
            y + 14.0,
            figure(low),
            figure(*bound),
        );
        low = *bound;
        y += 24.0;
    }
    let _ = write!(
        svg,
        "<text x=\"{MARGIN}\" y=\"{:.0}\" font-size=\"12\">Dashed: no outline known, drawn as the ground nearest to its centre. Hatched: too few people to show.</text>",
        y + 14.0
    );
}

/// From degrees to the picture: a plane true to scale at the middle latitude.
struct Frame {
    west: f64,
    north: f64,
    across: f64,
    scale: f64,
    height: f64,
}

impl Frame {
    fn around(areas: &[&GapArea], outlines: &[Option<Boundary>]) -> Self {
        let centres = areas.iter().map(|area| [area.longitude, area.latitude]);
        let corners = outlines
            .iter()
            .flatten()
            .flat_map(|outline| outline.0.iter().flatten().flatten().copied());
        let mut bounds = [
            f64::INFINITY,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
        ];
        for [x, y] in centres.chain(corners) {
            bounds = [
                bounds[0].min(x),
                bounds[1].min(y),
                bounds[2].max(x),
                bounds[3].max(y),
            ];
        }
        if bounds[0] > bounds[2] {
            bounds = [0.0; 4];
        }
        // A tenth of air, and something to see where there is one point only.
        let air = |low: f64, high: f64| (0.05 * (high - low)).max(0.002);
        let (x, y) = (air(bounds[0], bounds[2]), air(bounds[1], bounds[3]));
        let [west, south, east, north] =
            [bounds[0] - x, bounds[1] - y, bounds[2] + x, bounds[3] + y];
        let across = south.midpoint(north).to_radians().cos().max(0.01);
        let scale = (WIDTH - 2.0 * MARGIN) / ((east - west) * across);
        Self {
            west,
            north,
            across,
            scale,
            height: ((north - south) * scale + 2.0 * MARGIN).min(4.0 * WIDTH),
        }
    }

    fn place(&self, [longitude, latitude]: [f64; 2]) -> [f64; 2] {
        [
            MARGIN + (longitude - self.west) * self.across * self.scale,
            MARGIN + (self.north - latitude) * self.scale,
        ]
    }

    fn path(&self, outline: &Boundary) -> String {
        outline
            .0
            .iter()
            .flatten()
            .map(|corners| {
                let placed: Vec<[f64; 2]> =
                    corners.iter().map(|corner| self.place(*corner)).collect();
                ring(&placed)
            })
            .collect()
    }
}

fn ring(corners: &[[f64; 2]]) -> String {
    let mut path = String::new();
    for (at, [x, y]) in corners.iter().enumerate() {
        let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
    }
    if !corners.is_empty() {
        path.push('Z');
    }
    path
}
