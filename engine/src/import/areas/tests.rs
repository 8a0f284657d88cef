use std::io::Read;

use super::*;
use crate::model::AreaKind;

fn areas(reading: &Reading) -> Vec<&Area> {
    reading
        .drafts
        .iter()
        .filter_map(|draft| match &draft.record {
            Record::Area(area) => Some(area),
            _ => None,
        })
        .collect()
}

/// A file of the shared data, unpacked; says so where it is not there.
fn shared(path: &str) -> Option<Vec<u8>> {
    let full = format!("{}/../../shared/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let Ok(bytes) = std::fs::read(full) else {
        {
            eprintln!("skipped: shared/data/{path} not there");
        }
        return None;
    };
    if bytes.first() != Some(&0x1f) {
        return Some(bytes);
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice())
        .read_to_end(&mut unpacked)
        .unwrap();
    Some(unpacked)
}

#[test]
fn a_table_of_ours_is_read_with_residents_and_deprivation() {
    let reading = read_csv(
        "areas.csv",
        b"code,name,kind,parent,parent_name,latitude,longitude,population,population_0_15,population_65_over,imd_score,imd_rank,imd_decile,income_rank\n\
          E01004472,Wandsworth 021A,lsoa21,E05014009,Balham,51.44949,-0.15184,1783,258,189,6.492,29207,9,26620\n",
        "test",
    );
    let area = areas(&reading)[0];
    assert_eq!(area.kind, AreaKind::Lsoa21);
    assert_eq!(area.parent.as_deref(), Some("E05014009"));
    assert_eq!(area.population.total, Some(1783.0));
    assert_eq!(
        area.population.bands,
        [(0, Some(15), 258.0), (65, None, 189.0)]
    );
    let deprivation = area.deprivation.as_ref().unwrap();
    assert_eq!(
        (deprivation.rank, deprivation.decile),
        (Some(29207), Some(9))
    );
    assert_eq!(deprivation.index.as_deref(), Some("IMD 2025"));
    assert_eq!(deprivation.domains[0].rank, Some(26620));
    assert!(reading.rejections.is_empty() && reading.warnings.is_empty());
}

#[test]
fn the_best_centre_of_a_row_is_taken() {
    let reading = read_csv(
        "centroids.csv",
        b"lsoa21cd,lat_geometric,lon_geometric,lat_postcode_mean,lon_postcode_mean,lat_pwc2011,lon_pwc2011\n\
          E01000001,51.1,-0.1,51.2,-0.2,51.3,-0.3\nE01000002,51.1,-0.1,51.2,-0.2,,\n",
        "test",
    );
    let latitudes: Vec<_> = areas(&reading).iter().map(|area| area.latitude).collect();
    assert_eq!(latitudes, [Some(51.3), Some(51.2)]);
}

#[test]
fn codes_of_two_censuses_are_never_mixed() {
    for header in ["lsoacd,lat,lon", "lsoa11cd,lsoa21cd,lat"] {
        let reading = read_csv(
            "a.csv",
            format!("{header}\nE01000001,51,0\n").as_bytes(),
            "test",
        );
        assert!(reading.drafts.is_empty());
        assert_eq!(reading.rejections[0].field.as_deref(), Some("lsoa"));
    }
    let id = |header: &str| {
        let text = format!("{header},name\nE01000001,City of London 001A\n");
        read_csv("a.csv", text.as_bytes(), "test").drafts[0]
            .record
            .id()
    };
    assert_ne!(id("lsoa11cd"), id("lsoa21cd"));
    let unsaid = read_csv(
        "a.csv",
        b"code,name\nE01000001,City\nE05000001,Ward\n",
        "test",
    );
    assert_eq!(unsaid.rejections[0].field.as_deref(), Some("kind"));
    assert_eq!(areas(&unsaid)[0].kind, AreaKind::Ward);
}

