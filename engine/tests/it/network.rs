//! The partner graph through its public answers, and properties of its measures.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::Arc;

use causeway_engine::model::{
    Direction, Directory, Entry, Location, Offer, Organization, Partnership, PartnershipKind,
    Program, Provenance, Record, ResourceKind, Service, ServiceAtLocation,
};
use causeway_engine::network::{
    Apart, CollaboratorQuery, ConsortiumNeed, ConsortiumRequest, GraphRows, Layer, Measures,
    OfferQuery, Picture, Supposition, assign, best_routes, betweenness, bridges, brokers,
    closeness, cohesion, collaborators, communities, compare, consortium, cores, cut_nodes,
    find_offers, holes, isolated, neighbourhood, pagerank, pair_offers, picture, routes_between,
    what_if,
};
use causeway_engine::snapshot::{Builder, PartnerGraph, Snapshot, Structure};
use proptest::prelude::*;
use uuid::Uuid;

fn put(directory: &mut Directory, record: impl Into<Record>) {
    directory.put(Entry {
        record: record.into(),
        provenance: Provenance::default(),
    });
}

fn directory(organizations: u128, ties: &[(u128, u128, PartnershipKind)]) -> Directory {
    let mut directory = Directory::default();
    for id in 0..organizations {
        let organization = Organization {
            id: Uuid::from_u128(id).into(),
            name: format!("Group & <{id}>"),
            ..Organization::default()
        };
        put(&mut directory, organization);
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
        put(&mut directory, partnership);
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
    let found = brokers(&snapshot, &measures, 0, 50);
    let first = &found.brokers[0];
    assert_eq!(first.organization.name, "Group & <3>");
    assert!(first.cut_node);
    let behind: Vec<&str> = first
        .loss
        .organizations
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
    let mut query = CollaboratorQuery {
        node: 0,
        include_partners: false,
        layer: Layer::Stated,
    };
    let found = collaborators(&snapshot, &measures, query);
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
    query.include_partners = true;
    let with_partners = collaborators(&snapshot, &measures, query);
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
    let there = routes_between(&snapshot, &measures, (0, 1), 3, Layer::Stated);
    assert_eq!(
        there.routes[0].hops[0].evidence,
        "Group & <0> refers people to Group & <1>."
    );
    let none = routes_between(&snapshot, &measures, (0, 2), 3, Layer::Stated);
    assert!(none.routes.is_empty());
    assert_eq!(none.introducer.unwrap().organization.name, "Group & <1>");
}

#[test]
fn a_cut_neighbourhood_keeps_whoever_is_closest_and_says_how_many_there_are() {
    let snapshot = snapshot(two_circles());
    let whole = neighbourhood(&snapshot, &snapshot.graph, 0, 3, 100);
    assert_eq!(
        (whole.nodes.len(), whole.edges.len(), whole.total),
        (7, 8, 7)
    );
    assert_eq!(whole.left_out, [0, 0, 0]);
    let cut = neighbourhood(&snapshot, &snapshot.graph, 0, 3, 3);
    assert_eq!((cut.nodes.len(), cut.edges.len()), (3, 3));
    assert_eq!((cut.total, cut.left_out.as_slice()), (7, &[0, 1, 3][..]));
}

#[test]
fn the_graph_goes_out_in_four_forms_with_names_kept_safe() {
    let snapshot = snapshot(two_circles());
    let measures = Measures::of(&snapshot, 1);
    let rows = GraphRows::of(&snapshot, &measures, Layer::Stated);
    let drawn = picture(&snapshot, &measures, &Picture::default());
    for text in [rows.graphml(), rows.gexf(), drawn.clone()] {
        assert!(text.contains("Group &amp; &lt;3&gt;"));
        assert!(!text.contains("Group & <"));
    }
    assert_eq!(rows.nodes_csv().lines().count(), 9);
    assert_eq!(rows.edges_csv().lines().count(), 9);
    assert_eq!(drawn, picture(&snapshot, &measures, &Picture::default()));
}

#[test]
fn what_hangs_by_a_thread_is_told_with_what_would_be_lost() {
    let mut directory = two_circles();
    let service = Service {
        id: Uuid::from_u128(3000).into(),
        organization_id: Some(Uuid::from_u128(6).into()),
        name: "Lunch club".to_owned(),
        ..Service::default()
    };
    put(&mut directory, service);
    let snapshot = snapshot(directory);
    let measures = Measures::of(&snapshot, 1);
    let (cuts, total) = cut_nodes(&snapshot, &measures, 0, 50);
    assert_eq!(
        (total, cuts[0].organization.name.as_str()),
        (2, "Group & <3>")
    );
    assert_eq!(
        (
            cuts[0].loss.organizations.len(),
            cuts[0].loss.pieces,
            cuts[0].loss.services
        ),
        (3, 2, 1)
    );
    let (found, total) = bridges(&snapshot, &measures, 0, 50);
    assert_eq!(total, 2);
    // The smaller side of 2-3 is 0, 1, 2; that of 3-6 is 6 with its lunch club.
    assert_eq!(found[0].loss.organizations.len(), 3);
    assert_eq!(
        (found[0].from.name.as_str(), found[0].to.name.as_str()),
        ("Group & <3>", "Group & <2>")
    );
    assert_eq!(
        (found[1].loss.organizations.len(), found[1].loss.services),
        (1, 1)
    );
    assert!(
        found[1]
            .story
            .contains("Group & <6> would lose their only link to the rest: 1 service")
    );
}

#[test]
fn the_core_is_told_from_the_periphery() {
    let snapshot = snapshot(two_circles());
    let measures = Measures::of(&snapshot, 1);
    let found = cores(&snapshot, &measures, 0, 50);
    assert_eq!(found.sizes, [(2, 6), (1, 1), (0, 1)]);
    assert_eq!(found.organizations[0].organization.name, "Group & <3>");
    assert_eq!(found.organizations[7].core, 0);
}

#[test]
fn what_is_only_implied_counts_only_where_it_is_asked_for() {
    let mut directory = directory(3, &[(0, 1, PartnershipKind::RefersTo)]);
    for number in [1, 2] {
        let organization = Organization {
            id: Uuid::from_u128(number).into(),
            name: format!("Group {number}"),
            programs: vec![Program {
                name: "Warm Rooms".to_owned(),
                ..Program::default()
            }],
            ..Organization::default()
        };
        put(&mut directory, organization);
    }
    let snapshot = snapshot(directory);
    let measures = Measures::of(&snapshot, 1);
    assert_eq!(
        measures.graph.summary.edges, 1,
        "measures count stated ties"
    );
    let stated = routes_between(&snapshot, &measures, (0, 2), 3, Layer::Stated);
    assert!(stated.routes.is_empty());
    let implied = routes_between(&snapshot, &measures, (0, 2), 3, Layer::Implied);
    let hop = &implied.routes[0].hops[1];
    assert_eq!(hop.kind.name(), "shared_programme");
    assert_eq!(
        hop.evidence,
        "Implied: Group 1 and Group 2 both run services under Warm Rooms."
    );
    assert!((hop.strength - 0.3).abs() < 1e-9);
    let around = |graph| neighbourhood(&snapshot, graph, 0, 2, 10).total;
    assert_eq!((around(&snapshot.graph), around(&measures.wider)), (2, 3));
}

#[test]
fn a_consortium_covers_what_it_can_and_takes_in_the_asked_share_of_small_groups() {
    let mut directory = two_circles();
    let gives: [(u128, u128, &str); 4] = [
        (1, 0, "Food bank"),
        (2, 1, "Debt advice"),
        (3, 5, "Food bank"),
        (4, 6, "Debt advice"),
    ];
    for (number, owner, name) in gives {
        let service = Service {
            id: Uuid::from_u128(3000 + number).into(),
            organization_id: Some(Uuid::from_u128(owner).into()),
            name: name.to_owned(),
            ..Service::default()
        };
        put(&mut directory, service);
    }
    for number in [5, 6] {
        let organization = Organization {
            id: Uuid::from_u128(number).into(),
            name: format!("Chapel {number}"),
            legal_status: Some("Place of worship".to_owned()),
            ..Organization::default()
        };
        put(&mut directory, organization);
    }
    let snapshot = snapshot(directory);
    let measures = Measures::of(&snapshot, 1);
    let need = |name: &str| ConsortiumNeed {
        name: name.to_owned(),
        concepts: snapshot.lexicon.named(name).to_vec(),
        terms: Vec::new(),
    };
    let unknown = ConsortiumNeed {
        name: "Nobody does this".to_owned(),
        ..ConsortiumNeed::default()
    };
    let mut request = ConsortiumRequest {
        needs: vec![need("Food bank"), need("Debt advice"), unknown],
        ..ConsortiumRequest::default()
    };
    let found = consortium(&snapshot, &measures, &request);
    assert_eq!(found.uncovered, ["Nobody does this"]);
    assert!(found.connected, "{found:?}");
    let who = |found: &causeway_engine::network::Consortium| -> Vec<String> {
        // Which covers its need a little more surely, and so comes first, is the lexicon's to say.
        let mut names: Vec<String> = found
            .members
            .iter()
            .map(|one| one.organization.name.clone())
            .collect();
        names.sort();
        names
    };
    // Both of one circle: the second is chosen for being the first's partner.
    assert_eq!(who(&found), ["Group & <0>", "Group & <1>"]);
    request.grass_roots_share = 0.5;
    let found = consortium(&snapshot, &measures, &request);
    // Those who are alike are chosen from the small; who links them comes on top.
    assert_eq!(who(&found), ["Chapel 5", "Chapel 6", "Group & <3>"]);
    assert!(found.connected, "{found:?}");
    request.lead = Some(0);
    let found = consortium(&snapshot, &measures, &request);
    assert_eq!(found.members[0].organization.name, "Group & <0>");
    let small = found.members.iter().filter(|one| one.grass_roots).count();
    assert!(
        small * 2 >= found.members.len() || found.guarantee.contains("Too few"),
        "{found:?}"
    );
}

#[test]
fn offers_are_found_by_words_and_place_and_a_refuge_is_not_given_away() {
    let mut directory = two_circles();
    directory.put(offer(2000, 5, Direction::Offer, "Hall for a hundred"));
    directory.put(offer(2001, 6, Direction::Offer, "Hall of the refuge"));
    let refuge = Location {
        id: Uuid::from_u128(4000).into(),
        latitude: Some(51.4501),
        longitude: Some(-0.1701),
        confidential: true,
        ..Location::default()
    };
    put(&mut directory, refuge);
    let service = Service {
        id: Uuid::from_u128(3000).into(),
        organization_id: Some(Uuid::from_u128(6).into()),
        name: "Refuge".to_owned(),
        ..Service::default()
    };
    put(&mut directory, service);
    let at = ServiceAtLocation {
        id: Uuid::from_u128(5000).into(),
        service_id: Uuid::from_u128(3000).into(),
        location_id: Uuid::from_u128(4000).into(),
        ..ServiceAtLocation::default()
    };
    put(&mut directory, at);
    let snapshot = snapshot(directory);
    let mut query = OfferQuery {
        words: Some("halls".to_owned()),
        near: Some(geo::Point::new(-0.17, 51.45)),
        ..OfferQuery::default()
    };
    let found = find_offers(&snapshot, &query);
    assert_eq!(found.len(), 2);
    assert!((found[0].distance_m.unwrap()).abs() < 1.0 && !found[0].confidential);
    // Its point is its organization's confidential place.
    assert!(found[1].distance_m.is_none() && found[1].confidential);
    query.within_km = Some(1.0);
    assert_eq!(find_offers(&snapshot, &query).len(), 1);
    query.words = Some("hall kitchen".to_owned());
    assert!(
        find_offers(&snapshot, &query).is_empty(),
        "all words must be there"
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
    fn what_is_pushed_is_never_too_much_and_a_small_network_is_exact((nodes, edges) in graphs(), seed in 0_u32..2) {
        let ties = edges.iter().map(|(a, b)| (*a, *b, PartnershipKind::RefersTo, 0.5));
        let graph = PartnerGraph::from_edges(nodes, ties);
        let exact = pagerank::personalised(&pagerank::Inflow::of(graph.flow()), &[seed], 0.85);
        let (reach, pushed) = (closeness(&graph, seed), pagerank::pushed(&graph, seed, 1e-4));
        for (node, exact) in (0..).zip(&exact) {
            prop_assert!((reach.score(node) - exact).abs() < 1e-9);
            prop_assert!(pushed.score(node) <= exact + 1e-9);
        }
        let left: f64 = exact.iter().sum::<f64>() - pushed.scores().iter().map(|(_, score)| score).sum::<f64>();
        // At most ε for each tie and each node without any.
        prop_assert!(left <= 1e-4 * (2 * edges.len() + nodes) as f64 + 1e-9);
    }

    #[test]
    fn a_bridge_parts_its_smaller_side_from_the_rest((nodes, edges) in graphs()) {
        let graph = structure(nodes, &edges);
        let cuts = cohesion::cuts(&graph);
        let whole = cohesion::components(&graph);
        for bridge in &cuts.bridges {
            let rest = cohesion::components(&without(&graph, |a, b| (a, b) == *bridge));
            let (end, size) = cuts.smaller_side(*bridge);
            let other = if end == bridge.0 { bridge.1 } else { bridge.0 };
            prop_assert_eq!(rest.size_at(end), size);
            prop_assert!(size <= rest.size_at(other));
            prop_assert_eq!(size + rest.size_at(other), whole.size_at(end));
            let side: Vec<u32> = (0..nodes as u32)
                .filter(|node| rest.of[*node as usize] == rest.of[end as usize])
                .collect();
            prop_assert_eq!(cuts.beyond(*bridge), side);
        }
        for node in 0..nodes as u32 {
            let behind = cuts.leaves_behind(node);
            prop_assert_eq!(cuts.count_behind(node), behind.iter().map(Vec::len).sum::<usize>());
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
