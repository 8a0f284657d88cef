//! Times of day, as people and files write them.

use jiff::civil::Time;

/// Reads `9:00am`, `9am`, `0930`, `930`, `9.30`, `17:30:00`, `noon` and
/// `midnight`, also with the slips `9:0am`, `9:00m` (read as 9:00) and blanks.
/// `24:00` is midnight.
///
/// ```
/// use causeway_engine::calendar::parse_time;
/// use jiff::civil::time;
/// assert_eq!(parse_time("9:30 p.m."), Some(time(21, 30, 0, 0)));
/// assert_eq!(parse_time("1930"), Some(time(19, 30, 0, 0)));
/// assert_eq!(parse_time("soon"), None);
/// ```
#[must_use]
pub fn parse_time(text: &str) -> Option<Time> {
    let spelt = read_clock(text)?;
    time_at(
        spelt
            .half
            .map_or(spelt.minute, |half| half.minute_of_day(spelt.minute)),
    )
}

/// Minutes since midnight.
#[must_use]
pub fn minute_of_day(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

/// The time at a minute of the day; 24:00 is 0:00.
pub(super) fn time_at(minute: u16) -> Option<Time> {
    let minute = if minute == 1_440 { 0 } else { minute };
    Time::new(
        i8::try_from(minute / 60).ok()?,
        i8::try_from(minute % 60).ok()?,
        0,
        0,
    )
    .ok()
}

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
}

impl Half {
    /// Minutes since midnight for minutes of a twelve-hour clock. Hours above
    /// twelve (`13pm`) mean what they say; 12am is midnight.
    pub(super) fn minute_of_day(self, minute: u16) -> u16 {
        match self {
            Self::Afternoon if minute < 720 => minute + 720,
            Self::Morning if (720..780).contains(&minute) => minute - 720,
            _ => minute,
        }
    }
}

/// A time as written, before its half of the day is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelt {
    /// Minutes since midnight, by the figures alone.
    pub(super) minute: u16,
    /// What `am` or `pm` says.
    pub(super) half: Option<Half>,
    /// Whether it can only be a time: minutes, `am`, `pm`, `noon`, a leading zero.
    pub(super) certain: bool,
    /// Whether it is on the twenty-four-hour clock: `09:00`, `14:30`, `noon`.
    pub(super) settled: bool,
}

pub(super) fn read_clock(text: &str) -> Option<Spelt> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_lowercase()
        .replace("a.m", "am")
        .replace("p.m", "pm");
    let text = text.trim_end_matches('.');
    let settled = |minute| Spelt {
        minute,
        half: None,
        certain: true,
        settled: true,
    };
    match text {
        "noon" | "midday" | "12noon" | "12midday" => return Some(settled(720)),
        "midnight" | "12midnight" => return Some(settled(0)),
        _ => {}
    }
    let (digits, half) = if let Some(rest) = text.strip_suffix("am") {
        (rest, Some(Half::Morning))
    } else if let Some(rest) = text.strip_suffix("pm") {
        (rest, Some(Half::Afternoon))
    } else if let Some(rest) = text.strip_suffix("noon") {
        (rest, Some(Half::Afternoon))
    } else {
        // A lone `m` has lost its first half; `hrs`, `h` and `z` end some files' times.
        let rest = ["hrs", "h", "m", "z"]
            .iter()
            .find_map(|ending| text.strip_suffix(ending))
            .unwrap_or(text);
        (rest, None)
    };
    let digits = digits.strip_prefix('t').unwrap_or(digits);
    let mut parts = digits.split([':', '.', 'h']);
    let (first, second) = (parts.next()?, parts.next());
    // Seconds may follow and say nothing about opening times.
    if let Some(seconds) = parts.next() {
        seconds.parse::<u8>().ok().filter(|seconds| *seconds < 60)?;
    }
    if parts.next().is_some() || !first.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hour, minute, certain) = match (first.len(), second) {
        (1 | 2, None) => (first.parse().ok()?, 0, false),
        (3 | 4, None) => {
            let (hour, minute) = first.split_at(first.len() - 2);
            (hour.parse().ok()?, minute.parse().ok()?, false)
        }
        (1 | 2, Some(second)) if (1..=2).contains(&second.len()) => {
            (first.parse().ok()?, second.parse().ok()?, true)
        }
        _ => return None,
    };
    let (hour, minute): (u16, u16) = (hour, minute);
    if minute > 59 || hour > 24 || (hour == 24 && minute > 0) {
        return None;
    }
    Some(Spelt {
        minute: hour * 60 + minute,
        half,
        certain: certain || half.is_some(),
        settled: half.is_some() || hour > 12 || (first.starts_with('0') && first.len() > 1),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_read_as_files_write_them() {
        for (text, hour, minute) in [
            ("9:00am", 9, 0),
            ("9am", 9, 0),
            ("0930", 9, 30),
            ("930", 9, 30),
            ("1930", 19, 30),
            ("9:0am", 9, 0),
            ("9:00 am ", 9, 0),
            ("9:00m", 9, 0),
            ("9.30pm", 21, 30),
            ("12am", 0, 0),
            ("12.30am", 0, 30),
            ("12pm", 12, 0),
            ("12 noon", 12, 0),
            ("Noon", 12, 0),
            ("midnight", 0, 0),
            ("24:00", 0, 0),
            ("17:30:00", 17, 30),
            ("5 p.m.", 17, 0),
            ("13pm", 13, 0),
        ] {
            assert_eq!(parse_time(text), Some(time(hour, minute, 0, 0)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "", "am", "25:00", "9:75", "soon", "99", "12345", "1:2:3:4", "-9",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_time_reads_back(minute in 0..1_440_u16) {
            let time = time_at(minute).unwrap();
            prop_assert_eq!(minute_of_day(time), minute);
            prop_assert_eq!(parse_time(&time.strftime("%H:%M").to_string()), Some(time));
            prop_assert_eq!(parse_time(&time.strftime("%I:%M %P").to_string()), Some(time));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,10}|[0-9:apmh. ]{0,8}") {
            let _ = parse_time(&text);
        }
    }
}
