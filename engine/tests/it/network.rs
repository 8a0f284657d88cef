//! The partner graph through its public answers, and properties of its measures.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::Arc;

use causeway_engine::model::{
    Direction, Directory, Entry, Offer, Organization, Partnership, PartnershipKind, Provenance,
    Record, ResourceKind,
};
use causeway_engine::network::{
    Apart, GraphRows, Measures, Supposition, assign, best_routes, betweenness, brokers, cohesion,
    collaborators, communities, compare, holes, isolated, neighbourhood, pagerank, pair_offers,
    picture, routes_between, what_if,
};
use causeway_engine::snapshot::{Builder, PartnerGraph, Snapshot, Structure};
use proptest::prelude::*;
use uuid::Uuid;

fn directory(organizations: u128, ties: &[(u128, u128, PartnershipKind)]) -> Directory {
    let mut directory = Directory::default();
    let put = |directory: &mut Directory, record: Record| {
        directory.put(Entry {
            record,
            provenance: Provenance::default(),
        });
    };
    for id in 0..organizations {
        let organization = Organization {
            id: Uuid::from_u128(id).into(),
            name: format!("Group & <{id}>"),
            ..Organization::default()
        };
        put(&mut directory, organization.into());
    }
    for (number, (from, to, kind)) in ties.iter().enumerate() {
        let partnership = Partnership {
            id: Uuid::from_u128(1000 + number as u128).into(),
            from: Uuid::from_u128(*from).into(),
            to: Uuid::from_u128(*to).into(),
            kind: *kind,
            strength: Some(0.8),
            ..Partnership::default()
        };
        put(&mut directory, partnership.into());
    }
    directory
}

fn offer(id: u128, owner: u128, direction: Direction, title: &str) -> Entry<Record> {
    let offer = Offer {
        id: Uuid::from_u128(id).into(),
        organization_id: Uuid::from_u128(owner).into(),
        direction,
        kind: ResourceKind::Space,
        title: title.to_owned(),
        latitude: Some(51.45),
        longitude: Some(-0.17),
        ..Offer::default()
    };
    Entry {
        record: offer.into(),
        provenance: Provenance::default(),
    }
}

fn snapshot(directory: Directory) -> Snapshot {
    let builder = Builder::default();
    builder
        .build(
            Arc::new(directory),
            1,
            "2026-11-24T09:00:00Z".parse().unwrap(),
        )
        .unwrap()
}

/// Two triangles of partners, 0-1-2 and 3-4-5, joined by 2-3; 6 hangs on 3; 7 is alone.
fn two_circles() -> Directory {
    let kind = PartnershipKind::DeliversWith;
    directory(
        8,
        &[
            (0, 1, kind),
            (1, 2, kind),
            (0, 2, kind),
            (2, 3, kind),
            (3, 4, kind),
            (4, 5, kind),
            (3, 5, kind),
            (3, 6, kind),
        ],
    )
}

#[test]
fn a_broker_is_told_with_those_who_would_lose_their_only_link() {
    let snapshot = snapshot(two_circles());
    let measures = Measures::of(&snapshot, 1);
    let found = brokers(&snapshot, &measures);
    let first = &found.brokers[0];
    assert_eq!(first.organization.name, "Group & <3>");
    assert!(first.cut_node);
    let behind: Vec<&str> = first
        .leaves_behind
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    // Three others remain on the side of 0; 4, 5 and 6 lose the link.
    assert_eq!(behind, ["Group & <4>", "Group & <5>", "Group & <6>"]);
    assert!(first.story.contains("lose their only link"));
}

#[test]
fn whoever_stands_apart_is_listed_and_introduced() {
    let snapshot = snapshot(two_circles());
    let measures = Measures::of(&snapshot, 1);
    let (apart, total) = isolated(&snapshot, &measures, 0, 50);
    assert_eq!(total, 2);
    assert_eq!(
        (apart[0].why, apart[1].why),
        (Apart::NoPartner, Apart::OneFragileLink)
    );
    assert!(apart[1].introductions.len() <= 3);
}

