//! Demand: who lives where, how many have the need, how deprived they are.

use crate::geography::{AreaIndex, Coordinates};
use crate::model::{Area, AreaKind, Population};
use crate::snapshot::{PlaceIndex, Snapshot};
use crate::text::fold;

use super::request::{GapsRequest, PlanningError};

/// Supply and demand this far outside the study area count too, metres: people
/// cross its edge.
pub(super) const RING_M: f64 = 5_000.0;

/// A small area of the study or of the ring around it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StudyArea {
    /// Its code.
    pub(super) code: String,
    /// Its name.
    pub(super) name: String,
    /// Code and name of the area it is part of.
    pub(super) parent: Option<(String, String)>,
    /// Name of its district, as its own name begins with it.
    pub(super) district: Option<String>,
    /// Whether it is reported, or only counts at the edge.
    pub(super) inside: bool,
    /// Its centre.
    pub(super) centre: Coordinates,
    /// Residents of all ages.
    pub(super) population: f64,
    /// People with the need.
    pub(super) demand: f64,
    /// Rank of deprivation, 1 the most deprived.
    pub(super) rank: Option<u32>,
    /// Tenth of deprivation, 1 the most deprived.
    pub(super) decile: Option<u8>,
    /// 1 the most deprived of the country, 0 the least; 0 where not known.
    pub(super) deprivation: f64,
}

/// The areas of a study, with what must be said of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Demand {
    /// By code.
    pub(super) areas: Vec<StudyArea>,
    /// Ages counted, years.
    pub(super) ages: Option<(u8, Option<u8>)>,
    /// What the figures rest on.
    pub(super) notes: Vec<String>,
}

/// The areas a request is about and those around them.
pub(super) fn read(
    snapshot: &Snapshot,
    index: &AreaIndex,
    request: &GapsRequest,
) -> Result<Demand, PlanningError> {
    let kind = finest(index).ok_or(PlanningError::NoAreas)?;
    let mut demand = Demand {
        ages: request.ages.or_else(|| usual_ages(snapshot, request)),
        ..Demand::default()
    };
    if kind == AreaKind::Lsoa21 && index.of_kind(&AreaKind::Lsoa11).next().is_some() {
        demand.notes.push(
            "Areas of the 2011 census are in the directory too; they are left out, since the two do not match."
                .to_owned(),
        );
    }
    let countrywide = ranks(index, &kind);
    let (mut placeless, mut bandless, mut unranked) = (0, 0, 0);
    for area in index.of_kind(&kind) {
        let Some(centre) = centre(area) else {
            placeless += 1;
            continue;
        };
        let population = total(&area.population);
        let stated = request.demand.as_ref().map(|table| table.get(&area.code));
        let people = if let Some(stated) = stated {
            stated.copied().unwrap_or_default()
        } else {
            let within = in_band(&area.population, demand.ages);
            if within.is_none() && demand.ages.is_some() {
                bandless += 1;
            }
            within.unwrap_or(population) * request.rate
        };
        let rank = area.deprivation.as_ref().and_then(|one| one.rank);
        if rank.is_none() {
            unranked += 1;
        }
        demand.areas.push(StudyArea {
            code: area.code.clone(),
            name: area.name.clone(),
            parent: area.parent.clone().map(|code| {
                let name = area.parent_name.clone();
                let name = name.or_else(|| index.find(&code).map(|parent| parent.name.clone()));
                (code.clone(), name.unwrap_or(code))
            }),
            district: district(&area.name),
            inside: false,
            centre,
            population,
            demand: if people.is_finite() {
                people.max(0.0)
            } else {
                0.0
            },
            rank,
            decile: area.deprivation.as_ref().and_then(|one| one.decile),
            deprivation: rank.map_or(0.0, |rank| share(rank, countrywide)),
        });
    }
    if demand.areas.is_empty() {
        return Err(PlanningError::NoAreas);
    }
    mark_inside(&mut demand.areas, index, request)?;
    keep_ring(&mut demand.areas);
    let mut note = |count: usize, said: &str| {
        if count > 0 {
            demand.notes.push(format!("{count} areas {said}"));
        }
    };
    note(
        placeless,
        "have neither centre nor outline and are left out.",
    );
    note(bandless, "give no ages; all their residents are counted.");
    note(
        unranked,
        "have no rank of deprivation; it does not weigh there.",
    );
    Ok(demand)
}

/// The finest kind of area there is.
fn finest(index: &AreaIndex) -> Option<AreaKind> {
    [
        AreaKind::Lsoa21,
        AreaKind::Lsoa11,
        AreaKind::Ward,
        AreaKind::District,
        AreaKind::Other,
    ]
    .into_iter()
    .find(|kind| {
        index
            .of_kind(kind)
            .any(|area| total(&area.population) > 0.0)
    })
}

/// The ages the need usually concerns, as the lexicon has them.
fn usual_ages(snapshot: &Snapshot, request: &GapsRequest) -> Option<(u8, Option<u8>)> {
    let audience = &snapshot
        .lexicon
        .concept(*request.need.concepts.first()?)
        .audience;
    if audience.min_age.is_none() && audience.max_age.is_none() {
        return None;
    }
    let years = |age: f64| age.clamp(0.0, 120.0) as u8;
    Some((
        audience.min_age.map_or(0, years),
        audience.max_age.map(years),
    ))
}

fn total(population: &Population) -> f64 {
    population
        .total
        .unwrap_or_else(|| population.bands.iter().map(|band| band.2).sum())
        .max(0.0)
}

