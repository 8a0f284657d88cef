//! What tells where a confidential location is leaves by no door.

use causeway_api::rest::openapi::document;
use serde_json::{Value, json};

use crate::network::{SECRET, ask, get, id, post};
use actix_web::test::TestRequest;

fn check(door: &str, text: &str) {
    for secret in SECRET {
        assert!(!text.contains(secret), "{door} tells '{secret}': {text}");
    }
}

#[actix_web::test]
async fn no_answer_tells_where_a_refuge_is() {
    let (refuge, owner) = (id(22), id(3));
    let doors = [
        "/".to_owned(),
        "/openapi.json".to_owned(),
        "/metrics".to_owned(),
        "/livez".to_owned(),
        "/readyz".to_owned(),
        "/v1/organizations".to_owned(),
        "/v1/organizations?near=SW18&q=safe".to_owned(),
        format!("/v1/organizations/{owner}"),
        "/v1/services".to_owned(),
        "/v1/services?q=refuge&near=51.44,-0.19".to_owned(),
        format!("/v1/services/{refuge}"),
        "/v1/suggest?q=ref".to_owned(),
        "/v1/suggest?q=row".to_owned(),
        "/v1/match?need=domestic%20abuse,%20I%20need%20a%20refuge&latitude=51.45&longitude=-0.19"
            .to_owned(),
        "/v1/match?latitude=51.45&longitude=-0.19&within_km=20".to_owned(),
        format!("/v1/match?need=refuge&from={}", id(1)),
        format!("/v1/organizations/{owner}/collaborators?include_partners=true"),
        format!("/v1/routes?from={}&to={refuge}", id(1)),
        "/v1/network/summary".to_owned(),
        "/v1/network/brokers".to_owned(),
        "/v1/network/communities".to_owned(),
        "/v1/network/isolated".to_owned(),
        "/v1/network/cut-nodes".to_owned(),
        "/v1/network/bridges".to_owned(),
        "/v1/network/cores".to_owned(),
        "/v1/network/equity".to_owned(),
        "/v1/network.graphml?implied=true".to_owned(),
        "/v1/network.gexf?implied=true".to_owned(),
        "/v1/network.json?implied=true".to_owned(),
        "/v1/network.csv".to_owned(),
        "/v1/network.csv?table=edges&implied=true".to_owned(),
        "/v1/network.svg?implied=true".to_owned(),
        format!("/v1/organizations/{owner}/network?depth=4&implied=true"),
        format!("/v1/organizations/{owner}/network.svg?depth=4&implied=true"),
        "/v1/offers".to_owned(),
        "/v1/offers?near=51.45,-0.19&q=room".to_owned(),
        "/v1/offers/matches".to_owned(),
        "/v1/areas?latitude=51.456&longitude=-0.191".to_owned(),
        "/v1/gaps".to_owned(),
        "/v1/gaps?need=refuge&by=district".to_owned(),
        "/v1/gaps.csv?need=refuge".to_owned(),
        "/v1/gaps.geojson?need=refuge".to_owned(),
        "/v1/gaps.svg?need=refuge".to_owned(),
        "/v1/gaps.html?need=refuge".to_owned(),
        "/v1/gaps/people?needs=refuge".to_owned(),
    ];
    for door in &doors {
        let answer = get(door).await;
        assert!(answer.status.is_success(), "{door}: {}", answer.text);
        check(door, &answer.text);
    }
    let body = json!({"need": "a refuge from my husband", "latitude": 51.45, "longitude": -0.19});
    check("POST /v1/match", &post("/v1/match", &body).await.text);
    for (door, body) in [
        ("/v1/scenarios", json!({"need": "refuge", "close": [owner]})),
        (
            "/v1/scenarios",
            json!({"need": "refuge", "change": [{"service": refuge, "capacity": 9}]}),
        ),
        (
            "/v1/sites",
            json!({"need": "refuge", "count": 20, "candidates": ["venues", "areas"]}),
        ),
    ] {
        let answer = post(door, &body).await;
        assert!(answer.status.is_success(), "{door}: {}", answer.text);
        check(door, &answer.text);
    }
    let body = json!({"needs": ["Refuge"], "lead": owner, "postcode": "SW18", "within_km": 9});
    let answer = post("/v1/consortia", &body).await;
    assert!(answer.status.is_success(), "{}", answer.text);
    check("POST /v1/consortia", &answer.text);
    let body = json!({"close": [owner], "introduce": [[id(1), owner]]});
    check(
        "POST /v1/network/what-if",
        &post("/v1/network/what-if", &body).await.text,
    );
}

#[actix_web::test]
async fn distance_cannot_be_used_to_find_what_a_refuge_offers() {
    let near = "/v1/offers?near=51.45671,-0.19283&within_km=1";
    let answer = get(near).await.json();
    assert_eq!(answer["total"], 0, "{answer}");
    let answer = get("/v1/offers?q=quiet%20room").await.json();
    assert_eq!(answer["offers"][0]["confidential"], true);
    assert_eq!(answer["offers"][0]["latitude"], Value::Null);
}

/// A test that looks at every address must learn of new ones.
#[actix_web::test]
async fn every_path_of_the_document_is_looked_at() {
    let document: Value = serde_json::from_str(&document()).unwrap();
    let mut paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "/v1/areas",
            "/v1/consortia",
            "/v1/gaps",
            "/v1/gaps.csv",
            "/v1/gaps.geojson",
            "/v1/gaps.html",
            "/v1/gaps.svg",
            "/v1/gaps/people",
            "/v1/match",
            "/v1/network.csv",
            "/v1/network.gexf",
            "/v1/network.graphml",
            "/v1/network.json",
            "/v1/network.svg",
            "/v1/network/bridges",
            "/v1/network/brokers",
            "/v1/network/communities",
            "/v1/network/cores",
            "/v1/network/cut-nodes",
            "/v1/network/equity",
            "/v1/network/isolated",
            "/v1/network/summary",
            "/v1/network/what-if",
            "/v1/offers",
            "/v1/offers/matches",
            "/v1/organizations",
            "/v1/organizations/{id}",
            "/v1/organizations/{id}/collaborators",
            "/v1/organizations/{id}/network",
            "/v1/organizations/{id}/network.svg",
            "/v1/routes",
            "/v1/scenarios",
            "/v1/services",
            "/v1/services/{id}",
            "/v1/sites",
            "/v1/suggest",
        ],
        "ask the new address in `no_answer_tells_where_a_refuge_is` too"
    );
}

#[actix_web::test]
async fn a_refuge_is_found_and_its_place_is_said_to_be_confidential() {
    let answer = get("/v1/match?need=refuge%20from%20domestic%20abuse&postcode=SW18").await;
    let answer = answer.json();
    let found = answer["matches"]
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["service"]["name"] == "Women's refuge")
        .unwrap();
    assert_eq!(found["location"]["confidential"], true);
    assert_eq!(found["location"]["latitude"], Value::Null);
    assert_eq!(found["service"]["address"], Value::Null);
    assert_eq!(found["distance_m"], Value::Null);
    assert_eq!(answer["advice"][0]["phone"], "999");
}

#[actix_web::test]
async fn distance_cannot_be_used_to_find_a_refuge() {
    // The place itself is asked for: it must not show by being within reach.
    let near = "/v1/services?near=51.45671,-0.19283&within_km=0.2";
    let answer = ask(TestRequest::get().uri(near)).await.json();
    assert_eq!(answer["total"], 0, "{answer}");
}
