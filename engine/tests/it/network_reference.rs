//! Measures of the partner graph against published tools (`shared/reference`).

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use causeway_engine::model::PartnershipKind;
use causeway_engine::network::{
    assign, best_routes, betweenness, bipartite::TwoMode, cohesion, communities, holes, links,
    pagerank, shortest, summary,
};
use causeway_engine::snapshot::{Flow, PartnerGraph, Structure};
use serde_json::Value;

#[expect(clippy::print_stderr, reason = "a skipped reference test says so")]
fn cases(name: &str) -> Vec<Value> {
    let path = format!(
        "{}/../../shared/reference/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: shared/reference/{name}.json not there");
        return Vec::new();
    };
    let reference: Value = serde_json::from_str(&text).unwrap();
    reference["cases"].as_array().unwrap().clone()
}

fn edges(case: &Value, weight: usize) -> Vec<(u32, u32, f64)> {
    case["input"]["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| {
            let node = |at: usize| edge[at].as_u64().unwrap() as u32;
            (
                node(0),
                node(1),
                edge.get(weight).and_then(Value::as_f64).unwrap_or(1.0),
            )
        })
        .collect()
}

fn nodes(case: &Value) -> usize {
    case["input"]["n"].as_u64().unwrap() as usize
}

/// The case's graph, weighted by that column of its edges, 1 where there is none.
fn graph(case: &Value, weight: usize) -> Structure {
    Structure::of(nodes(case), edges(case, weight))
}

fn numbers(value: &Value) -> Vec<Option<f64>> {
    let read = |value: &Value| match value.as_str() {
        Some(_) => Some(f64::INFINITY),
        None => value.as_f64(),
    };
    value.as_array().unwrap().iter().map(read).collect()
}

fn check_within(what: &str, ours: &[Option<f64>], expected: &Value, abs: f64, rel: f64) {
    let expected = numbers(expected);
    assert_eq!(ours.len(), expected.len(), "{what}");
    for (place, (ours, expected)) in ours.iter().zip(expected).enumerate() {
        let agree = match (ours, expected) {
            (Some(ours), Some(expected)) if expected.is_finite() => {
                (ours - expected).abs() <= abs + rel * expected.abs()
            }
            (ours, expected) => *ours == expected,
        };
        assert!(agree, "{what} at {place}: {ours:?}, not {expected:?}");
    }
}

fn check(what: &str, ours: &[f64], expected: &Value) {
    let ours: Vec<_> = ours.iter().copied().map(Some).collect();
    check_within(what, &ours, expected, 1e-9, 1e-9);
}

