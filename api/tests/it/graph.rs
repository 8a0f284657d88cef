//! `/v1/network/…`, `/v1/routes`, collaborators and pairings.

use actix_web::http::StatusCode;
use serde_json::json;

use crate::network::{get, id, named, post};

/// Asks for a path and finds these members in the answer.
async fn check(path: &str, members: &[&str]) -> serde_json::Value {
    let answer = get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = answer.json();
    for member in members.iter().chain(&["snapshot"]) {
        assert!(
            answer.get(*member).is_some(),
            "{path} has no {member}: {answer}"
        );
    }
    answer
}

#[actix_web::test]
async fn the_summary_counts_what_holds() {
    let members = [
        "nodes",
        "edges",
        "ties_by_kind",
        "components",
        "largest_component",
        "isolated",
        "density",
        "transitivity",
        "average_path_length",
        "reciprocity",
        "degree_distribution",
        "gini",
    ];
    let answer = check("/v1/network/summary", &members).await;
    // The second partnership has ended.
    assert_eq!((&answer["nodes"], &answer["edges"]), (&json!(3), &json!(1)));
    assert_eq!(answer["isolated"], 1);
}

#[actix_web::test]
async fn lists_of_the_graph_have_pages() {
    for (path, list) in [
        ("/v1/network/brokers", "brokers"),
        ("/v1/network/communities", "communities"),
        ("/v1/network/isolated", "organizations"),
    ] {
        check(path, &[list, "total", "limit", "offset", "links"]).await;
    }
    let answer = get("/v1/network/brokers?limt=1").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(named(&answer.json()), ["limt"]);
}

#[actix_web::test]
async fn a_route_leads_to_an_organization_or_to_its_service() {
    for to in [id(2), id(21)] {
        let answer = check(&format!("/v1/routes?from={}&to={to}", id(1)), &["routes"]).await;
        assert_eq!(answer["routes"][0]["hops"][0]["to"]["id"], json!(id(2)));
        let product: f64 = answer["routes"][0]["hops"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hop| hop["strength"].as_f64().unwrap())
            .product();
        assert!((answer["routes"][0]["trust"].as_f64().unwrap() - product).abs() < 1e-9);
    }
    let answer = get(&format!("/v1/routes?from={}&to=nobody", id(1))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(named(&answer.json()), ["to"]);
}

#[actix_web::test]
async fn collaborators_come_with_reasons_that_add_up() {
    let path = format!("/v1/organizations/{}/collaborators", id(1));
    let answer = check(
        &path,
        &["collaborators", "total", "limit", "offset", "links"],
    )
    .await;
    for found in answer["collaborators"].as_array().unwrap() {
        let sum: f64 = found["reasons"]
            .as_array()
            .unwrap()
            .iter()
            .map(|reason| reason["value"].as_f64().unwrap() * reason["weight"].as_f64().unwrap())
            .sum();
        assert!(
            (found["score"].as_f64().unwrap() - sum).abs() < 1e-9,
            "{found}"
        );
        assert_ne!(
            found["organization"]["id"],
            json!(id(2)),
            "a partner already"
        );
    }
    let missing = get(&format!("/v1/organizations/{}/collaborators", id(99))).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn closing_a_group_changes_the_network_and_a_stranger_cannot_close() {
    let answer = post("/v1/network/what-if", &json!({ "close": [id(2)] })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = answer.json();
    for member in ["before", "after", "lost_routes", "affected", "snapshot"] {
        assert!(answer.get(member).is_some(), "{answer}");
    }
    let introduced = post(
        "/v1/network/what-if",
        &json!({ "introduce": [[id(1), id(3)]] }),
    )
    .await
    .json();
    let reach = |when: &str| introduced[when]["mean_reach"].as_f64().unwrap();
    assert!(reach("after") > reach("before"));
    let answer = post("/v1/network/what-if", &json!({ "close": [id(99)] })).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(named(&answer.json()), ["/close"]);
}

#[actix_web::test]
async fn asks_and_offers_are_paired() {
    check("/v1/offers/matches", &["pairs", "unmatched"]).await;
}
