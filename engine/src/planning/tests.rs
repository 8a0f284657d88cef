//! Planning through its public interface, on a small made-up town.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use proptest::prelude::*;

use super::accessibility::Method;
use super::*;
use crate::geography::Coordinates;
use crate::matching::understand::NamedTerm;
use crate::model::{
    Area, AreaId, AreaKind, Attribute, Deprivation, Directory, Entry, Funding, Location,
    LocationId, Organization, OrganizationId, Population, Provenance, Record, Service,
    ServiceAtLocation, ServiceAtLocationId, ServiceCapacity, ServiceId, TaxonomyTerm,
    TaxonomyTermId, derive_id,
};
use crate::snapshot::{Builder, Snapshot};

fn id(kind: &str, name: &str) -> uuid::Uuid {
    derive_id("town", kind, name)
}

fn service_id(name: &str) -> ServiceId {
    ServiceId(id("service", name))
}

/// A town of 48 areas in 6 wards on a grid of 600 m, more deprived to the east.
fn areas() -> Vec<Area> {
    (0..48_u32)
        .map(|n| {
            let (row, column) = (n / 8, n % 8);
            let code = format!("E01{n:06}");
            Area {
                id: AreaId(id("area", &code)),
                name: format!("Mill Town {n:03}A"),
                kind: AreaKind::Lsoa21,
                parent: Some(format!("E05{row:06}")),
                parent_name: Some(format!("Ward {row}")),
                latitude: Some(51.40 + 0.0054 * f64::from(row)),
                longitude: Some(-0.20 + 0.0087 * f64::from(column)),
                population: Population {
                    total: Some(1_000.0 + 50.0 * f64::from(n)),
                    bands: vec![
                        (0, Some(15), 200.0),
                        (16, Some(64), 600.0 + 50.0 * f64::from(n)),
                        (65, None, 200.0),
                    ],
                },
                deprivation: Some(Deprivation {
                    rank: Some(1 + (7 - column) * 4_500 + row * 10),
                    decile: Some(10 - column as u8),
                    ..Deprivation::default()
                }),
                code,
                ..Area::default()
            }
        })
        .collect()
}

/// One service of the town: name, organization, place by row and column, places a week.
type Given = (&'static str, &'static str, f64, f64, Option<f64>);

const TOWN: [Given; 4] = [
    ("Soup", "Mill Hall", 1.0, 1.0, Some(40.0)),
    ("Larder", "Mill Hall", 4.2, 2.0, Some(20.0)),
    ("Pantry", "St Ann", 2.0, 5.1, None),
    ("Table", "Oak", 3.0, 0.5, Some(30.0)),
];

fn town(services: &[Given]) -> Snapshot {
    let mut directory = Directory::default();
    let mut put = |record: Record| {
        directory.put(Entry {
            record,
            provenance: Provenance::default(),
        });
    };
    for area in areas() {
        put(area.into());
    }
    let term = TaxonomyTermId(id("term", "food"));
    put(TaxonomyTerm {
        id: term,
        name: "Town food".to_owned(),
        ..TaxonomyTerm::default()
    }
    .into());
    for (name, host, row, column, places) in services {
        let organization = OrganizationId(id("organization", host));
        put(Organization {
            id: organization,
            name: (*host).to_owned(),
            ..Organization::default()
        }
        .into());
        put(Service {
            id: service_id(name),
            organization_id: Some(organization),
            name: (*name).to_owned(),
            capacities: vec![ServiceCapacity {
                maximum: *places,
                ..ServiceCapacity::default()
            }],
            funding: vec![Funding {
                source: Some("The Fund".to_owned()),
                ..Funding::default()
            }],
            attributes: vec![Attribute {
                taxonomy_term_id: Some(term),
                ..Attribute::default()
            }],
            ..Service::default()
        }
        .into());
        put(Location {
            id: LocationId(id("location", name)),
            name: Some(format!("{name} House")),
            latitude: Some(51.40 + 0.0054 * row),
            longitude: Some(-0.20 + 0.0087 * column),
            ..Location::default()
        }
        .into());
        put(ServiceAtLocation {
            id: ServiceAtLocationId(id("at", name)),
            service_id: service_id(name),
            location_id: LocationId(id("location", name)),
            ..ServiceAtLocation::default()
        }
        .into());
    }
    let builder = Builder::default();
    let at: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    builder.build(Arc::new(directory), 7, at).unwrap()
}