fn sets(value: &Value) -> Vec<Vec<u32>> {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn centrality_agrees_with_networkx_and_igraph() {
    for case in cases("graph_centrality") {
        let (graph, expected) = (graph(&case, usize::MAX), &case["expected"]);
        let name = case["name"].as_str().unwrap();
        let all: Vec<u32> = (0..graph.node_count() as u32).collect();
        let paths = betweenness::paths_from(&graph, &all);
        check(name, &paths.betweenness, &expected["betweenness_raw"]);
        check(
            name,
            &betweenness::exact(&graph).values,
            &expected["betweenness_normalised"],
        );
        check(
            name,
            &betweenness::by_length(&graph),
            &expected["betweenness_raw"],
        );
        let nearness = summary::nearness(&graph);
        let closeness: Vec<f64> = nearness.iter().map(|near| near.closeness).collect();
        let harmonic: Vec<f64> = nearness.iter().map(|near| near.harmonic).collect();
        check(name, &closeness, &expected["closeness_wf"]);
        check(name, &harmonic, &expected["harmonic_raw"]);
        let holes = holes::holes(&graph);
        let constraint: Vec<_> = holes
            .iter()
            .map(|hole| hole.map(|hole| hole.constraint))
            .collect();
        let size: Vec<_> = holes
            .iter()
            .map(|hole| hole.map(|hole| hole.effective_size))
            .collect();
        check_within(name, &constraint, &expected["burt_constraint"], 1e-9, 1e-9);
        check_within(name, &size, &expected["burt_effective_size"], 1e-9, 1e-9);
        let ties: Vec<(u32, u32)> = expected["edge_betweenness_raw"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tie| {
                (
                    tie[0].as_u64().unwrap() as u32,
                    tie[1].as_u64().unwrap() as u32,
                )
            })
            .collect();
        let of_edges = betweenness::of_edges(&graph);
        for (place, (a, b)) in ties.iter().enumerate() {
            let ours = of_edges[&(*a.min(b), *a.max(b))];
            let theirs = expected["edge_betweenness_raw"][place][2].as_f64().unwrap();
            assert!(
                (ours - theirs).abs() <= 1e-9 + 1e-9 * theirs,
                "{name} {a} {b}: {ours}"
            );
        }
    }
}

#[test]
fn structure_agrees_with_networkx() {
    for case in cases("graph_structure") {
        let (graph, expected) = (graph(&case, usize::MAX), &case["expected"]);
        let name = case["name"].as_str().unwrap();
        let count = graph.node_count() as u32;
        let degrees: Vec<f64> = (0..count).map(|node| graph.degree(node) as f64).collect();
        check(name, &degrees, &expected["degree"]);
        let components = cohesion::components(&graph);
        let mut parts = vec![Vec::new(); components.count()];
        for node in 0..count {
            parts[components.of[node as usize] as usize].push(node);
        }
        let mut theirs = sets(&expected["components"]);
        theirs.sort();
        parts.sort();
        assert_eq!(parts, theirs, "{name}");
        let cuts = cohesion::cuts(&graph);
        let theirs: Vec<u32> =
            serde_json::from_value(expected["articulation_points"].clone()).unwrap();
        assert_eq!(cuts.nodes, theirs, "{name}");
        let theirs: Vec<(u32, u32)> = serde_json::from_value(expected["bridges"].clone()).unwrap();
        assert_eq!(cuts.bridges, theirs, "{name}");
        let mut theirs = sets(&expected["biconnected_components"]);
        theirs.sort();
        assert_eq!(cuts.blocks(), theirs, "{name}");
        let cores: Vec<f64> = cohesion::cores(&graph).into_iter().map(f64::from).collect();
        check(name, &cores, &expected["core_number"]);
        let isolated: Vec<f64> = (0..count)
            .filter(|node| graph.degree(*node) == 0)
            .map(f64::from)
            .collect();
        check(name, &isolated, &expected["isolates"]);
        let holes = holes::holes(&graph);
        check(
            name,
            &summary::clustering(&graph, &holes),
            &expected["clustering"],
        );
        let transitivity = summary::transitivity(&graph, &holes);
        assert!(
            (transitivity - expected["transitivity"].as_f64().unwrap()).abs() < 1e-12,
            "{name}"
        );
    }
}

#[test]
fn weighted_measures_agree_with_networkx() {
    for case in cases("graph_weighted") {
        let expected = &case["expected"];
        let name = case["name"].as_str().unwrap();
        let (strong, long) = (graph(&case, 2), graph(&case, 3));
        check(
            name,
            &betweenness::by_length(&long),
            &expected["betweenness_raw_by_length"],
        );
        let lengths: Vec<_> = shortest::lengths(&long, 0)
            .into_iter()
            .map(Some)
            .map(|length| length.filter(|length| length.is_finite()))
            .collect();
        let theirs = numbers(&expected["dijkstra_from_0"]);
        for (ours, theirs) in lengths.iter().zip(theirs) {
            match (ours, theirs.filter(|theirs| theirs.is_finite())) {
                (Some(ours), Some(theirs)) => assert!((ours - theirs).abs() < 1e-9, "{name}"),
                (ours, theirs) => assert_eq!(*ours, theirs, "{name}"),
            }
        }
        let constraint: Vec<_> = holes::holes(&strong)
            .iter()
            .map(|hole| hole.map(|hole| hole.constraint))
            .collect();
        check_within(
            name,
            &constraint,
            &expected["burt_constraint_by_strength"],
            1e-9,
            1e-9,
        );
        let strength: Vec<f64> = (0..strong.node_count() as u32)
            .map(|node| strong.weights(node).iter().sum())
            .collect();
        check(name, &strength, &expected["strength"]);
    }
}

#[test]
fn communities_reach_the_best_known_modularity_and_hang_together() {
    for case in cases("communities") {
        let (graph, expected) = (graph(&case, 2), &case["expected"]);
        let name = case["name"].as_str().unwrap();
        let fixed = &expected["modularity_of_fixed_partition"];
        let membership: Vec<u32> = serde_json::from_value(fixed["membership"].clone()).unwrap();
        for (resolution, key) in [
            (1.0, "modularity"),
            (0.5, "modularity_resolution_0_5"),
            (2.0, "modularity_resolution_2"),
        ] {
            let ours = communities::modularity(&graph, &membership, resolution);
            assert!(
                (ours - fixed[key].as_f64().unwrap()).abs() < 1e-9,
                "{name} {key}: {ours}"
            );
        }
        let found = communities::communities(&graph, communities::runs_for(&graph), 1);
        let best = expected["best_modularity_200_leiden_runs"]
            .as_f64()
            .unwrap();
        assert!(
            found.modularity >= 0.99 * best,
            "{name}: {} of {best}",
            found.modularity
        );
        assert_eq!(
            found,
            communities::communities(&graph, communities::runs_for(&graph), 1),
            "{name}"
        );
        for members in &found.members {
            let inside = graph
                .edges()
                .filter(|(a, b, _)| members.contains(a) && members.contains(b));
            let part = Structure::of(graph.node_count(), inside);
            let size = cohesion::components(&part).size_at(members[0]) as usize;
            assert_eq!(size, members.len(), "{name}: a community in pieces");
        }
    }
}

#[test]
fn link_scores_agree_with_networkx() {
    for case in cases("link_prediction") {
        let (graph, expected) = (graph(&case, usize::MAX), &case["expected"]);
        let name = case["name"].as_str().unwrap();
        let pairs: Vec<(u32, u32)> = serde_json::from_value(case["pairs"].clone()).unwrap();
        let found: Vec<links::Link> = pairs
            .iter()
            .map(|(a, b)| links::link(&graph, *a, *b))
            .collect();
        let column = |of: fn(&links::Link) -> f64| found.iter().map(of).collect::<Vec<f64>>();
        check(
            name,
            &column(|link| link.shared.len() as f64),
            &expected["common_neighbours"],
        );
        check(name, &column(|link| link.jaccard), &expected["jaccard"]);
        check(
            name,
            &column(|link| link.adamic_adar),
            &expected["adamic_adar"],
        );
        check(
            name,
            &column(|link| link.resource_allocation),
            &expected["resource_allocation"],
        );
        check(
            name,
            &column(|link| link.preferential_attachment),
            &expected["preferential_attachment"],
        );
    }
}

#[test]
fn personalised_pagerank_agrees_with_networkx_and_the_linear_solve() {
    for case in cases("ppr") {
        let name = case["name"].as_str().unwrap();
        let mut ways = edges(&case, 2);
        if case["input"]["directed"] == false {
            ways.extend(
                edges(&case, 2)
                    .into_iter()
                    .map(|(from, to, weight)| (to, from, weight)),
            );
        }
        let flow = Flow::of(nodes(&case), ways);
        let damping = case["params"]["damping"].as_f64().unwrap();
        let seeds: Vec<u32> =
            serde_json::from_value(case["params"]["seeds"].clone()).unwrap_or_default();
        let ours = pagerank::personalised(&pagerank::Inflow::of(&flow), &seeds, damping);
        let ours: Vec<_> = ours.into_iter().map(Some).collect();
        check_within(name, &ours, &case["expected"]["ppr"], 1e-10, 1e-8);
    }
}

#[test]
fn pushing_comes_near_the_exact_personalised_pagerank() {
    for case in cases("graph_weighted") {
        let ties = edges(&case, 2)
            .into_iter()
            .map(|(a, b, strength)| (a, b, PartnershipKind::Supports, strength));
        let graph = PartnerGraph::from_edges(nodes(&case), ties);
        let inflow = pagerank::Inflow::of(graph.flow());
        for from in 0..graph.structure().node_count() as u32 {
            let exact = pagerank::personalised(&inflow, &[from], pagerank::DAMPING);
            let pushed = pagerank::pushed(&graph, from, 1e-7);
            for (node, exact) in exact.iter().enumerate() {
                assert!(
                    (pushed.score(node as u32) - exact).abs() < 1e-4,
                    "{from} {node}"
                );
            }
        }
    }
}

#[test]
fn routes_agree_with_networkx() {
    for case in cases("referral_routes") {
        let ties = edges(&case, 2)
            .into_iter()
            .map(|(from, to, strength)| (from, to, PartnershipKind::RefersTo, strength));
        let graph = PartnerGraph::from_edges(nodes(&case), ties);
        for goal in case["expected"].as_array().unwrap() {
            let target = goal["target"].as_u64().unwrap() as u32;
            let found = best_routes(&graph, 0, target, 3, nodes(&case));
            let expected = goal["best_paths"].as_array().unwrap();
            assert_eq!(found.len(), expected.len(), "to {target}");
            for (route, expected) in found.iter().zip(expected) {
                let nodes: Vec<u32> = serde_json::from_value(expected["path"].clone()).unwrap();
                assert_eq!(route.nodes, nodes);
                let trust = expected["probability"].as_f64().unwrap();
                assert!((route.trust - trust).abs() <= 1e-9 + 1e-9 * trust);
            }
        }
    }
}

#[test]
fn shared_places_agree_with_networkx() {
    for case in cases("bipartite_projection") {
        let organizations = case["input"]["n_top"].as_u64().unwrap() as u32;
        let places = case["input"]["n_bottom"].as_u64().unwrap() as usize;
        let parts = edges(&case, usize::MAX)
            .into_iter()
            .map(|(organization, place, _)| (organization, place - organizations));
        let network = TwoMode::of(organizations as usize, places, parts);
        for (key, value) in [
            ("shared_count", 0_usize),
            ("newman_collaboration", 1),
            ("jaccard", 2),
        ] {
            for expected in case["expected"][key].as_array().unwrap() {
                let node = |at: usize| expected[at].as_u64().unwrap() as u32;
                let shared = network.shared(node(0), node(1));
                let ours = [shared.count as f64, shared.weight, shared.jaccard][value];
                let theirs = expected[2].as_f64().unwrap();
                assert!((ours - theirs).abs() <= 1e-9 + 1e-9 * theirs, "{key}");
            }
        }
    }
}

#[test]
fn assignments_reach_the_optimum_of_scipy() {
    for case in cases("offers_asks_assignment") {
        let scores: Vec<Vec<f64>> = serde_json::from_value(case["input"]["score"].clone()).unwrap();
        let total: f64 = assign(&scores)
            .iter()
            .map(|(row, column)| scores[*row][*column])
            .sum();
        let expected = case["expected"]["total"].as_f64().unwrap();
        assert!(
            (total - expected).abs() <= 1e-9 + 1e-9 * expected,
            "{total}, not {expected}"
        );
    }
}
