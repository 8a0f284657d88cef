//! `/v1/gaps…`, `/v1/areas`, `/v1/scenarios` and `/v1/sites`, over the demonstration network.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use causeway_api::demo;
use causeway_engine::engine::{Engine, EngineSettings};
use serde_json::{Value, json};

use crate::network::{Answer, ask_of, id, named};

/// The demonstration: 444 services and Wandsworth's 186 small areas.
fn demonstration() -> Arc<Engine> {
    static HELD: OnceLock<Arc<Engine>> = OnceLock::new();
    Arc::clone(HELD.get_or_init(|| {
        let at = "2026-11-24T09:30:00Z".parse().unwrap();
        Arc::new(demo::open(EngineSettings::default(), at).unwrap())
    }))
}

async fn get(uri: &str) -> Answer {
    ask_of(demonstration(), TestRequest::get().uri(uri)).await
}

async fn post(uri: &str, body: &Value) -> Answer {
    ask_of(demonstration(), TestRequest::post().uri(uri).set_json(body)).await
}

/// Asks and finds these members in the answer.
fn check(answer: &Answer, members: &[&str]) -> Value {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = answer.json();
    for member in members.iter().chain(&["snapshot"]) {
        assert!(answer.get(*member).is_some(), "no {member}: {answer}");
    }
    answer
}

/// Is refused for these inputs, with this said.
fn check_refused(answer: &Answer, status: StatusCode, inputs: &[&str], said: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(named(&answer.json()), inputs, "{}", answer.text);
    assert!(answer.text.contains(said), "{}", answer.text);
}

fn numbers(answer: &Value, list: &str, member: &str) -> Vec<f64> {
    let areas = answer[list].as_array().unwrap().iter();
    areas
        .map(|area| area[member].as_f64().unwrap_or_default())
        .collect()
}

