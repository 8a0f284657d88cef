//! Headers, methods and what is accepted.

use actix_web::http::{Method, StatusCode};
use actix_web::test::TestRequest;

use crate::network::{ask, get};

#[actix_web::test]
async fn every_answer_carries_security_headers() {
    for uri in [
        "/",
        "/v1/services",
        "/v1/match?need=food",
        "/nothing",
        "/livez",
    ] {
        let answer = get(uri).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{uri}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{uri}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{uri}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{uri}: {policy}");
        assert!(!policy.contains("script-src"), "{uri}: {policy}");
    }
}

#[actix_web::test]
async fn reads_are_open_to_pages_of_any_origin() {
    assert_eq!(
        get("/v1/services")
            .await
            .header("access-control-allow-origin"),
        "*"
    );
    let preflight = TestRequest::default()
        .method(Method::OPTIONS)
        .uri("/v1/services")
        .insert_header(("origin", "https://example.org"))
        .insert_header(("access-control-request-method", "GET"));
    let answer = ask(preflight).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("access-control-allow-methods"), "GET, HEAD");
}

#[actix_web::test]
async fn another_method_is_told_which_are_served() {
    for (uri, allow) in [
        ("/v1/services", "GET, HEAD"),
        ("/v1/match", "GET, POST"),
        ("/", "GET, HEAD"),
    ] {
        let answer = ask(TestRequest::delete().uri(uri)).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{uri}");
        assert_eq!(answer.header("allow"), allow, "{uri}");
        assert_eq!(answer.json()["status"], 405);
    }
}

#[actix_web::test]
async fn who_takes_no_json_is_told_so() {
    let request = TestRequest::get()
        .uri("/v1/services")
        .insert_header(("accept", "application/xml"));
    assert_eq!(ask(request).await.status, StatusCode::NOT_ACCEPTABLE);
}

#[actix_web::test]
async fn answers_are_compressed_for_who_asks() {
    for coding in ["gzip", "br"] {
        let request = TestRequest::get()
            .uri("/openapi.json")
            .insert_header(("accept-encoding", coding));
        let server = actix_web::test::init_service(causeway_api::server::application(
            &causeway_api::server::Shared::new(crate::network::engine(), false),
        ))
        .await;
        let answer = actix_web::test::call_service(&server, request.to_request()).await;
        assert_eq!(answer.headers().get("content-encoding").unwrap(), coding);
    }
}
