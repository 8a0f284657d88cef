//! When things are open: schedules as dates and hours, a typical week for
//! matching, opening times out of free text, and bank holidays.
//!
//! All times are local civil times (Europe/London for the services we know);
//! nothing here needs a time zone, for opening hours follow the clock on the wall.
//!
//! Why not a recurrence library? The one at hand stands on another date
//! library, wants a start date where directories rarely give one, and refuses
//! what real files hold (ordinals in weekly rules). The rules that HSDS borrows
//! from RFC 5545 fit one page, and are held against `python-dateutil` by a test.

mod bank_holidays;
mod clock;
mod free_text;
mod opening;
mod phrases;
mod recurrence;
mod week;

pub use bank_holidays::{BankHolidays, BankHolidaysError, Division};
pub use clock::{minute_of_day, parse_time};
pub use free_text::schedules_from_text;
pub use opening::{Opening, open_on_bank_holidays, openings};
pub use recurrence::{Recurrence, RecurrenceError};
pub use week::{DayHours, WeekPattern, overlap_minutes, weekly_pattern};
