//! Planning: who is left out, how fairly help is spread, what would change it,
//! and where the next service belongs. The formulas are METHODS part C.
//!
//! [`gaps`], [`scenario`] and [`sites_for`] are pure functions of a snapshot
//! and a request. Beneath them lie three modules of plain numbers:
//! [`accessibility`], [`equity`] and [`sites`].

pub mod accessibility;
mod bootstrap;
mod demand;
pub mod equity;
mod fragile;
mod gaps;
mod hexagon;
pub mod maps;
mod next_sites;
mod people;
mod request;
mod scenario;
pub mod sites;
mod study;
mod supply;
mod travel;

#[cfg(test)]
mod tests;

pub use bootstrap::Interval;
pub use fragile::{Fragile, Support};
pub use gaps::{
    AreaName, BesideTotal, DeprivationOf, GapArea, GapTotals, GapsAnswer, MethodSaid, Nearest,
    ServiceName, gaps,
};
pub use next_sites::{
    Candidates, Host, Site, SitesAnswer, SitesRequest, StandIn, sites as sites_for,
};
pub use people::{Circumstances, PersonGap, gaps_by_person};
pub use request::{By, GapsRequest, OutOfHours, PlanningError};
pub use scenario::{
    AreaChange, AreaState, EquityChange, Moving, Opening, ScenarioAnswer, ScenarioRequest, scenario,
};
pub use supply::{BesideMap, Changed};
pub use travel::{TravelRejection, TravelTimes};
