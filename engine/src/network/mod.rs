//! The partner graph asked: who can pass someone on to whom, who could work
//! with whom, who holds the network together, who stands apart.
//!
//! Two floors. Measures are pure functions of a graph: [`cohesion`],
//! [`betweenness`], [`communities`], [`holes`], [`links`], [`pagerank`] …
//! Answers are pure functions of a snapshot and what was measured of it once.

pub mod assignment;
pub mod betweenness;
pub mod bipartite;
pub mod cohesion;
pub mod communities;
mod draws;
pub mod equity;
pub mod holes;
mod leiden;
pub mod links;
pub mod pagerank;
mod routes;
pub mod shortest;
pub mod summary;

pub use assignment::assign;
pub use equity::gini;
pub use pagerank::{Reach, closeness};
pub use routes::{MOST_HOPS, Route, best_route, best_routes};
