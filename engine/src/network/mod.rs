//! The partner graph asked: who can pass someone on to whom, who could work
//! with whom, who holds the network together, who stands apart.
//!
//! Two floors. Measures are pure functions of a graph: [`cohesion`],
//! [`betweenness`], [`communities`], [`holes`], [`links`], [`pagerank`] …
//! Answers are pure functions of a snapshot and what was measured of it once.

pub mod assignment;
pub mod betweenness;
pub mod bipartite;
mod brokers;
pub mod cohesion;
mod collaborators;
pub mod communities;
mod consortium;
mod draws;
pub mod equity;
mod evidence;
mod fragility;
mod groups;
pub mod holes;
mod layout;
mod leiden;
pub mod links;
mod margins;
mod measures;
mod neighbourhood;
mod offers;
mod outward;
pub mod pagerank;
mod pairing;
mod picture;
pub mod profile;
mod routes;
pub mod shortest;
pub mod summary;
mod ways;
mod what_if;

pub use assignment::assign;
pub use brokers::{Apart, Broker, Brokers, Cores, InCore, Isolated, brokers, cores, isolated};
pub use collaborators::{Collaborator, CollaboratorQuery, collaborators};
pub use consortium::{Consortium, ConsortiumNeed, ConsortiumRequest, Member, consortium};
pub use equity::gini;
pub use evidence::evidence;
pub use fragility::{Bridge, CutNode, Loss, bridges, cut_nodes};
pub use groups::{CommunitiesAnswer, Community, named_communities};
pub use margins::EquityBy;
pub use measures::{GraphMeasures, Kinds, Layer, Measures, Named};
pub use neighbourhood::{DEEPEST, NearNode, NearTie, Neighbourhood, neighbourhood};
pub use offers::{FoundOffer, OfferFacts, OfferQuery, find_offers};
pub use outward::{EdgeRow, GraphRows, NodeRow};
pub use pagerank::{Reach, closeness};
pub use pairing::{Pair, PairReason, Pairing, pair_offers};
pub use picture::{MOST_NODES, Picture, picture};
pub use routes::{MOST_HOPS, Route, best_route, best_routes};
pub use ways::{Introducer, RouteAnswer, RouteHop, RoutesAnswer, routes_between};
pub use what_if::{Affected, Change, Standing, Supposition, WhatIf, compare, what_if};
