//! Maps of an answer: areas shaded by a figure, or a circle on each as large
//! as the figure is.

use std::fmt::Write;

use crate::snapshot::Snapshot;

use super::super::answer::{GapArea, GapsAnswer};
use super::super::request::By;
use super::super::shapes::{Shape, shapes};
use super::frame::{Frame, MARGIN, WIDTH};
use super::labels::Labels;
use super::{classes, escape, figure, open, shortened};

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
/// How many of the worst are numbered and named.
const NUMBERED: usize = 10;
/// Room for the name of the need.
const HEADING: f64 = 30.0;
/// Radius of the largest circle.
const LARGEST: f64 = 18.0;

impl Figure {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Unmet, Self::Access, Self::Demand];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unmet => "unmet",
            Self::Access => "access",
            Self::Demand => "demand",
        }
    }

    fn of(self, area: &GapArea) -> Option<f64> {
        match self {
            Self::Unmet => Some(area.unmet),
            Self::Access => area.access.map(|access| 1_000.0 * access),
            Self::Demand => Some(area.demand),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Unmet => "Unmet need (people short of an even share, more where deprived)",
            Self::Access => "Places a week for each 1,000 people with the need",
            Self::Demand => "People with the need",
        }
    }
}

impl Classing {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Quantile, Self::Jenks];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quantile => "quantile",
            Self::Jenks => "jenks",
        }
    }
}

/// Areas shaded by a figure, as SVG 720 units wide. Outlines that nobody
/// published are drawn around centres, dashed; areas without a figure are
/// hatched; the ten worst gaps are numbered and named.
#[must_use]
pub fn choropleth(
    snapshot: &Snapshot,
    answer: &GapsAnswer,
    shown: Figure,
    classing: Classing,
) -> String {
    let values: Vec<f64> = answer
        .areas
        .iter()
        .filter_map(|area| shown.of(area))
        .collect();
    let bounds = match classing {
        Classing::Quantile => classes::quantiles(&values, SHADES.len()),
        Classing::Jenks => classes::natural_breaks(&values, SHADES.len()),
    };
    let fill = |area: &GapArea| {
        shown
            .of(area)
            .map_or("url(#none)", |value| shade(&bounds, value))
    };
    let mut map = Map::of(snapshot, answer, shown);
    map.areas(answer, shown, &fill);
    map.signs(answer);
    map.shades(shown, &bounds, &values);
    map.close(answer)
}

/// A circle on each area whose size is a figure, as SVG 720 units wide.
#[must_use]
pub fn symbols(snapshot: &Snapshot, answer: &GapsAnswer, shown: Figure) -> String {
    let most = answer
        .areas
        .iter()
        .filter_map(|area| shown.of(area))
        .fold(0.0, f64::max);
    let radius = |value: f64| {
        if most > 0.0 {
            LARGEST * (value / most).sqrt()
        } else {
            0.0
        }
    };
    let mut map = Map::of(snapshot, answer, shown);
    map.areas(answer, shown, &|_| "#f5f5f5");
    // The largest first, so that small ones are not hidden behind them.
    let mut areas: Vec<(&GapArea, f64)> = answer
        .areas
        .iter()
        .filter_map(|area| Some((area, shown.of(area)?)))
        .collect();
    areas.sort_by(|a, b| {
        b.1.total_cmp(&a.1)
            .then_with(|| a.0.area.code.cmp(&b.0.area.code))
    });
    for (area, value) in areas {
        let [x, y] = map.middles[area.rank - 1];
        let _ = write!(
            map.svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\" fill=\"#756bb1\" fill-opacity=\".75\" stroke=\"#fff\"><title>{}: {}</title></circle>",
            radius(value),
            escape(&area.full_name()),
            figure(value)
        );
    }
    map.signs(answer);
    map.circles(shown, most, &radius);
    map.close(answer)
}

