//! Small patterns over folded words, by which facts are found in sentences.
//!
//! A table of patterns is searched in one walk. At each word the longest
//! pattern that fits wins and its words are spent, so that a longer row is
//! also how an exception is written: `free parking` keeps `free` from being
//! read as a price.

use std::collections::HashMap;

/// A table of patterns, each with what it means.
///
/// A pattern is a row of pieces between blanks: `a|b` either word, `a|b?` the
/// same or nothing, `#` a number in figures or words, `#s` a decade (`50s`),
/// `*` any word, `..` up to three words. It opens with a word or a number.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    by_word: HashMap<&'static str, Vec<usize>>,
    by_number: Vec<usize>,
    rows: Vec<(Vec<Piece>, T)>,
}

#[derive(Debug, Clone)]
enum Piece {
    Word(Vec<&'static str>),
    Maybe(Vec<&'static str>),
    Number,
    Decade,
    Any,
    Gap,
}

/// A pattern found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Hit<T> {
    /// First word.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// What it means.
    pub(super) means: T,
    /// The numbers in it.
    pub(super) numbers: Vec<f64>,
}

const GAP: usize = 3;

impl<T: Copy> Phrases<T> {
    /// Reads a table; rows of one meaning may stand in one text, a line each.
    pub(super) fn of(table: &[(&'static str, T)]) -> Self {
        let mut phrases = Self {
            by_word: HashMap::new(),
            by_number: Vec::new(),
            rows: Vec::new(),
        };
        let lines = table.iter().flat_map(|(lines, means)| {
            lines
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| (line, *means))
        });
        for (line, means) in lines {
            let pieces: Vec<Piece> = line.split_whitespace().map(Piece::of).collect();
            phrases.add(pieces, means);
        }
        phrases
    }

    fn add(&mut self, mut pieces: Vec<Piece>, means: T) {
        // What opens with a word that may be missing is two rows, to be found by either word.
        if let Some(Piece::Maybe(words)) = pieces.first() {
            let words = words.clone();
            self.add(pieces[1..].to_vec(), means);
            pieces[0] = Piece::Word(words);
        }
        let row = self.rows.len();
        match pieces.first() {
            Some(Piece::Word(words)) => {
                for word in words {
                    self.by_word.entry(word).or_default().push(row);
                }
            }
            _ => self.by_number.push(row),
        }
        self.rows.push((pieces, means));
    }

    /// What is found in these words, from left to right, none overlapping another.
    pub(super) fn find(&self, words: &[&str]) -> Vec<Hit<T>> {
        let mut hits = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let Some(hit) = self.longest(words, start) else {
                start += 1;
                continue;
            };
            start = hit.end;
            hits.push(hit);
        }
        hits
    }

    fn longest(&self, words: &[&str], start: usize) -> Option<Hit<T>> {
        let by_word = self
            .by_word
            .get(words[start])
            .map_or(&[][..], Vec::as_slice);
        let by_number: &[usize] =
            if number(words[start]).is_some() || decade(words[start]).is_some() {
                &self.by_number
            } else {
                &[]
            };
        let mut best: Option<Hit<T>> = None;
        for row in by_word.iter().chain(by_number) {
            let (pieces, means) = &self.rows[*row];
            let mut numbers = Vec::new();
            if let Some(end) = fit(pieces, words, start, &mut numbers)
                && end > start
                && best.as_ref().is_none_or(|best| best.end < end)
            {
                best = Some(Hit {
                    start,
                    end,
                    means: *means,
                    numbers,
                });
            }
        }
        best
    }
}

impl Piece {
    fn of(text: &'static str) -> Self {
        match text {
            "#" => Self::Number,
            "#s" => Self::Decade,
            "*" => Self::Any,
            ".." => Self::Gap,
            _ => match text.strip_suffix('?') {
                Some(words) => Self::Maybe(words.split('|').collect()),
                None => Self::Word(text.split('|').collect()),
            },
        }
    }
}

/// One past the last word of the fit, with the numbers in it.
fn fit(pieces: &[Piece], words: &[&str], at: usize, numbers: &mut Vec<f64>) -> Option<usize> {
    let Some((piece, rest)) = pieces.split_first() else {
        return Some(at);
    };
    let word = words.get(at);
    match piece {
        Piece::Word(any) => {
            word.filter(|word| any.contains(word))?;
            fit(rest, words, at + 1, numbers)
        }
        Piece::Maybe(any) => {
            let known = numbers.len();
            if word.is_some_and(|word| any.contains(word)) {
                if let Some(end) = fit(rest, words, at + 1, numbers) {
                    return Some(end);
                }
                numbers.truncate(known);
            }
            fit(rest, words, at, numbers)
        }
        Piece::Number => {
            numbers.push(number(word?)?);
            fit(rest, words, at + 1, numbers)
        }
        Piece::Decade => {
            numbers.push(decade(word?)?);
            fit(rest, words, at + 1, numbers)
        }
        Piece::Any => {
            word?;
            fit(rest, words, at + 1, numbers)
        }
        Piece::Gap => (0..=GAP).find_map(|skipped| {
            let known = numbers.len();
            let end = (at + skipped <= words.len())
                .then(|| fit(rest, words, at + skipped, numbers))
                .flatten();
            if end.is_none() {
                numbers.truncate(known);
            }
            end
        }),
    }
}

/// A number in figures (`2.50`, `16,000`) or in words up to twelve.
pub(super) fn number(word: &str) -> Option<f64> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    if word.starts_with(|first: char| first.is_ascii_digit()) {
        let figures = word.replace(',', "");
        let plain = figures
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        return figures.parse().ok().filter(|_| plain);
    }
    WORDS
        .iter()
        .position(|known| *known == word)
        .map(|number| number as f64)
}

/// The number of `50s`.
fn decade(word: &str) -> Option<f64> {
    number(word.strip_suffix('s')?)
        .filter(|_| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &[(usize, usize, u8)]) {
        let phrases = Phrases::of(&[
            ("free\nfree of charge", 1),
            ("free parking", 2),
            ("aged # to|and #", 3),
            ("over #s", 4),
            ("not .. taking * referrals", 5),
        ]);
        let words: Vec<&str> = words.split(' ').collect();
        let found: Vec<(usize, usize, u8)> = phrases
            .find(&words)
            .into_iter()
            .map(|hit| (hit.start, hit.end, hit.means))
            .collect();
        assert_eq!(found, expected, "{words:?}");
    }

    #[test]
    fn the_longest_pattern_wins_and_spends_its_words() {
        check("it is free", &[(2, 3, 1)]);
        check("it is free of charge", &[(2, 5, 1)]);
        check("free parking", &[(0, 2, 2)]);
    }

    #[test]
    fn a_row_may_open_with_a_word_that_may_be_missing() {
        let phrases = Phrases::of(&[("school? years #", ())]);
        assert_eq!(phrases.find(&["school", "years", "7"]).len(), 1);
        assert_eq!(phrases.find(&["years", "7"]).len(), 1);
    }

    #[test]
    fn gaps_numbers_and_decades_fit() {
        check("not at present taking new referrals", &[(0, 6, 5)]);
        check("not at any time of year taking new referrals", &[]);
        check("for over 50s", &[(1, 3, 4)]);
        check("over fifty", &[]);
    }

    #[test]
    fn numbers_are_read_in_figures_and_words() {
        for (word, expected) in [
            ("2.50", Some(2.5)),
            ("16,000", Some(16_000.0)),
            ("six", Some(6.0)),
            ("50s", None),
            ("sw17", None),
            ("5pm", None),
        ] {
            assert_eq!(number(word), expected, "{word}");
        }
    }
}
