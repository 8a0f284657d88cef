//! The phrases that opening times are made of.

use jiff::civil::Weekday;

use super::clock::{Spelt, read_clock};
use super::recurrence::weekday;

/// A piece of a text about opening times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Phrase {
    /// Days named: one, or a run of them.
    Days(Vec<Weekday>),
    /// `first`, `3rd`, `last` (-1), before a day.
    Ordinal(i32),
    /// From, and to where given.
    Hours(Spelt, Option<Spelt>),
    /// All round the clock.
    AllDay,
    /// `and`, a comma, a slash.
    Link,
    /// `except`, `closed`.
    Except,
    /// Every other week.
    EveryOther,
    /// By appointment.
    Appointment,
    /// Anything else that carries meaning.
    Other,
}

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Clock(Spelt),
    Dash,
    Comma,
}

pub(super) fn phrases(text: &str) -> Vec<Phrase> {
    let tokens = tokens(text);
    let mut phrases = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let rest = &tokens[at + 1..];
        let (phrase, used) = match token {
            Token::Word(word) => from_word(word, rest),
            Token::Clock(clock) => from_clock(*clock, &tokens[..at], rest),
            Token::Comma => (Some(Phrase::Link), 0),
            Token::Dash => (None, 0),
        };
        phrases.extend(phrase);
        at += 1 + used;
    }
    phrases
}

/// The phrase that begins with a word, and how many tokens more it takes.
fn from_word(word: &str, rest: &[Token]) -> (Option<Phrase>, usize) {
    let next = match rest.first() {
        Some(Token::Word(next)) => next.as_str(),
        _ => "",
    };
    let one = |phrase| (Some(phrase), 0);
    match word {
        "weekday" | "weekdays" => one(Phrase::Days(WEEK[..5].to_vec())),
        "weekend" | "weekends" => one(Phrase::Days(WEEK[5..].to_vec())),
        "daily" | "everyday" => one(Phrase::Days(WEEK.to_vec())),
        "every" | "each" if next == "day" => (Some(Phrase::Days(WEEK.to_vec())), 1),
        "every" if next == "other" => (Some(Phrase::EveryOther), 1),
        "alternate" | "fortnightly" => one(Phrase::EveryOther),
        "m" if matches!(rest, [Token::Dash, Token::Word(friday), ..] if friday == "f") => {
            (Some(Phrase::Days(WEEK[..5].to_vec())), 2)
        }
        "allday" => one(Phrase::AllDay),
        "and" => one(Phrase::Link),
        "except" | "excluding" | "closed" | "not" => one(Phrase::Except),
        "appointment" | "appointments" => one(Phrase::Appointment),
        "of" | "the" | "a" | "in" | "on" | "at" | "each" | "every" | "from" | "open"
        | "between" | "is" | "are" | "month" | "for" | "until" | "till" | "to" | "only"
        | "week" => (None, 0),
        _ => match (ordinal(word), day(word)) {
            (Some(ordinal), _) => one(Phrase::Ordinal(ordinal)),
            (None, Some(first)) => from_day(first, rest),
            (None, None) => one(Phrase::Other),
        },
    }
}

fn from_day(first: Weekday, rest: &[Token]) -> (Option<Phrase>, usize) {
    if let [joint, Token::Word(last), ..] = rest
        && is_run(joint)
        && let Some(last) = day(last)
    {
        let mut days = vec![first];
        let mut day = first;
        while day != last {
            day = day.next();
            days.push(day);
        }
        return (Some(Phrase::Days(days)), 2);
    }
    (Some(Phrase::Days(vec![first])), 0)
}