fn shade(bounds: &[f64], value: f64) -> &'static str {
    // Few classes spread over the whole range of shades.
    let class = classes::class(bounds, value);
    let at = (class * (SHADES.len() - 1))
        .checked_div(bounds.len().saturating_sub(1))
        .unwrap_or(SHADES.len() / 2);
    SHADES[at.min(SHADES.len() - 1)]
}

/// A map while it is drawn.
struct Map {
    svg: String,
    frame: Frame,
    shapes: Vec<Shape>,
    /// Where the sign of each area goes, by rank: on its people where it is
    /// small, else in the middle of its ground.
    middles: Vec<[f64; 2]>,
    title: String,
    /// Where the next line of the legend goes.
    below: f64,
}

// Writing to a string cannot fail; results of `write!` are let go for that reason.
impl Map {
    fn of(snapshot: &Snapshot, answer: &GapsAnswer, shown: Figure) -> Self {
        let shapes = shapes(snapshot, answer);
        let corners = shapes
            .iter()
            .flat_map(|shape| shape.boundary.0.iter().flatten().flatten().copied());
        let centres = answer
            .areas
            .iter()
            .map(|area| [area.longitude, area.latitude]);
        let frame = Frame::around(corners.chain(centres));
        let small = answer.by == By::Lsoa.name();
        let middles = answer
            .areas
            .iter()
            .zip(&shapes)
            .map(|(area, shape)| {
                let people = [area.longitude, area.latitude];
                let ground = shape.middle().filter(|_| !small);
                frame.place(ground.unwrap_or(people))
            })
            .collect();
        Self {
            middles,
            svg: String::new(),
            below: frame.height + 22.0,
            frame,
            shapes,
            title: format!("{}: {}", answer.need.name, shown.title()),
        }
    }

    fn areas(
        &mut self,
        answer: &GapsAnswer,
        shown: Figure,
        fill: &dyn Fn(&GapArea) -> &'static str,
    ) {
        for (area, shape) in answer.areas.iter().zip(&self.shapes) {
            let said = shown
                .of(area)
                .map_or_else(|| "not shown".to_owned(), figure);
            let dashes = if shape.drawn {
                " stroke-dasharray=\"3 2\""
            } else {
                ""
            };
            let _ = write!(
                self.svg,
                "<path d=\"{}\" fill=\"{}\" fill-rule=\"evenodd\" stroke=\"#666\" stroke-width=\".6\"{dashes}><title>{}: {said}</title></path>",
                self.frame.path(&shape.boundary),
                fill(area),
                escape(&area.full_name())
            );
        }
    }

    /// Services, numbers of the worst, names of places, and the scale.
    fn signs(&mut self, answer: &GapsAnswer) {
        for point in &answer.points {
            let [x, y] = self.frame.place(*point);
            if x > 0.0 && x < WIDTH && y > 0.0 && y < self.frame.height {
                let _ = write!(
                    self.svg,
                    "<path d=\"M{x:.1} {:.1}l4 7h-8z\" fill=\"#111\" stroke=\"#fff\" stroke-width=\".8\"/>",
                    y - 4.0
                );
            }
        }
        let mut labels = Labels::default();
        for area in worst(answer) {
            labels.number(&mut self.svg, self.middles[area.rank - 1], area.rank);
        }
        for label in &answer.labels {
            let place = self.frame.place([label.longitude, label.latitude]);
            labels.name(&mut self.svg, place, &label.name, self.frame.height);
        }
        self.frame.scale_bar(&mut self.svg);
    }

    fn heading(&mut self, text: &str) {
        let _ = write!(
            self.svg,
            "<text x=\"{MARGIN}\" y=\"{:.0}\" font-weight=\"bold\">{}</text>",
            self.below,
            escape(text)
        );
        self.below += 12.0;
    }

