//! The `OpenAPI` document, as a whole: no endpoint changes unseen.

use causeway_api::rest::openapi::document;

use crate::network::get;

#[test]
fn the_checked_in_document_is_the_one_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    if std::env::var_os("CAUSEWAY_WRITE_OPENAPI").is_some() {
        std::fs::write(path, document()).unwrap();
    }
    let held = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        held == document(),
        "api/openapi.json is out of date. Where the change is meant, write it anew and read the difference: \
         CAUSEWAY_WRITE_OPENAPI=1 cargo test -p causeway-api --test it openapi"
    );
}

#[actix_web::test]
async fn the_document_is_openapi_3_1_and_every_operation_has_an_answer() {
    let answer = get("/openapi.json").await.json();
    assert!(answer["openapi"].as_str().unwrap().starts_with("3.1"));
    for operations in answer["paths"].as_object().unwrap().values() {
        for operation in operations.as_object().unwrap().values() {
            let content = operation["responses"]["200"]["content"]
                .as_object()
                .unwrap();
            for answer in content.values() {
                let named = answer["schema"]["$ref"].as_str();
                let plain = answer["schema"]["type"] == "string";
                assert!(named.is_some() || plain, "no shape: {operation}");
            }
        }
    }
}

/// The reader of requests and the published shape are two lists of the same names.
#[actix_web::test]
async fn every_documented_field_of_a_match_is_known() {
    let answer = get("/openapi.json").await.json();
    let fields = answer["components"]["schemas"]["MatchRequest"]["properties"]
        .as_object()
        .unwrap();
    let parameters: Vec<&str> = answer["paths"]["/v1/match"]["get"]["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| parameter["name"].as_str().unwrap())
        .collect();
    assert_eq!(parameters.len(), fields.len());
    for name in fields.keys() {
        assert!(parameters.contains(&name.as_str()), "{name}");
        // An empty parameter counts as not given; only an unknown one is refused.
        let answer = get(&format!("/v1/match?{name}=")).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.text);
    }
    // What is not documented and known would be told here among the known.
    let refused = get("/v1/match?zzzzzzzz=1").await.json();
    let detail = refused["errors"][0]["detail"].as_str().unwrap().to_owned();
    let known = detail
        .split("known are ")
        .nth(1)
        .unwrap()
        .split(", ")
        .count();
    assert_eq!(known, fields.len(), "{detail}");
}