#[test]
fn reasons_for_a_collaborator_add_up_and_partners_are_left_out() {
    let mut directory = two_circles();
    directory.put(offer(2000, 5, Direction::Offer, "Hall for a hundred"));
    directory.put(offer(2001, 0, Direction::Ask, "A hall on Sundays"));
    let snapshot = snapshot(directory);
    let measures = Measures::of(&snapshot, 1);
    let found = collaborators(&snapshot, &measures, 0, false);
    assert!(found.iter().all(|one| !one.already_partners));
    for one in &found {
        let sum: f64 = one
            .reasons
            .iter()
            .map(|reason| reason.value * reason.weight)
            .sum();
        assert!((sum - one.score).abs() < 1e-9);
        let weights: f64 = one.reasons.iter().map(|reason| reason.weight).sum();
        assert!((weights - 1.0).abs() < 1e-9);
    }
    // The one whose hall is wanted, then the one known through a partner.
    assert_eq!(found[0].organization.name, "Group & <5>");
    assert_eq!(found[0].offers_matched.len(), 1);
    assert_eq!(found[1].organization.name, "Group & <3>");
    let with_partners = collaborators(&snapshot, &measures, 0, true);
    assert!(with_partners.iter().any(|one| one.already_partners));
}

#[test]
fn asks_are_paired_for_the_greatest_sum() {
    let mut directory = two_circles();
    directory.put(offer(2000, 5, Direction::Offer, "Hall"));
    directory.put(offer(2001, 0, Direction::Ask, "Hall"));
    directory.put(offer(2002, 5, Direction::Ask, "Kitchen"));
    let pairing = pair_offers(&snapshot(directory));
    assert_eq!(pairing.pairs.len(), 1);
    let product: f64 = pairing.pairs[0]
        .reasons
        .iter()
        .map(|reason| reason.value)
        .product();
    assert!((product - pairing.pairs[0].score).abs() < 1e-12);
    // Its own hall does not meet its ask.
    assert_eq!(pairing.unmatched.len(), 1);
}

#[test]
fn closing_the_broker_takes_the_network_apart() {
    let snapshot = snapshot(two_circles());
    let closed = what_if(
        &snapshot,
        &Supposition {
            close: vec![3],
            introduce: Vec::new(),
        },
    );
    assert_eq!((closed.before.components, closed.after.components), (2, 4));
    assert_eq!(closed.after.largest_component, 3);
    // 0, 1 and 2 with 4, 5 and 6 both ways, and 6 with 4 and 5.
    assert_eq!(closed.lost_routes, 2 * 9 + 4);
    let met = what_if(
        &snapshot,
        &Supposition {
            close: Vec::new(),
            introduce: vec![(7, 0)],
        },
    );
    assert_eq!(met.after.components, 1);
    assert_eq!(met.lost_routes, 0);
    assert!(met.after.mean_reach > met.before.mean_reach);
}

#[test]
fn a_missing_route_names_an_introducer() {
    let refers = PartnershipKind::RefersTo;
    let snapshot = snapshot(directory(3, &[(0, 1, refers), (2, 1, refers)]));
    let measures = Measures::of(&snapshot, 1);
    let there = routes_between(&snapshot, &measures, 0, 1, 3);
    assert_eq!(
        there.routes[0].hops[0].evidence,
        "Group & <0> refers people to Group & <1>"
    );
    let none = routes_between(&snapshot, &measures, 0, 2, 3);
    assert!(none.routes.is_empty());
    assert_eq!(none.introducer.unwrap().organization.name, "Group & <1>");
}

#[test]
fn a_cut_neighbourhood_keeps_whoever_is_closest_and_says_how_many_there_are() {
    let snapshot = snapshot(two_circles());
    let whole = neighbourhood(&snapshot, 0, 3, 100);
    assert_eq!(
        (whole.nodes.len(), whole.edges.len(), whole.total),
        (7, 8, 7)
    );
    let cut = neighbourhood(&snapshot, 0, 3, 3);
    assert_eq!((cut.nodes.len(), cut.edges.len()), (3, 3));
    assert!(cut.total >= 3);
}