fn sum(answer: &Value, member: &str) -> f64 {
    numbers(answer, "areas", member).iter().sum()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

#[actix_web::test]
async fn gaps_have_every_member_that_programs_rely_on() {
    let answer = check(
        &get("/v1/gaps?need=food%20bank").await,
        &[
            "need",
            "by",
            "areas",
            "total",
            "limit",
            "offset",
            "links",
            "totals",
            "equity",
            "fragile",
            "method",
            "imputed_share",
            "date",
        ],
    );
    let areas = answer["areas"].as_array().unwrap();
    assert_eq!(
        (areas.len(), &answer["total"]),
        (186, &json!(186)),
        "all by default"
    );
    for area in areas {
        for member in [
            "area",
            "population",
            "demand",
            "access",
            "rank",
            "unmet",
            "deprivation",
            "nearest",
            "choices",
            "imputed_share",
            "rests_on",
            "caution",
        ] {
            assert!(area.get(member).is_some(), "no {member}: {area}");
        }
        assert!(area["area"]["code"].is_string() && area["area"]["name"].is_string());
        assert!(area["deprivation"]["rank"].is_u64() && area["deprivation"]["decile"].is_u64());
        if !area["nearest"].is_null() {
            assert!(area["nearest"]["service"]["id"].is_string(), "{area}");
            assert!(area["nearest"]["minutes"].as_f64().unwrap() <= 30.0);
            assert!(area["nearest"]["distance_m"].is_f64() && area["choices"] != 0);
        }
    }
    let unmet = numbers(&answer, "areas", "unmet");
    assert!(unmet.is_sorted_by(|a, b| a >= b));
    for (at, rank) in numbers(&answer, "areas", "rank").into_iter().enumerate() {
        assert!(close(rank, at as f64 + 1.0));
    }
    for index in ["gini", "concentration_index", "slope_index", "tenths_ratio"] {
        let estimate = &answer["equity"][index];
        let [low, value, high] = [
            &estimate["interval"]["low"],
            &estimate["value"],
            &estimate["interval"]["high"],
        ]
        .map(|figure| figure.as_f64().unwrap());
        assert!(low <= value && value <= high, "{index}: {estimate}");
    }
    // Every place on the map is shared out: Σ people × access = Σ places.
    let served: f64 = areas
        .iter()
        .map(|area| area["demand"].as_f64().unwrap() * area["access"].as_f64().unwrap_or(0.0))
        .sum();
    assert!(served <= answer["totals"]["places"].as_f64().unwrap() * (1.0 + 1e-9));
    assert!(close(
        sum(&answer, "unmet"),
        answer["totals"]["unmet"].as_f64().unwrap()
    ));
    let fragile = answer["fragile"].as_array().unwrap();
    assert!(!fragile.is_empty());
    assert!(
        fragile
            .iter()
            .all(|spot| spot["share"].as_f64().unwrap() > 0.0)
    );
    assert_eq!(
        get("/v1/gaps?need=food%20bank").await.text,
        get("/v1/gaps?need=food%20bank").await.text
    );
}

#[actix_web::test]
async fn a_page_of_areas_is_given_where_one_is_asked_for() {
    let answer = check(
        &get("/v1/gaps?need=food%20bank&limit=5&offset=10").await,
        &["links"],
    );
    let ranks = numbers(&answer, "areas", "rank");
    assert!(close(ranks[0], 11.0) && ranks.len() == 5);
    assert_eq!(
        (&answer["limit"], &answer["offset"], &answer["total"]),
        (&json!(5), &json!(10), &json!(186))
    );
    let next = answer["links"]["next"].as_str().unwrap();
    assert!(
        next.contains("need=food%20bank") && next.contains("offset=15"),
        "{next}"
    );
    check_refused(
        &get("/v1/gaps?need=food%20bank&limit=0").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["limit"],
        "1 to 1000",
    );
}

#[actix_web::test]
async fn a_need_is_known_by_id_name_and_synonym_or_the_nearest_is_named() {
    let by_name = get("/v1/gaps?need=food%20bank").await.json();
    let id = by_name["need"]["id"].as_str().unwrap();
    let by_id = get(&format!("/v1/gaps?need={id}")).await.json();
    let by_synonym = get("/v1/gaps?need=food%20parcels").await.json();
    assert_eq!(by_name["areas"], by_id["areas"]);
    assert_eq!(by_name["need"], by_synonym["need"]);
    check_refused(
        &get("/v1/gaps?need=fodo%20bnak%20zzz").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["need"],
        "did you mean",
    );
}

#[actix_web::test]
async fn unknown_names_and_values_are_told_with_the_nearest() {
    check_refused(
        &get("/v1/gaps?need=food%20bank&methd=2sfca").await,
        StatusCode::BAD_REQUEST,
        &["methd"],
        "'method'",
    );
    for (query, input, said) in [
        ("by=wards", "by", "'ward'"),
        ("method=2fsca", "method", "'2sfca'"),
        ("access=wheelchiar", "access", "'wheelchair'"),
        ("age=old", "age", "65+"),
        ("area=Tooting%20Brodway", "area", "Tooting"),
        ("by=other", "by", "import"),
        ("language=Polsh", "language", "Polish"),
        ("reach_minutes=0", "reach_minutes", "240"),
    ] {
        let answer = get(&format!("/v1/gaps?need=food%20bank&{query}")).await;
        check_refused(&answer, StatusCode::UNPROCESSABLE_ENTITY, &[input], said);
    }
}

#[actix_web::test]
async fn areas_sum_to_wards_to_the_district_and_to_hexagons() {
    let small = get("/v1/gaps?need=debt%20advice").await.json();
    for (by, least, most) in [("ward", 20, 24), ("district", 1, 1), ("hex", 30, 80)] {
        let large = get(&format!("/v1/gaps?need=debt%20advice&by={by}"))
            .await
            .json();
        let count = large["areas"].as_array().unwrap().len();
        assert!((least..=most).contains(&count), "{by}: {count}");
        for member in ["population", "demand", "unmet"] {
            assert!(
                close(sum(&small, member), sum(&large, member)),
                "{by} {member}"
            );
        }
        assert_eq!(
            small["equity"], large["equity"],
            "equity is of the small areas"
        );
    }
}

#[actix_web::test]
async fn ages_filters_and_a_study_area_narrow_the_question() {
    let all = get("/v1/gaps?need=befriending").await.json();
    let old = get("/v1/gaps?need=befriending&age=65%2B").await.json();
    assert!(sum(&old, "demand") < 0.2 * sum(&all, "population"));
    assert_eq!(old["method"]["age_from"], 65);
    let asked = get("/v1/gaps?need=befriending&access=wheelchair&evening=true&free=true")
        .await
        .json();
    let strict = get(
        "/v1/gaps?need=befriending&access=wheelchair&evening=true&free=true&include_unknown=false",
    )
    .await
    .json();
    let services = |answer: &Value| answer["totals"]["services"].as_u64().unwrap();
    assert!(services(&strict) <= services(&asked) && services(&asked) <= services(&all));
    let cautions = strict["areas"].as_array().unwrap().iter();
    assert!(
        cautions
            .filter(|area| area["caution"]
                .as_str()
                .is_some_and(|said| said.contains("gap in the data")))
            .count()
            > 0,
        "a gap that could be one of the data says so"
    );
    let ward = get("/v1/gaps?need=befriending&area=Balham").await.json();
    let count = ward["areas"].as_array().unwrap().len();
    assert!((4..20).contains(&count), "{count}");
    // What lies around counts at the edge: a ward's figures are those of the whole.
    for area in ward["areas"].as_array().unwrap() {
        let same = all["areas"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["area"] == area["area"]);
        assert_eq!(same.unwrap()["access"], area["access"]);
    }
    let around = get("/v1/gaps?need=befriending&area=SW12%209QX")
        .await
        .json();
    assert!(around["areas"].as_array().unwrap().len() < 20);
}

#[actix_web::test]
async fn without_a_need_the_needs_are_ranked() {
    let answer = check(
        &get("/v1/gaps?limit=1").await,
        &["needs", "needs_without_supply", "areas"],
    );
    let needs = answer["needs"].as_array().unwrap();
    assert!(needs.len() > 50 && answer["need"]["id"].is_null());
    assert!(numbers(&answer, "needs", "unmet_share").is_sorted_by(|a, b| a >= b));
    // One of them asked alone has the same figures.
    let first = needs[0]["need"]["id"].as_str().unwrap();
    let alone = get(&format!("/v1/gaps?need={first}&limit=1")).await.json();
    assert!(close(
        alone["totals"]["unmet"].as_f64().unwrap(),
        needs[0]["unmet"].as_f64().unwrap()
    ));
}

#[actix_web::test]
async fn the_same_gaps_come_as_a_table_a_map_layer_a_picture_and_a_report() {
    let answer = get("/v1/gaps?need=food%20bank").await.json();
    let table = get("/v1/gaps.csv?need=food%20bank").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = table.text.lines().collect();
    assert_eq!(lines.len(), 187);
    assert!(lines[0].starts_with("code,name,ward,population,demand,access,rank,unmet,"));
    assert!(lines[1].starts_with(answer["areas"][0]["area"]["code"].as_str().unwrap()));

    let layer = get("/v1/gaps.geojson?need=food%20bank").await;
    assert_eq!(layer.header("content-type"), "application/geo+json");
    let layer = layer.json();
    assert_eq!(layer["type"], "FeatureCollection");
    let features = layer["features"].as_array().unwrap();
    assert_eq!(features.len(), 186);
    for feature in features {
        // No outlines were imported: they are drawn, and say so.
        assert_eq!(feature["properties"]["outline"], "drawn");
        let ring = feature["geometry"]["coordinates"][0][0].as_array().unwrap();
        assert!(ring.len() >= 4 && ring.first() == ring.last());
    }
    let hexagons = get("/v1/gaps.geojson?need=food%20bank&by=hex").await.json();
    assert_eq!(
        hexagons["features"][0]["properties"]["outline"],
        "published"
    );

    for chart in ["map", "symbols", "curve", "worst", "tenths"] {
        let picture = get(&format!("/v1/gaps.svg?need=food%20bank&chart={chart}")).await;
        assert_eq!(picture.header("content-type"), "image/svg+xml", "{chart}");
        assert!(picture.text.starts_with("<svg ") && !picture.text.contains("NaN"));
    }
    check_refused(
        &get("/v1/gaps.svg?need=food%20bank&chart=symbls").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["chart"],
        "'symbols'",
    );
    let report = get("/v1/gaps.html?need=food%20bank").await;
    assert_eq!(report.header("content-type"), "text/html; charset=utf-8");
    assert!(
        report
            .header("content-security-policy")
            .contains("style-src 'unsafe-inline'")
    );
    for part in [
        "The map",
        "The ten worst gaps",
        "What hangs on one",
        "Is it fair?",
        "How this was worked out",
        "The data and its limits",
    ] {
        assert!(report.text.contains(part), "{part}");
    }
    assert!(!report.text.contains("<script") && !report.text.contains("https://"));
}

#[actix_web::test]
async fn gaps_by_person_tell_each_combination_once() {
    let answer = check(
        &get("/v1/gaps/people?needs=debt%20advice&languages=Polish,Somali&access=bsl&limit=1000")
            .await,
        &[
            "people", "total", "limit", "offset", "links", "tried", "notes",
        ],
    );
    assert_eq!(answer["tried"], 3 * 2 * 3);
    let people = answer["people"].as_array().unwrap();
    assert!(numbers(&answer, "people", "share_without").is_sorted_by(|a, b| a >= b));
    let told: BTreeSet<String> = people
        .iter()
        .map(|gap| format!("{} {} {}", gap["language"], gap["access"], gap["time"]))
        .collect();
    assert_eq!(told.len(), people.len());
    check_refused(
        &get("/v1/gaps/people?needs=zzzz").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["needs"],
        "zzzz",
    );
}

#[actix_web::test]
async fn a_postcode_or_a_point_finds_its_areas() {
    let all = check(
        &get("/v1/areas").await,
        &["areas", "total", "limit", "offset", "links"],
    );
    assert_eq!(all["total"], 186);
    let here = get("/v1/areas?latitude=51.44949&longitude=-0.15184")
        .await
        .json();
    assert_eq!(here["total"], 1, "{here}");
    let area = &here["areas"][0];
    assert_eq!(
        (&area["code"], &area["kind"]),
        (&json!("E01004472"), &json!("lsoa21"))
    );
    assert_eq!(area["parent"]["name"], "Balham");
    assert_eq!(area["ages"].as_array().unwrap().len(), 6);
    assert_eq!(area["deprivation"]["rank"], 29_207);
    assert_eq!(area["domains"].as_array().unwrap().len(), 7);
    assert_eq!(get("/v1/areas?q=balham&kind=ward").await.json()["total"], 0);
    check_refused(
        &get("/v1/areas?kind=lsoa").await,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["kind"],
        "lsoa21",
    );
}

#[actix_web::test]
async fn an_empty_scenario_changes_no_figure() {
    let gaps = get("/v1/gaps?need=food%20bank").await.json();
    for body in [
        json!({"need": "food bank"}),
        json!({"need": "food bank", "open": [], "close": [], "move": [], "change": []}),
    ] {
        let answer = check(
            &post("/v1/scenarios", &body).await,
            &[
                "areas",
                "people_gaining",
                "people_losing",
                "equity",
                "gaps_closed",
                "gaps_opened",
            ],
        );
        assert_eq!(answer["areas"].as_array().unwrap().len(), 186);
        for area in answer["areas"].as_array().unwrap() {
            assert_eq!(area["before"], area["after"]);
            let same = gaps["areas"]
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["area"] == area["area"])
                .unwrap();
            for member in ["access", "unmet", "rank"] {
                assert_eq!(area["before"][member], same[member], "{member}");
            }
        }
        assert_eq!(answer["equity"]["before"], answer["equity"]["after"]);
        assert_eq!(answer["equity"]["before"], gaps["equity"]);
        assert_eq!(
            (&answer["people_gaining"], &answer["people_losing"]),
            (&json!(0.0), &json!(0.0))
        );
        assert_eq!(
            (&answer["gaps_closed"], &answer["gaps_opened"]),
            (&json!([]), &json!([]))
        );
    }
}

