//! Access scores by floating catchments: how many places a week there are for
//! each resident, counting who else wants them.
//!
//! All methods share two steps: each service's places are divided by the
//! people in its catchment, and each area adds up the ratios of the services
//! in its own. They differ in how distance counts (METHODS C2). Every figure
//! here is a pure function of a sparse list of pairs within reach.

use rayon::prelude::*;

/// How much a journey counts, 0 to 1.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Decay {
    /// 1 up to a limit in minutes, nothing beyond.
    Flat {
        /// The limit, inclusive, minutes.
        within: f64,
    },
    /// Zones: up to so many minutes (inclusive) that weight; ascending.
    Step {
        /// Minutes and weight of each zone.
        zones: Vec<(f64, f64)>,
    },
    /// e^(−½(t/spread)²), nothing beyond a limit.
    Gaussian {
        /// Minutes after which a journey counts .61.
        spread: f64,
        /// The limit, inclusive, minutes.
        within: f64,
    },
    /// The bell of Dai (2010, Health Place 16), which falls to 0 at its limit.
    Dai {
        /// The limit, minutes.
        within: f64,
    },
}

impl Default for Decay {
    fn default() -> Self {
        Self::slow()
    }
}

impl Decay {
    /// Names that [`Decay::named`] knows.
    pub const NAMES: [&str; 5] = ["slow", "fast", "gaussian", "dai", "flat"];

    /// Zones of 10, 20 and 30 minutes with slow decay (Luo & Qi 2009, Health Place 15).
    #[must_use]
    pub fn slow() -> Self {
        Self::Step {
            zones: vec![(10.0, 1.0), (20.0, 0.68), (30.0, 0.22)],
        }
    }

    /// The same zones with fast decay, for needs that people will not go far for.
    #[must_use]
    pub fn fast() -> Self {
        Self::Step {
            zones: vec![(10.0, 1.0), (20.0, 0.42), (30.0, 0.09)],
        }
    }

    /// The same fall, stretched so that it ends at `minutes`: a need people
    /// travel twice as far for has zones twice as wide.
    #[must_use]
    pub fn reaching(self, minutes: f64) -> Self {
        let reach = self.reach();
        let by = if reach > 0.0 { minutes / reach } else { 1.0 };
        match self {
            Self::Flat { .. } => Self::Flat { within: minutes },
            Self::Step { zones } => Self::Step {
                zones: zones
                    .into_iter()
                    .map(|(bound, weight)| (bound * by, weight))
                    .collect(),
            },
            Self::Gaussian { spread, .. } => Self::Gaussian {
                spread: spread * by,
                within: minutes,
            },
            Self::Dai { .. } => Self::Dai { within: minutes },
        }
    }

    /// The falls that can be asked for by name, as far as 30 minutes.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().as_str() {
            "slow" => Some(Self::slow()),
            "fast" => Some(Self::fast()),
            "gaussian" => Some(Self::Gaussian {
                spread: 10.0,
                within: 30.0,
            }),
            "dai" => Some(Self::Dai { within: 30.0 }),
            "flat" => Some(Self::Flat { within: 30.0 }),
            _ => None,
        }
    }

    /// The weight of a journey of `minutes`.
    #[must_use]
    pub fn weight(&self, minutes: f64) -> f64 {
        match self {
            Self::Flat { within } => f64::from(u8::from(minutes <= *within)),
            Self::Step { zones } => zones
                .iter()
                .find(|(bound, _)| minutes <= *bound)
                .map_or(0.0, |(_, weight)| *weight),
            Self::Gaussian { spread, within } => {
                if minutes <= *within {
                    (-0.5 * (minutes / spread).powi(2)).exp()
                } else {
                    0.0
                }
            }
            Self::Dai { within } => {
                if minutes <= *within {
                    let floor = (-0.5_f64).exp();
                    ((-0.5 * (minutes / within).powi(2)).exp() - floor) / (1.0 - floor)
                } else {
                    0.0
                }
            }
        }
    }

    /// Minutes beyond which nothing counts.
    #[must_use]
    pub fn reach(&self) -> f64 {
        match self {
            Self::Flat { within } | Self::Gaussian { within, .. } | Self::Dai { within } => *within,
            Self::Step { zones } => zones.last().map_or(0.0, |(bound, _)| *bound),
        }
    }
}

