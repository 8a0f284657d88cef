//! Demand: who lives where, how many have the need, how deprived they are.

use std::collections::BTreeSet;

use crate::geography::{AreaIndex, Coordinates};
use crate::model::{Area, AreaKind, Population};
use crate::snapshot::Snapshot;

use super::edge::{inside, keep_ring, mark_inside, ring_m};
use super::request::{GapsRequest, PlanningError};
use super::supply::Supply;

/// A small area of the study or of the ring around it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StudyArea {
    /// Its code.
    pub(super) code: String,
    /// Its name.
    pub(super) name: String,
    /// Code and name of its ward, or of what it says it is part of.
    pub(super) ward: Option<(String, String)>,
    /// Code and name of its district.
    pub(super) district: Option<(String, String)>,
    /// Code and name of the imported area of another kind that it lies in.
    pub(super) other: Option<(String, String)>,
    /// Whether it is reported, or only counts at the edge.
    pub(super) inside: bool,
    /// Its centre.
    pub(super) centre: Coordinates,
    /// Residents of all ages.
    pub(super) population: f64,
    /// The same by age.
    pub(super) residents: Population,
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
    /// What kind they are.
    pub(super) kind: AreaKind,
    /// Ages counted, years.
    pub(super) ages: Option<(u8, Option<u8>)>,
    /// What must be said of the areas.
    notes: Vec<String>,
    /// What must be said of the count of people.
    counted: Vec<String>,
}

impl Demand {
    /// Counts the people with the need of a request in the areas that are here:
    /// by the table of demand, else residents of the ages concerned × rate.
    pub(super) fn count(&mut self, snapshot: &Snapshot, request: &GapsRequest) {
        self.ages = request.ages.or_else(|| usual_ages(snapshot, request));
        let (mut bandless, mut uncounted) = (0, 0);
        for area in &mut self.areas {
            let people = if let Some(table) = &request.demand {
                uncounted += usize::from(table.people(&area.code).is_none());
                table.people(&area.code).unwrap_or_default()
            } else {
                let within = in_band(&area.residents, self.ages);
                bandless += usize::from(within.is_none() && self.ages.is_some());
                within.unwrap_or(area.population) * request.rate
            };
            area.demand = if people.is_finite() {
                people.max(0.0)
            } else {
                0.0
            };
        }
        self.counted.clear();
        for (count, said) in [
            (bandless, "give no ages; all their residents are counted."),
            (
                uncounted,
                "are not in the table of demand; nobody is counted there.",
            ),
        ] {
            if count > 0 {
                self.counted.push(format!("{count} areas {said}"));
            }
        }
    }

    /// All that must be said of the figures.
    pub(super) fn notes(&self) -> impl Iterator<Item = &String> {
        self.notes.iter().chain(&self.counted)
    }

    /// Leaves out supply too far from a study area to matter.
    pub(super) fn keep_near(&self, request: &GapsRequest, supply: &mut Supply) {
        if request.area.is_none() {
            return;
        }
        let (inside, ring_m) = (inside(&self.areas), ring_m(request));
        let near = |point: Coordinates| {
            let nearest = inside.nearest(point.into(), 1);
            nearest.iter().any(|(_, distance)| *distance <= ring_m)
        };
        supply.points.retain(|one| near(one.point));
        supply.silent.retain(|point| near(*point));
    }

    /// Codes of the areas a point lies in, by which tables of travel times
    /// name it. Those of the other census name other places.
    pub(super) fn codes_around(&self, snapshot: &Snapshot, point: Coordinates) -> Vec<String> {
        let other = if self.kind == AreaKind::Lsoa11 {
            AreaKind::Lsoa21
        } else {
            AreaKind::Lsoa11
        };
        let areas = snapshot.areas().containing(point).into_iter();
        areas
            .filter(|area| area.kind != other)
            .map(|area| area.code.clone())
            .collect()
    }
}