#[actix_web::test]
async fn opening_raises_nobodys_unmet_need_and_needs_only_a_place() {
    let body = json!({"need": "food bank", "title": "West", "open": [{"postcode": "SW15"}, {"latitude": 51.448, "longitude": -0.239}]});
    let answer = check(&post("/v1/scenarios", &body).await, &["notes", "title"]);
    for area in answer["areas"].as_array().unwrap() {
        let figure = |when: &str, member: &str| area[when][member].as_f64().unwrap();
        assert!(figure("after", "access") >= figure("before", "access") * (1.0 - 1e-12));
        assert!(figure("after", "unmet") <= figure("before", "unmet") * (1.0 + 1e-12) + 1e-9);
    }
    assert!(answer["people_gaining"].as_f64().unwrap() > 0.0);
    assert!(
        answer["notes"].to_string().contains("usual for this need"),
        "the assumption is said"
    );
    let wards = json!({"need": "food bank", "by": "ward", "open": [{"postcode": "SW15"}]});
    assert!(
        post("/v1/scenarios", &wards).await.json()["areas"]
            .as_array()
            .unwrap()
            .len()
            < 30
    );
}

#[actix_web::test]
async fn services_close_move_and_change() {
    let gaps = get("/v1/gaps?need=food%20bank").await.json();
    let spot = gaps["fragile"]
        .as_array()
        .unwrap()
        .iter()
        .find(|spot| spot["kind"] == "organization")
        .unwrap();
    // Closing the organization does what fragility said.
    let closed = post(
        "/v1/scenarios",
        &json!({"need": "food bank", "close": [spot["id"]]}),
    )
    .await
    .json();
    let unmet = |answer: &Value, when: &str| answer["unmet"][when].as_f64().unwrap();
    assert!(close(
        unmet(&closed, "after") - unmet(&closed, "before"),
        spot["unmet_added"].as_f64().unwrap()
    ));
    let service = gaps["areas"]
        .as_array()
        .unwrap()
        .iter()
        .find_map(|area| area["nearest"]["service"]["id"].as_str())
        .unwrap();
    let moved = json!({"need": "food bank", "move": [{"service": service, "latitude": 51.44, "longitude": -0.24}]});
    assert!(
        post("/v1/scenarios", &moved).await.json()["people_losing"]
            .as_f64()
            .unwrap()
            > 0.0
    );
    let more = json!({"need": "food bank", "change": [{"service": service, "capacity": 500}]});
    let more = post("/v1/scenarios", &more).await.json();
    assert!(more["people_gaining"].as_f64().unwrap() > 0.0 && more["people_losing"] == 0.0);
    let late = json!({"need": "food bank", "evening": true, "include_unknown": false,
        "change": [{"service": service, "evening": true}]});
    let late = post("/v1/scenarios", &late).await;
    assert_eq!(late.status, StatusCode::OK, "{}", late.text);
}

