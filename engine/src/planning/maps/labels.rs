//! Signs on a map that do not cover each other: numbers of the worst gaps
//! first, then the names of places, the most populous first.

use std::fmt::Write;

use super::escape;
use super::frame::{MARGIN, WIDTH};

/// What is taken already: left, top, right, bottom.
#[derive(Default)]
pub(super) struct Labels {
    taken: Vec<[f64; 4]>,
}

const NAME_SIZE: f64 = 12.0;
const NUMBER_RADIUS: f64 = 9.0;

impl Labels {
    /// Puts a number at a place, or beside it with a line to it.
    pub(super) fn number(&mut self, svg: &mut String, [x, y]: [f64; 2], number: usize) {
        let mut at = [x, y];
        'found: for ring in 0..6 {
            for step in 0..8 {
                let angle = std::f64::consts::TAU * f64::from(step) / 8.0;
                let away = 20.0 * f64::from(ring);
                at = [x + away * angle.cos(), y + away * angle.sin()];
                if self.take(around(at, NUMBER_RADIUS + 1.0, NUMBER_RADIUS + 1.0)) {
                    break 'found;
                }
            }
        }
        let [left, top] = at;
        // Writing to a string cannot fail.
        if (left - x).hypot(top - y) > 1.0 {
            let _ = write!(
                svg,
                "<path d=\"M{x:.1} {y:.1}L{left:.1} {top:.1}\" stroke=\"#111\"/><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2\" fill=\"#111\"/>"
            );
        }
        let _ = write!(
            svg,
            "<circle cx=\"{left:.1}\" cy=\"{top:.1}\" r=\"{NUMBER_RADIUS}\" fill=\"#fff\" stroke=\"#111\" stroke-width=\"1.2\"/><text x=\"{left:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"12\" font-weight=\"bold\">{number}</text>",
            top + 4.2
        );
    }

    /// Puts a name at a place or a little above or below; leaves it out where
    /// it would cover another sign.
    pub(super) fn name(&mut self, svg: &mut String, [x, y]: [f64; 2], name: &str, bottom: f64) {
        // Sans serif letters are on average somewhat more than half as wide as high.
        let half = 0.29 * NAME_SIZE * name.chars().count() as f64;
        let x = x.clamp(MARGIN + half, (WIDTH - MARGIN - half).max(MARGIN + half));
        for lift in [0.0, -14.0, 14.0, -24.0, 24.0] {
            let middle = [x, y + lift];
            let fits = middle[1] > MARGIN && middle[1] < bottom - MARGIN;
            if fits && self.take(around(middle, half + 3.0, 8.0)) {
                let _ = write!(
                    svg,
                    "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"{NAME_SIZE}\" fill=\"#111\" stroke=\"#fff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\">{}</text>",
                    middle[1] + 4.0,
                    escape(name)
                );
                return;
            }
        }
    }

    /// Takes a place where nothing is yet.
    fn take(&mut self, place: [f64; 4]) -> bool {
        let free = self.taken.iter().all(|held| {
            held[2] <= place[0] || place[2] <= held[0] || held[3] <= place[1] || place[3] <= held[1]
        });
        if free {
            self.taken.push(place);
        }
        free
    }
}

fn around([x, y]: [f64; 2], across: f64, up: f64) -> [f64; 4] {
    [x - across, y - up, x + across, y + up]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_do_not_cover_each_other() {
        let (mut labels, mut svg) = (Labels::default(), String::new());
        for number in 1..=5 {
            labels.number(&mut svg, [100.0, 100.0], number);
        }
        labels.name(&mut svg, [100.0, 100.0], "Balham & Tooting", 500.0);
        assert!(svg.contains(">5</text>"));
        for (at, one) in labels.taken.iter().enumerate() {
            for other in &labels.taken[at + 1..] {
                let apart = one[2] <= other[0]
                    || other[2] <= one[0]
                    || one[3] <= other[1]
                    || other[3] <= one[1];
                assert!(apart, "{one:?} {other:?}");
            }
        }
        let before = svg.len();
        let full = Labels {
            taken: vec![[0.0, 0.0, WIDTH, 600.0]],
        };
        let mut full = full;
        full.name(&mut svg, [100.0, 100.0], "Nowhere", 500.0);
        assert_eq!(svg.len(), before, "a name that fits nowhere is left out");
    }
}
