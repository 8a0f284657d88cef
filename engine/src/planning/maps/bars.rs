//! Bar charts: the worst gaps, and access by deprivation.

use std::fmt::Write;

use super::super::answer::GapsAnswer;
use super::frame::{MARGIN, WIDTH};
use super::{escape, figure, open, shortened};

/// Room for the names of bars.
const NAMES: f64 = 340.0;
const ROW: f64 = 26.0;

/// A bar with its name.
struct Bar {
    name: String,
    value: Option<f64>,
}

/// The ten worst gaps as bars, as SVG.
#[must_use]
pub fn worst_bars(answer: &GapsAnswer) -> String {
    let bars: Vec<Bar> = answer
        .areas
        .iter()
        .take(10)
        .map(|area| Bar {
            name: format!("{}. {}", area.rank, area.full_name()),
            value: Some(area.unmet),
        })
        .collect();
    let title = format!("{}: the largest unmet need", answer.need.name);
    draw(
        &title,
        "People short of an even share, more where deprived",
        &bars,
    )
}

/// Mean access by tenth of deprivation as bars, as SVG. Areas without a tenth
/// are left out.
#[must_use]
pub fn tenth_bars(answer: &GapsAnswer) -> String {
    let bars: Vec<Bar> = (1..=10_u8)
        .map(|tenth| {
            let (mut people, mut places) = (0.0, 0.0);
            for area in &answer.areas {
                if let (Some(access), Some(decile)) = (area.access, area.deprivation.decile)
                    && decile == tenth
                {
                    people += area.demand;
                    places += area.demand * access;
                }
            }
            let name = match tenth {
                1 => "1, most deprived".to_owned(),
                10 => "10, least deprived".to_owned(),
                _ => tenth.to_string(),
            };
            Bar {
                name,
                value: (people > 0.0).then(|| 1_000.0 * places / people),
            }
        })
        .collect();
    let title = format!("{}: access by deprivation", answer.need.name);
    let said = "Places a week for each 1,000 people, by tenth of deprivation in the country";
    draw(&title, said, &bars)
}

fn draw(title: &str, said: &str, bars: &[Bar]) -> String {
    let most = bars.iter().filter_map(|bar| bar.value).fold(0.0, f64::max);
    let room = WIDTH - NAMES - MARGIN - 70.0;
    let mut svg = open(title, WIDTH, 56.0 + ROW * bars.len() as f64);
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "<text x=\"{MARGIN}\" y=\"22\" font-weight=\"bold\">{}</text><text x=\"{MARGIN}\" y=\"40\" font-size=\"13\" fill=\"#333\">{}</text>",
        escape(title),
        escape(said)
    );
    for (at, bar) in bars.iter().enumerate() {
        let y = 52.0 + ROW * at as f64;
        let _ = write!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\" font-size=\"13\">{}</text>",
            NAMES - 8.0,
            y + 14.0,
            escape(&shortened(&bar.name, 44))
        );
        let (long, value) = match bar.value {
            Some(value) if most > 0.0 => (room * value / most, figure(value)),
            Some(value) => (0.0, figure(value)),
            None => (0.0, "no areas".to_owned()),
        };
        let _ = write!(
            svg,
            "<rect x=\"{NAMES}\" y=\"{y:.0}\" width=\"{long:.1}\" height=\"19\" fill=\"#756bb1\"/><text x=\"{:.1}\" y=\"{:.0}\" font-size=\"13\">{value}</text>",
            NAMES + long + 6.0,
            y + 14.0
        );
    }
    let _ = write!(
        svg,
        "<path d=\"M{NAMES} 48V{:.0}\" stroke=\"#333\"/></svg>",
        52.0 + ROW * bars.len() as f64
    );
    svg
}
