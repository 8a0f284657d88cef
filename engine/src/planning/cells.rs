//! Voronoi cells: the part of the map nearer to one centre than to any other,
//! for areas whose outline nobody gave.

/// Corners of the circle that a cell is cut from.
const CORNERS: usize = 32;

/// For each point of a plane its cell, corners in order: the ground nearer to
/// it than to any other point, and no farther from it than `reach`, so that
/// those at the edge do not run on over ground where nobody lives. Of points
/// at the same place the first has the cell and the others none.
///
/// *Complexity*: O(n log n + n × neighbours within twice the reach).
pub(super) fn cells(points: &[[f64; 2]], reach: f64) -> Vec<Vec<[f64; 2]>> {
    let tree = rstar::RTree::bulk_load(
        points
            .iter()
            .enumerate()
            .map(|(at, point)| rstar::primitives::GeomWithData::new(*point, at))
            .collect(),
    );
    points
        .iter()
        .enumerate()
        .map(|(at, point)| {
            let mut cell = circle(*point, reach);
            // The border lies half way: beyond twice the reach nothing is cut.
            let mut others: Vec<(f64, usize)> = tree
                .locate_within_distance(*point, 4.0 * reach * reach)
                .filter(|other| other.data != at)
                .map(|other| (apart(*point, *other.geom()), other.data))
                .collect();
            others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for (square, other) in others {
                if square <= 0.0 {
                    if other < at {
                        return Vec::new();
                    }
                    continue;
                }
                cell = cut(&cell, *point, points[other]);
            }
            cell
        })
        .collect()
}

/// How far the cells of these points should reach: not quite twice the usual
/// way from one to the next.
pub(super) fn reach(points: &[[f64; 2]]) -> f64 {
    let tree = rstar::RTree::bulk_load(points.to_vec());
    let mut ways: Vec<f64> = points
        .iter()
        .filter_map(|point| {
            tree.nearest_neighbor_iter(point)
                .map(|other| apart(*point, *other))
                .find(|square| *square > 0.0)
        })
        .map(f64::sqrt)
        .collect();
    ways.sort_by(f64::total_cmp);
    1.8 * ways.get(ways.len() / 2).copied().unwrap_or(1.0)
}

fn circle(middle: [f64; 2], radius: f64) -> Vec<[f64; 2]> {
    (0..CORNERS)
        .map(|corner| {
            let (sine, cosine) = (std::f64::consts::TAU * corner as f64 / CORNERS as f64).sin_cos();
            [middle[0] + radius * cosine, middle[1] + radius * sine]
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
        fn cells_are_the_ground_nearest_to_their_points(points in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64), 1..40)) {
            let mut points: Vec<[f64; 2]> = points.into_iter().map(|(x, y)| [x, y]).collect();
            points.push(points[0]);
            // With a reach beyond everything the cells share out a region without gap or overlap.
            let reach = 3.0;
            let cells = cells(&points, reach);
            prop_assert!(cells[points.len() - 1].is_empty());
            for (point, cell) in points.iter().zip(&cells) {
                for corner in cell {
                    let own = apart(*point, *corner);
                    prop_assert!(own <= reach * reach * (1.0 + 1e-9));
                    prop_assert!(points.iter().all(|other| apart(*other, *corner) >= own - 1e-9));
                }
            }
            // All the ground within the points' own square belongs to somebody.
            for step in 0..25 {
                let place = [f64::from(step % 5) / 4.0, f64::from(step / 5) / 4.0];
                let inside = cells.iter().filter(|cell| holds(cell, place)).count();
                prop_assert!(inside >= 1, "{place:?}");
            }
            let alone = super::cells(&points[..1], 2.0);
            let whole = std::f64::consts::PI * 4.0;
            prop_assert!(size(&alone[0]) > 0.98 * whole && size(&alone[0]) <= whole);
        }
    }

    /// Whether a convex cell, corners counter-clockwise, holds a place.
    fn holds(cell: &[[f64; 2]], place: [f64; 2]) -> bool {
        !cell.is_empty()
            && (0..cell.len()).all(|at| {
                let (a, b) = (cell[at], cell[(at + 1) % cell.len()]);
                (b[0] - a[0]) * (place[1] - a[1]) - (b[1] - a[1]) * (place[0] - a[0]) >= -1e-9
            })
    }
}