fn from_clock(clock: Spelt, before: &[Token], rest: &[Token]) -> (Option<Phrase>, usize) {
    let word_before = match before.last() {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    // Ages, rooms and the like come as `5-11` too.
    let counted = [
        "age", "ages", "aged", "year", "years", "room", "stage", "floor", "grade", "tel", "phone",
    ];
    if let [joint, Token::Clock(to), behind @ ..] = rest
        && (is_run(joint)
            || (word_before == "between" && matches!(joint, Token::Word(and) if and == "and")))
    {
        let unit = matches!(behind.first(), Some(Token::Word(word)) if matches!(
            word.as_str(),
            "year" | "years" | "yrs" | "yr" | "months" | "weeks" | "people" | "items" | "miles"
                | "minutes" | "hours" | "old"
        ));
        let is_count = counted.contains(&word_before) || unit;
        let phrase = if is_count && !clock.certain && !to.certain {
            Phrase::Other
        } else {
            Phrase::Hours(clock, Some(*to))
        };
        return (Some(phrase), 2);
    }
    if matches!(rest, [Token::Word(days), ..] if days == "days") && clock.minute == 7 * 60 {
        return (Some(Phrase::Days(WEEK.to_vec())), 1);
    }
    let closes_only = matches!(word_before, "until" | "till" | "to" | "by");
    let phrase = if clock.certain && !closes_only {
        Phrase::Hours(clock, None)
    } else {
        Phrase::Other
    };
    (Some(phrase), 0)
}

fn is_run(token: &Token) -> bool {
    match token {
        Token::Dash => true,
        Token::Word(word) => matches!(word.as_str(), "to" | "until" | "till" | "through" | "thru"),
        _ => false,
    }
}

/// A day by its name or short form; two letters alone are rather a word.
fn day(word: &str) -> Option<Weekday> {
    (word.len() >= 3).then(|| weekday(word))?
}

fn ordinal(word: &str) -> Option<i32> {
    match word {
        "first" | "1st" => Some(1),
        "second" | "2nd" => Some(2),
        "third" | "3rd" => Some(3),
        "fourth" | "4th" => Some(4),
        "fifth" | "5th" => Some(5),
        "last" => Some(-1),
        _ => None,
    }
}

/// Words, times, dashes and commas, in small letters; other signs part words.
fn tokens(text: &str) -> Vec<Token> {
    let text = text
        .to_lowercase()
        .replace("a.m", "am")
        .replace("p.m", "pm")
        .replace("24/7", " allday daily ")
        .replace("24 hours", " allday ")
        .replace("24 hrs", " allday ")
        .replace("24hrs", " allday ")
        .replace("24hr", " allday ");
    let mut tokens = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '-' | '–' | '—' | '‐' | '‑' | '−' | '=' | '~' => tokens.push(Token::Dash),
            ',' | '&' | '+' | '/' => tokens.push(Token::Comma),
            '£' | '$' => {
                // Money is no time.
                while characters
                    .next_if(|c| c.is_ascii_digit() || *c == '.')
                    .is_some()
                {}
                tokens.push(Token::Word("money".to_owned()));
            }
            _ if character.is_alphanumeric() => {
                let mut word = character.to_string();
                let starts_as_number = character.is_ascii_digit();
                while let Some(next) = characters.next_if(|c| {
                    c.is_alphanumeric()
                        || *c == '\''
                        || *c == '’'
                        || (starts_as_number && matches!(c, ':' | '.'))
                }) {
                    word.push(next);
                }
                push_word(word.trim_end_matches([':', '.', '\'', '’']), &mut tokens);
            }
            _ => {}
        }
    }
    tokens
}

/// A word, a time, or the `am` or `noon` that belongs to the time before it.
fn push_word(word: &str, tokens: &mut Vec<Token>) {
    if let Some(Token::Clock(clock)) = tokens.last_mut()
        && clock.half.is_none()
        && !clock.settled
        && matches!(word, "am" | "pm" | "noon" | "midday" | "midnight")
    {
        let ending = match word {
            "am" | "pm" => word,
            "midnight" => "am",
            _ => "pm",
        };
        let spelt = format!("{}:{:02}{ending}", clock.minute / 60, clock.minute % 60);
        if let Some(whole) = read_clock(&spelt) {
            *clock = whole;
        }
        return;
    }
    let starts_as_time = word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(word, "noon" | "midday" | "midnight");
    match read_clock(word).filter(|_| starts_as_time) {
        Some(clock) => tokens.push(Token::Clock(clock)),
        None => tokens.push(Token::Word(word.to_owned())),
    }
}
