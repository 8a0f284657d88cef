//! The concentration curve as a picture.

use std::fmt::Write;

use super::super::answer::GapsAnswer;
use super::super::equity::concentration_curve;
use super::open;

/// Draws who has how much of the access, from the most to the least deprived,
/// as SVG. Above the diagonal: access favours the more deprived. Areas without
/// a rank of deprivation are left out.
#[must_use]
pub fn curve(answer: &GapsAnswer) -> String {
    const SIDE: f64 = 330.0;
    const LEFT: f64 = 66.0;
    const TOP: f64 = 24.0;
    const BOTTOM: f64 = TOP + SIDE;
    let ranked: Vec<_> = answer
        .areas
        .iter()
        .filter_map(|area| {
            let rank = area.deprivation.rank?;
            Some((
                area.access.unwrap_or_default(),
                area.demand,
                f64::from(rank),
            ))
        })
        .collect();
    let access: Vec<f64> = ranked.iter().map(|one| one.0).collect();
    let people: Vec<f64> = ranked.iter().map(|one| one.1).collect();
    let order: Vec<f64> = ranked.iter().map(|one| one.2).collect();
    let points = concentration_curve(&access, &people, &order);
    let title = format!("{}: share of access by deprivation", answer.need.name);
    let mut svg = open(&title, 420.0, 420.0);
    let _ = write!(
        svg,
        "<path d=\"M{LEFT} {BOTTOM}L{0} {TOP}\" stroke=\"#777\" stroke-dasharray=\"5 4\"/><text x=\"{1}\" y=\"{2}\" font-size=\"12\" fill=\"#444\" text-anchor=\"middle\" transform=\"rotate(-45 {1} {2})\">an even share</text>",
        LEFT + SIDE,
        LEFT + SIDE / 2.0 + 22.0,
        BOTTOM - SIDE / 2.0 + 30.0,
    );
    for tick in 0..=4 {
        let share = f64::from(tick) / 4.0;
        let (x, y) = (LEFT + SIDE * share, BOTTOM - SIDE * share);
        let _ = write!(
            svg,
            "<path d=\"M{x:.0} {BOTTOM}v5M{LEFT} {y:.0}h-5\" stroke=\"#333\"/><text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"12\" text-anchor=\"middle\">{2:.0}%</text><text x=\"{:.0}\" y=\"{3:.0}\" font-size=\"12\" text-anchor=\"end\">{2:.0}%</text>",
            BOTTOM + 19.0,
            LEFT - 9.0,
            100.0 * share,
            y + 4.0,
        );
    }
    let mut path = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(
            path,
            "{}{:.1} {:.1}",
            if at == 0 { 'M' } else { 'L' },
            LEFT + SIDE * x,
            BOTTOM - SIDE * y
        );
    }
    let index = answer.equity.concentration_index.value.map_or_else(
        || "no access to share out".to_owned(),
        |index| format!("concentration index {index:.3}"),
    );
    let _ = write!(
        svg,
        "<path d=\"{path}\" fill=\"none\" stroke=\"#54278f\" stroke-width=\"2.5\"/><path d=\"M{LEFT} {TOP}V{BOTTOM}H{0}\" fill=\"none\" stroke=\"#333\"/><text x=\"{1}\" y=\"{2}\" text-anchor=\"middle\" font-size=\"13\">share of people, the most deprived first</text><text transform=\"translate(16 {3}) rotate(-90)\" text-anchor=\"middle\" font-size=\"13\">share of access</text><text x=\"{4}\" y=\"{5}\" font-size=\"12\" fill=\"#444\">{index}</text></svg>",
        LEFT + SIDE,
        LEFT + SIDE / 2.0,
        BOTTOM + 40.0,
        BOTTOM - SIDE / 2.0,
        LEFT + 10.0,
        TOP + 4.0,
    );
    svg
}