#[actix_web::test]
async fn what_is_wrong_in_a_scenario_is_told_with_its_place() {
    let body = json!({"need": "food bank", "opn": [], "open": [{"postcde": "SW15"}, {"name": "Nowhere"}],
        "close": [id(99)], "change": [{"service": "x"}], "move": [{"postcode": "SW15"}]});
    let answer = post("/v1/scenarios", &body).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    let inputs = named(&answer.json());
    for input in [
        "/opn",
        "/open/0/postcde",
        "/open/1/postcode",
        "/close",
        "/change/0/service",
        "/move/0/service",
    ] {
        assert!(inputs.iter().any(|one| one == input), "{input}: {inputs:?}");
    }
    check_refused(
        &post("/v1/scenarios", &json!({"need": "fod zzzz"})).await,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["/need"],
        "",
    );
}

#[actix_web::test]
async fn demand_that_was_counted_takes_the_place_of_residents() {
    let body = json!({"need": "food bank", "demand": {"E01004472": 100, "E01004473": 60}});
    let answer = post("/v1/scenarios", &body).await.json();
    assert!(close(sum(&answer, "demand"), 160.0));
    let strange = json!({"need": "food bank", "demand": {"E01999999": 100}});
    check_refused(
        &post("/v1/scenarios", &strange).await,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["/demand"],
        "names no area",
    );
}

