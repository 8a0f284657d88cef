//! Postcodes, a district a record: two and a half million single records would
//! cost more to keep than they say.

use serde::{Deserialize, Serialize};

use super::PostcodeDistrictId;

/// The postcodes of one district (`SW17`) that one source lists.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PostcodeDistrict {
    /// Its id.
    pub id: PostcodeDistrictId,
    /// The outward code, for example `SW17`.
    pub outward: String,
    /// Its postcodes, by inward code ascending.
    pub points: Vec<PostcodePoint>,
}

/// One postcode. Kept short, for there are millions.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct PostcodePoint {
    /// The inward code as ASCII, for example `0QT`.
    #[serde(rename = "i")]
    pub inward: [u8; 3],
    /// WGS84 degrees north.
    #[serde(rename = "a")]
    pub latitude: f64,
    /// WGS84 degrees east.
    #[serde(rename = "o")]
    pub longitude: f64,
    /// Whether the postcode is no longer in use, where the source says.
    #[serde(rename = "t", default, skip_serializing_if = "std::ops::Not::not")]
    pub terminated: bool,
}
