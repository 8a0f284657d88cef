//! What Causeway is measured with: the demonstration network, and a seeded
//! generator of a directory of any size around London.
//!
//! One bench for each path somebody waits for: `import` (reading and
//! reconciling), `snapshot` (building what answers), `matching`, `network`
//! (measuring the partner graph) and `planning`; `peers` compares with other
//! programs.

pub mod network;
mod places;

use std::sync::Arc;

use causeway_engine::import::{self, ImportError};
use causeway_engine::model::Directory;
use causeway_engine::snapshot::{Builder, Snapshot, SnapshotError};
use causeway_engine::text::lexicon::Lexicon;
use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::{Builder as UuidBuilder, Uuid};

pub use places::{Places, places};

/// The source that everything is read as.
pub const SOURCE: &str = "bench";
/// How many services the larger directory has.
pub const MANY: usize = 10_000;
/// Of the generator.
pub const SEED: u64 = 4711;

/// The services of the demonstration, as a user would import them.
pub const DEMO_SERVICES: &[u8] = include_bytes!("../../data/demo/services.json");
/// The partnerships of the demonstration.
pub const DEMO_PARTNERSHIPS: &[u8] = include_bytes!("../../data/demo/partnerships.csv");

/// The offers of the demonstration.
pub const DEMO_OFFERS: &[u8] = include_bytes!("../../data/demo/offers.csv");
/// The areas of the demonstration: Wandsworth's 186 small areas.
pub const DEMO_AREAS: &[u8] = include_bytes!("../../data/demo/areas.csv");

/// When everything happens: measurements must not depend on the day.
#[must_use]
pub fn now() -> Timestamp {
    Timestamp::constant(1_795_500_000, 0)
}

/// A sequence of numbers fixed by its seed: splitmix64 (Steele, Lea & Flood
/// 2014, doi:10.1145/2660193.2660195).
#[derive(Debug)]
struct Chance(u64);

