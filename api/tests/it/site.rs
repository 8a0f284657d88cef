//! The welcoming page, the documentation, health and metrics; and the server itself.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use actix_web::test;
use causeway_api::server::{Shared, application, serve};

use crate::network::{engine, get};

#[actix_web::test]
async fn the_first_page_says_what_is_loaded() {
    let page = get("/").await.text;
    assert!(page.contains("<strong>3</strong> services"), "{page}");
    assert!(page.contains("demonstration data"), "{page}");
    assert!(page.contains("href=\"/docs/\""), "{page}");
    assert!(
        !page.contains("<script") && !page.contains("style=\""),
        "{page}"
    );
    assert_eq!(get("/style.css").await.status, 200);
}

#[actix_web::test]
async fn the_documentation_is_there_and_loads_nothing_from_elsewhere() {
    let page = get("/docs/").await;
    assert_eq!(page.status, 200);
    for address in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
        assert!(!page.text.contains(address), "{}", page.text);
    }
    assert!(
        get("/docs/swagger-initializer.js")
            .await
            .text
            .contains("/openapi.json")
    );
    assert_eq!(get("/docs").await.status.as_u16() / 100, 3);
}

#[actix_web::test]
async fn health_is_told() {
    assert_eq!(get("/livez").await.json()["status"], "alive");
    assert_eq!(get("/readyz").await.json()["snapshot"], 1);
}

#[actix_web::test]
async fn metrics_count_routes_and_never_what_was_asked() {
    let server = test::init_service(application(&Shared::new(engine(), false))).await;
    for uri in [
        "/v1/match?need=sleeping%20rough",
        "/v1/services/00000000-0000-0000-0000-000000000014",
        "/secret-path",
    ] {
        let request = test::TestRequest::get().uri(uri).to_request();
        test::call_service(&server, request).await;
    }
    let request = test::TestRequest::get().uri("/metrics").to_request();
    let body = test::call_and_read_body(&server, request).await;
    let text = String::from_utf8(body.to_vec()).unwrap();
    for line in [
        "causeway_http_requests_total{method=\"GET\",route=\"/v1/match\",status=\"200\"} 1",
        "causeway_http_requests_total{method=\"GET\",route=\"/v1/services/{id}\",status=\"200\"} 1",
        "causeway_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "causeway_snapshot_version 1",
        "causeway_records{kind=\"service\"} 3",
        "causeway_build_info{version=",
        "causeway_http_request_duration_seconds_bucket",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    for asked in ["rough", "secret-path", "0000-0000"] {
        assert!(!text.contains(asked), "{asked} is in {text}");
    }
}

#[actix_web::test]
async fn the_server_serves_on_a_port_and_ends_when_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = serve(engine(), listener, false).unwrap();
    let handle = server.handle();
    let running = actix_web::rt::spawn(server);
    let answer = actix_web::web::block(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream
            .write_all(b"HEAD /livez HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    })
    .await
    .unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.ends_with("\r\n\r\n"), "a HEAD has no body: {answer}");
    handle.stop(true).await;
    running.await.unwrap().unwrap();
}
