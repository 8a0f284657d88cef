//! Gradual maximal covering: the sites that together bring most demand within
//! reach (Church & `ReVelle` 1974; Berman & Krass 2002).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::combinations;

/// A problem: how much each site would cover of each area.
#[derive(Debug, Clone, Default)]
pub struct Covering {
    /// What each area demands, not negative.
    pub demand: Vec<f64>,
    /// How well each area is covered already, 0 to 1.
    pub already: Vec<f64>,
    /// For each candidate the areas within its reach and how well it would
    /// cover them, 0 to 1; each area once.
    pub candidates: Vec<Vec<(u32, f64)>>,
}

/// Chosen sites.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Candidates, forced ones first, then the greatest gain first.
    pub sites: Vec<usize>,
    /// What each added to those before it.
    pub gains: Vec<f64>,
    /// Demand covered by all, with what was covered already.
    pub covered: f64,
    /// No choice of as many sites (with the forced ones) covers more.
    pub upper_bound: f64,
    /// Whether all choices were tried.
    pub exact: bool,
}

/// The candidate that could best stand in for a chosen one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NextBest {
    /// The candidate.
    pub candidate: usize,
    /// How much less would be covered.
    pub loss: f64,
}

/// Swaps that gain less than this share are not made.
const LEAST_SWAP: f64 = 0.001;

impl Covering {
    /// Chooses `count` sites, the forced ones among them; all where there are
    /// no more. Where few enough choices exist they are all tried; else greedy
    /// choice, of which the gain is at least 1 − 1/e of the best (Nemhauser,
    /// Wolsey & Fisher 1978), then swaps (Teitz & Bart 1968) until none gains
    /// more than .1%.
    #[must_use]
    pub fn choose(&self, count: usize, forced: &[usize]) -> Selection {
        let count = count.max(forced.len()).min(self.candidates.len());
        let free: Vec<usize> = (0..self.candidates.len())
            .filter(|candidate| !forced.contains(candidate))
            .collect();
        let more = count - forced.len();
        let greedy = self.choose_greedily(count, forced);
        let reach: usize = self.candidates.iter().map(Vec::len).sum();
        let work = reach * count / self.candidates.len().max(1);
        if combinations::is_worth_it(free.len(), more, work) {
            return self.enumerate(&greedy, &free, more, forced);
        }
        let swapped = self.swap(&greedy.sites, forced);
        let mut selection = self.describe(&swapped, forced);
        selection.upper_bound = selection.upper_bound.min(greedy.upper_bound);
        selection
    }

    /// The greedy choice alone, by lazy evaluation (Minoux 1978), which picks
    /// the same sites as trying all anew at each step. Ties go to the lower
    /// number; sites that gain nothing more are taken too.
    #[must_use]
    pub fn choose_greedily(&self, count: usize, forced: &[usize]) -> Selection {
        let mut best = self.already.clone();
        for site in forced {
            self.raise(&mut best, *site);
        }
        let mut waiting: BinaryHeap<Stale> = (0..self.candidates.len())
            .filter(|candidate| !forced.contains(candidate))
            .map(|candidate| Stale {
                gain: self.gain(&best, candidate),
                candidate,
                round: forced.len(),
            })
            .collect();
        let mut sites = forced.to_vec();
        while sites.len() < count {
            let Some(top) = waiting.pop() else { break };
            if top.round == sites.len() {
                self.raise(&mut best, top.candidate);
                sites.push(top.candidate);
            } else {
                // Gains only fall as sites are added, so a fresh gain at the top is the greatest.
                waiting.push(Stale {
                    gain: self.gain(&best, top.candidate),
                    round: sites.len(),
                    ..top
                });
            }
        }
        self.describe(&sites, forced)
    }

    /// For each chosen site the best stand-in among the candidates not chosen.
    #[must_use]
    pub fn next_best(&self, sites: &[usize]) -> Vec<Option<NextBest>> {
        let table = Swaps::of(self, sites);
        let mut found: Vec<Option<NextBest>> = vec![None; sites.len()];
        for candidate in (0..self.candidates.len()).filter(|one| !sites.contains(one)) {
            for (place, profit) in table.profits(self, candidate).into_iter().enumerate() {
                let better = found[place].is_none_or(|best| -profit < best.loss);
                if better {
                    found[place] = Some(NextBest {
                        candidate,
                        loss: -profit,
                    });
                }
            }
        }
        found
    }

