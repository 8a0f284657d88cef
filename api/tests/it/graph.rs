//! `/v1/network/…`, `/v1/routes`, collaborators and pairings.

use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use serde_json::json;

use crate::network::{ask, get, id, named, post};

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
    let members = ["pairs", "unmatched", "total", "limit", "offset", "links"];
    let answer = check("/v1/offers/matches", &members).await;
    let pair = &answer["pairs"][0];
    assert_eq!(pair["offer"]["title"], "Church hall for meetings");
    assert_eq!(pair["ask"]["organization"]["id"], json!(id(2)));
    let product: f64 = pair["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reason| reason["value"].as_f64().unwrap())
        .product();
    assert!((pair["score"].as_f64().unwrap() - product).abs() < 1e-9);
}

#[actix_web::test]
async fn offers_are_found_by_what_where_and_when() {
    let titles = |answer: &serde_json::Value| -> Vec<String> {
        let offers = answer["offers"].as_array().unwrap();
        let title = |offer: &serde_json::Value| offer["title"].as_str().unwrap().to_owned();
        offers.iter().map(title).collect()
    };
    let all = check(
        "/v1/offers",
        &["offers", "total", "limit", "offset", "links"],
    )
    .await;
    assert_eq!(all["total"], 3);
    for (query, expected) in [
        ("direction=ask", &["A hall for meetings"][..]),
        ("q=church%20meeting", &["Church hall for meetings"]),
        ("kind=skill", &[]),
        ("access=step-free", &["Church hall for meetings"]),
        ("near=SW12%209QX&within_km=1", &["Church hall for meetings"]),
        ("days=SU&direction=offer", &["A quiet meeting room"]),
    ] {
        let answer = get(&format!("/v1/offers?{query}")).await.json();
        assert_eq!(titles(&answer), expected, "{query}");
    }
    let near = get("/v1/offers?near=51.4275,-0.1680").await.json();
    assert!(near["offers"][0]["distance_m"].as_f64().unwrap() < 1.0);
    let answer = get("/v1/offers?kind=spaces&direction=give&within_km=2").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(named(&answer.json()), ["direction", "kind", "within_km"]);
}

#[actix_web::test]
async fn a_neighbourhood_has_nodes_and_edges_and_says_what_was_cut() {
    let path = format!("/v1/organizations/{}/network", id(1));
    let members = [
        "organization",
        "depth",
        "nodes",
        "edges",
        "total",
        "limit",
        "left_out",
    ];
    let answer = check(&path, &members).await;
    assert_eq!(answer["nodes"][0]["id"], json!(id(1)));
    assert_eq!(answer["nodes"][1]["id"], json!(id(2)));
    assert_eq!(answer["edges"][0]["from"], json!(id(1)));
    assert_eq!(answer["edges"][0]["layer"], "stated");
    assert_eq!(
        (&answer["total"], &answer["left_out"]),
        (&json!(2), &json!([]))
    );
    let cut = get(&format!("{path}?limit=1&implied=true")).await.json();
    assert_eq!(cut["left_out"], json!([{"depth": 1, "organizations": 1}]));
    let answer = get(&format!("{path}?depth=5&implied=maybe")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(named(&answer.json()), ["implied", "depth"]);
    let missing = get(&format!("/v1/organizations/{}/network", id(99))).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[actix_web::test]
async fn what_hangs_by_a_thread_and_who_is_in_the_core_are_lists() {
    for (path, list) in [
        ("/v1/network/cut-nodes", "cut_nodes"),
        ("/v1/network/bridges", "bridges"),
        ("/v1/network/cores", "organizations"),
    ] {
        check(path, &[list, "total", "limit", "offset", "links"]).await;
    }
    let bridge = &get("/v1/network/bridges").await.json()["bridges"][0];
    assert_eq!(bridge["kinds"], json!(["refers_to"]));
    assert_eq!(bridge["leaves_behind"].as_array().unwrap().len(), 1);
    assert_eq!(bridge["services_behind"], 1);
    let cores = get("/v1/network/cores").await.json();
    let sizes = json!([{"core": 1, "organizations": 2}, {"core": 0, "organizations": 1}]);
    assert_eq!(cores["cores"], sizes);
    let equity = check("/v1/network/equity", &["gini", "equity"]).await;
    assert_eq!(equity["equity"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn the_whole_graph_goes_out_in_the_form_its_address_names() {
    for (path, media, start) in [
        ("/v1/network.graphml", "application/graphml+xml", "<?xml"),
        ("/v1/network.gexf", "application/gexf+xml", "<?xml"),
        ("/v1/network.csv", "text/csv", "id,name,degree,betweenness"),
        (
            "/v1/network.csv?table=edges",
            "text/csv",
            "source,target,kind",
        ),
        ("/v1/network.svg", "image/svg+xml", "<svg"),
    ] {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert!(answer.header("content-type").starts_with(media), "{path}");
        assert!(answer.text.starts_with(start), "{path}: {}", answer.text);
        assert!(!answer.header("etag").is_empty(), "{path}");
    }
    let answer = check("/v1/network.json", &["nodes", "edges"]).await;
    assert_eq!(answer["nodes"].as_array().unwrap().len(), 3);
    assert_eq!(answer["edges"][0]["kind"], "refers_to");
    let picture = get(&format!("/v1/organizations/{}/network.svg", id(1))).await;
    assert!(
        picture.text.contains("Partners around St Invented"),
        "{}",
        picture.text
    );
    let wants = |path: &str, accept: &'static str| {
        ask(TestRequest::get()
            .uri(path)
            .insert_header(("accept", accept)))
    };
    assert_eq!(
        wants("/v1/network.svg", "image/*").await.status,
        StatusCode::OK
    );
    let refused = wants("/v1/network.csv", "application/json").await.status;
    assert_eq!(refused, StatusCode::NOT_ACCEPTABLE);
    let answer = get("/v1/network.csv?table=rows").await;
    assert_eq!(named(&answer.json()), ["table"]);
}

#[actix_web::test]
async fn a_consortium_covers_needs_and_says_which_nobody_covers() {
    let body = json!({
        "needs": ["Food bank", "Debt advice", "Sleep help"],
        "postcode": "SW12 9QX",
        "within_km": 4,
        "lead": id(1),
    });
    let answer = post("/v1/consortia", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = answer.json();
    for member in ["members", "uncovered", "connected", "guarantee", "snapshot"] {
        assert!(answer.get(member).is_some(), "{answer}");
    }
    assert_eq!(answer["members"][0]["organization"]["id"], json!(id(1)));
    assert_eq!(answer["members"][1]["covers"], json!(["Debt advice"]));
    assert_eq!(answer["uncovered"], json!(["Sleep help"]));
    assert_eq!(answer["connected"], true);
    let body = json!({
        "needs": ["zxqj vvkp"],
        "area": "Nowhereshire",
        "grass_roots_share": 2,
        "lead": "nobody",
        "leed": 1,
    });
    let answer = post("/v1/consortia", &body).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    let told = named(&answer.json());
    for pointer in ["/needs", "/area", "/lead", "/grass_roots_share", "/leed"] {
        assert!(
            told.iter().any(|name| name == pointer),
            "{pointer}: {told:?}"
        );
    }
}

#[actix_web::test]
async fn a_client_that_holds_an_answer_is_not_sent_it_again() {
    let path = "/v1/network/summary";
    let first = get(path).await;
    let tag = first.header("etag").to_owned();
    let again = ask(TestRequest::get()
        .uri(path)
        .insert_header(("if-none-match", tag)))
    .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}
