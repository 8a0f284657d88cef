//! The engine of Causeway: directory, partner graph, matching and planning.
//!
//! No web server, no asynchronous runtime, no printing: those live in the
//! `causeway-api` crate. `engine/README.md` is the map.

pub mod calendar;
pub mod engine;
pub mod evaluation;
pub mod export;
pub mod geography;
pub mod import;
pub mod matching;
pub mod model;
pub mod network;
pub mod planning;
pub mod scoring;
pub mod snapshot;
pub mod store;
pub mod text;
