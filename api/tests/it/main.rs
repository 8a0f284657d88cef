//! Behaviour of the API, asked over HTTP, and of the command line. The modules mirror the URL tree.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cli;
mod cli_network;
mod cli_planning;
mod confidential;
mod directory;
mod graph;
mod headers;
mod kills;
mod matches;
mod network;
mod openapi;
mod planning;
mod relevance;
mod site;
mod suggest;
