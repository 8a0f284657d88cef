//! Behaviour tests of the program, from outside: one binary, a module for each area.

mod cli;
