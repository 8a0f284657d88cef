//! Behaviour tests, through public interfaces: one binary, a module for each area.

mod layers;
mod matching;
mod meaning;
mod network;
mod network_reference;
mod store;
mod understand;
