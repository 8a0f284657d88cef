//! `/v1/match`.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::network::{ask, get, id, named, post};

#[actix_web::test]
async fn a_need_is_answered_with_what_a_receptionist_needs_next() {
    let answer = get("/v1/match?need=no%20food%20in%20the%20house&postcode=SW12").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("etag"), "");
    let answer = answer.json();
    let first = &answer["matches"][0];
    assert_eq!(first["rank"], 1);
    assert_eq!(first["service"]["name"], "Food bank");
    assert_eq!(first["service"]["phones"][0]["number"], "020 7946 0001");
    assert_eq!(first["service"]["address"]["postal_code"], "SW12 9QX");
    assert_eq!(
        first["service"]["opening"]["words"][0],
        "Monday, Wednesday 10:00 to 12:00"
    );
    assert_eq!(first["service"]["cost"]["free"], "yes");
    assert_eq!(first["service"]["last_checked"], "2026-10-01");
    assert_eq!(first["service"]["concepts"][0]["source"], "inferred");
    assert_eq!(first["organization"]["name"], "St Invented's Church");
    assert_eq!(first["location"]["name"], "Church hall");
    assert!(first["distance_m"].as_f64().unwrap() < 5_000.0);
    assert!(first.get("route").is_none());
    assert_eq!(answer["understood"]["places"][0]["precision"], "district");
    assert_eq!(answer["snapshot"], 1);
    assert_eq!(answer["limit"], 10);
}

#[actix_web::test]
async fn reasons_add_up_to_the_score() {
    let answer = get("/v1/match?need=debt%20advice&postcode=SW17&languages=ur&cost=free").await;
    for found in answer.json()["matches"].as_array().unwrap() {
        let sum: f64 = found["reasons"]
            .as_array()
            .unwrap()
            .iter()
            .map(|reason| reason["value"].as_f64().unwrap() * reason["weight"].as_f64().unwrap())
            .sum();
        assert!((sum - found["score"].as_f64().unwrap()).abs() < 1e-9);
    }
}

fn without_time(mut answer: Value) -> Value {
    let members = answer.as_object_mut().unwrap();
    members.remove("took_ms");
    members.remove("links");
    answer
}

#[actix_web::test]
async fn json_and_query_ask_the_same() {
    let by_query = get(
        "/v1/match?need=food&postcode=SW12&age=30&languages=ur,en&access=step-free&days=Mon&days=WE\
         &from_time=09:00&to_time=13:00&cost=%C2%A33&travel=walk&urgency=soon&must=cost&terms=\
         &weights=need:0.7,distance:0.3&include_unknown=true&ignore=age:30&gender=F&within_km=8&limit=5",
    )
    .await;
    let body = json!({
        "need": "food", "postcode": "SW12", "age": 30, "languages": ["ur", "en"],
        "access": ["step-free"], "days": ["Monday", "WE"], "from_time": "09:00",
        "to_time": "13:00", "cost": 3, "travel": "walk", "urgency": "soon", "must": ["cost"],
        "terms": [], "weights": {"need": 0.7, "distance": 0.3}, "include_unknown": true,
        "ignore": ["age:30"], "gender": "female", "within_km": 8, "limit": 5, "on": null
    });
    let by_json = post("/v1/match", &body).await;
    assert_eq!(by_query.status, StatusCode::OK, "{}", by_query.text);
    assert_eq!(by_json.status, StatusCode::OK, "{}", by_json.text);
    assert_eq!(without_time(by_query.json()), without_time(by_json.json()));
}

#[actix_web::test]
async fn the_route_through_partners_is_told_when_the_referrer_is() {
    let uri = format!("/v1/match?need=debt%20advice&from={}", id(1));
    let answer = get(&uri).await.json();
    let hop = &answer["matches"][0]["route"][0];
    assert_eq!(hop["from"]["name"], "St Invented's Church");
    assert_eq!(hop["to"]["name"], "Tooting Invented Advice");
    assert_eq!(hop["kind"], "refers_to");
}

async fn check_refused(query: &str, status: u16, expected: &[&str]) {
    let answer = get(&format!("/v1/match?{query}")).await;
    assert_eq!(answer.status.as_u16(), status, "{query}: {}", answer.text);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    assert_eq!(named(&problem), expected, "{query}: {problem}");
    assert_eq!(problem["status"], status);
    let kind = problem["type"].as_str().unwrap();
    assert_eq!(
        get(kind).await.status,
        StatusCode::OK,
        "{kind} leads nowhere"
    );
}

