//! The p-median: the sites that make the total of all journeys least.

use super::combinations;
use super::covering::NextBest;

/// A problem: how far each area is from each candidate.
#[derive(Debug, Clone, Default)]
pub struct Medians {
    /// What each area demands, not negative.
    pub demand: Vec<f64>,
    /// For each candidate the journey from each area; infinite where there is none.
    pub journeys: Vec<Vec<f64>>,
}

/// Chosen sites.
#[derive(Debug, Clone, PartialEq)]
pub struct Median {
    /// Candidates, ascending.
    pub sites: Vec<usize>,
    /// Total of demand times journey, over areas that some candidate reaches.
    pub total: f64,
    /// Areas with demand that no candidate reaches, by number.
    pub unreachable: Vec<usize>,
    /// Areas that some candidate reaches but no chosen one, by number.
    pub unserved: Vec<usize>,
    /// Whether all choices were tried.
    pub exact: bool,
}

/// Swaps that save less than this share are not made.
const LEAST_SWAP: f64 = 1e-9;

impl Medians {
    /// Chooses `count` sites, the forced ones among them: all choices where
    /// they are few, else greedy choice and swaps (Teitz & Bart 1968) until
    /// none saves anything.
    #[must_use]
    pub fn choose(&self, count: usize, forced: &[usize]) -> Median {
        let count = count.max(forced.len()).min(self.journeys.len());
        let free: Vec<usize> = (0..self.journeys.len())
            .filter(|candidate| !forced.contains(candidate))
            .collect();
        let more = count - forced.len();
        let reached: Vec<usize> = (0..self.demand.len())
            .filter(|area| {
                self.demand[*area] > 0.0 && self.journeys.iter().any(|row| row[*area].is_finite())
            })
            .collect();
        // An area that no chosen site reaches must cost more than any journey,
        // or leaving people out would look like a saving.
        let longest = self
            .journeys
            .iter()
            .flat_map(|row| reached.iter().map(|area| row[*area]))
            .filter(|journey| journey.is_finite())
            .fold(0.0, f64::max);
        let demands = || reached.iter().map(|area| self.demand[*area]);
        let least = demands().fold(f64::INFINITY, f64::min);
        let far = 1.0 + longest * demands().sum::<f64>() / least;
        let problem = Reached {
            demand: reached.iter().map(|area| self.demand[*area]).collect(),
            journeys: self
                .journeys
                .iter()
                .map(|row| reached.iter().map(|area| row[*area].min(far)).collect())
                .collect(),
        };
        let exact = combinations::is_worth_it(free.len(), more, reached.len() * count.max(1));
        let mut sites = if exact {
            problem.enumerate(&free, more, forced)
        } else {
            problem.swap(problem.greedy(count, forced), forced)
        };
        sites.sort_unstable();
        let served = |area: usize| {
            sites
                .iter()
                .any(|site| self.journeys[*site][area].is_finite())
        };
        let unserved: Vec<usize> = reached
            .iter()
            .copied()
            .filter(|area| !served(*area))
            .collect();
        let total = reached
            .iter()
            .map(|area| {
                let nearest = sites
                    .iter()
                    .map(|site| self.journeys[*site][*area])
                    .fold(f64::INFINITY, f64::min);
                if nearest.is_finite() {
                    self.demand[*area] * nearest
                } else {
                    0.0
                }
            })
            .sum();
        let unreachable = (0..self.demand.len())
            .filter(|area| self.demand[*area] > 0.0 && !reached.contains(area))
            .collect();
        Median {
            sites,
            total,
            unreachable,
            unserved,
            exact,
        }
    }
}

impl Medians {
    /// The chosen sites that were not forced, the one that saves most first,
    /// each with what it saves after those before it. Where nothing was within
    /// reach before, the longest journey there is stands in.
    #[must_use]
    pub fn by_gain(&self, sites: &[usize], forced: &[usize]) -> (Vec<usize>, Vec<f64>) {
        let mut nearest = self.nearest_of(forced.iter());
        let mut left: Vec<usize> = sites
            .iter()
            .copied()
            .filter(|site| !forced.contains(site))
            .collect();
        let (mut ordered, mut gains) = (Vec::new(), Vec::new());
        while !left.is_empty() {
            let saved = |site: usize| -> f64 {
                let journeys = self.journeys[site].iter().zip(&nearest);
                self.demand
                    .iter()
                    .zip(journeys)
                    .map(|(demand, (journey, held))| demand * (held - journey).max(0.0))
                    .fold(0.0, |sum, one| sum + one)
            };
            let mut top = (0, f64::NEG_INFINITY);
            for (place, site) in left.iter().enumerate() {
                let gain = saved(*site);
                if gain > top.1 {
                    top = (place, gain);
                }
            }
            let site = left.remove(top.0);
            ordered.push(site);
            gains.push(top.1);
            for (held, journey) in nearest.iter_mut().zip(&self.journeys[site]) {
                *held = held.min(*journey);
            }
        }
        (ordered, gains)
    }

