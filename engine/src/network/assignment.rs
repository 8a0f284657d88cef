//! The best one-to-one pairing: not first come, but the greatest sum.

/// Pairs rows with columns so that the sum of their scores is greatest; what
/// scores 0 or less stays unpaired. `scores` has a row for each row, all
/// of one length. Pairs `(row, column)`, by row.
///
/// The Hungarian method with potentials (Kuhn 1955; Jonker & Volgenant 1987).
/// *Complexity:* O(r²·c), r the smaller side, c the larger.
///
/// ```
/// use causeway_engine::network::assign;
/// // First come would give .9 + 0; together they make .8 + .7.
/// assert_eq!(assign(&[vec![0.9, 0.8], vec![0.7, 0.0]]), [(0, 1), (1, 0)]);
/// assert_eq!(assign(&[vec![0.0]]), []);
/// ```
#[must_use]
pub fn assign(scores: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let rows = scores.len();
    let columns = scores.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    if rows > columns {
        let turned: Vec<Vec<f64>> = (0..columns)
            .map(|column| scores.iter().map(|row| row[column]).collect())
            .collect();
        let mut pairs: Vec<(usize, usize)> = assign(&turned)
            .into_iter()
            .map(|(row, column)| (column, row))
            .collect();
        pairs.sort_unstable();
        return pairs;
    }
    // Costs are negated scores, and a pair that scores below 0 costs nothing,
    // as staying unpaired does. Rows and columns count from 1; 0 is the start.
    let cost = |row: usize, column: usize| -scores[row - 1][column - 1].max(0.0);
    let mut row_price = vec![0.0; rows + 1];
    let mut column_price = vec![0.0; columns + 1];
    let mut row_of = vec![0; columns + 1];
    let mut came_from = vec![0; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut used = vec![false; columns + 1];
        while row_of[column] != 0 {
            used[column] = true;
            let current = row_of[column];
            let mut step = f64::INFINITY;
            let mut next = 0;
            for other in 1..=columns {
                if used[other] {
                    continue;
                }
                let reduced = cost(current, other) - row_price[current] - column_price[other];
                if reduced < least[other] {
                    least[other] = reduced;
                    came_from[other] = column;
                }
                if least[other] < step {
                    step = least[other];
                    next = other;
                }
            }
            for other in 0..=columns {
                if used[other] {
                    row_price[row_of[other]] += step;
                    column_price[other] -= step;
                } else {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            let before = came_from[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    let mut pairs: Vec<(usize, usize)> = (1..=columns)
        .filter(|column| row_of[*column] != 0)
        .map(|column| (row_of[column] - 1, column - 1))
        .filter(|(row, column)| scores[*row][*column] > 0.0)
        .collect();
    pairs.sort_unstable();
    pairs
}
