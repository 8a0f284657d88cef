//! Behaviour tests, through public interfaces: one binary, a module for each area.

mod store;
