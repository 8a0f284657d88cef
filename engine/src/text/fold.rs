//! From text to words that can be compared.
//!
//! Folding is Unicode NFKC, lower case, no accents, no apostrophes, split at
//! everything that is neither letter nor digit. Stemming is Porter2. Function
//! words are marked, not lost: phrases that need them still find them.

use std::cell::RefCell;
use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that carry grammar, not meaning. Negations, *only*, *men*, *women*,
/// *under* and *over* are deliberately absent: each turns a need into another.
const FUNCTION_WORDS: &[&str] = &[
    "a",
    "am",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "being",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "for",
    "from",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "i",
    "if",
    "im",
    "in",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "ive",
    "just",
    "may",
    "me",
    "might",
    "my",
    "myself",
    "of",
    "on",
    "or",
    "our",
    "ours",
    "really",
    "shall",
    "she",
    "shes",
    "hes",
    "should",
    "so",
    "some",
    "such",
    "than",
    "that",
    "thats",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "theres",
    "these",
    "they",
    "theyre",
    "this",
    "those",
    "to",
    "us",
    "very",
    "was",
    "we",
    "were",
    "weve",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "will",
    "with",
    "would",
    "you",
    "your",
    "yours",
    "please",
    "quite",
    "also",
    "too",
];

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Folded: `cant`, `uber`, `sw17`.
    pub folded: String,
    /// Folded and stemmed: `struggl`.
    pub stem: String,
    /// Byte offsets in the text it came from.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Whether it is a function word.
    pub function: bool,
    /// The number of the sentence or clause it stands in, from 0: a new one
    /// starts after `.`, `!`, `?`, `;`, a line break or a bullet.
    pub clause: usize,
    /// Whether `folded` and `stem` are a mended spelling of what stands in the text.
    pub corrected: bool,
}

/// A text as words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// All words in order.
    pub tokens: Vec<Token>,
}

impl Words {
    /// Splits, folds and stems a text.
    ///
    /// ```
    /// use causeway_engine::text::Words;
    /// let words = Words::of("Can't cope since Mum's fall. Zoë helps!");
    /// let folded: Vec<&str> = words.tokens.iter().map(|token| token.folded.as_str()).collect();
    /// assert_eq!(folded, ["cant", "cope", "since", "mums", "fall", "zoe", "helps"]);
    /// assert_eq!(words.tokens[5].clause, 1);
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        let shouting = is_shouting(text);
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut clause = 0;
        let mut clause_used = false;
        let mut start = None;
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let inside = character.is_alphanumeric()
                || is_combining_mark(character)
                || (is_apostrophe(character) && start.is_some());
            if inside {
                start.get_or_insert(at);
                continue;
            }
            if let Some(from) = start.take() {
                push(&mut tokens, text, from, at, clause, shouting);
                clause_used = true;
            }
            let next = characters.peek().map(|(_, next)| *next);
            if clause_used && ends_clause(character, next) {
                clause += 1;
                clause_used = false;
            }
        }
        if let Some(from) = start {
            push(&mut tokens, text, from, text.len(), clause, shouting);
        }
        Self { tokens }
    }

    /// Mends the words that `vocabulary` does not know; returns what was
    /// written and what was meant.
    pub fn correct(&mut self, vocabulary: &super::spelling::Vocabulary) -> Vec<(String, String)> {
        let mut corrections = Vec::new();
        for token in self.tokens.iter_mut().filter(|token| !token.function) {
            if vocabulary.contains(&token.stem) {
                continue;
            }
            if let Some(meant) = vocabulary.correction(&token.folded) {
                corrections.push((token.folded.clone(), meant.to_owned()));
                token.folded = meant.to_owned();
                token.stem = stem(meant);
                token.corrected = true;
            }
        }
        corrections
    }

    /// The stems of the words that are not function words.
    #[must_use]
    pub fn content_stems(&self) -> Vec<String> {
        self.content().map(|token| token.stem.clone()).collect()
    }

    /// The words that are not function words.
    pub fn content(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| !token.function)
    }
}

/// A text folded to one line of plain words, for comparing names.
///
/// ```
/// assert_eq!(causeway_engine::text::fold("St. Anne's  Café"), "st annes cafe");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.nfkd().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(plain(character));
        } else if !is_apostrophe(character) && !is_combining_mark(character) {
            gap = true;
        }
    }
    folded
}

/// Whether a folded word only carries grammar.
#[must_use]
pub fn is_function_word(folded: &str) -> bool {
    thread_local! {
        static SET: std::collections::HashSet<&'static str> =
            FUNCTION_WORDS.iter().copied().collect();
    }
    SET.with(|set| set.contains(folded))
}

