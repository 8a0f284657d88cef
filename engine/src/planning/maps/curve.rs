//! The concentration curve as a picture.

use std::fmt::Write;

use super::super::equity::concentration_curve;
use super::super::gaps::GapsAnswer;
use super::escape;

/// Draws who has how much of the access, from the most to the least deprived,
/// as SVG. Above the diagonal: access favours the more deprived. Areas without
/// a rank of deprivation are left out.
#[must_use]
pub fn curve(answer: &GapsAnswer) -> String {
    const SIDE: f64 = 320.0;
    const LEFT: f64 = 46.0;
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
    let title = format!("{}: share of access by deprivation", answer.need);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 400\" role=\"img\" aria-label=\"{0}\" font-family=\"sans-serif\" font-size=\"13\"><title>{0}</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path d=\"M{LEFT} 20V340H366\" fill=\"none\" stroke=\"#333\"/><path d=\"M{LEFT} 340L366 20\" stroke=\"#777\" stroke-dasharray=\"5 4\"/>",
        escape(&title)
    );
    let mut path = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(
            path,
            "{}{:.1} {:.1}",
            if at == 0 { 'M' } else { 'L' },
            LEFT + SIDE * x,
            340.0 - SIDE * y
        );
    }
    let _ = write!(
        svg,
        "<path d=\"{path}\" fill=\"none\" stroke=\"#54278f\" stroke-width=\"2.5\"/><text x=\"{LEFT}\" y=\"362\">most deprived</text><text x=\"366\" y=\"362\" text-anchor=\"end\">least deprived</text><text x=\"206\" y=\"384\" text-anchor=\"middle\">share of people</text><text transform=\"translate(18 180) rotate(-90)\" text-anchor=\"middle\">share of access</text></svg>"
    );
    svg
}