/// Residents of an age band. A published band that lies across its edge counts
/// in part, as if its years were equally many.
fn in_band(population: &Population, ages: Option<(u8, Option<u8>)>) -> Option<f64> {
    const OLDEST: f64 = 100.0;
    let (from, to) = ages?;
    if population.bands.is_empty() {
        return None;
    }
    let end = |to: Option<u8>| to.map_or(OLDEST, |to| f64::from(to) + 1.0);
    let people = population.bands.iter().map(|(first, last, people)| {
        let (start, stop) = (f64::from(*first), end(*last).max(f64::from(*first) + 1.0));
        let overlap = stop.min(end(to)) - start.max(f64::from(from));
        people * (overlap / (stop - start)).clamp(0.0, 1.0)
    });
    Some(people.sum())
}

/// How many areas of the kind the country ranks.
fn ranks(index: &AreaIndex, kind: &AreaKind) -> u32 {
    let most = index
        .of_kind(kind)
        .filter_map(|area| area.deprivation.as_ref()?.rank)
        .max()
        .unwrap_or(1);
    // England ranks 33,755 areas of 2021 (IMD 2025) and 32,844 of 2011 (IMD 2019).
    match kind {
        AreaKind::Lsoa21 => most.max(33_755),
        AreaKind::Lsoa11 => most.max(32_844),
        _ => most,
    }
}

fn share(rank: u32, of: u32) -> f64 {
    if of < 2 {
        return 0.0;
    }
    1.0 - (f64::from(rank.clamp(1, of)) - 1.0) / (f64::from(of) - 1.0)
}

/// The centre an area gives, else that of its outline's box.
fn centre(area: &Area) -> Option<Coordinates> {
    Coordinates::of(area.latitude, area.longitude).or_else(|| {
        let corners = || {
            area.boundary
                .iter()
                .flat_map(|outline| outline.0.iter().flatten().flatten())
        };
        let middle = |axis: usize| {
            let low = corners()
                .map(|corner| corner[axis])
                .fold(f64::INFINITY, f64::min);
            let high = corners()
                .map(|corner| corner[axis])
                .fold(f64::NEG_INFINITY, f64::max);
            low.midpoint(high)
        };
        Coordinates::new(middle(1), middle(0)).ok()
    })
}

/// `Wandsworth` of `Wandsworth 021A`, as small areas are named.
fn district(name: &str) -> Option<String> {
    let (district, number) = name.rsplit_once(' ')?;
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    is_number.then(|| district.to_owned())
}

fn mark_inside(
    areas: &mut [StudyArea],
    index: &AreaIndex,
    request: &GapsRequest,
) -> Result<(), PlanningError> {
    let Some(asked) = request.area.as_deref().map(str::trim) else {
        for area in areas {
            area.inside = true;
        }
        return Ok(());
    };
    let folded = fold(asked);
    let mut codes: std::collections::BTreeSet<String> = index
        .find(asked)
        .into_iter()
        .chain(index.named(asked))
        .flat_map(|area| {
            let below = index.within(&area.code).into_iter();
            below
                .map(|area| area.code.clone())
                .chain([area.code.clone()])
        })
        .collect();
    codes.extend(index.within(asked).iter().map(|area| area.code.clone()));
    for area in areas.iter_mut() {
        let parent = area.parent.as_ref();
        area.inside = codes.contains(&area.code)
            || parent.is_some_and(|(code, name)| code == asked || fold(name) == folded)
            || area
                .district
                .as_ref()
                .is_some_and(|name| fold(name) == folded);
    }
    if areas.iter().any(|area| area.inside) {
        return Ok(());
    }
    let names = areas.iter().flat_map(|area| {
        let parent = area.parent.as_ref().map(|(_, name)| name);
        [Some(&area.name), parent, area.district.as_ref()]
    });
    let nearest = names
        .flatten()
        .map(|name| (strsim::jaro_winkler(&fold(name), &folded), name))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, name)| name.clone());
    Err(PlanningError::Area {
        area: asked.to_owned(),
        nearest,
    })
}

/// Leaves out what is too far from the study area to matter.
fn keep_ring(areas: &mut Vec<StudyArea>) {
    let inside = PlaceIndex::of(
        areas
            .iter()
            .enumerate()
            .filter(|(_, area)| area.inside)
            .map(|(at, area)| (area.centre.into(), at as u32)),
    );
    areas.retain(|area| {
        area.inside
            || inside
                .nearest(area.centre.into(), 1)
                .iter()
                .any(|(_, distance)| *distance <= RING_M)
    });
    areas.sort_by(|a, b| a.code.cmp(&b.code));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_that_lies_across_the_edge_counts_in_part() {
        let population = Population {
            total: Some(300.0),
            bands: vec![(0, Some(15), 160.0), (16, Some(64), 98.0), (65, None, 42.0)],
        };
        let people = |from, to| in_band(&population, Some((from, to))).unwrap();
        assert!((people(0, None) - 300.0).abs() < 1e-9);
        assert!((people(0, Some(7)) - 80.0).abs() < 1e-9);
        assert!((people(65, None) - 42.0).abs() < 1e-9);
        assert!((people(11, Some(25)) - (50.0 + 20.0)).abs() < 1e-9);
        assert_eq!(in_band(&Population::default(), Some((0, None))), None);
    }

    #[test]
    fn the_most_deprived_area_weighs_one() {
        assert!((share(1, 33_755) - 1.0).abs() < 1e-12);
        assert!(share(33_755, 33_755).abs() < 1e-12);
        assert!(share(1, 1).abs() < 1e-12);
        assert_eq!(district("Wandsworth 021A").unwrap(), "Wandsworth");
        assert_eq!(district("Balham"), None);
    }
}