    /// Demand covered by these sites and what is there already.
    #[must_use]
    pub fn covered(&self, sites: &[usize]) -> f64 {
        let mut best = self.already.clone();
        for site in sites {
            self.raise(&mut best, *site);
        }
        self.demand.iter().zip(&best).map(|(h, f)| h * f).sum()
    }

    fn gain(&self, best: &[f64], candidate: usize) -> f64 {
        self.candidates[candidate]
            .iter()
            .map(|(area, f)| self.demand[*area as usize] * (f - best[*area as usize]).max(0.0))
            // The sum of nothing is -0, which would order below 0.
            .fold(0.0, |sum, gain| sum + gain)
    }

    fn raise(&self, best: &mut [f64], candidate: usize) {
        for (area, f) in &self.candidates[candidate] {
            let held = &mut best[*area as usize];
            *held = held.max(*f);
        }
    }

    /// Orders the sites by gain, those forced first, and bounds what others could do.
    fn describe(&self, sites: &[usize], forced: &[usize]) -> Selection {
        let mut best = self.already.clone();
        let mut left: Vec<usize> = sites
            .iter()
            .copied()
            .filter(|site| !forced.contains(site))
            .collect();
        let mut ordered = Vec::with_capacity(sites.len());
        let mut gains = Vec::with_capacity(sites.len());
        for site in forced {
            gains.push(self.gain(&best, *site));
            self.raise(&mut best, *site);
            ordered.push(*site);
        }
        let free = left.len();
        while !left.is_empty() {
            let mut top = (0, f64::NEG_INFINITY);
            for (place, site) in left.iter().enumerate() {
                let gain = self.gain(&best, *site);
                if gain > top.1 || (gain >= top.1 && *site < left[top.0]) {
                    top = (place, gain);
                }
            }
            let site = left.remove(top.0);
            gains.push(top.1);
            self.raise(&mut best, site);
            ordered.push(site);
        }
        let covered = self.demand.iter().zip(&best).map(|(h, f)| h * f).sum();
        let mut rest: Vec<f64> = (0..self.candidates.len())
            .map(|candidate| self.gain(&best, candidate))
            .collect();
        rest.sort_by(|a, b| b.total_cmp(a));
        let upper_bound = covered + rest.iter().take(free).sum::<f64>();
        Selection {
            sites: ordered,
            gains,
            covered,
            upper_bound,
            exact: false,
        }
    }

    fn enumerate(
        &self,
        greedy: &Selection,
        free: &[usize],
        more: usize,
        forced: &[usize],
    ) -> Selection {
        let mut base = self.already.clone();
        for site in forced {
            self.raise(&mut base, *site);
        }
        let floor: f64 = self.demand.iter().zip(&base).map(|(h, f)| h * f).sum();
        let mut best: (f64, Option<Vec<usize>>) = (greedy.covered, None);
        let mut scratch = base.clone();
        combinations::each(free, more, &mut |chosen| {
            let mut covered = floor;
            for site in chosen {
                for (area, f) in &self.candidates[*site] {
                    let held = &mut scratch[*area as usize];
                    if *f > *held {
                        covered += self.demand[*area as usize] * (f - *held);
                        *held = *f;
                    }
                }
            }
            for site in chosen {
                for (area, _) in &self.candidates[*site] {
                    scratch[*area as usize] = base[*area as usize];
                }
            }
            // A hair more is rounding, not a better choice.
            if covered > best.0 * (1.0 + 1e-12) {
                best = (covered, Some(chosen.to_vec()));
            }
        });
        let mut selection = match best.1 {
            None => greedy.clone(),
            Some(chosen) => {
                let sites: Vec<usize> = forced.iter().copied().chain(chosen).collect();
                self.describe(&sites, forced)
            }
        };
        selection.upper_bound = selection.covered;
        selection.exact = true;
        selection
    }