#[actix_web::test]
async fn exactly_so_many_sites_are_named_while_candidates_last() {
    for (count, candidates) in [
        (1, json!("offers")),
        (4, json!(["venues"])),
        (7, json!(null)),
    ] {
        let body = json!({"need": "food bank", "count": count, "candidates": candidates});
        let answer = check(
            &post("/v1/sites", &body).await,
            &[
                "sites",
                "objective",
                "upper_bound",
                "exact",
                "guarantee",
                "total",
            ],
        );
        let sites = answer["sites"].as_array().unwrap();
        assert_eq!(sites.len(), count, "{candidates}");
        for site in sites {
            for member in [
                "rank",
                "name",
                "latitude",
                "longitude",
                "host",
                "people_newly_reached",
                "gain",
                "access_before",
                "access_after",
                "next_best",
            ] {
                assert!(site.get(member).is_some(), "no {member}: {site}");
            }
            assert!(
                site["access_after"].as_f64().unwrap() >= site["access_before"].as_f64().unwrap()
            );
        }
        assert!(numbers(&answer, "sites", "gain").is_sorted_by(|a, b| a >= b));
        assert!(
            answer["objective"].as_f64().unwrap()
                <= answer["upper_bound"].as_f64().unwrap() * (1.0 + 1e-12)
        );
    }
    let all = post(
        "/v1/sites",
        &json!({"need": "food bank", "count": 200, "candidates": ["areas"]}),
    )
    .await
    .json();
    assert_eq!(all["sites"].as_array().unwrap().len(), 186);
    check_refused(
        &post(
            "/v1/sites",
            &json!({"need": "food bank", "candidates": ["librarys"], "cuont": 2}),
        )
        .await,
        StatusCode::BAD_REQUEST,
        &["/cuont", "/candidates"],
        "'count'",
    );
}