/// Which floating catchment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Method {
    /// Two steps, distance counts all or nothing (Luo & Wang 2003).
    #[serde(rename = "2sfca")]
    TwoStep,
    /// Two steps, distance counts by degrees (Luo & Qi 2009).
    #[default]
    #[serde(rename = "e2sfca")]
    Enhanced,
    /// As enhanced, but poor layout costs (Delamater 2013).
    #[serde(rename = "m2sfca")]
    Modified,
    /// As enhanced, but people share themselves out among the services in reach
    /// (Wan, Zou & Sternberg 2012).
    #[serde(rename = "3sfca")]
    ThreeStep,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::TwoStep,
        Self::Enhanced,
        Self::Modified,
        Self::ThreeStep,
    ];

    /// The name in requests and answers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TwoStep => "2sfca",
            Self::Enhanced => "e2sfca",
            Self::Modified => "m2sfca",
            Self::ThreeStep => "3sfca",
        }
    }

    /// The method of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// An area and a service within reach of each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The area's number.
    pub area: u32,
    /// The service's number.
    pub service: u32,
    /// How long the way takes, minutes.
    pub minutes: f64,
}

/// Who is within reach of what: pairs, grouped by area.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catchments {
    /// Where the pairs of each area begin, and the end.
    starts: Vec<usize>,
    services: Vec<u32>,
    minutes: Vec<f64>,
    service_count: usize,
}

impl Catchments {
    /// From pairs in any order. Pairs that name no area or service of these
    /// counts, or whose minutes are negative or no number, are left out.
    ///
    /// *Complexity*: O(n log n).
    #[must_use]
    pub fn of(areas: usize, services: usize, pairs: impl IntoIterator<Item = Pair>) -> Self {
        let mut rows: Vec<Vec<(u32, f64)>> = vec![Vec::new(); areas];
        for pair in pairs {
            if let Some(row) = rows.get_mut(pair.area as usize)
                && (pair.service as usize) < services
                && pair.minutes >= 0.0
                && pair.minutes.is_finite()
            {
                row.push((pair.service, pair.minutes));
            }
        }
        Self::from_rows(services, rows)
    }

    /// From the services in reach of each area, with minutes. Each row comes to
    /// be ordered by minutes, then service.
    #[must_use]
    pub fn from_rows(services: usize, mut rows: Vec<Vec<(u32, f64)>>) -> Self {
        rows.par_iter_mut()
            .for_each(|row| row.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))));
        let pairs = rows.iter().map(Vec::len).sum();
        let mut catchments = Self {
            starts: Vec::with_capacity(rows.len() + 1),
            services: Vec::with_capacity(pairs),
            minutes: Vec::with_capacity(pairs),
            service_count: services,
        };
        catchments.starts.push(0);
        for row in rows {
            catchments
                .services
                .extend(row.iter().map(|(service, _)| service));
            catchments
                .minutes
                .extend(row.iter().map(|(_, minutes)| minutes));
            catchments.starts.push(catchments.services.len());
        }
        catchments
    }

    /// How many areas.
    #[must_use]
    pub fn area_count(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many services.
    #[must_use]
    pub fn service_count(&self) -> usize {
        self.service_count
    }

    /// How many pairs.
    #[must_use]
    pub fn pair_count(&self) -> usize {
        self.services.len()
    }

    /// The services in reach of an area with the minutes there, the nearest first.
    pub fn of_area(&self, area: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = self.starts[area]..self.starts[area + 1];
        self.services[range.clone()]
            .iter()
            .copied()
            .zip(self.minutes[range].iter().copied())
    }

    /// For each service the areas in its reach with the minutes, by area.
    #[must_use]
    pub fn by_service(&self) -> Vec<Vec<(u32, f64)>> {
        let mut rows = vec![Vec::new(); self.service_count];
        for area in 0..self.area_count() {
            for (service, minutes) in self.of_area(area) {
                rows[service as usize].push((area as u32, minutes));
            }
        }
        rows
    }
}

