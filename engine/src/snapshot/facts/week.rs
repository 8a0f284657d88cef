//! When a service is open, as a week's worth of minutes.

use crate::model::Schedule;

/// When a service is open in a usual week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Week {
    /// Spans by weekday, Monday first: minutes after midnight, from and to; to may
    /// pass 1,440 where it closes after midnight. `None`: nothing is said.
    pub spans: Option<[Vec<(u16, u16)>; 7]>,
    /// Whether some of it is not every week.
    pub not_every_week: bool,
}

impl Week {
    /// Reads schedules.
    pub(super) fn of(_schedules: &[Schedule]) -> Self {
        Self::default()
    }
}