#[actix_web::test]
async fn the_p_median_and_a_partner_as_host_can_be_asked_for() {
    let nearest =
        json!({"need": "food bank", "count": 3, "objective": "p-median", "candidates": "areas"});
    let answer = check(&post("/v1/sites", &nearest).await, &["sites"]);
    assert_eq!(answer["sites"].as_array().unwrap().len(), 3);
    assert!(
        numbers(&answer, "sites", "gain")
            .iter()
            .all(|saved| *saved > 0.0)
    );
    // A partner of the organization with most partners must host.
    let brokers = get("/v1/network/brokers?limit=1").await.json();
    let broker = brokers["brokers"][0]["organization"]["id"].clone();
    let hosted = json!({"need": "food bank", "count": 2, "host_partner_of": broker});
    let answer = post("/v1/sites", &hosted).await.json();
    for site in answer["sites"].as_array().unwrap() {
        assert!(site["host"]["id"].is_string(), "{site}");
    }
    check_refused(
        &post(
            "/v1/sites",
            &json!({"need": "food bank", "host_partner_of": id(99)}),
        )
        .await,
        StatusCode::UNPROCESSABLE_ENTITY,
        &["/host_partner_of"],
        "no organization",
    );
}

/// What was asked with a mistake in it is not cached, what was read is.
#[actix_web::test]
async fn reads_have_tags_and_what_is_supposed_is_kept_by_nobody() {
    assert!(
        get("/v1/gaps?need=food%20bank&limit=1")
            .await
            .header("etag")
            .starts_with("W/")
    );
    assert!(
        get("/v1/gaps.csv?need=food%20bank")
            .await
            .header("etag")
            .starts_with("W/")
    );
    let answer = post("/v1/sites", &json!({"need": "food bank"})).await;
    assert_eq!(answer.header("cache-control"), "no-store");
}

/// The demonstration's confidential places: none of their coordinates leaves.
#[actix_web::test]
async fn no_map_table_or_plan_tells_where_a_confidential_place_is() {
    let engine = demonstration();
    let snapshot = engine.snapshot();
    let secret: Vec<String> = snapshot
        .directory
        .locations
        .iter()
        .filter(|location| location.confidential)
        .flat_map(|location| {
            let names = location.name.clone().into_iter();
            let points = [location.latitude, location.longitude];
            names.chain(
                points
                    .into_iter()
                    .flatten()
                    .map(|degrees| degrees.to_string()),
            )
        })
        .collect();
    assert!(secret.len() >= 6, "{secret:?}");
    for uri in [
        "/v1/gaps?need=refuge",
        "/v1/gaps?need=domestic%20abuse%20support&by=district",
        "/v1/gaps",
        "/v1/gaps.csv?need=refuge",
        "/v1/gaps.geojson?need=refuge",
        "/v1/gaps.svg?need=refuge",
        "/v1/gaps.html?need=refuge",
        "/v1/gaps/people?needs=refuge",
        "/v1/areas?limit=1000",
    ] {
        let answer = get(uri).await;
        assert!(answer.status.is_success(), "{uri}: {}", answer.text);
        for one in &secret {
            assert!(!answer.text.contains(one.as_str()), "{uri} tells {one}");
        }
    }
    let sites = json!({"need": "refuge", "count": 50, "candidates": ["venues", "offers"]});
    let plans = [
        post("/v1/sites", &sites).await,
        post("/v1/scenarios", &json!({"need": "refuge"})).await,
    ];
    for answer in plans {
        assert!(answer.status.is_success(), "{}", answer.text);
        for one in &secret {
            assert!(!answer.text.contains(one.as_str()), "tells {one}");
        }
    }
}