    /// For each of these sites, which stand beside the forced ones, the best
    /// stand-in among candidates not chosen, and what more it would cost.
    ///
    /// *Complexity*: O(sites × candidates × areas).
    #[must_use]
    pub fn next_best(&self, sites: &[usize], forced: &[usize]) -> Vec<Option<NextBest>> {
        let total = |nearest: &mut dyn Iterator<Item = f64>| -> f64 {
            self.demand.iter().zip(nearest).map(|(h, d)| h * d).sum()
        };
        let all = self.nearest_of(forced.iter().chain(sites));
        let now = total(&mut all.into_iter());
        sites
            .iter()
            .map(|site| {
                let others = sites.iter().filter(|one| *one != site);
                let without = self.nearest_of(forced.iter().chain(others));
                let mut best: Option<NextBest> = None;
                for candidate in 0..self.journeys.len() {
                    if sites.contains(&candidate) || forced.contains(&candidate) {
                        continue;
                    }
                    let journeys = without.iter().zip(&self.journeys[candidate]);
                    let loss = total(&mut journeys.map(|(held, own)| held.min(*own))) - now;
                    if best.is_none_or(|held| loss < held.loss) {
                        best = Some(NextBest { candidate, loss });
                    }
                }
                best
            })
            .collect()
    }

    /// The journey of each area to the nearest of some sites, at most the
    /// longest that there is.
    fn nearest_of<'a>(&self, sites: impl Iterator<Item = &'a usize>) -> Vec<f64> {
        let longest = self
            .journeys
            .iter()
            .flatten()
            .copied()
            .filter(|journey| journey.is_finite())
            .fold(0.0, f64::max);
        let mut nearest = vec![longest; self.demand.len()];
        for site in sites {
            for (held, journey) in nearest.iter_mut().zip(&self.journeys[*site]) {
                *held = held.min(*journey);
            }
        }
        nearest
    }
}

/// The problem over areas that can be reached, all journeys finite.
struct Reached {
    demand: Vec<f64>,
    journeys: Vec<Vec<f64>>,
}

impl Reached {
    fn total(&self, sites: &[usize]) -> f64 {
        self.demand
            .iter()
            .enumerate()
            .map(|(area, demand)| {
                let nearest = sites
                    .iter()
                    .map(|site| self.journeys[*site][area])
                    .fold(f64::INFINITY, f64::min);
                demand * nearest
            })
            .sum()
    }

    fn enumerate(&self, free: &[usize], more: usize, forced: &[usize]) -> Vec<usize> {
        let mut best = (f64::INFINITY, forced.to_vec());
        combinations::each(free, more, &mut |chosen| {
            let sites: Vec<usize> = forced.iter().chain(chosen).copied().collect();
            let total = self.total(&sites);
            if total < best.0 {
                best = (total, sites);
            }
        });
        best.1
    }

    fn greedy(&self, count: usize, forced: &[usize]) -> Vec<usize> {
        let mut sites = forced.to_vec();
        let mut nearest: Vec<f64> = (0..self.demand.len())
            .map(|area| {
                sites
                    .iter()
                    .map(|site| self.journeys[*site][area])
                    .fold(f64::INFINITY, f64::min)
            })
            .collect();
        while sites.len() < count {
            let total = |candidate: usize| -> f64 {
                self.demand
                    .iter()
                    .zip(&nearest)
                    .zip(&self.journeys[candidate])
                    .map(|((demand, held), journey)| demand * held.min(*journey))
                    .sum()
            };
            let Some((_, next)) = (0..self.journeys.len())
                .filter(|one| !sites.contains(one))
                .map(|candidate| (total(candidate), candidate))
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
            else {
                break;
            };
            for (held, journey) in nearest.iter_mut().zip(&self.journeys[next]) {
                *held = held.min(*journey);
            }
            sites.push(next);
        }
        sites
    }

    /// Best swaps until none saves; each priced in one pass over the areas
    /// (Whitaker 1983).
    fn swap(&self, mut sites: Vec<usize>, forced: &[usize]) -> Vec<usize> {
        if sites.is_empty() {
            return sites;
        }
        loop {
            let (nearest, holder, second) = self.two_nearest(&sites);
            let mut best: Option<(f64, usize, usize)> = None;
            for candidate in (0..self.journeys.len()).filter(|one| !sites.contains(one)) {
                let mut saved = 0.0;
                let mut lost = vec![0.0; sites.len()];
                for (area, journey) in self.journeys[candidate].iter().enumerate() {
                    if *journey < nearest[area] {
                        saved += self.demand[area] * (nearest[area] - journey);
                    } else {
                        lost[holder[area]] +=
                            self.demand[area] * (journey.min(second[area]) - nearest[area]);
                    }
                }
                for (place, lost) in lost.into_iter().enumerate() {
                    let profit = saved - lost;
                    if !forced.contains(&sites[place])
                        && best.is_none_or(|(most, _, _)| profit > most)
                    {
                        best = Some((profit, candidate, place));
                    }
                }
            }
            let total: f64 = self.demand.iter().zip(&nearest).map(|(h, d)| h * d).sum();
            match best {
                Some((profit, candidate, place)) if profit > LEAST_SWAP * total => {
                    sites[place] = candidate;
                }
                _ => return sites,
            }
        }
    }

