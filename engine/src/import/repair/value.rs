//! Times, dates, numbers, addresses of pages, coordinates and status words.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};

use super::Read;
use crate::calendar::parse_time;
use crate::model::ServiceStatus;

/// A time of day. `9:00m`, `9:0am` and their like are read and called repaired.
pub(in crate::import) fn time(raw: &str) -> Option<Read<Time>> {
    let value = parse_time(raw)?;
    let text = raw.trim();
    let tidy = text
        .trim_end_matches("am")
        .trim_end_matches("pm")
        .trim_end_matches("AM")
        .trim_end_matches("PM")
        .trim_end();
    // `9am`, `9:00 am`, `09:00` and `09:00:00Z` are ways to write; the rest are slips.
    let parts: Vec<&str> = tidy.trim_end_matches('Z').split(':').collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let usual = text == raw
        && parts.len() <= 3
        && parts.iter().all(digits)
        && parts.iter().skip(1).all(|part| part.len() == 2)
        && (parts.len() > 1 || tidy.len() != text.len());
    Some(if usual {
        Read::plain(value)
    } else {
        Read::repaired(value, "time-repaired")
    })
}

/// A day. ISO first; then with slashes as in Britain, as in America where only
/// that is a day; then with the month's name.
pub(in crate::import) fn date(raw: &str) -> Option<Read<Date>> {
    let text = raw.trim();
    if let Ok(date) = text.parse::<Date>() {
        return Some(Read::plain(date));
    }
    if let Some(moment) = timestamp(text) {
        return Some(Read::plain(
            moment.to_zoned_datetime(crate::model::london()).date(),
        ));
    }
    let number = |part: &str| part.trim().parse::<i16>().ok();
    let parts: Vec<&str> = text
        .split([' ', 'T'])
        .next()
        .unwrap_or_default()
        .split(['/', '.', '-'])
        .collect();
    let found = if let [a, b, c] = parts.as_slice() {
        let (a, b, c) = (number(a)?, number(b)?, number(c)?);
        if a > 31 {
            day(a, b, c)
        } else {
            let year = if (0..100).contains(&c) { 2000 + c } else { c };
            day(year, b, a).or_else(|| day(year, a, b))
        }
    } else {
        named_month(text)
    };
    Some(Read::repaired(found?, "date-repaired"))
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `January 01, 2015`, `1 Jan 2015`, `1st January 2015`.
fn named_month(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let words: Vec<String> = text
        .split([' ', ',', '-'])
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let month_at = words
        .iter()
        .position(|word| MONTHS.iter().any(|month| word.starts_with(month)))?;
    let month = MONTHS
        .iter()
        .position(|month| words[month_at].starts_with(month))?;
    let numbers: Vec<i16> = words
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != month_at)
        .filter_map(|(_, word)| {
            word.trim_end_matches(|c: char| c.is_ascii_alphabetic())
                .parse()
                .ok()
        })
        .collect();
    let [first, year] = numbers.as_slice() else {
        return None;
    };
    day(*year, i16::try_from(month).ok()? + 1, *first)
}

/// A moment; one without an offset is meant in London.
pub(in crate::import) fn timestamp(raw: &str) -> Option<Timestamp> {
    let text = raw.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let moment: DateTime = text.trim_end_matches('Z').parse().ok()?;
        let zoned = moment.to_zoned_datetime(crate::model::london()).ok()?;
        Some(zoned.timestamp())
    })
}

/// A number, also with a currency sign, commas or a unit after it.
pub(in crate::import) fn number(raw: &str) -> Option<Read<f64>> {
    let text = raw.trim();
    if let Ok(value) = text.parse::<f64>() {
        return value.is_finite().then(|| Read::plain(value));
    }
    let bare: String = text
        .trim_start_matches(['£', '$', '€'])
        .trim_start()
        .replace(',', "");
    let end = bare
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
        .unwrap_or(bare.len());
    let value: f64 = bare[..end].parse().ok()?;
    value
        .is_finite()
        .then(|| Read::repaired(value, "number-repaired"))
}

/// The address of a page. One that is not for the web is no address: what is
/// put into a link must not run.
pub(in crate::import) fn url(raw: &str) -> Option<Read<String>> {
    let text = raw.trim();
    // Several in one cell: the first.
    let first = text
        .split([' ', ',', ';', '\n', '|'])
        .find(|part| !part.is_empty())?;
    let lower = first.to_lowercase();
    let shortened = first.len() != text.len();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        if first.len() < 10 || !first.contains('.') {
            return None;
        }
        return Some(if shortened {
            Read::repaired(first.to_owned(), "url-repaired")
        } else {
            Read::plain(first.to_owned())
        });
    }
    if let Some((scheme, rest)) = lower.split_once(':')
        && !(scheme.contains('.') && rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        // A slip such as `http:/example.org` or `htp://`; anything else is no page.
        let rest = first[scheme.len() + 1..].trim_start_matches('/');
        return (scheme.starts_with("ht") && rest.contains('.'))
            .then(|| Read::repaired(format!("https://{rest}"), "url-repaired"));
    }
    let host = first.split('/').next().unwrap_or_default();
    let looks = host.contains('.')
        && !host.contains('@')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && (!shortened || host.starts_with("www."));
    looks.then(|| Read::repaired(format!("https://{first}"), "url-scheme-added"))
}

