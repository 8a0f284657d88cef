//! Planning: who is left out, how fairly help is spread, what would change it,
//! and where the next service belongs. The formulas are METHODS part C.
//!
//! [`gaps`], [`scenario`] and [`sites_for`] are pure functions of a snapshot
//! and a request. Beneath them lie three modules of plain numbers:
//! [`accessibility`], [`equity`] and [`sites`].

pub mod accessibility;
mod answer;
mod bootstrap;
mod candidates;
mod cells;
mod demand;
mod demand_table;
mod edge;
pub mod equity;
mod fragile;
mod gaps;
mod groups;
mod hexagon;
pub mod maps;
mod needs;
mod next_sites;
mod observed;
mod outward;
mod people;
mod request;
mod rests_on;
mod scenario;
mod settings;
mod shapes;
pub mod sites;
mod study;
mod supply;
mod travel;

#[cfg(test)]
mod tests;

pub use answer::{
    AreaName, BesideTotal, DeprivationOf, GapArea, GapTotals, GapsAnswer, MethodSaid, Nearest,
    NeedName, PlaceLabel, ServiceName, UnitIndex,
};
pub use bootstrap::Interval;
pub use candidates::Candidates;
pub use demand_table::DemandTable;
pub use fragile::{Fragile, Support};
pub use gaps::gaps;
pub use hexagon::{HEX_RESOLUTION, HEX_RESOLUTIONS};
pub use needs::{NeedGap, NeedsOverview, needs};
pub use next_sites::{
    Host, Objective, Site, SitesAnswer, SitesRequest, StandIn, sites as sites_for,
};
pub use observed::Observed;
pub use outward::{csv, geojson};
pub use people::{Circumstances, PeopleAnswer, PersonGap, gaps_by_person};
pub use request::{By, GapsRequest, OutOfHours, PlanningError, ages};
pub use rests_on::RestsOn;
pub use scenario::{
    AreaChange, AreaState, EquityChange, Moving, Opening, ScenarioAnswer, ScenarioRequest, scenario,
};
pub use settings::{PlanningSettings, TableError, Tables};
pub use supply::{BesideMap, Changed};
pub use travel::{TableRejection, TravelTimes, straight_lines};