/// Access scores and what they were made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Access {
    /// By area: places a week for each resident.
    pub scores: Vec<f64>,
    /// By service: places a week for each resident of its catchment.
    pub ratios: Vec<f64>,
    /// Services with places but no residents within reach, by number.
    pub unused: Vec<u32>,
}

/// Access scores by `method`. `demand` holds the residents of each area,
/// `supply` the places a week of each service; both finite and not negative.
///
/// Invariant: Σ demand × score = Σ supply over services with residents in
/// reach, for all methods but `Modified`, where it is at most that.
///
/// *Complexity*: O(pairs).
#[must_use]
pub fn access(
    method: Method,
    decay: &Decay,
    catchments: &Catchments,
    demand: &[f64],
    supply: &[f64],
) -> Access {
    let flat = Decay::Flat {
        within: decay.reach(),
    };
    let decay = if method == Method::TwoStep {
        &flat
    } else {
        decay
    };
    let areas = catchments.area_count();
    // The share of an area's people that turn to each service in reach is f/Σf
    // for three steps; for two they are counted at each service in full.
    let spread: Vec<f64> = if method == Method::ThreeStep {
        (0..areas)
            .into_par_iter()
            .map(|area| {
                catchments
                    .of_area(area)
                    .map(|(_, minutes)| decay.weight(minutes))
                    .sum()
            })
            .collect()
    } else {
        Vec::new()
    };
    let weight = |area: usize, minutes: f64| {
        let f = decay.weight(minutes);
        match spread.get(area) {
            Some(total) if *total > 0.0 => f * f / total,
            Some(_) => 0.0,
            None => f,
        }
    };
    let mut wanted = vec![0.0; catchments.service_count()];
    for (area, people) in demand.iter().enumerate().take(areas) {
        if *people > 0.0 {
            for (service, minutes) in catchments.of_area(area) {
                wanted[service as usize] += people * weight(area, minutes);
            }
        }
    }
    let ratios: Vec<f64> = supply
        .iter()
        .zip(&wanted)
        .map(
            |(places, people)| {
                if *people > 0.0 { places / people } else { 0.0 }
            },
        )
        .collect();
    let scores = (0..areas)
        .into_par_iter()
        .map(|area| score(method, decay, &weight, catchments, &ratios, area))
        .collect();
    let unused = supply
        .iter()
        .zip(&wanted)
        .enumerate()
        .filter(|(_, (places, people))| **places > 0.0 && **people <= 0.0)
        .map(|(service, _)| service as u32)
        .collect();
    Access {
        scores,
        ratios,
        unused,
    }
}