    fn shades(&mut self, shown: Figure, bounds: &[f64], values: &[f64]) {
        self.heading(shown.title());
        let wide = (WIDTH - 2.0 * MARGIN) / SHADES.len() as f64;
        for (class, bound) in bounds.iter().enumerate() {
            let held: Vec<f64> = values
                .iter()
                .copied()
                .filter(|value| classes::class(bounds, *value) == class)
                .collect();
            let low = figure(held.iter().copied().fold(f64::INFINITY, f64::min));
            let high = figure(*bound);
            let range = if low == high {
                low
            } else {
                format!("{low} to {high}")
            };
            let x = MARGIN + wide * class as f64;
            let _ = write!(
                self.svg,
                "<rect x=\"{x:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"16\" fill=\"{}\" stroke=\"#666\" stroke-width=\".6\"/><text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"13\">{range}</text><text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"12\" fill=\"#444\">{} {}</text>",
                self.below,
                wide - 8.0,
                shade(bounds, *bound),
                self.below + 31.0,
                self.below + 46.0,
                held.len(),
                if held.len() == 1 { "area" } else { "areas" },
            );
        }
        self.below += 66.0;
    }

    fn circles(&mut self, shown: Figure, most: f64, radius: &dyn Fn(f64) -> f64) {
        self.heading(shown.title());
        let middle = self.below + LARGEST + 4.0;
        for (at, part) in [0.1, 0.4, 1.0].into_iter().enumerate() {
            let x = MARGIN + LARGEST + 150.0 * at as f64;
            let _ = write!(
                self.svg,
                "<circle cx=\"{x:.0}\" cy=\"{middle:.0}\" r=\"{:.1}\" fill=\"#756bb1\" fill-opacity=\".75\"/><text x=\"{:.0}\" y=\"{:.0}\" font-size=\"13\">{}</text>",
                radius(part * most),
                x + LARGEST + 6.0,
                middle + 5.0,
                figure(part * most)
            );
        }
        self.below = middle + LARGEST + 18.0;
    }

    fn close(mut self, answer: &GapsAnswer) -> String {
        // The ten worst by name, in two columns.
        let worst: Vec<&GapArea> = worst(answer).collect();
        let rows = worst.len().div_ceil(2);
        if !worst.is_empty() {
            self.below += 8.0;
            self.heading("The worst gaps");
        }
        for (at, area) in worst.iter().enumerate() {
            let x = MARGIN + (WIDTH - 2.0 * MARGIN) / 2.0 * (at / rows) as f64;
            let _ = write!(
                self.svg,
                "<text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"13\">{}. {}</text>",
                self.below + 10.0 + 18.0 * (at % rows) as f64,
                area.rank,
                escape(&shortened(&area.full_name(), 48))
            );
        }
        self.below += 18.0 * rows as f64 + 14.0;
        let mut said = vec![format!(
            "Triangles: services with a place on the map ({}).",
            answer.totals.services
        )];
        if self.shapes.iter().any(|shape| shape.drawn) {
            said.push(
                "Dashed: no outline known, drawn as the ground nearest to its centre.".into(),
            );
        }
        if answer.areas.iter().any(|area| area.access.is_none()) {
            said.push("Hatched: too few people to show.".into());
        }
        said.push(format!(
            "Data as of {}, version {}.",
            answer.date, answer.snapshot
        ));
        for line in said {
            let _ = write!(
                self.svg,
                "<text x=\"{MARGIN}\" y=\"{:.0}\" font-size=\"12\" fill=\"#333\">{}</text>",
                self.below,
                escape(&line)
            );
            self.below += 16.0;
        }
        let mut svg = open(&self.title, WIDTH, self.below + HEADING);
        let _ = write!(
            svg,
            "<text x=\"{MARGIN}\" y=\"26\" font-size=\"18\" font-weight=\"bold\">{}</text><g transform=\"translate(0 {HEADING})\">{}</g></svg>",
            escape(&shortened(&answer.need.name, 70)),
            self.svg
        );
        svg
    }
}

/// The worst gaps, where there are any.
fn worst(answer: &GapsAnswer) -> impl Iterator<Item = &GapArea> {
    answer
        .areas
        .iter()
        .filter(|area| area.unmet > 0.0)
        .take(NUMBERED)
}
