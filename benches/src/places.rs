//! Made-up places to plan with: areas where people live, services among them.

use causeway_engine::geography::Coordinates;

use super::Chance;

/// Areas and services, as plain numbers.
#[derive(Debug, Clone)]
pub struct Places {
    /// Centres of areas.
    pub areas: Vec<Coordinates>,
    /// Residents of each.
    pub people: Vec<f64>,
    /// Where services are.
    pub services: Vec<Coordinates>,
    /// Places a week of each.
    pub places: Vec<f64>,
}

/// Areas in clumps, as towns are, and services among them.
///
/// England's 33,755 small areas lie on 130,000 km², so there are 3.9 km² to
/// each; half of them lie in towns where there is a tenth of that.
#[must_use]
pub fn places(areas: usize, services: usize, seed: u64) -> Places {
    const KM2_AN_AREA: f64 = 3.9;
    let mut chance = Chance(seed);
    // A square of the size that so many areas take, around the middle of England.
    let side_km = (areas as f64 * KM2_AN_AREA).sqrt();
    let (north, east) = (side_km / 111.2 / 2.0, side_km / 67.5 / 2.0);
    let mut somewhere =
        |spread: f64| [north, east].map(|half| spread * half * (2.0 * chance.share() - 1.0));
    let towns: Vec<[f64; 2]> = (0..areas.div_ceil(400)).map(|_| somewhere(0.95)).collect();
    let mut chance = Chance(seed + 1);
    let mut near = |way_km: f64| {
        let town = towns[chance.below(towns.len())];
        [
            town[0] + (chance.share() + chance.share() - 1.0) * way_km / 111.2,
            town[1] + (chance.share() + chance.share() - 1.0) * way_km / 67.5,
        ]
    };
    let point = |[latitude, longitude]: [f64; 2]| {
        Coordinates::of(Some(52.6 + latitude), Some(-1.5 + longitude))
    };
    let mut lots = Chance(seed + 2);
    let mut place = |count: usize| -> Vec<Coordinates> {
        let mut found = Vec::with_capacity(count);
        while found.len() < count {
            let at = if lots.often(0.5) {
                near(9.0)
            } else {
                [north, east].map(|half| half * (2.0 * lots.share() - 1.0))
            };
            found.extend(point(at));
        }
        found
    };
    let (areas, services) = (place(areas), place(services));
    let mut chance = Chance(seed + 3);
    Places {
        people: areas
            .iter()
            .map(|_| 1_000.0 + 1_000.0 * chance.share())
            .collect(),
        places: services
            .iter()
            .map(|_| 5.0 + 50.0 * chance.share())
            .collect(),
        areas,
        services,
    }
}
