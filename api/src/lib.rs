//! Causeway over HTTP and on the command line.
//!
//! `api/README.md` is the contract. Import order from the ground: `settings`,
//! `access`, `http` < `rest` < `server` < `cli` < `main`.

pub mod cli;
pub mod demo;
pub mod http;
pub mod rest;
pub mod server;
pub mod settings;
pub mod telemetry;