#[test]
fn the_graph_goes_out_in_four_forms_with_names_kept_safe() {
    let snapshot = snapshot(two_circles());
    let measures = Measures::of(&snapshot, 1);
    let rows = GraphRows::of(&snapshot, &measures);
    for text in [
        rows.graphml(),
        rows.gexf(),
        picture(&snapshot, &measures, &[], 1),
    ] {
        assert!(text.contains("Group &amp; &lt;3&gt;"));
        assert!(!text.contains("Group & <"));
    }
    assert_eq!(rows.nodes_csv().lines().count(), 9);
    assert_eq!(rows.edges_csv().lines().count(), 9);
    assert_eq!(
        picture(&snapshot, &measures, &[], 1),
        picture(&snapshot, &measures, &[], 1)
    );
}

fn graphs() -> impl Strategy<Value = (usize, Vec<(u32, u32)>)> {
    (2_usize..24).prop_flat_map(|nodes| {
        let node = 0..nodes as u32;
        (
            Just(nodes),
            prop::collection::vec((node.clone(), node), 0..60),
        )
    })
}

fn structure(nodes: usize, edges: &[(u32, u32)]) -> Structure {
    Structure::of(nodes, edges.iter().map(|(a, b)| (*a, *b, 1.0)))
}

fn without(graph: &Structure, gone: impl Fn(u32, u32) -> bool) -> Structure {
    Structure::of(
        graph.node_count(),
        graph.edges().filter(|(a, b, _)| !gone(*a, *b)),
    )
}

