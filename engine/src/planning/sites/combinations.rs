//! Enumeration, where it is cheap enough to be sure.

/// Always enumerated, whatever the work: the promise of METHODS C5.
const SURELY: (usize, usize) = (25, 3);
/// Beyond that, while no more than so many sums are added up.
const MOST_WORK: f64 = 3e8;

/// Whether to try all ways of choosing `choose` of `from`, each costing `work` sums.
pub(super) fn is_worth_it(from: usize, choose: usize, work: usize) -> bool {
    if from <= SURELY.0 && choose <= SURELY.1 {
        return true;
    }
    let ways = (0..choose.min(from)).fold(1.0, |ways, step| {
        ways * (from - step) as f64 / (step + 1) as f64
    });
    from <= 64 && ways * work as f64 <= MOST_WORK
}

/// Calls `visit` with each way of choosing `choose` of `items`, in lexicographic order.
pub(super) fn each(items: &[usize], choose: usize, visit: &mut impl FnMut(&[usize])) {
    let choose = choose.min(items.len());
    let mut at: Vec<usize> = (0..choose).collect();
    let mut chosen: Vec<usize> = items[..choose].to_vec();
    loop {
        visit(&chosen);
        let Some(turn) = (0..choose)
            .rev()
            .find(|place| at[*place] < items.len() - choose + *place)
        else {
            return;
        };
        at[turn] += 1;
        for place in turn + 1..choose {
            at[place] = at[place - 1] + 1;
        }
        for place in turn..choose {
            chosen[place] = items[at[place]];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_are_visited_once() {
        let mut seen = Vec::new();
        each(&[3, 5, 7, 9], 2, &mut |chosen| seen.push(chosen.to_vec()));
        assert_eq!(
            seen,
            [[3, 5], [3, 7], [3, 9], [5, 7], [5, 9], [7, 9]].map(Vec::from)
        );
        let mut none = 0;
        each(&[1], 0, &mut |_| none += 1);
        assert_eq!(none, 1);
        let mut all = Vec::new();
        each(&[1, 2], 5, &mut |chosen| all.push(chosen.to_vec()));
        assert_eq!(all, [vec![1, 2]]);
    }

    #[test]
    fn few_candidates_are_always_enumerated() {
        assert!(is_worth_it(25, 3, usize::MAX));
        assert!(is_worth_it(20, 5, 215));
        assert!(!is_worth_it(2_000, 20, 100));
        assert!(!is_worth_it(60, 20, 1));
    }
}