    fn swap(&self, sites: &[usize], forced: &[usize]) -> Vec<usize> {
        let mut sites = sites.to_vec();
        let mut covered = self.covered(&sites);
        loop {
            let table = Swaps::of(self, &sites);
            let mut best: Option<(f64, usize, usize)> = None;
            for candidate in (0..self.candidates.len()).filter(|one| !sites.contains(one)) {
                for (place, profit) in table.profits(self, candidate).into_iter().enumerate() {
                    if !forced.contains(&sites[place])
                        && best.is_none_or(|(most, _, _)| profit > most)
                    {
                        best = Some((profit, candidate, place));
                    }
                }
            }
            match best {
                Some((profit, candidate, place)) if profit > LEAST_SWAP * covered.max(1e-300) => {
                    sites[place] = candidate;
                    covered += profit;
                }
                _ => return sites,
            }
        }
    }
}

/// What each chosen site alone keeps covered, so that a swap is priced over the
/// newcomer's reach only (after Whitaker 1983).
struct Swaps {
    /// By area: the place in the selection of the site that covers it best;
    /// none where what was there already does.
    holder: Vec<Option<u32>>,
    best: Vec<f64>,
    second: Vec<f64>,
    /// By place: what is lost where the site goes.
    loss: Vec<f64>,
}

impl Swaps {
    fn of(problem: &Covering, sites: &[usize]) -> Self {
        let mut table = Self {
            holder: vec![None; problem.demand.len()],
            best: problem.already.clone(),
            second: problem.already.clone(),
            loss: vec![0.0; sites.len()],
        };
        for (place, site) in sites.iter().enumerate() {
            for (area, f) in &problem.candidates[*site] {
                let area = *area as usize;
                if *f > table.best[area] {
                    table.second[area] = table.best[area];
                    table.best[area] = *f;
                    table.holder[area] = Some(place as u32);
                } else if *f > table.second[area] {
                    table.second[area] = *f;
                }
            }
        }
        for (area, holder) in table.holder.iter().enumerate() {
            if let Some(place) = holder {
                table.loss[*place as usize] +=
                    problem.demand[area] * (table.best[area] - table.second[area]);
            }
        }
        table
    }

    /// What is gained where `candidate` takes each place.
    fn profits(&self, problem: &Covering, candidate: usize) -> Vec<f64> {
        let mut gain = 0.0;
        let mut profits: Vec<f64> = self.loss.iter().map(|loss| -loss).collect();
        for (area, f) in &problem.candidates[candidate] {
            let area = *area as usize;
            let demand = problem.demand[area];
            gain += demand * (f - self.best[area]).max(0.0);
            if let Some(place) = self.holder[area] {
                // It would also catch what falls from the site it replaces.
                profits[place as usize] +=
                    demand * (f.min(self.best[area]) - self.second[area]).max(0.0);
            }
        }
        for profit in &mut profits {
            *profit += gain;
        }
        profits
    }
}

/// A gain that may be out of date.
struct Stale {
    gain: f64,
    candidate: usize,
    round: usize,
}

impl Ord for Stale {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain
            .total_cmp(&other.gain)
            .then(other.candidate.cmp(&self.candidate))
    }
}

impl PartialOrd for Stale {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Stale {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Stale {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn plain_greedy(problem: &Covering, count: usize) -> Vec<usize> {
        let mut sites: Vec<usize> = Vec::new();
        while sites.len() < count.min(problem.candidates.len()) {
            let mut best = problem.already.clone();
            for site in &sites {
                problem.raise(&mut best, *site);
            }
            let next = (0..problem.candidates.len())
                .filter(|one| !sites.contains(one))
                .max_by(|a, b| {
                    problem
                        .gain(&best, *a)
                        .total_cmp(&problem.gain(&best, *b))
                        .then(b.cmp(a))
                })
                .unwrap();
            sites.push(next);
        }
        sites
    }

    fn numbers(value: &Value) -> Vec<f64> {
        let list = value.as_array().unwrap();
        list.iter().map(|number| number.as_f64().unwrap()).collect()
    }