proptest! {
    #[test]
    fn an_edge_is_a_bridge_just_when_its_going_adds_a_component((nodes, edges) in graphs()) {
        let graph = structure(nodes, &edges);
        let cuts = cohesion::cuts(&graph);
        let parts = cohesion::components(&graph).count();
        for (a, b, _) in graph.edges() {
            let cut = without(&graph, |x, y| (x, y) == (a, b));
            let more = cohesion::components(&cut).count() > parts;
            prop_assert_eq!(more, cuts.bridges.contains(&(a, b)));
        }
    }

    #[test]
    fn what_a_cut_node_leaves_behind_is_what_falls_off_without_it((nodes, edges) in graphs()) {
        let graph = structure(nodes, &edges);
        let cuts = cohesion::cuts(&graph);
        let whole = cohesion::components(&graph);
        for node in 0..nodes as u32 {
            let rest = cohesion::components(&without(&graph, |x, y| x == node || y == node));
            let others: Vec<u32> = (0..nodes as u32)
                .filter(|other| *other != node && whole.of[*other as usize] == whole.of[node as usize])
                .collect();
            let parts: BTreeSet<u32> = others.iter().map(|other| rest.of[*other as usize]).collect();
            prop_assert_eq!(parts.len() > 1, cuts.is_cut(node));
            let behind = cuts.leaves_behind(node);
            if parts.len() > 1 {
                prop_assert_eq!(behind.len(), parts.len() - 1);
                let largest = parts.iter().map(|part| rest.sizes[*part as usize]).max().unwrap() as usize;
                prop_assert_eq!(behind.iter().map(Vec::len).sum::<usize>() + largest, others.len());
                for piece in behind {
                    let part = rest.of[piece[0] as usize];
                    prop_assert_eq!(rest.sizes[part as usize] as usize, piece.len());
                    prop_assert!(piece.iter().all(|other| rest.of[*other as usize] == part));
                }
            } else {
                prop_assert!(behind.is_empty());
            }
        }
    }

    #[test]
    fn every_community_is_connected((nodes, edges) in graphs(), seed in 0_u64..1000) {
        let graph = structure(nodes, &edges);
        let found = communities::communities(&graph, 3, seed);
        prop_assert!((0.0..=1.0).contains(&found.modularity));
        let inside = without(&graph, |a, b| found.of[a as usize] != found.of[b as usize]);
        prop_assert_eq!(cohesion::components(&inside).count(), found.members.len());
    }

    #[test]
    fn sampled_betweenness_is_within_its_bound((nodes, edges) in graphs(), seed in 0_u64..1000) {
        let graph = structure(nodes, &edges);
        let exact = betweenness::exact(&graph);
        // So improbable to miss that a thousand cases do not.
        let sampled = betweenness::sampled(&graph, 0.05, 1e-6, seed);
        let scale = if nodes > 2 { nodes as f64 / (nodes as f64 - 2.0) } else { 1.0 };
        for (exact, sampled) in exact.values.iter().zip(&sampled.values) {
            prop_assert!((exact - sampled).abs() <= sampled_bound(0.05, scale));
        }
    }

    #[test]
    fn routes_never_repeat_a_node_and_come_the_most_trusted_first(
        (nodes, edges) in graphs(),
        strengths in prop::collection::vec(0.05..0.98_f64, 60),
    ) {
        let ties = edges.iter().zip(&strengths).map(|((a, b), p)| (*a, *b, PartnershipKind::RefersTo, *p));
        let graph = PartnerGraph::from_edges(nodes, ties);
        let routes = best_routes(&graph, 0, 1, 5, 4);
        prop_assert!(routes.windows(2).all(|pair| pair[0].trust >= pair[1].trust));
        for route in &routes {
            prop_assert!(route.ties.len() <= 4);
            let distinct: BTreeSet<u32> = route.nodes.iter().copied().collect();
            prop_assert_eq!(distinct.len(), route.nodes.len());
        }
        let distinct: BTreeSet<&[u32]> = routes.iter().map(|route| route.nodes.as_slice()).collect();
        prop_assert_eq!(distinct.len(), routes.len());
    }

    #[test]
    fn introducing_two_never_lowers_reach((nodes, edges) in graphs(), a in 0_u32..24, b in 0_u32..24) {
        let ties = edges.iter().map(|(a, b)| (*a, *b, PartnershipKind::Supports, 0.5));
        let graph = PartnerGraph::from_edges(nodes, ties);
        let change = compare(&graph, &Supposition { close: Vec::new(), introduce: vec![(a, b)] });
        prop_assert!(change.after.mean_reach >= change.before.mean_reach - 1e-12);
        prop_assert!(change.after.components <= change.before.components);
        prop_assert_eq!(change.lost_routes, 0);
    }

    #[test]
    fn measures_do_not_depend_on_the_order_of_nodes((nodes, edges) in graphs(), turn in 0_u32..24) {
        let graph = structure(nodes, &edges);
        let moved = |node: u32| (node + turn) % nodes as u32;
        let turned: Vec<(u32, u32)> = edges.iter().map(|(a, b)| (moved(*a), moved(*b))).collect();
        let other = structure(nodes, &turned);
        let (cores, other_cores) = (cohesion::cores(&graph), cohesion::cores(&other));
        let (between, other_between) = (betweenness::exact(&graph), betweenness::exact(&other));
        let (holes, other_holes) = (holes::holes(&graph), holes::holes(&other));
        for node in 0..nodes as u32 {
            let (here, there) = (node as usize, moved(node) as usize);
            prop_assert_eq!(cores[here], other_cores[there]);
            prop_assert!((between.values[here] - other_between.values[there]).abs() < 1e-9);
            let constraint = |hole: Option<holes::Hole>| hole.map_or(-1.0, |hole| hole.constraint);
            prop_assert!((constraint(holes[here]) - constraint(other_holes[there])).abs() < 1e-9);
        }
    }

    #[test]
    fn pagerank_sums_to_one((nodes, edges) in graphs(), seed in 0_u32..2) {
        let ties = edges.iter().map(|(a, b)| (*a, *b, PartnershipKind::RefersTo, 0.5));
        let graph = PartnerGraph::from_edges(nodes, ties);
        let rank = pagerank::personalised(&pagerank::Inflow::of(graph.flow()), &[seed], 0.85);
        prop_assert!((rank.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn no_pairing_of_three_beats_the_assignment(scores in prop::collection::vec(0.0..1.0_f64, 9)) {
        let scores: Vec<Vec<f64>> = scores.chunks(3).map(<[f64]>::to_vec).collect();
        let ours: f64 = assign(&scores).iter().map(|(row, column)| scores[*row][*column]).sum();
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let theirs: f64 = order.iter().enumerate().map(|(row, column)| scores[row][*column]).sum();
            prop_assert!(ours >= theirs - 1e-9);
        }
    }
}

/// The bound on the scale where pairs that end at the node itself are left out.
fn sampled_bound(error: f64, scale: f64) -> f64 {
    error * scale + 1e-9
}