    fn two_nearest(&self, sites: &[usize]) -> (Vec<f64>, Vec<usize>, Vec<f64>) {
        // With one site there is no second: losing it costs as much as can be.
        let far = self.journeys.iter().flatten().copied().fold(0.0, f64::max);
        let areas = self.demand.len();
        let (mut nearest, mut holder, mut second) =
            (vec![f64::INFINITY; areas], vec![0; areas], vec![far; areas]);
        for (place, site) in sites.iter().enumerate() {
            for (area, journey) in self.journeys[*site].iter().enumerate() {
                if *journey < nearest[area] {
                    if nearest[area].is_finite() {
                        second[area] = nearest[area];
                    }
                    nearest[area] = *journey;
                    holder[area] = place;
                } else if *journey < second[area] {
                    second[area] = *journey;
                }
            }
        }
        (nearest, holder, second)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn reference(name: &str) -> Option<Value> {
        let path = format!(
            "{}/../../shared/reference/{name}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/{name}.json not there");
            return None;
        };
        Some(serde_json::from_str(&text).unwrap())
    }

    fn numbers(value: &Value) -> Vec<f64> {
        let list = value.as_array().unwrap();
        list.iter().map(|number| number.as_f64().unwrap()).collect()
    }

    #[test]
    fn medians_agree_with_spopt() {
        let Some(reference) = reference("facility_location") else {
            return;
        };
        for case in reference["cases"].as_array().unwrap() {
            let input = &case["input"];
            let costs: Vec<Vec<f64>> = input["cost"]
                .as_array()
                .unwrap()
                .iter()
                .map(numbers)
                .collect();
            let problem = Medians {
                demand: numbers(&input["weights"]),
                journeys: (0..costs[0].len())
                    .map(|site| costs.iter().map(|row| row[site]).collect())
                    .collect(),
            };
            let forced: Vec<usize> = numbers(&input["must_open"])
                .iter()
                .map(|site| *site as usize)
                .collect();
            let count = input["p"].as_u64().unwrap() as usize;
            let optimum = case["expected"]["pmedian_optimum_weighted_cost"]
                .as_f64()
                .unwrap();
            let ours = problem.choose(count, &forced);
            assert!(ours.exact);
            assert!(
                (ours.total - optimum).abs() < 1e-6,
                "{}: {ours:?}",
                case["name"]
            );
        }
    }

    #[test]
    fn swaps_come_within_two_percent_of_the_or_library() {
        let Some(reference) = reference("pmedian_orlib") else {
            return;
        };
        for case in reference["cases"].as_array().unwrap() {
            let n = case["input"]["n"].as_u64().unwrap() as usize;
            let mut way = vec![vec![f64::INFINITY; n]; n];
            for edge in case["input"]["edges_1based"].as_array().unwrap() {
                let edge = numbers(edge);
                let (a, b) = (edge[0] as usize - 1, edge[1] as usize - 1);
                way[a][b] = edge[2];
                way[b][a] = edge[2];
            }
            for (vertex, row) in way.iter_mut().enumerate() {
                row[vertex] = 0.0;
            }
            for via in 0..n {
                let through = way[via].clone();
                for row in &mut way {
                    let to = row[via];
                    for (held, on) in row.iter_mut().zip(&through) {
                        *held = held.min(to + on);
                    }
                }
            }
            let problem = Medians {
                demand: vec![1.0; n],
                journeys: way,
            };
            let count = case["input"]["p"].as_u64().unwrap() as usize;
            let optimum = case["expected"]["published_optimum"].as_f64().unwrap();
            let ours = problem.choose(count, &[]);
            assert!(
                ours.total >= optimum && ours.total <= 1.02 * optimum,
                "{}: {} for {optimum}",
                case["name"],
                ours.total
            );
        }
    }

    #[test]
    fn who_cannot_be_reached_is_listed_and_not_averaged_away() {
        let none = f64::INFINITY;
        let problem = Medians {
            demand: vec![10.0, 1.0, 5.0],
            journeys: vec![vec![1.0, none, none], vec![9.0, 2.0, none]],
        };
        let chosen = problem.choose(1, &[]);
        assert_eq!(chosen.sites, [1], "reaching both beats a short way for one");
        assert_eq!(chosen.unreachable, [2]);
        assert!((chosen.total - 92.0).abs() < 1e-9);
        let forced = problem.choose(1, &[0]);
        assert_eq!((forced.sites, forced.unserved), (vec![0], vec![1]));
    }
}