#[actix_web::test]
async fn each_bad_input_is_named() {
    check_refused("age=131", 422, &["age"]).await;
    check_refused("age=old", 400, &["age"]).await;
    check_refused("limit=0", 422, &["limit"]).await;
    check_refused("limit=101", 422, &["limit"]).await;
    check_refused("limit=1.5", 400, &["limit"]).await;
    check_refused("offset=-1", 422, &["offset"]).await;
    check_refused("latitude=51.4", 422, &["longitude"]).await;
    check_refused("latitude=91&longitude=0", 422, &["latitude"]).await;
    check_refused("latitude=51&longitude=0&postcode=SW12", 422, &["postcode"]).await;
    check_refused("postcode=ZZ99%209ZZ", 422, &["postcode"]).await;
    check_refused("need=food&within_km=0&postcode=SW12", 422, &["within_km"]).await;
    check_refused("access=wheelchiar", 422, &["access"]).await;
    check_refused("days=Caturday", 422, &["days"]).await;
    check_refused("from_time=25:00", 422, &["from_time"]).await;
    check_refused("to_time=noon", 422, &["to_time"]).await;
    check_refused("on=2026-02-30", 422, &["on"]).await;
    check_refused("cost=-1", 422, &["cost"]).await;
    check_refused("cost=cheap", 422, &["cost"]).await;
    check_refused("travel=buss", 422, &["travel"]).await;
    check_refused("urgency=now", 422, &["urgency"]).await;
    check_refused("must=langauge", 422, &["must"]).await;
    check_refused("weights=need:0,distance:-1", 422, &["weights"]).await;
    check_refused("weights=ned:1", 422, &["weights"]).await;
    check_refused("languages=Klingonish", 422, &["languages"]).await;
    check_refused("from=me", 422, &["from"]).await;
    check_refused(&format!("from={}", id(99)), 422, &["from"]).await;
    check_refused("terms=nothing-like-it-at-all", 422, &["terms"]).await;
    check_refused("include_unknown=maybe", 400, &["include_unknown"]).await;
    check_refused("age=1&age=2", 400, &["age"]).await;
    check_refused("near=SW12", 400, &["near"]).await;
    check_refused(
        "age=131&postcde=SW12&travel=x",
        400,
        &["postcde", "age", "travel"],
    )
    .await;
}

#[actix_web::test]
async fn an_unknown_name_is_told_with_the_nearest() {
    let answer = post("/v1/match", &json!({"need": "food", "postcde": "SW12"})).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let problem = answer.json();
    assert_eq!(named(&problem), ["/postcde"]);
    assert!(
        problem["errors"][0]["detail"]
            .as_str()
            .unwrap()
            .contains("'postcode'")
    );
}

#[actix_web::test]
async fn weights_that_are_all_zero_are_refused() {
    let weights: serde_json::Map<String, Value> = [
        "need",
        "distance",
        "eligibility",
        "access",
        "language",
        "time",
        "cost",
        "capacity",
        "freshness",
        "network",
        "outcomes",
        "fair_share",
    ]
    .into_iter()
    .map(|name| (name.to_owned(), json!(0)))
    .collect();
    let answer = post("/v1/match", &json!({"weights": weights})).await;
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.text
    );
}

#[actix_web::test]
async fn a_body_must_be_plain_json_of_a_sensible_size() {
    let send = |kind: &'static str, body: String| {
        TestRequest::post()
            .uri("/v1/match")
            .insert_header(("content-type", kind))
            .set_payload(body)
    };
    let status = |answer: crate::network::Answer| answer.status.as_u16();
    assert_eq!(
        status(ask(send("application/json", "{".to_owned())).await),
        400
    );
    assert_eq!(
        status(ask(send("application/json", "[]".to_owned())).await),
        400
    );
    assert_eq!(status(ask(send("text/plain", "{}".to_owned())).await), 415);
    let zipped =
        send("application/json", "{}".to_owned()).insert_header(("content-encoding", "gzip"));
    assert_eq!(status(ask(zipped).await), 415);
    let large = format!("{{\"need\": \"{}\"}}", "a".repeat(70_000));
    assert_eq!(status(ask(send("application/json", large)).await), 413);
}

#[actix_web::test]
async fn pages_of_matches_are_linked() {
    let answer = get("/v1/match?postcode=SW12&limit=1&offset=1").await.json();
    assert_eq!(answer["matches"][0]["rank"], 2);
    assert_eq!(answer["total"], 3);
    assert_eq!(
        answer["links"]["next"],
        "/v1/match?postcode=SW12&limit=1&offset=2"
    );
    assert_eq!(
        answer["links"]["prev"],
        "/v1/match?postcode=SW12&limit=1&offset=0"
    );
}