fn usual_town() -> &'static Snapshot {
    static HELD: OnceLock<Snapshot> = OnceLock::new();
    HELD.get_or_init(|| town(&TOWN))
}

fn food() -> GapsRequest {
    GapsRequest {
        need: NamedTerm {
            terms: vec![TaxonomyTermId(id("term", "food"))],
            ..NamedTerm::default()
        },
        need_name: "Town food".to_owned(),
        ..GapsRequest::default()
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

#[test]
fn gaps_rank_areas_by_unmet_need() {
    let answer = gaps(usual_town(), &food()).unwrap();
    assert_eq!(answer.areas.len(), 48);
    assert!(
        answer
            .areas
            .windows(2)
            .all(|pair| pair[0].unmet >= pair[1].unmet)
    );
    assert_eq!(answer.areas[0].rank, 1);
    // The median of what is stated stands in for the pantry: 30 of 120.
    assert!(
        close(answer.imputed_share, 0.25),
        "{}",
        answer.imputed_share
    );
    assert!(close(answer.totals.places, 120.0));
    let served: f64 = answer
        .areas
        .iter()
        .map(|area| area.demand * area.access.unwrap())
        .sum();
    assert!(close(served, 120.0), "{served}");
    assert!(close(
        answer.totals.even_share,
        120.0 / answer.totals.demand
    ));
    let near = answer
        .areas
        .iter()
        .find(|area| area.area.code == "E01000009")
        .unwrap();
    let nearest = near.nearest.as_ref().unwrap();
    assert_eq!(nearest.service.name, "Soup");
    assert!(nearest.distance_m < 1.0 && near.choices >= 1);
    assert!(answer.equity.gini.value.unwrap() > 0.0);
    assert!(
        answer.equity.concentration_index.value.unwrap() > 0.0,
        "supply lies to the west, deprivation to the east"
    );
    assert_eq!(answer.snapshot, 7);
    assert_eq!(answer, gaps(usual_town(), &food()).unwrap());
}

#[test]
fn figures_do_not_ask_in_which_order_records_came() {
    let mut turned = TOWN;
    turned.reverse();
    turned.swap(0, 2);
    let (one, other) = (usual_town(), town(&turned));
    for method in Method::ALL {
        let request = GapsRequest { method, ..food() };
        assert_eq!(gaps(one, &request), gaps(&other, &request));
    }
    let sites = SitesRequest {
        gaps: food(),
        ..SitesRequest::default()
    };
    assert_eq!(sites_for(one, &sites), sites_for(&other, &sites));
}

#[test]
fn areas_sum_to_their_wards_districts_and_hexagons() {
    let small = gaps(usual_town(), &food()).unwrap();
    for (by, count) in [(By::Ward, 6), (By::District, 1)] {
        let large = gaps(usual_town(), &GapsRequest { by, ..food() }).unwrap();
        assert_eq!(large.areas.len(), count);
        assert_same_sums(&small, &large);
    }
    let hexagons = gaps(
        usual_town(),
        &GapsRequest {
            by: By::Hex,
            ..food()
        },
    )
    .unwrap();
    assert!(hexagons.areas.len() < 48 && hexagons.areas.len() > 10);
    assert!(
        hexagons
            .areas
            .iter()
            .all(|area| area.area.code.starts_with("88"))
    );
    assert_same_sums(&small, &hexagons);
}

fn assert_same_sums(small: &GapsAnswer, large: &GapsAnswer) {
    let sum = |answer: &GapsAnswer, figure: &dyn Fn(&GapArea) -> f64| -> f64 {
        answer.areas.iter().map(figure).sum()
    };
    for figure in [
        &(|area: &GapArea| area.population) as &dyn Fn(&GapArea) -> f64,
        &|area: &GapArea| area.demand,
        &|area: &GapArea| area.unmet,
        &|area: &GapArea| area.demand * area.access.unwrap_or_default(),
    ] {
        assert!(close(sum(small, figure), sum(large, figure)));
    }
}

#[test]
fn a_study_area_counts_supply_and_people_around_it() {
    let ward = GapsRequest {
        area: Some("Ward 2".to_owned()),
        ..food()
    };
    let answer = gaps(usual_town(), &ward).unwrap();
    assert_eq!(answer.areas.len(), 8);
    let all = gaps(usual_town(), &food()).unwrap();
    for area in &answer.areas {
        let whole = all.areas.iter().find(|one| one.area == area.area).unwrap();
        assert_eq!(area.access, whole.access, "the ring is within 5 km");
    }
    let missing = GapsRequest {
        area: Some("Wrad 2".to_owned()),
        ..food()
    };
    let error = gaps(usual_town(), &missing).unwrap_err();
    assert!(error.to_string().contains("Ward 2"), "{error}");
}

#[test]
fn ages_limit_whom_is_counted() {
    let old = GapsRequest {
        ages: Some((65, None)),
        ..food()
    };
    let answer = gaps(usual_town(), &old).unwrap();
    assert!(close(answer.totals.demand, 48.0 * 200.0));
}

#[test]
fn what_nobody_says_may_be_a_gap_in_the_data() {
    let step_free = GapsRequest {
        access: vec![crate::model::AccessFeature::StepFree],
        ..food()
    };
    let kept = gaps(usual_town(), &step_free).unwrap();
    assert_eq!(kept.totals.services, 4);
    assert!(kept.areas.iter().any(|area| {
        area.caution
            .as_ref()
            .is_some_and(|said| said.contains("not said to meet"))
    }));
    let strict = GapsRequest {
        include_unknown: false,
        ..step_free
    };
    let answer = gaps(usual_town(), &strict).unwrap();
    assert_eq!(answer.totals.services, 0);
    assert!(
        answer
            .method
            .notes
            .iter()
            .any(|note| note.contains("No supply"))
    );
    assert_eq!(answer.equity.gini.value, None);
}

#[test]
fn fragile_spots_agree_with_closing_them() {
    let answer = gaps(usual_town(), &food()).unwrap();
    assert_eq!(
        answer.fragile[0].kind,
        Support::Funder,
        "all hangs on the one fund"
    );
    let hall = answer
        .fragile
        .iter()
        .find(|spot| spot.name == "Mill Hall")
        .unwrap();
    assert_eq!(hall.services, ["Larder", "Soup"]);
    let closed = ScenarioRequest {
        gaps: food(),
        close: vec![service_id("Soup"), service_id("Larder")],
        ..ScenarioRequest::default()
    };
    let closed = scenario(usual_town(), &closed).unwrap();
    let added = closed.unmet_after - closed.unmet_before;
    assert!(close(added, hall.unmet_added));
    assert!(closed.people_losing > 0.0 && closed.people_gaining <= 0.0);
    assert!(!closed.gaps_opened.is_empty() && closed.gaps_closed.is_empty());
}

#[test]
fn a_scenario_that_changes_nothing_changes_no_figure() {
    for method in Method::ALL {
        let request = ScenarioRequest {
            gaps: GapsRequest { method, ..food() },
            ..ScenarioRequest::default()
        };
        let answer = scenario(usual_town(), &request).unwrap();
        assert!(answer.areas.iter().all(|area| area.before == area.after));
        assert_eq!(answer.equity.before, answer.equity.after);
        assert!(answer.gaps_closed.is_empty() && answer.gaps_opened.is_empty());
        assert!(answer.people_gaining + answer.people_losing <= 0.0);
    }
}

#[test]
fn moving_and_changing_count() {
    let east = Coordinates::new(51.4162, -0.1391).unwrap();
    let moved = ScenarioRequest {
        gaps: food(),
        moves: vec![Moving {
            service: service_id("Soup"),
            from: None,
            to: east,
        }],
        ..ScenarioRequest::default()
    };
    let answer = scenario(usual_town(), &moved).unwrap();
    assert!(answer.people_gaining > 0.0 && answer.people_losing > 0.0);
    let index = |equity: &equity::Equity| equity.concentration_index.value.unwrap();
    assert!(index(&answer.equity.after) < index(&answer.equity.before));
    let doubled = ScenarioRequest {
        gaps: food(),
        change: BTreeMap::from([(
            service_id("Table"),
            Changed {
                places: Some(60.0),
                ..Changed::default()
            },
        )]),
        ..ScenarioRequest::default()
    };
    let answer = scenario(usual_town(), &doubled).unwrap();
    assert!(answer.people_gaining > 0.0 && answer.people_losing <= 0.0);
    let unknown = ScenarioRequest {
        gaps: food(),
        close: vec![service_id("No such")],
        ..ScenarioRequest::default()
    };
    assert!(matches!(
        scenario(usual_town(), &unknown),
        Err(PlanningError::Service(_))
    ));
}

#[test]
fn sites_go_where_need_is_and_beat_any_single_swap() {
    let request = SitesRequest {
        gaps: food(),
        count: 3,
        ..SitesRequest::default()
    };
    let answer = sites_for(usual_town(), &request).unwrap();
    assert_eq!(answer.sites.len(), 3);
    assert!(answer.upper_bound.unwrap() >= answer.objective - 1e-9);
    for site in &answer.sites {
        assert!(site.longitude > -0.17, "the east has none: {site:?}");
        assert!(site.access_after > site.access_before);
        assert!(
            site.next_best.as_ref().unwrap().loss
                >= -1e-9 * answer.objective - 0.001 * answer.objective
        );
    }
    let many = SitesRequest {
        count: 500,
        ..request.clone()
    };
    assert_eq!(sites_for(usual_town(), &many).unwrap().sites.len(), 48);
    let none = SitesRequest {
        count: 0,
        ..request.clone()
    };
    assert!(sites_for(usual_town(), &none).unwrap().sites.is_empty());
    let venues = SitesRequest {
        candidates: vec![Candidates::Venues],
        count: 2,
        ..request
    };
    let answer = sites_for(usual_town(), &venues).unwrap();
    assert!(answer.exact && answer.guarantee.contains("All choices"));
}

#[test]
fn the_p_median_saves_most_minutes() {
    let request = SitesRequest {
        gaps: food(),
        count: 2,
        objective: Objective::Median,
        candidates: vec![Candidates::Areas],
        ..SitesRequest::default()
    };
    let answer = sites_for(usual_town(), &request).unwrap();
    assert_eq!(answer.sites.len(), 2);
    assert!(answer.sites[0].gain >= answer.sites[1].gain && answer.sites[1].gain > 0.0);
    // Each stand-in is worse, or at least no better than a swap would be worth.
    assert!(
        answer
            .sites
            .iter()
            .all(|site| site.next_best.as_ref().unwrap().loss > -1e-6)
    );
    let one = SitesRequest {
        count: 1,
        ..request
    };
    assert!(sites_for(usual_town(), &one).unwrap().objective > answer.objective);
}

#[test]
fn demand_that_was_counted_and_codes_of_another_census_are_told_apart() {
    let counted = DemandTable::from_csv("survey", "area,people\nE01000003,500\n".as_bytes()).0;
    let request = GapsRequest {
        demand: Some(Arc::new(counted)),
        ..food()
    };
    let answer = gaps(usual_town(), &request).unwrap();
    assert!(close(answer.totals.demand, 500.0));
    let notes = answer.method.notes.join(" ");
    assert!(notes.contains("47 areas are not in the table"), "{notes}");
    let strange = DemandTable::from_csv("survey", "area,people\nE01999999,5\n".as_bytes()).0;
    let request = GapsRequest {
        demand: Some(Arc::new(strange)),
        ..food()
    };
    let error = gaps(usual_town(), &request).unwrap_err().to_string();
    assert!(
        error.contains("survey names no area") && error.contains("E01000000"),
        "{error}"
    );
}

#[test]
fn a_figure_says_what_it_rests_on() {
    let answer = gaps(usual_town(), &food()).unwrap();
    let rests = answer.totals.rests_on;
    assert_eq!(
        (rests.services, rests.stating_places, rests.never_checked),
        (4, 3, 4)
    );
    assert!(close(answer.method.usual_places, 30.0));
    assert!(
        answer
            .areas
            .iter()
            .all(|area| area.rests_on.services == area.choices)
    );
    assert_eq!(answer.units.len(), 2, "by ward and by hexagon");
}

#[test]
fn a_table_of_travel_times_takes_the_place_of_lines() {
    let table = "origin,destination,minutes\nE01000000,E01000009,5\n";
    let (table, rejected) = TravelTimes::from_csv("the bus table", table.as_bytes());
    assert!(rejected.is_empty());
    let request = GapsRequest {
        travel: Some(Arc::new(table)),
        ..food()
    };
    let answer = gaps(usual_town(), &request).unwrap();
    let reached: Vec<&str> = answer
        .areas
        .iter()
        .filter(|area| area.choices > 0)
        .map(|area| area.area.code.as_str())
        .collect();
    assert_eq!(reached, ["E01000000"]);
    assert!(
        answer
            .method
            .notes
            .iter()
            .any(|note| note.contains("the bus table"))
    );
}

#[test]
fn people_whom_no_service_says_it_suits_are_found() {
    let circumstances = Circumstances {
        access: vec![crate::model::AccessFeature::StepFree],
        times: vec![OutOfHours::Evening],
        ..Circumstances::default()
    };
    let found = gaps_by_person(usual_town(), &[food()], &circumstances).unwrap();
    assert_eq!(found.tried, 4);
    // Nobody in the town says a word about steps or hours: each alone leaves
    // everybody without, so both together tell nothing more.
    let asked: Vec<_> = found
        .people
        .iter()
        .map(|gap| (gap.access, gap.time, gap.services, gap.unsaid))
        .collect();
    assert_eq!(
        asked[..2],
        [
            (None, Some(OutOfHours::Evening), 0, 4),
            (Some(crate::model::AccessFeature::StepFree), None, 0, 4),
        ]
    );
    assert!(
        found.people[..2]
            .iter()
            .all(|gap| close(gap.share_without, 1.0))
    );
    assert!(found.people[2..].iter().all(|gap| gap.share_without < 1.0));
}

#[test]
fn without_areas_there_is_no_answer() {
    let builder = Builder::default();
    let empty = builder
        .build(Arc::new(Directory::default()), 1, Timestamp::UNIX_EPOCH)
        .unwrap();
    assert_eq!(gaps(&empty, &food()), Err(PlanningError::NoAreas));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn opening_never_raises_unmet_need(row in 0.0..5.0_f64, column in 0.0..7.0_f64, places in prop::option::of(0.0..90.0_f64)) {
        let request = ScenarioRequest {
            gaps: food(),
            open: vec![Opening {
                name: None,
                organization: None,
                point: Coordinates::new(51.40 + 0.0054 * row, -0.20 + 0.0087 * column).unwrap(),
                places,
            }],
            ..ScenarioRequest::default()
        };
        let answer = scenario(usual_town(), &request).unwrap();
        prop_assert!(answer.areas.iter().all(|area| area.after.access.unwrap() >= area.before.access.unwrap() * (1.0 - 1e-12)));
        prop_assert!(answer.areas.iter().all(|area| area.after.unmet <= area.before.unmet * (1.0 + 1e-12) + 1e-12));
        prop_assert!(answer.people_losing <= 0.0 && answer.gaps_opened.is_empty());
    }
}

#[test]
fn the_map_and_the_report_stand_alone() {
    use super::maps::{
        Classing, Figure, choropleth, curve, report, symbols, tenth_bars, worst_bars,
    };
    let answer = gaps(usual_town(), &food()).unwrap();
    let town = usual_town();
    for classing in Classing::ALL {
        let svg = choropleth(town, &answer, Figure::Unmet, classing);
        assert_eq!(svg.matches("stroke-dasharray").count(), 48, "one an area");
        assert!(svg.contains(" areas</text>"), "classes say how many");
        assert!(svg.contains(">Ward 3</text>"), "places have names");
    }
    let pictures = [
        choropleth(town, &answer, Figure::Access, Classing::Quantile),
        symbols(town, &answer, Figure::Demand),
        worst_bars(&answer),
        tenth_bars(&answer),
        curve(&answer),
    ];
    for svg in &pictures {
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(!svg.contains(" style="), "a page's policy forbids styles");
    }
    assert_eq!(pictures[1].matches("fill-opacity").count(), 48 + 3);
    let page = report(usual_town(), &answer);
    assert!(page.contains("Soup") && page.contains("The ten worst gaps"));
    assert!(
        !page.contains("http://")
            || page.matches("http://").count()
                == page.matches("http://www.w3.org/2000/svg").count()
    );
    assert!(!page.contains("https://"));
}