fn score(
    method: Method,
    decay: &Decay,
    weight: &impl Fn(usize, f64) -> f64,
    catchments: &Catchments,
    ratios: &[f64],
    area: usize,
) -> f64 {
    catchments
        .of_area(area)
        .map(|(service, minutes)| {
            let f = weight(area, minutes);
            let counted = if method == Method::Modified {
                f * decay.weight(minutes)
            } else {
                f
            };
            ratios[service as usize] * counted
        })
        // The sum of nothing is -0, and no score should print a sign.
        .fold(0.0, |sum, share| sum + share)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn close(ours: f64, expected: f64) -> bool {
        (ours - expected).abs() <= 1e-9 + 1e-9 * expected.abs()
    }

    fn numbers(value: &Value) -> Vec<f64> {
        value
            .as_array()
            .unwrap()
            .iter()
            .map(|number| number.as_f64().unwrap_or(f64::INFINITY))
            .collect()
    }

    #[test]
    fn scores_agree_with_pysal_access_and_sdc_catchment() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/floating_catchment.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/floating_catchment.json not there");
            return;
        };
        let reference: Value = serde_json::from_str(&text).unwrap();
        let mut compared = 0;
        for case in reference["cases"].as_array().unwrap() {
            let input = &case["input"];
            let (demand, supply) = (numbers(&input["demand"]), numbers(&input["supply"]));
            let limit = input["max_cost"].as_f64().unwrap();
            let pairs = input["cost_minutes"]
                .as_array()
                .unwrap()
                .iter()
                .enumerate()
                .flat_map(|(area, row)| {
                    numbers(row)
                        .into_iter()
                        .enumerate()
                        .map(move |(service, minutes)| Pair {
                            area: area as u32,
                            service: service as u32,
                            minutes,
                        })
                })
                .filter(|pair| pair.minutes <= limit);
            let catchments = Catchments::of(demand.len(), supply.len(), pairs);
            let gaussian = Decay::Gaussian {
                spread: 10.0,
                within: limit,
            };
            for (name, method, decay) in [
                ("2sfca", Method::TwoStep, &Decay::slow()),
                ("e2sfca_step", Method::Enhanced, &Decay::slow()),
                ("e2sfca_gaussian_sigma10", Method::Enhanced, &gaussian),
                ("3sfca_step", Method::ThreeStep, &Decay::slow()),
                ("m2sfca_step", Method::Modified, &Decay::slow()),
            ] {
                let ours = access(method, decay, &catchments, &demand, &supply);
                let expected = case["expected"][name].as_array().unwrap();
                for (ours, expected) in ours.scores.iter().zip(expected) {
                    // `null`: the tool divided by an empty catchment, which is 0 here.
                    if let Some(expected) = expected.as_f64() {
                        assert!(
                            close(*ours, expected),
                            "{} {name}: {ours} for {expected}",
                            case["name"]
                        );
                        compared += 1;
                    }
                }
            }
        }
        assert!(compared >= 500, "{compared}");
    }

    #[test]
    fn decay_holds_at_its_bounds() {
        assert!(close(Decay::slow().weight(10.0), 1.0));
        assert!(close(Decay::slow().weight(10.000_1), 0.68));
        assert!(close(Decay::slow().weight(30.0), 0.22));
        assert!(close(Decay::slow().weight(30.1), 0.0));
        let dai = Decay::Dai { within: 30.0 };
        assert!(close(dai.weight(0.0), 1.0) && close(dai.weight(30.0), 0.0));
    }

    #[test]
    fn a_stretched_decay_keeps_its_weights() {
        for name in Decay::NAMES {
            let usual = Decay::named(name).unwrap();
            let far = usual.clone().reaching(60.0);
            assert!(close(far.reach(), 60.0));
            assert!(close(far.weight(24.0), usual.weight(12.0)), "{name}");
            assert_eq!(usual.clone().reaching(30.0), usual);
        }
        assert_eq!(Decay::named("steep"), None);
    }

    #[test]
    fn a_catchment_without_residents_is_listed() {
        let pairs = [Pair {
            area: 0,
            service: 0,
            minutes: 5.0,
        }];
        let catchments = Catchments::of(1, 2, pairs);
        let found = access(
            Method::Enhanced,
            &Decay::slow(),
            &catchments,
            &[100.0],
            &[5.0, 3.0],
        );
        assert_eq!(found.unused, [1]);
        assert!(close(found.scores[0], 0.05));
    }

    fn world() -> impl Strategy<Value = (Vec<f64>, Vec<f64>, Vec<Pair>)> {
        (1..12_usize, 1..8_usize).prop_flat_map(|(areas, services)| {
            let pair = (0..areas as u32, 0..services as u32, 0.0..40.0_f64).prop_map(
                |(area, service, minutes)| Pair {
                    area,
                    service,
                    minutes,
                },
            );
            (
                prop::collection::vec(prop_oneof![Just(0.0), 1.0..3_000.0_f64], areas),
                prop::collection::vec(prop_oneof![Just(0.0), 1.0..60.0_f64], services),
                prop::collection::vec(pair, 0..50).prop_map(|mut pairs| {
                    pairs.sort_by_key(|pair| (pair.area, pair.service));
                    pairs.dedup_by_key(|pair| (pair.area, pair.service));
                    pairs
                }),
            )
        })
    }

    fn decays() -> impl Strategy<Value = Decay> {
        prop_oneof![
            Just(Decay::slow()),
            Just(Decay::fast()),
            Just(Decay::Dai { within: 30.0 }),
            Just(Decay::Gaussian {
                spread: 10.0,
                within: 30.0
            }),
        ]
    }

    proptest! {
        #[test]
        fn what_is_shared_out_is_what_there_is((demand, supply, pairs) in world(), decay in decays()) {
            let catchments = Catchments::of(demand.len(), supply.len(), pairs);
            for method in Method::ALL {
                let found = access(method, &decay, &catchments, &demand, &supply);
                let got: f64 = demand.iter().zip(&found.scores).map(|(p, a)| p * a).sum();
                let there: f64 = supply.iter().zip(&found.ratios).filter(|(_, r)| **r > 0.0).map(|(s, _)| s).sum();
                prop_assert!(found.scores.iter().all(|score| score.is_finite() && *score >= 0.0));
                if method == Method::Modified {
                    prop_assert!(got <= there * (1.0 + 1e-9) + 1e-9);
                } else {
                    prop_assert!((got - there).abs() <= 1e-9 * (1.0 + there), "{method:?} {got} {there}");
                }
            }
        }

        #[test]
        fn more_supply_never_lowers_access((demand, supply, pairs) in world(), decay in decays(), which in 0..8_usize, more in 0.0..50.0_f64) {
            let catchments = Catchments::of(demand.len(), supply.len(), pairs);
            let mut greater = supply.clone();
            let which = which % supply.len();
            greater[which] += more;
            for method in Method::ALL {
                let before = access(method, &decay, &catchments, &demand, &supply);
                let after = access(method, &decay, &catchments, &demand, &greater);
                for (before, after) in before.scores.iter().zip(&after.scores) {
                    prop_assert!(after >= before);
                }
            }
        }

        #[test]
        fn a_new_service_never_lowers_access((demand, supply, pairs) in world(), decay in decays(), ways in prop::collection::vec((0..12_u32, 0.0..30.0_f64), 1..6)) {
            let before = Catchments::of(demand.len(), supply.len(), pairs.clone());
            let mut ways = ways;
            ways.sort_by_key(|(area, _)| *area);
            ways.dedup_by_key(|(area, _)| *area);
            let new = ways.into_iter().map(|(area, minutes)| Pair { area, service: supply.len() as u32, minutes });
            let after = Catchments::of(demand.len(), supply.len() + 1, pairs.into_iter().chain(new));
            let mut more = supply.clone();
            more.push(10.0);
            for method in [Method::TwoStep, Method::Enhanced, Method::Modified] {
                let before = access(method, &decay, &before, &demand, &supply);
                let after = access(method, &decay, &after, &demand, &more);
                for (before, after) in before.scores.iter().zip(&after.scores) {
                    prop_assert!(*after >= before * (1.0 - 1e-12));
                }
            }
        }

        #[test]
        fn scores_do_not_ask_in_which_order_pairs_came((demand, supply, pairs) in world().prop_flat_map(|(d, s, p)| (Just(d), Just(s), Just(p).prop_shuffle()))) {
            let shuffled = Catchments::of(demand.len(), supply.len(), pairs.clone());
            let mut sorted = pairs;
            sorted.sort_by_key(|pair| (pair.service, pair.area));
            prop_assert_eq!(shuffled, Catchments::of(demand.len(), supply.len(), sorted));
        }
    }
}
