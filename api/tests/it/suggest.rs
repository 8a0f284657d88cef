//! `/v1/suggest`.

use serde_json::Value;

use crate::network::get;

async fn check(typed: &str, kind: &str, text: &str) {
    let answer = get(&format!("/v1/suggest?q={typed}&limit=50")).await.json();
    let found = answer["suggestions"].as_array().unwrap();
    let fits = |suggestion: &&Value| suggestion["kind"] == kind && suggestion["text"] == text;
    assert!(found.iter().any(|one| fits(&one)), "{typed}: {answer}");
}

#[actix_web::test]
async fn needs_services_organizations_and_places_are_completed() {
    check("food%20b", "service", "Food bank").await;
    check("invented%20ad", "organization", "Tooting Invented Advice").await;
    check("clapham%20j", "place", "Clapham Junction").await;
}

#[actix_web::test]
async fn lay_words_lead_to_a_need() {
    let answer = get("/v1/suggest?q=run%20out%20of%20food").await.json();
    assert_eq!(answer["suggestions"][0]["kind"], "need", "{answer}");
}

#[actix_web::test]
async fn nothing_typed_completes_to_nothing() {
    assert_eq!(get("/v1/suggest?q=").await.json()["total"], 0);
}
