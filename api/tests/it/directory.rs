//! `/v1/organizations` and `/v1/services`.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use serde_json::Value;

use crate::network::{ask, get, id, named};

fn names(answer: &Value, list: &str) -> Vec<String> {
    answer[list]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn check(uri: &str, list: &str, expected: &[&str]) {
    let answer = get(uri).await;
    assert_eq!(answer.status, StatusCode::OK, "{uri}: {}", answer.text);
    let answer = answer.json();
    assert_eq!(names(&answer, list), expected, "{uri}");
    assert_eq!(answer["total"], expected.len(), "{uri}");
    assert_eq!(answer["snapshot"], 1);
}

#[actix_web::test]
async fn services_are_listed_and_filtered() {
    let s = "services";
    check(
        "/v1/services",
        s,
        &["Debt and rent advice", "Food bank", "Women's refuge"],
    )
    .await;
    check("/v1/services?q=food", s, &["Food bank"]).await;
    check("/v1/services?q=food%20eviction", s, &[]).await;
    check("/v1/services?access=step-free", s, &["Food bank"]).await;
    check(
        "/v1/services?near=51.4275,-0.1680&within_km=5",
        s,
        &["Debt and rent advice", "Food bank"],
    )
    .await;
    check(
        "/v1/services?near=51.4435,-0.1525",
        s,
        &["Food bank", "Debt and rent advice", "Women's refuge"],
    )
    .await;
    check("/v1/services?term=Food%20bank", s, &["Food bank"]).await;
}

#[actix_web::test]
async fn organizations_are_listed_and_filtered() {
    let o = "organizations";
    let all = [
        "Safe Invented Homes",
        "St Invented's Church",
        "Tooting Invented Advice",
    ];
    check("/v1/organizations", o, &all).await;
    check("/v1/organizations?q=toot", o, &all[2..]).await;
    check("/v1/organizations?access=step-free", o, &all[1..2]).await;
    check(
        "/v1/organizations?near=51.4435,-0.1525&within_km=0.5",
        o,
        &all[1..2],
    )
    .await;
}

#[actix_web::test]
async fn an_organization_has_services_and_partnerships_with_names() {
    let answer = get(&format!("/v1/organizations/{}", id(2))).await.json();
    assert_eq!(answer["name"], "Tooting Invented Advice");
    assert_eq!(answer["services"][0]["name"], "Debt and rent advice");
    let partnerships = answer["partnerships"].as_array().unwrap();
    assert_eq!(partnerships[0]["from"]["name"], "St Invented's Church");
    assert_eq!(partnerships[0]["kind"], "refers_to");
    assert_eq!(partnerships[0]["ended"], false);
    assert_eq!(partnerships[1]["ended"], true);
}

#[actix_web::test]
async fn a_service_has_its_organization_and_places() {
    let answer = get(&format!("/v1/services/{}", id(20))).await.json();
    assert_eq!(answer["organization"]["name"], "St Invented's Church");
    assert_eq!(answer["locations"][0]["postcode"], "SW12 9QX");
    assert_eq!(
        answer["locations"][0]["address"]["address_1"],
        "1 Invented Road"
    );
    assert_eq!(answer["accessibility"][0]["feature"], "step-free");
    assert_eq!(answer["snapshot"], 1);
}

#[actix_web::test]
async fn what_is_not_there_is_a_problem() {
    for uri in [
        format!("/v1/services/{}", id(77)),
        "/v1/services/7".to_owned(),
        format!("/v1/organizations/{}", id(77)),
        "/v1/nothing".to_owned(),
        "/nothing".to_owned(),
    ] {
        let answer = get(&uri).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{uri}");
        assert_eq!(answer.json()["type"], "/problems/not-found", "{uri}");
    }
}

#[actix_web::test]
async fn bad_filters_are_named() {
    for (query, status, expected) in [
        ("within_km=3", 422, "within_km"),
        ("near=Atlantis", 422, "near"),
        ("access=lift&access=moat", 422, "access"),
        ("term=nothing-like-it-at-all", 422, "term"),
        ("limit=1001", 422, "limit"),
        ("page=2", 400, "page"),
    ] {
        let answer = get(&format!("/v1/services?{query}")).await;
        assert_eq!(answer.status.as_u16(), status, "{query}: {}", answer.text);
        assert_eq!(named(&answer.json()), [expected], "{query}");
    }
}

#[actix_web::test]
async fn pages_are_linked() {
    let answer = get("/v1/services?limit=2").await.json();
    assert_eq!(answer["total"], 3);
    let next = answer["links"]["next"].as_str().unwrap().to_owned();
    let answer = get(&next).await.json();
    assert_eq!(names(&answer, "services"), ["Women's refuge"]);
    assert_eq!(answer["links"]["next"], Value::Null);
}

#[actix_web::test]
async fn an_answer_that_is_held_is_not_sent_again() {
    let first = get("/v1/services?q=food").await;
    let tag = first.header("etag").to_owned();
    let again = TestRequest::get()
        .uri("/v1/services?q=food")
        .insert_header(("if-none-match", tag.clone()));
    let again = ask(again).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(
        (again.text.as_str(), again.header("etag")),
        ("", tag.as_str())
    );
    let other = TestRequest::get()
        .uri("/v1/services?q=rent")
        .insert_header(("if-none-match", tag));
    assert_eq!(ask(other).await.status, StatusCode::OK);
    let since = first.header("last-modified").to_owned();
    assert_eq!(since, "Tue, 24 Nov 2026 09:30:00 GMT");
    let again = TestRequest::get()
        .uri(&format!("/v1/services/{}", id(20)))
        .insert_header(("if-modified-since", since));
    assert_eq!(ask(again).await.status, StatusCode::NOT_MODIFIED);
}
