//! The partner graph asked: who can pass someone on to whom, who holds the
//! network together, who stands apart. Pure functions of the graph.

mod pagerank;
mod routes;

pub use pagerank::{Reach, closeness};
pub use routes::{MOST_HOPS, Route, best_route, best_routes};
