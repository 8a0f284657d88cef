//! The match request as options of the command line.

use causeway_engine::matching::{CostCeiling, Feature, MatchRequest, Place, Travel, Urgency};
use causeway_engine::model::{AccessFeature, Gender, OrganizationId};
use causeway_engine::snapshot::Snapshot;
use clap::Args;
use jiff::civil::{Date, Time, Weekday};

use super::Unusable;
use crate::rest::match_request::Asked;

/// Every field of a match request.
#[derive(Debug, Args)]
pub(super) struct RequestOptions {
    /// Where the person is: a postcode or its first half, LAT,LON, or a place name
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    near: Option<String>,
    /// Straight-line distance that must not be exceeded, kilometres
    #[arg(long, value_name = "KM")]
    within_km: Option<f64>,
    /// Age in years
    #[arg(long, value_name = "YEARS")]
    age: Option<f64>,
    /// female, male, or the person's own word
    #[arg(long)]
    gender: Option<String>,
    /// A language the person speaks, English name or BCP 47 code; may be repeated
    #[arg(long = "language", value_name = "LANGUAGE")]
    languages: Vec<String>,
    /// What the person cannot do without: step-free, bsl, home-visit …; may be repeated
    #[arg(long, value_name = "FEATURE", value_parser = access)]
    access: Vec<AccessFeature>,
    /// A day on which they can go: MO … SU or its name; may be repeated
    #[arg(long = "day", value_name = "DAY", value_parser = weekday)]
    days: Vec<Weekday>,
    /// From this time of day, HH:MM
    #[arg(long, value_name = "TIME", value_parser = time)]
    from_time: Option<Time>,
    /// To this time of day, HH:MM
    #[arg(long, value_name = "TIME", value_parser = time)]
    to_time: Option<Time>,
    /// On this date, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// `free`, or a ceiling in pounds a session
    #[arg(long, value_name = "COST", value_parser = cost)]
    cost: Option<CostCeiling>,
    /// How they get about: walk, wheel, limited, bus or car
    #[arg(long, value_name = "HOW", value_parser = travel)]
    travel: Option<Travel>,
    /// routine, soon or crisis
    #[arg(long, value_name = "HOW-SOON", value_parser = urgency)]
    urgency: Option<Urgency>,
    /// A feature that must be met: language, cost, time …; may be repeated
    #[arg(long, value_name = "FEATURE", value_parser = feature)]
    must: Vec<Feature>,
    /// Id of the organisation that refers
    #[arg(long, value_name = "ORG-ID")]
    from: Option<OrganizationId>,
    /// A taxonomy term or concept, id or name; may be repeated
    #[arg(long = "term", value_name = "TERM")]
    terms: Vec<String>,
    /// Id of something understood that is to be left out; may be repeated
    #[arg(long, value_name = "ID")]
    ignore: Vec<String>,
    /// Leave out services that do not say whether they meet a requirement
    #[arg(long)]
    no_unknown: bool,
    /// How many matches
    #[arg(long, default_value_t = 10, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=100))]
    limit: usize,
    /// How many to leave out first
    #[arg(long, default_value_t = 0)]
    offset: usize,
}

impl RequestOptions {
    /// The request, with the place looked up.
    pub(super) fn read(self, need: Option<String>, snapshot: &Snapshot) -> Result<Asked, Unusable> {
        let found = self
            .near
            .map(|near| snapshot.gazetteer.place(&near))
            .transpose()
            .map_err(|error| Unusable(format!("--near: {error}")))?;
        let place = found.as_ref().map(|found| Place {
            point: found.point.into(),
            label: found.label.clone(),
            radius_km: found.radius_km,
        });
        for (option, value) in [("--within-km", self.within_km), ("--age", self.age)] {
            if value.is_some_and(|value| !value.is_finite() || value < 0.0) {
                return Err(Unusable(format!("{option}: give a number from 0 on")));
            }
        }
        let request = MatchRequest {
            need,
            terms: self.terms,
            place,
            within_km: self.within_km,
            age: self.age,
            gender: self.gender.as_deref().map(Gender::from_words),
            languages: self.languages,
            access: self.access,
            days: self.days,
            from_time: self.from_time,
            to_time: self.to_time,
            on: self.on,
            cost: self.cost,
            travel: self.travel,
            urgency: self.urgency,
            must: self.must,
            from: self.from,
            include_unknown: !self.no_unknown,
            ignore: self.ignore,
            weights: None,
            limit: self.limit,
            offset: self.offset,
        };
        Ok(Asked {
            request,
            place: found,
        })
    }
}

/// One of a closed list of names, or a message with all of them.
pub(super) fn one_of<T: Copy>(
    written: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, String> {
    all.iter()
        .copied()
        .find(|it| name(*it) == written)
        .ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|it| name(*it)).collect();
            format!("known are {}", names.join(", "))
        })
}

pub(super) fn access(written: &str) -> Result<AccessFeature, String> {
    match AccessFeature::named(written) {
        Some(feature) => Ok(feature),
        None => one_of(written, &AccessFeature::ALL, AccessFeature::name),
    }
}

fn feature(written: &str) -> Result<Feature, String> {
    one_of(written, &Feature::ALL, Feature::name)
}

fn travel(written: &str) -> Result<Travel, String> {
    one_of(written, &Travel::ALL, Travel::name)
}

fn urgency(written: &str) -> Result<Urgency, String> {
    one_of(written, &Urgency::ALL, Urgency::name)
}

pub(super) fn time(written: &str) -> Result<Time, String> {
    Time::strptime("%H:%M", written)
        .map_err(|error| format!("{error}; write HH:MM, for example 18:30"))
}

fn cost(written: &str) -> Result<CostCeiling, String> {
    if written.eq_ignore_ascii_case("free") {
        return Ok(CostCeiling::Free);
    }
    match written.trim_start_matches('£').parse::<f64>() {
        Ok(pounds) if pounds.is_finite() && pounds >= 0.0 => Ok(CostCeiling::Pounds(pounds)),
        _ => Err("write `free` or a sum in pounds, for example 5".to_owned()),
    }
}

pub(super) fn weekday(written: &str) -> Result<Weekday, String> {
    let written = written.to_lowercase();
    let days = Weekday::Monday.cycle_forward().take(7);
    let names = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    days.zip(names)
        .find(|(_, name)| written.len() >= 2 && name.starts_with(&written))
        .map(|(day, _)| day)
        .ok_or_else(|| "write MO, TU, WE, TH, FR, SA, SU or the name of the day".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_by_code_and_by_name() {
        assert_eq!(weekday("WE"), Ok(Weekday::Wednesday));
        assert_eq!(weekday("Sunday"), Ok(Weekday::Sunday));
        assert!(weekday("T").is_err());
        assert!(weekday("someday").is_err());
    }

    #[test]
    fn costs_are_free_or_pounds_and_nothing_else() {
        assert_eq!(cost("Free"), Ok(CostCeiling::Free));
        assert_eq!(cost("£2.50"), Ok(CostCeiling::Pounds(2.5)));
        assert!(cost("-1").is_err() && cost("NaN").is_err());
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        assert_eq!(access("step free"), Ok(AccessFeature::StepFree));
        assert!(travel("rocket").is_err_and(|message| message.contains("wheel, limited")));
    }
}
