//! What the lexicon lacks: words that no concept reads.

use std::collections::HashSet;

use crate::text::{Token, Words, is_function_word};

use super::{Lexicon, Side};

impl Lexicon {
    /// The words of a text that say nothing to the lexicon: they stand in no phrase
    /// that was found there, name no language, community or faith, and no phrase
    /// of any concept holds their stem. Function words and numbers are left out.
    ///
    /// ```
    /// use causeway_engine::text::{Words, lexicon::{Lexicon, Side}};
    /// let words = Words::of("a food bank with a quintain");
    /// let unread: Vec<&str> = Lexicon::bundled()
    ///     .unread(&words, Side::Record)
    ///     .map(|token| token.folded.as_str())
    ///     .collect();
    /// assert_eq!(unread, ["quintain"]);
    /// ```
    pub fn unread<'a>(&self, words: &'a Words, side: Side) -> impl Iterator<Item = &'a Token> {
        let found = self
            .read(words, side)
            .into_iter()
            .map(|finding| finding.start..finding.end);
        let named = self
            .read_communities(words)
            .into_iter()
            .map(|(_, start, end)| start..end);
        let read: HashSet<usize> = found.chain(named).flatten().collect();
        let model = match side {
            Side::Need => &self.need_words,
            Side::Record => &self.record_words,
        };
        let silent: HashSet<usize> = words
            .tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| {
                // A function word in capitals is kept apart by folding, as `ME` is.
                let plain = token.folded.to_lowercase();
                !token.function
                    && !is_function_word(&plain)
                    && !read.contains(at)
                    && !model.knows(&token.stem)
                    && !token.folded.chars().any(|letter| letter.is_ascii_digit())
            })
            .map(|(at, _)| at)
            .collect();
        words
            .tokens
            .iter()
            .enumerate()
            .filter(move |(at, _)| silent.contains(at))
            .map(|(_, token)| token)
    }
}
