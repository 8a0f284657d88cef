//! What a few yeses and noes say of a share: the beta distribution (METHODS A7).

/// A share of which some yeses and noes are known, Beta(a, b).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beta {
    /// Yeses, with those that the prior counts as.
    pub yes: f64,
    /// Noes, with those that the prior counts as.
    pub no: f64,
}

/// Where a share probably lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end, 0 to 1.
    pub low: f64,
    /// Upper end, 0 to 1.
    pub high: f64,
}

/// Steps of the continued fraction; it converges in far fewer.
const STEPS: usize = 300;
const TINY: f64 = 1e-300;

impl Beta {
    /// The expected share. Both counts must be above 0.
    #[must_use]
    pub fn mean(self) -> f64 {
        self.yes / (self.yes + self.no)
    }

    /// The middle interval that holds the share with this probability, 0 to 1.
    ///
    /// ```
    /// use causeway_engine::scoring::Beta;
    /// let none_known = Beta { yes: 1.0, no: 1.0 }.interval(0.9);
    /// assert!((none_known.low - 0.05).abs() < 1e-9 && (none_known.high - 0.95).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn interval(self, probability: f64) -> Interval {
        let tail = (1.0 - probability) / 2.0;
        Interval {
            low: self.quantile(tail),
            high: self.quantile(1.0 - tail),
        }
    }

    /// The share below which the true one lies with this probability, by halving:
    /// 60 halvings leave no more than rounding.
    #[must_use]
    pub fn quantile(self, probability: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle: f64 = f64::midpoint(low, high);
            if self.below(middle) < probability {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    }

    /// The probability that the share is below `share`: the regularised incomplete
    /// beta function, by its continued fraction (Abramowitz & Stegun 26.5.8,
    /// evaluated by Lentz's method).
    fn below(self, share: f64) -> f64 {
        let Self { yes: a, no: b } = self;
        if share <= 0.0 {
            return 0.0;
        }
        if share >= 1.0 {
            return 1.0;
        }
        // The fraction converges fast on one side of the mean; the other is its mirror.
        if share > (a + 1.0) / (a + b + 2.0) {
            let mirror = Self { yes: b, no: a };
            return 1.0 - mirror.below(1.0 - share);
        }
        let front = a * share.ln() + b * (-share).ln_1p() + ln_gamma(a + b)
            - ln_gamma(a)
            - ln_gamma(b)
            - a.ln();
        let away = |value: f64| if value.abs() < TINY { TINY } else { value };
        let mut numerator = 1.0;
        let mut denominator = 1.0 / away(1.0 - (a + b) * share / (a + 1.0));
        let mut fraction = denominator;
        for step in 1..=STEPS {
            let m = step as f64;
            let even = m * (b - m) * share / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
            let odd = -(a + m) * (a + b + m) * share / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
            let mut change = 1.0;
            for term in [even, odd] {
                denominator = 1.0 / away(1.0 + term * denominator);
                numerator = away(1.0 + term / numerator);
                change = denominator * numerator;
                fraction *= change;
            }
            if (change - 1.0).abs() < 1e-15 {
                break;
            }
        }
        front.exp() * fraction
    }
}

/// ln Γ(x) for x > 0: Stirling's series from 12 on, reached by Γ(x) = Γ(x + 1)/x.
fn ln_gamma(x: f64) -> f64 {
    let mut x = x;
    let mut below = 0.0;
    while x < 12.0 {
        below += x.ln();
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1_260.0 - r / 1_680.0))) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - below
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn ln_gamma_is_the_logarithm_of_factorials() {
        assert!(ln_gamma(1.0).abs() < 1e-12);
        assert!((ln_gamma(6.0) - 120_f64.ln()).abs() < 1e-12);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-12);
    }

    #[test]
    fn means_and_intervals_agree_with_scipy() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../shared/reference/smoothing_calibration.json"
        );
        let Ok(text) = std::fs::read_to_string(path) else {
            eprintln!("skipped: shared/reference/smoothing_calibration.json not there");
            return;
        };
        let reference: Value = serde_json::from_str(&text).unwrap();
        let near = |ours: f64, theirs: &Value| {
            let theirs = theirs.as_f64().unwrap();
            assert!(
                (ours - theirs).abs() <= 1e-8 + 1e-7 * theirs,
                "{ours} {theirs}"
            );
        };
        let mut compared = 0;
        for case in reference["cases"].as_array().unwrap() {
            if !case["name"].as_str().unwrap().starts_with("beta") {
                continue;
            }
            let (input, expected) = (&case["input"], &case["expected"]);
            let number = |value: &Value| value.as_f64().unwrap();
            let prior = &input["prior"];
            let rows = input["accepted_of_sent"].as_array().unwrap();
            for (at, row) in rows.iter().enumerate() {
                let (accepted, sent) = (number(&row[0]), number(&row[1]));
                let beta = Beta {
                    yes: number(&prior[0]) + accepted,
                    no: number(&prior[1]) + sent - accepted,
                };
                near(beta.mean(), &expected["posterior_mean"][at]);
                near(beta.quantile(0.1), &expected["lower_10pct"][at]);
                let interval = beta.interval(0.9);
                near(interval.low, &expected["interval90"][at][0]);
                near(interval.high, &expected["interval90"][at][1]);
                compared += 1;
            }
        }
        assert!(compared >= 24, "only {compared} rows were compared");
    }
}