    #[test]
    fn covering_agrees_with_spopt() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/facility_location.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/facility_location.json not there");
            return;
        };
        let reference: Value = serde_json::from_str(&text).unwrap();
        for case in reference["cases"].as_array().unwrap() {
            let (input, expected) = (&case["input"], &case["expected"]);
            let radius = input["radius"].as_f64().unwrap();
            let costs: Vec<Vec<f64>> = input["cost"]
                .as_array()
                .unwrap()
                .iter()
                .map(numbers)
                .collect();
            let demand = numbers(&input["weights"]);
            let problem = Covering {
                already: vec![0.0; demand.len()],
                candidates: (0..costs[0].len())
                    .map(|site| {
                        (0..demand.len())
                            .filter(|area| costs[*area][site] <= radius)
                            .map(|area| (area as u32, 1.0))
                            .collect()
                    })
                    .collect(),
                demand,
            };
            let count = input["p"].as_u64().unwrap() as usize;
            let forced: Vec<usize> = numbers(&input["must_open"])
                .iter()
                .map(|site| *site as usize)
                .collect();
            let optimum = expected["mclp_optimum_covered_weight"].as_f64().unwrap();
            let ours = problem.choose(count, &forced);
            let name = &case["name"];
            assert!(ours.exact, "{name}");
            assert!((ours.covered - optimum).abs() < 1e-6, "{name}: {ours:?}");
            assert_eq!(ours.sites.len(), count);
            let greedy = problem.choose_greedily(count, &forced);
            assert!(greedy.covered >= 0.95 * optimum, "{name}: {greedy:?}");
            assert!(greedy.upper_bound >= optimum - 1e-6, "{name}: {greedy:?}");
            if let Some(plain) = expected.get("plain_greedy_sites_in_order") {
                let plain: Vec<usize> = numbers(plain).iter().map(|site| *site as usize).collect();
                assert_eq!(greedy.sites, plain, "{name}");
            }
            let swapped = problem.swap(&greedy.sites, &forced);
            assert!(problem.covered(&swapped) >= greedy.covered, "{name}");
        }
    }

    fn problems() -> impl Strategy<Value = Covering> {
        (1..10_usize, 1..9_usize).prop_flat_map(|(areas, candidates)| {
            let reach = prop::collection::vec(prop_oneof![Just(0.0), 0.0..1.0_f64], areas);
            (
                prop::collection::vec(0.0..100.0_f64, areas),
                prop::collection::vec(prop_oneof![3 => Just(0.0), 1 => 0.0..1.0_f64], areas),
                prop::collection::vec(reach, candidates),
            )
                .prop_map(|(demand, already, reach)| Covering {
                    demand,
                    already,
                    candidates: reach
                        .into_iter()
                        .map(|row| {
                            row.into_iter()
                                .enumerate()
                                .filter(|(_, f)| *f > 0.0)
                                .map(|(area, f)| (area as u32, f))
                                .collect()
                        })
                        .collect(),
                })
        })
    }

    proptest! {
        #[test]
        fn greedy_keeps_its_guarantee_and_bounds_hold(problem in problems(), count in 0..5_usize) {
            let exact = problem.choose(count, &[]);
            prop_assert!(exact.exact);
            let floor = problem.covered(&[]);
            let greedy = problem.choose_greedily(count, &[]);
            prop_assert_eq!(&greedy.sites, &plain_greedy(&problem, count));
            let guarantee = (1.0 - (-1.0_f64).exp()) * (exact.covered - floor);
            prop_assert!(greedy.covered - floor >= guarantee - 1e-9);
            prop_assert!(greedy.covered <= exact.covered + 1e-9);
            prop_assert!(greedy.upper_bound >= exact.covered - 1e-9);
            let gained: f64 = exact.gains.iter().sum();
            prop_assert!((floor + gained - exact.covered).abs() < 1e-9);
            let swapped = problem.swap(&greedy.sites, &[]);
            prop_assert!(problem.covered(&swapped) >= greedy.covered - 1e-9);
            prop_assert!(problem.covered(&swapped) <= exact.covered + 1e-9);
        }

        #[test]
        fn a_stand_in_loses_what_is_said(problem in problems(), count in 1..4_usize) {
            let selection = problem.choose(count, &[]);
            for (place, next) in problem.next_best(&selection.sites).into_iter().enumerate() {
                let Some(next) = next else { continue };
                let mut swapped = selection.sites.clone();
                swapped[place] = next.candidate;
                prop_assert!((selection.covered - problem.covered(&swapped) - next.loss).abs() < 1e-9);
            }
        }
    }
}
