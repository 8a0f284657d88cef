//! HSDS as tables: a folder or zip of CSV files, versions 1 and 3, and the
//! tabular JSON that holds the same rows.

mod table;

pub(super) use table::Table;