/// Degrees within a limit.
pub(in crate::import) fn coordinate(raw: &str, limit: f64) -> Option<f64> {
    let value: f64 = raw.trim().parse().ok()?;
    (value.is_finite() && value.abs() <= limit).then_some(value)
}

/// Whether a service runs, also in words near the standard's.
pub(in crate::import) fn status(raw: &str) -> Option<Read<ServiceStatus>> {
    let text = raw.trim().to_lowercase().replace(['_', '-'], " ");
    let usual = |status| Some(Read::plain(status));
    let near = |status| Some(Read::repaired(status, "status-repaired"));
    match text.as_str() {
        "active" => usual(ServiceStatus::Active),
        "inactive" => usual(ServiceStatus::Inactive),
        "defunct" => usual(ServiceStatus::Defunct),
        "temporarily closed" => usual(ServiceStatus::TemporarilyClosed),
        "open" | "live" | "published" | "current" | "approved" | "running" | "true" | "yes" => {
            near(ServiceStatus::Active)
        }
        "draft" | "pending" | "unpublished" | "suspended" | "on hold" | "false" | "no"
        | "not active" | "hidden" => near(ServiceStatus::Inactive),
        "closed" | "ceased" | "deleted" | "archived" | "permanently closed" | "ended" => {
            near(ServiceStatus::Defunct)
        }
        "temporary closed"
        | "temporarily suspended"
        | "paused"
        | "temporary closure"
        | "closed temporarily" => near(ServiceStatus::TemporarilyClosed),
        _ => None,
    }
}

/// Weekdays as rules write them, `MO,WE` or `1TU`, from those or from names
/// and numbers of days. Monday is 1.
pub(in crate::import) fn byday(raw: &str) -> Option<String> {
    const CODES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let mut days = Vec::new();
    for word in raw
        .split([',', ';', ' '])
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        let upper = word.to_uppercase();
        if let Ok(number) = upper.parse::<usize>() {
            days.push((*CODES.get(number.checked_sub(1)?)?).to_owned());
            continue;
        }
        let at = upper.find(|c: char| c.is_ascii_alphabetic())?;
        let (ordinal, day) = upper.split_at(at);
        let code = CODES.iter().find(|code| day.starts_with(**code))?;
        days.push(format!("{ordinal}{code}"));
    }
    (!days.is_empty()).then(|| days.join(","))
}

#[cfg(test)]
mod tests {

    use jiff::civil::{date as day_of, time as time_of};

    use super::*;

    #[test]
    fn times_are_read_with_their_slips() {
        for (raw, hour, minute, slip) in [
            ("9:00am", 9, 0, false),
            ("9am", 9, 0, false),
            ("5:30 pm", 17, 30, false),
            ("09:00:00", 9, 0, false),
            ("9:0am", 9, 0, true),
            ("9:00m", 9, 0, true),
            ("9:00 am ", 9, 0, true),
            ("1930", 19, 30, true),
            ("12:00am", 0, 0, false),
        ] {
            let read = time(raw).unwrap();
            assert_eq!(read.value, time_of(hour, minute, 0, 0), "{raw}");
            assert_eq!(read.repaired.is_some(), slip, "{raw}");
        }
        assert_eq!(time("soon"), None);
        assert_eq!(time("25:00"), None);
    }

    #[test]
    fn dates_are_read_in_several_ways() {
        for raw in [
            "2015-12-24",
            "24/12/2015",
            "12/24/2015",
            "12/24/15",
            "December 24, 2015",
            "24th Dec 2015",
            "2015-12-24T00:00:00Z",
            "24.12.2015",
            "24/12/2015 00:00",
        ] {
            assert_eq!(date(raw).unwrap().value, day_of(2015, 12, 24), "{raw}");
        }
        assert_eq!(date("soon"), None);
        assert_eq!(date("31/31/2015"), None);
    }

    #[test]
    fn pages_get_a_scheme_and_scripts_get_nowhere() {
        assert_eq!(
            url("www.girlscoutsfl.org").unwrap(),
            Read::repaired("https://www.girlscoutsfl.org".into(), "url-scheme-added")
        );
        assert_eq!(url("http://example.com").unwrap().repaired, None);
        assert_eq!(
            url("example.org:8080/x").unwrap().value,
            "https://example.org:8080/x"
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "none",
            "a@b.org",
            "call us",
        ] {
            assert_eq!(url(bad), None, "{bad}");
        }
    }

    #[test]
    fn numbers_status_and_days() {
        assert_eq!(
            number("£1,200.50"),
            Some(Read::repaired(1200.5, "number-repaired"))
        );
        assert_eq!(
            number("18 years"),
            Some(Read::repaired(18.0, "number-repaired"))
        );
        assert_eq!(number("inf"), None);
        assert_eq!(
            status("Temporarily_Closed").unwrap().value,
            ServiceStatus::TemporarilyClosed
        );
        assert_eq!(status("closed").unwrap().value, ServiceStatus::Defunct);
        assert_eq!(byday("Monday").unwrap(), "MO");
        assert_eq!(byday("1TU,-1FR").unwrap(), "1TU,-1FR");
        assert_eq!(byday("7").unwrap(), "SU");
        assert_eq!(byday("whenever"), None);
    }
}