/// The areas a request is about and those around them.
pub(super) fn read(snapshot: &Snapshot, request: &GapsRequest) -> Result<Demand, PlanningError> {
    let index = snapshot.areas();
    let kind = finest(index).ok_or(PlanningError::NoAreas)?;
    let mut demand = Demand::default();
    let countrywide = ranks(index, &kind);
    let has = |kind: &AreaKind| index.of_kind(kind).next().is_some();
    let coarser = [AreaKind::Ward, AreaKind::District, AreaKind::Other].map(|one| (has(&one), one));
    let (mut placeless, mut unranked) = (0, 0);
    for area in index.of_kind(&kind) {
        let Some(centre) = centre(area) else {
            placeless += 1;
            continue;
        };
        let rank = area.deprivation.as_ref().and_then(|one| one.rank);
        if rank.is_none() {
            unranked += 1;
        }
        let [ward, district, other] = wider(index, area, centre, &coarser);
        demand.areas.push(StudyArea {
            code: area.code.clone(),
            name: if area.name.is_empty() {
                area.code.clone()
            } else {
                area.name.clone()
            },
            ward,
            district,
            other,
            inside: false,
            centre,
            population: total(&area.population),
            residents: area.population.clone(),
            demand: 0.0,
            rank,
            decile: area.deprivation.as_ref().and_then(|one| one.decile),
            deprivation: rank.map_or(0.0, |rank| share(rank, countrywide)),
        });
    }
    if demand.areas.is_empty() {
        return Err(PlanningError::NoAreas);
    }
    mark_inside(&mut demand.areas, snapshot, request)?;
    keep_ring(&mut demand.areas, ring_m(request));
    check_tables(&demand.areas, index, &kind, request)?;
    let none_ranked = demand.areas.iter().all(|area| area.rank.is_none());
    if placeless > 0 {
        demand.notes.push(format!(
            "{placeless} areas have neither centre nor outline and are left out."
        ));
    }
    if unranked > 0 {
        demand.notes.push(format!(
            "{unranked} areas have no rank of deprivation; it does not weigh there."
        ));
    }
    demand.notes.extend(censuses(index, &kind, none_ranked));
    demand.kind = kind;
    demand.count(snapshot, request);
    Ok(demand)
}

/// What must be said where areas of two censuses, or two indices of
/// deprivation, are in the directory: they are never mixed silently.
fn censuses(index: &AreaIndex, kind: &AreaKind, none_ranked: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let older = || index.of_kind(&AreaKind::Lsoa11);
    if *kind == AreaKind::Lsoa21 && older().next().is_some() {
        notes.push(
            "Areas of the 2011 census are in the directory too; they are left out, since the two do not match."
                .to_owned(),
        );
        if none_ranked && older().any(|area| area.deprivation.is_some()) {
            notes.push(
                "Deprivation is known for areas of the 2011 census alone and is not used; import the Indices of Deprivation 2025, whose areas are those of 2021."
                    .to_owned(),
            );
        }
    }
    if *kind == AreaKind::Lsoa11 && index.of_kind(&AreaKind::Lsoa21).next().is_some() {
        notes.push(
            "Areas of the 2021 census are in the directory without residents, so those of 2011 are used; import residents of the 2021 census."
                .to_owned(),
        );
    }
    let mut indices: Vec<&str> = index
        .of_kind(kind)
        .filter_map(|area| area.deprivation.as_ref()?.index.as_deref())
        .collect();
    indices.sort_unstable();
    indices.dedup();
    if let [index] = indices.as_slice() {
        notes.push(format!("Deprivation is that of {index}."));
    }
    if indices.len() > 1 {
        notes.push(format!(
            "Deprivation comes from several indices ({}), whose ranks do not compare; import one for all areas.",
            indices.join(", ")
        ));
    }
    notes
}

