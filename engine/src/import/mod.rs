//! From bytes to changes: what a file says, what is wrong with it, and what it
//! changes in the directory.
//!
//! Reading never fails for a row: a defect ends as a repaired value with a
//! warning, or as a rejection that names file, row, field, reason and remedy.

mod areas;
mod combine;
mod draft;
mod findings;
mod national_grid;
mod offers;
mod partnerships;
mod postcodes;
mod table;

pub use draft::{Draft, Place, Reading, Reference, Rejection, Warning};