/// The Porter2 stem of a folded word.
#[must_use]
pub fn stem(folded: &str) -> String {
    thread_local! {
        static STEMMER: Stemmer = Stemmer::create(Algorithm::English);
        // The same few thousand words make up nearly all text; looking a stem
        // up is several times faster than finding it again.
        static SEEN: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
    }
    const REMEMBERED: usize = 50_000;
    SEEN.with(|seen| {
        if let Some(stem) = seen.borrow().get(folded) {
            return stem.clone();
        }
        let stem = STEMMER.with(|stemmer| stemmer.stem(folded).into_owned());
        let mut seen = seen.borrow_mut();
        if seen.len() >= REMEMBERED {
            seen.clear();
        }
        seen.insert(folded.to_owned(), stem.clone());
        stem
    })
}

fn push(
    tokens: &mut Vec<Token>,
    text: &str,
    start: usize,
    end: usize,
    clause: usize,
    shouting: bool,
) {
    let raw = &text[start..end];
    let folded = if raw.is_ascii() {
        let mut folded = raw.to_ascii_lowercase();
        folded.retain(|character| character != '\'');
        folded
    } else {
        fold(raw).replace(' ', "")
    };
    if folded.is_empty() {
        return;
    }
    // `ME` (the illness), `IT`, `ID`, `US` in a text that does not shout are not the pronouns.
    // `OF` and `AND` in a name all in capitals stay what they are.
    let capitals =
        !shouting && matches!(raw, "ME" | "IT" | "ID" | "US") && is_function_word(&folded);
    let (folded, function) = if capitals {
        (raw.to_owned(), false)
    } else {
        let function = is_function_word(&folded) || is_contraction(raw);
        (folded, function)
    };
    let stem = if capitals {
        folded.clone()
    } else {
        stem(&folded)
    };
    tokens.push(Token {
        folded,
        stem,
        start,
        end,
        function,
        clause,
        corrected: false,
    });
}

/// Whether a pronoun stands with the beginning of its verb: *she'd* is no shed, *we'd*
/// no wedding, *I'll* not ill, *I'd* no paper to show who one is.
fn is_contraction(raw: &str) -> bool {
    const VERBS: [&str; 6] = ["d", "ll", "m", "re", "s", "ve"];
    const PRONOUNS: [&str; 12] = [
        "i", "you", "he", "she", "it", "we", "they", "who", "what", "that", "there", "here",
    ];
    raw.split_once(is_apostrophe)
        .is_some_and(|(before, after)| {
            let is =
                |part: &str, of: &[&str]| of.iter().any(|word| part.eq_ignore_ascii_case(word));
            is(after, &VERBS) && is(before, &PRONOUNS)
        })
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`')
}

fn ends_clause(character: char, next: Option<char>) -> bool {
    match character {
        '!' | '?' | ';' | '\n' | '\u{2022}' => true,
        // Not in `3.30`, `St.Anne`, `www.x`: a full stop ends a clause before a blank.
        '.' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

/// Whether most letters of several words are capitals, so that capitals say nothing.
fn is_shouting(text: &str) -> bool {
    if text.split_whitespace().nth(1).is_none() {
        return false;
    }
    let (mut upper, mut lower) = (0_usize, 0_usize);
    for character in text.chars() {
        if character.is_uppercase() {
            upper += 1;
        } else if character.is_lowercase() {
            lower += 1;
        }
    }
    upper > lower
}

/// Letters that NFKD leaves whole.
fn plain(character: char) -> char {
    match character {
        'ł' => 'l',
        'ø' => 'o',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = Words::of(text);
        let stems: Vec<&str> = words.content().map(|token| token.stem.as_str()).collect();
        assert_eq!(stems, expected, "{text}");
    }

    #[test]
    fn function_words_go_and_negations_stay() {
        check(
            "He is not able to get to the shop",
            &["not", "abl", "get", "shop"],
        );
        check("cannot cope without her", &["cannot", "cope", "without"]);
    }

    #[test]
    fn a_pronoun_with_the_beginning_of_a_verb_carries_no_meaning() {
        let content = |text: &str| Words::of(text).content_stems();
        assert_eq!(
            content("She'd like, we’d like, I'll go"),
            ["like", "like", "go"]
        );
        assert_eq!(content("a shed, they wed, seriously ill, no id"), {
            ["shed", "wed", "serious", "ill", "no", "id"]
        });
    }

    #[test]
    fn accents_apostrophes_and_widths_fold() {
        check("Café Łódź ＢＳＬ can’t", &["cafe", "lodz", "bsl", "cant"]);
    }

    #[test]
    fn the_illness_is_not_the_pronoun() {
        check("ME for 9 years", &["ME", "9", "year"]);
        check("HELP ME PLEASE", &["help"]);
    }

    #[test]
    fn a_time_does_not_end_a_clause() {
        let words = Words::of("Open 3.30 daily. Closed Sunday");
        assert_eq!(words.tokens.last().map(|token| token.clause), Some(1));
    }

    #[test]
    fn offsets_lead_back_to_the_words() {
        let text = "naïve  Zoë's";
        let words = Words::of(text);
        assert_eq!(&text[words.tokens[1].start..words.tokens[1].end], "Zoë's");
    }
}
