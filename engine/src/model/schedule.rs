//! Schedules: recurrence rules as HSDS 3 borrows them from RFC 5545.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// When something is open. `crate::calendar` reads it.
#[skip_serializing_none]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// Its id.
    pub id: Uuid,
    /// First day on which the schedule holds.
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    pub valid_to: Option<Date>,
    /// The day the recurrence counts from.
    pub dtstart: Option<Date>,
    /// Hours from UTC, as the source gives them; times are read as local time all the same.
    pub timezone: Option<f64>,
    /// Last day of the recurrence.
    pub until: Option<Date>,
    /// How many times it recurs.
    pub count: Option<u32>,
    /// The day a week starts on: `MO` … `SU`.
    pub wkst: Option<String>,
    /// Weekly, monthly … None: only the other fields tell.
    pub freq: Option<Frequency>,
    /// Every how many weeks or months.
    pub interval: Option<u32>,
    /// Weekdays, `MO,WE` or with ordinals `1TU,-1FR`.
    pub byday: Option<String>,
    /// Weeks of the year.
    pub byweekno: Option<String>,
    /// Days of the month, `1,15,-1`.
    pub bymonthday: Option<String>,
    /// Days of the year.
    pub byyearday: Option<String>,
    /// In words.
    pub description: Option<String>,
    /// Opening time, local.
    pub opens_at: Option<Time>,
    /// Closing time, local. Not after `opens_at`: past midnight.
    pub closes_at: Option<Time>,
    /// A page with the times.
    pub schedule_link: Option<String>,
    /// How one attends: in person, by telephone …
    pub attending_type: Option<String>,
    /// Notes.
    pub notes: Option<String>,
}

/// How often a schedule recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Frequency {
    /// Daily. Not in HSDS, but in real files.
    Daily,
    /// Weekly.
    Weekly,
    /// Monthly.
    Monthly,
    /// Yearly. Not in HSDS, but in real files.
    Yearly,
}
