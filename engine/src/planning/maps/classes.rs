//! Classes of values for a map.

/// Upper bounds of at most `count` classes with about as many values in each,
/// ascending; the last is the greatest value. Equal values share a class.
pub(super) fn quantiles(values: &[f64], count: usize) -> Vec<f64> {
    let sorted = sorted(values);
    let mut bounds: Vec<f64> = (1..=count)
        .filter_map(|class| {
            let end = (sorted.len() * class).div_ceil(count);
            sorted.get(end.checked_sub(1)?).copied()
        })
        .collect();
    bounds.dedup();
    bounds
}

/// Upper bounds of at most `count` classes that differ least within (Jenks
/// 1967), by dynamic programming after Fisher (1958, JASA 53).
///
/// *Complexity*: O(count × n²) over distinct values, of which the 400 that
/// stand evenly through the order are taken where there are more.
pub(super) fn natural_breaks(values: &[f64], count: usize) -> Vec<f64> {
    const MOST: usize = 400;
    let mut sorted = sorted(values);
    sorted.dedup();
    if sorted.len() > MOST {
        let last = sorted.len() - 1;
        sorted = (0..MOST).map(|at| sorted[at * last / (MOST - 1)]).collect();
    }
    let n = sorted.len();
    let count = count.min(n);
    if count == 0 {
        return Vec::new();
    }
    // Sums make the spread of any run of values a matter of subtraction.
    let (mut sums, mut squares) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    for (at, value) in sorted.iter().enumerate() {
        sums[at + 1] = sums[at] + value;
        squares[at + 1] = squares[at] + value * value;
    }
    let spread = |from: usize, to: usize| {
        let sum: f64 = sums[to] - sums[from];
        squares[to] - squares[from] - sum * sum / (to - from) as f64
    };
    // least[to]: the least spread of the first `to` values in so many classes.
    let mut least: Vec<f64> = (0..=n)
        .map(|to| if to == 0 { 0.0 } else { spread(0, to) })
        .collect();
    let mut starts = vec![vec![0_usize; n + 1]];
    for class in 1..count {
        let mut next = vec![f64::INFINITY; n + 1];
        let mut start = vec![0; n + 1];
        for to in class + 1..=n {
            for (from, before) in least.iter().enumerate().take(to).skip(class) {
                let total = before + spread(from, to);
                if total < next[to] {
                    next[to] = total;
                    start[to] = from;
                }
            }
        }
        least = next;
        starts.push(start);
    }
    let mut bounds = Vec::with_capacity(count);
    let mut end = n;
    for start in starts.iter().rev() {
        bounds.push(sorted[end - 1]);
        end = start[end];
        if end == 0 {
            break;
        }
    }
    bounds.reverse();
    bounds
}

/// The class of a value: the first whose bound it does not pass.
pub(super) fn class(bounds: &[f64], value: f64) -> usize {
    bounds
        .iter()
        .position(|bound| value <= *bound)
        .unwrap_or(bounds.len().saturating_sub(1))
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values
        .iter()
        .copied()
        .filter(|one| one.is_finite())
        .collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_hold_as_many_each() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!(quantiles(&values, 5), [2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(quantiles(&[1.0, 1.0, 1.0, 1.0, 9.0], 5), [1.0, 9.0]);
        assert!(quantiles(&[], 5).is_empty());
    }

    #[test]
    fn natural_breaks_fall_between_clumps() {
        let values = [1.0, 1.1, 1.2, 5.0, 5.1, 9.0, 9.1, 9.3];
        assert_eq!(natural_breaks(&values, 3), [1.2, 5.1, 9.3]);
        assert_eq!(natural_breaks(&[4.0, 4.0], 5), [4.0]);
        assert!(natural_breaks(&[], 5).is_empty());
        assert_eq!(class(&[1.2, 5.1, 9.3], 5.1), 1);
    }
}
