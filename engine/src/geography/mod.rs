//! Where things are: postcodes, places by name, distances and areas.
//!
//! Everything here is a pure function of the tables under `data/places` and
//! of the records handed in. Nothing is looked up outside.
//!
//! ```
//! use causeway_engine::geography::{Gazetteer, PlaceFacts, Precision, distance_km, minutes};
//!
//! let gazetteer = Gazetteer::new(PlaceFacts::bundled(), []);
//! let here = gazetteer.place("SW17 0QT").unwrap();
//! assert_eq!(here.precision, Precision::Sector); // no list of single postcodes was imported
//! let there = gazetteer.place("Clapham Junction").unwrap();
//! assert!(minutes(distance_km(here.point, there.point)) < 60.0);
//! ```

mod areas;
mod boroughs;
mod coordinates;
mod distance;
mod facts;
mod gazetteer;
mod names;
mod postcode;

pub use areas::AreaIndex;
pub use boroughs::Boroughs;
pub use coordinates::{Coordinates, CoordinatesError};
pub(crate) use distance::on_sphere;
pub use distance::{EARTH_RADIUS_M, distance_km, distance_m, minutes};
pub use facts::{FactsError, PlaceFacts, PostcodeMean};
pub use gazetteer::{Gazetteer, PlaceError, PlaceFound, Precision};
pub use names::{NameSpan, NamedPlace, fold};
pub use postcode::{Postcode, PostcodeError, PostcodePart};