/// Refuses a table that names no area of the study: the answer would be
/// nobody's need, or nobody's journey.
fn check_tables(
    areas: &[StudyArea],
    index: &AreaIndex,
    kind: &AreaKind,
    request: &GapsRequest,
) -> Result<(), PlanningError> {
    let check = |table: &str, codes: Vec<&str>| {
        let known: BTreeSet<&str> = areas.iter().map(|area| area.code.as_str()).collect();
        if codes.iter().any(|code| known.contains(code)) {
            return Ok(());
        }
        let older = |code: &&str| index.find_of_kind(&AreaKind::Lsoa11, code).is_some();
        Err(PlanningError::Table {
            table: table.to_owned(),
            of_2011: *kind == AreaKind::Lsoa21 && codes.iter().any(older),
            example: areas[0].code.clone(),
        })
    };
    if let Some(table) = &request.demand {
        check(&table.name, table.areas().collect())?;
    }
    if let Some(table) = &request.travel {
        check(&table.name, table.origins().into_iter().collect())?;
    }
    Ok(())
}

/// Ward, district and area of another kind that an area belongs to: as it and
/// those above it say, else as boundaries that were imported show.
fn wider(
    index: &AreaIndex,
    area: &Area,
    centre: Coordinates,
    coarser: &[(bool, AreaKind); 3],
) -> [Option<(String, String)>; 3] {
    let mut found: [Option<(String, String)>; 3] = [None, None, None];
    let mut above = area.parent.clone().map(|code| {
        let name = area.parent_name.clone();
        (code, name)
    });
    // An area may be named as its own parent; nothing real is nested deeper.
    for step in 0..4 {
        let Some((code, name)) = above else { break };
        let known = index.find(&code);
        let kind = known.map_or_else(
            || match code.get(..3) {
                Some("E06" | "E07" | "E08" | "E09" | "W06" | "S12" | "N09") => AreaKind::District,
                _ if step == 0 => AreaKind::Ward,
                _ => AreaKind::Other,
            },
            |known| known.kind.clone(),
        );
        let name = name
            .or_else(|| known.map(|known| known.name.clone()))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| code.clone());
        let place = coarser.iter().position(|(_, one)| *one == kind);
        if let Some(place) = place {
            found[place].get_or_insert((code, name));
        }
        above = known.and_then(|known| Some((known.parent.clone()?, known.parent_name.clone())));
    }
    for (place, (there, kind)) in coarser.iter().enumerate() {
        if found[place].is_none() && *there && *kind != area.kind {
            found[place] = index
                .containing_of_kind(kind, centre)
                .map(|one| (one.code.clone(), one.name.clone()));
        }
    }
    if found[1].is_none() {
        found[1] = district(&area.name).map(|name| (name.clone(), name));
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Deprivation, Entry, Provenance};

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

    /// An index of areas by kind and code, those of 2011 with deprivation.
    fn index(areas: &[(AreaKind, &str)]) -> AreaIndex {
        let entries: Vec<_> = areas
            .iter()
            .map(|(kind, code)| {
                let record = Area {
                    id: crate::model::AreaId(crate::model::derive_id(kind.name(), "area", code)),
                    code: (*code).to_owned(),
                    kind: kind.clone(),
                    deprivation: (*kind == AreaKind::Lsoa11).then(Deprivation::default),
                    ..Area::default()
                };
                let provenance = Provenance::default();
                std::sync::Arc::new(Entry { record, provenance })
            })
            .collect();
        AreaIndex::new(&entries)
    }

    #[test]
    fn deprivation_of_the_census_before_is_refused_aloud() {
        let both = index(&[
            (AreaKind::Lsoa21, "E01000001"),
            (AreaKind::Lsoa11, "E01000001"),
        ]);
        let notes = censuses(&both, &AreaKind::Lsoa21, true).join(" ");
        assert!(
            notes.contains("2011 census alone and is not used"),
            "{notes}"
        );
        assert!(
            notes.contains("Indices of Deprivation 2025"),
            "the remedy: {notes}"
        );
        let known = censuses(&both, &AreaKind::Lsoa21, false).join(" ");
        assert!(!known.contains("alone"), "{known}");
        let older = censuses(&both, &AreaKind::Lsoa11, false).join(" ");
        assert!(older.contains("those of 2011 are used"), "{older}");
        let one = index(&[(AreaKind::Lsoa21, "E01000001")]);
        assert!(censuses(&one, &AreaKind::Lsoa21, true).is_empty());
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
