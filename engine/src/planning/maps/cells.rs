//! Voronoi cells: the part of the map nearer to one centre than to any other,
//! for areas whose outline nobody gave.

/// For each point its cell within a box (west, south, east, north), corners in
/// order. Of points at the same place the first has the cell and the others none.
///
/// *Complexity*: O(n² log n) to order neighbours, and few cuts for each cell.
pub(super) fn cells(points: &[[f64; 2]], bounds: [f64; 4]) -> Vec<Vec<[f64; 2]>> {
    let [west, south, east, north] = bounds;
    points
        .iter()
        .enumerate()
        .map(|(at, point)| {
            let mut cell = vec![[west, south], [east, south], [east, north], [west, north]];
            let mut others: Vec<(f64, usize)> = points
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(other, place)| (apart(*point, *place), other))
                .collect();
            others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (square, other) in others {
                if square <= 0.0 {
                    if other < at {
                        return Vec::new();
                    }
                    continue;
                }
                let furthest = cell
                    .iter()
                    .map(|corner| apart(*point, *corner))
                    .fold(0.0, f64::max);
                // The border lies half way: beyond twice the furthest corner nothing is cut.
                if square > 4.0 * furthest {
                    break;
                }
                cell = cut(&cell, *point, points[other]);
            }
            cell
        })
        .collect()
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

/// The part of a convex cell nearer to `point` than to `other` (Sutherland & Hodgman 1974).
fn cut(cell: &[[f64; 2]], point: [f64; 2], other: [f64; 2]) -> Vec<[f64; 2]> {
    let middle = [point[0].midpoint(other[0]), point[1].midpoint(other[1])];
    let beyond = |corner: [f64; 2]| {
        (corner[0] - middle[0]) * (other[0] - point[0])
            + (corner[1] - middle[1]) * (other[1] - point[1])
    };
    let mut kept = Vec::with_capacity(cell.len() + 1);
    for (at, corner) in cell.iter().enumerate() {
        let next = cell[(at + 1) % cell.len()];
        let (here, there) = (beyond(*corner), beyond(next));
        if here <= 0.0 {
            kept.push(*corner);
        }
        if (here < 0.0 && there > 0.0) || (here > 0.0 && there < 0.0) {
            let share = here / (here - there);
            kept.push([
                corner[0] + share * (next[0] - corner[0]),
                corner[1] + share * (next[1] - corner[1]),
            ]);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn size(cell: &[[f64; 2]]) -> f64 {
        let twice: f64 = (0..cell.len())
            .map(|at| {
                let (a, b) = (cell[at], cell[(at + 1) % cell.len()]);
                a[0] * b[1] - b[0] * a[1]
            })
            .sum();
        twice.abs() / 2.0
    }

    proptest! {
        #[test]
        fn cells_fill_the_box_and_hold_their_points(points in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64), 1..40)) {
            let mut points: Vec<[f64; 2]> = points.into_iter().map(|(x, y)| [x, y]).collect();
            points.push(points[0]);
            let cells = cells(&points, [0.0, 0.0, 1.0, 1.0]);
            let total: f64 = cells.iter().map(|cell| size(cell)).sum();
            prop_assert!((total - 1.0).abs() < 1e-6, "{total}");
            prop_assert!(cells[points.len() - 1].is_empty());
            for (point, cell) in points.iter().zip(&cells) {
                for corner in cell {
                    let own = apart(*point, *corner);
                    prop_assert!(points.iter().all(|other| apart(*other, *corner) >= own - 1e-9));
                }
            }
        }
    }
}