#[test]
fn outlines_are_read_closed_and_checked() {
    let feature = |coordinates: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"WD25CD":"E05014009","WD25NM":"Balham","LAD25CD":"E09000032"}},"geometry":{{"type":"Polygon","coordinates":[[{coordinates}]]}}}}"#
        )
    };
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{},{},{}]}}"#,
        feature("[-0.1,51.4],[-0.1,51.5],[-0.2,51.5]"),
        feature("[527311,167495],[532250,172457],[526170,175679],[527311,167495]"),
        r#"{"type":"Feature","properties":{"WD25CD":"E05014010"},"geometry":null}"#,
    );
    let reading = read_geojson("wards.geojson", text.as_bytes(), "test");
    let area = areas(&reading)[0];
    assert_eq!((area.name.as_str(), area.kind.name()), ("Balham", "ward"));
    assert_eq!(area.parent.as_deref(), Some("E09000032"));
    assert_eq!(area.boundary.as_ref().unwrap().0[0][0].len(), 4);
    assert_eq!(reading.warnings[0].kind, "ring-closed");
    assert_eq!(reading.rejections.len(), 2);
    assert_eq!(reading.rows["areas"], 3);
}

#[test]
fn facts_from_three_files_make_one_area() {
    let (Some(outlines), Some(deprivation), Some(census)) = (
        shared("geo/lsoa21_wandsworth.geojson"),
        shared("deprivation/imd2025_lsoa21_wandsworth.csv"),
        shared("deprivation/census2021_population_lsoa21_england_wales.csv.gz"),
    ) else {
        return;
    };
    let outlines = read_geojson("lsoa21_wandsworth.geojson", &outlines, "test");
    let deprivation = read_csv("imd2025_lsoa21_wandsworth.csv", &deprivation, "test");
    let census = read_csv("census.csv", &census, "test");
    for (reading, rows) in [(&outlines, 186), (&deprivation, 186), (&census, 35_672)] {
        assert_eq!(
            (reading.rows["areas"], reading.drafts.len()),
            (rows, rows as usize)
        );
        assert_eq!((reading.rejections.len(), reading.warnings.len()), (0, 0));
    }
    let drafts = combine::combined(
        [outlines, deprivation, census]
            .into_iter()
            .flat_map(|reading| reading.drafts)
            .collect(),
    );
    assert_eq!(drafts.len(), 35_672);
    let whole: Vec<&Area> = drafts
        .iter()
        .take(186)
        .filter_map(|draft| match &draft.record {
            Record::Area(area) => Some(area),
            _ => None,
        })
        .collect();
    let people: f64 = whole.iter().filter_map(|area| area.population.total).sum();
    // As published with the shared data: 327,496.
    assert!((people - 327_496.0).abs() < 0.5);
    for area in whole {
        assert!(
            area.boundary.is_some() && area.deprivation.is_some(),
            "{}",
            area.code
        );
        assert!(
            area.parent
                .as_deref()
                .is_some_and(|parent| parent.starts_with("E05"))
        );
        assert_eq!(area.population.bands.len(), 6);
        assert_eq!(area.deprivation.as_ref().unwrap().domains.len(), 7);
    }
}

#[test]
fn counts_of_the_published_tables_come_out() {
    for (path, rows) in [
        ("deprivation/imd2025_lsoa21_england.csv.gz", 33_755),
        ("deprivation/imd2019_lsoa11_england.csv.gz", 32_844),
        ("deprivation/population_mid2020_lsoa11_london.csv.gz", 4_835),
        ("geo/lsoa21_london_centroids.csv", 4_994),
        (
            "geo/lsoa11_population_weighted_centroids_england_wales.csv.gz",
            34_753,
        ),
        (
            "geo/lookup_lsoa21_ward24_lad24_england_wales.csv.gz",
            35_672,
        ),
    ] {
        let Some(bytes) = shared(path) else { continue };
        let reading = read_csv(path, &bytes, "test");
        assert_eq!(
            (reading.rows["areas"], reading.drafts.len()),
            (rows, rows as usize),
            "{path}"
        );
        assert!(
            reading.rejections.is_empty() && reading.warnings.is_empty(),
            "{path}"
        );
    }
    for (path, rows) in [
        ("geo/wards2025_london.geojson.gz", 704),
        ("geo/lsoa21_london.geojson.gz", 4_994),
        ("geo/lsoa11_wandsworth.geojson", 179),
    ] {
        let Some(bytes) = shared(path) else { continue };
        let reading = read_geojson(path, &bytes, "test");
        assert_eq!(
            (reading.rows["areas"], reading.drafts.len()),
            (rows, rows as usize),
            "{path}"
        );
        assert!(
            reading.rejections.is_empty() && reading.warnings.is_empty(),
            "{path}"
        );
    }
}