impl Chance {
    fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn often(&mut self, share: f64) -> bool {
        self.share() < share
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    /// Two shares that add up leave a hump in the middle, as a city has.
    fn around(&mut self, middle: f64, reach: f64) -> f64 {
        middle + (self.share() + self.share() - 1.0) * reach
    }

    fn id(&mut self) -> Uuid {
        let halves = u128::from(self.next()) << 64 | u128::from(self.next());
        UuidBuilder::from_random_bytes(halves.to_be_bytes()).into_uuid()
    }
}

const NAMES: [&str; 12] = [
    "Lantern", "Harbour", "Orchard", "Bridge", "Mill", "Chapel", "Garden", "Corner", "Beacon",
    "Kite", "Heron", "Willow",
];
const SORTS: [&str; 8] = [
    "Trust",
    "Centre",
    "Project",
    "Network",
    "Church",
    "Mosque",
    "Association",
    "Hub",
];
const LANGUAGES: [&str; 8] = [
    "Polish",
    "Somali",
    "Urdu",
    "Bengali",
    "Arabic",
    "Portuguese",
    "Tamil",
    "Dari",
];
const DAYS: [&str; 6] = ["MO", "TU", "WE", "TH", "FR", "SA"];
const ACCESS: [&str; 4] = [
    "Step-free access",
    "Hearing loop",
    "Accessible toilet",
    "Not step-free",
];
/// Latitude and longitude of the middle, and how far the city reaches, degrees.
const CITY: (f64, f64, f64, f64) = (51.50, -0.12, 0.20, 0.35);

/// A believable directory as HSDS 3 JSON: an array of `count` full services,
/// about one organization to three of them, facts missing as they do miss. The
/// words are the lexicon's own, so that needs find them.
#[must_use]
pub fn services_json(count: usize, seed: u64) -> Vec<u8> {
    let lexicon = Lexicon::bundled();
    let mut chance = Chance::of(seed);
    let organizations: Vec<Value> = (0..count.div_ceil(3))
        .map(|number| {
            let name = format!("{} {} {number}", chance.one(&NAMES), chance.one(&SORTS));
            json!({ "id": chance.id(), "name": name, "description": "Made for measuring." })
        })
        .collect();
    let services = (0..count)
        .map(|_| {
            let organization = &organizations[chance.below(organizations.len())];
            service(&mut chance, &lexicon, organization)
        })
        .collect();
    Value::Array(services).to_string().into_bytes()
}

fn service(chance: &mut Chance, lexicon: &Lexicon, organization: &Value) -> Value {
    let concepts = lexicon.concepts();
    let concept = &concepts[chance.below(concepts.len())];
    let word = match concept.taxonomy.len() {
        0 => concept.name.as_str(),
        many => concept.taxonomy[chance.below(many)].as_str(),
    };
    let beside = &concepts[chance.below(concepts.len())].name;
    let mut service = json!({
        "id": chance.id(),
        "name": format!("{} {word}", chance.one(&NAMES)),
        "description": format!("{} {word}. Ask us about {beside} too.", concept.definition),
        "status": "active",
        "organization": organization,
        "last_modified": format!("202{}-0{}-11T09:00:00Z", 2 + chance.below(5), 1 + chance.below(9)),
        "phones": [{ "id": chance.id(), "number": "020 7946 0000" }],
    });
    let (latitude, longitude, north, east) = CITY;
    if chance.often(0.9) {
        let access = json!({ "id": chance.id(), "description": chance.one(&ACCESS) });
        service["service_at_locations"] = json!([{ "id": chance.id(), "location": {
            "id": chance.id(),
            "location_type": "physical",
            "name": format!("{} Hall", chance.one(&NAMES)),
            "latitude": chance.around(latitude, north),
            "longitude": chance.around(longitude, east),
            "accessibility": if chance.often(0.6) { json!([access]) } else { json!([]) },
        }}]);
    }
    if chance.often(0.65) {
        service["schedules"] = json!([{ "id": chance.id(), "freq": "WEEKLY",
            "byday": chance.one(&DAYS), "opens_at": "10:00", "closes_at": "15:00" }]);
    }
    if chance.often(0.5) {
        service["languages"] = json!([{ "id": chance.id(), "name": chance.one(&LANGUAGES) }]);
    }
    if chance.often(0.4) {
        let amount = [0.0, 0.0, 2.0, 5.0, 20.0][chance.below(5)];
        service["cost_options"] =
            json!([{ "id": chance.id(), "amount": amount, "currency": "GBP" }]);
    }
    if chance.often(0.3) {
        service["minimum_age"] = json!([11, 16, 18, 50, 65][chance.below(5)]);
    }
    service
}

/// The directory that files make, read and reconciled one after another.
pub fn directory(files: &[(&str, &[u8])]) -> Result<Directory, ImportError> {
    let mut directory = Directory::default();
    for (name, bytes) in files {
        let reading = import::read_bytes(name, bytes, None, SOURCE)?;
        let (batches, _) = import::reconcile(&directory, reading, SOURCE, now());
        for batch in batches {
            directory.apply(batch);
        }
    }
    Ok(directory)
}

/// The demonstration network and the generated directory, by name.
pub fn directories() -> Result<[(&'static str, Arc<Directory>); 2], ImportError> {
    let demo = directory(&[
        ("services.json", DEMO_SERVICES),
        ("partnerships.csv", DEMO_PARTNERSHIPS),
    ])?;
    let many = directory(&[("services.json", &services_json(MANY, SEED))])?;
    Ok([
        ("demo", Arc::new(demo)),
        ("10,000 services", Arc::new(many)),
    ])
}

/// The snapshot of a directory, as the engine builds it.
pub fn snapshot(directory: &Arc<Directory>) -> Result<Snapshot, SnapshotError> {
    let builder = Builder::default();
    builder.build(Arc::clone(directory), 1, now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_what_was_asked_and_the_same_again() {
        let bytes = services_json(300, SEED);
        assert_eq!(bytes, services_json(300, SEED));
        assert_ne!(bytes, services_json(300, SEED + 1));
        let directory = directory(&[("services.json", &bytes)]).unwrap();
        assert_eq!(directory.services.len(), 300);
        assert!(directory.locations.len() > 200);
    }
}
