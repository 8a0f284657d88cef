//! Whether interpreters come.

use std::sync::LazyLock;

use super::phrase::Phrases;
use super::prose::{Sentence, Source};

static INTERPRETERS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "interpreter|interpreters|interpreting|interpretation|translation|translator|translators services|service|support? is|are|can|may|will|available|provided|on|by|free|if|arranged|booked|offered
            interpreter|interpreters|interpreting|interpretation|translators|translation services|service available|provided|offered
            book|arrange|provide|provides|offer|offers|use|uses|have|with|via|through|using|request|supply|access|free an|a|to|free|telephone|phone|professional|qualified|trained|our? telephone|phone|professional|qualified|trained? interpreter|interpreters|interpreting|interpretation|translators|translation
            language line
            languageline
            telephone|phone|video interpreting|interpretation|interpreters|interpreter",
            true,
        ),
        (
            "bsl|sign|deaf|language interpreter|interpreters|interpreting|interpretation
            british sign language interpreter|interpreters
            bring|need|become|train|your own|an|as? own? interpreter|interpreters
            sign language interpreter|interpreters
            interpreter|interpreters for deaf
            signer|signers",
            false,
        ),
    ])
});

/// Whether a sentence says that interpreters come.
pub(super) fn come(sentence: &Sentence<'_>) -> bool {
    if sentence.source == Source::Interpretation {
        // The field is about nothing else; `none` and `bring a friend` refuse.
        let speaks = sentence.has(&[
            "interpreter",
            "interpreters",
            "interpreting",
            "interpretation",
            "translation",
            "translators",
            "available",
            "yes",
            "languageline",
            "request",
            "telephone",
            "line",
        ]);
        let signs = sentence.has(&["bsl", "sign", "signer", "deaf"]);
        let refuses = sentence.words.iter().any(|word| {
            matches!(
                *word,
                "no" | "none" | "not" | "cannot" | "cant" | "bring" | "unable" | "own"
            )
        });
        return speaks && !refuses && !signs;
    }
    if !sentence.has(&[
        "interpreter",
        "interpreters",
        "interpreting",
        "interpretation",
        "translation",
        "translator",
        "translators",
        "line",
        "languageline",
    ]) {
        return false;
    }
    INTERPRETERS
        .find(&sentence.words)
        .iter()
        .any(|hit| hit.means && !sentence.denies(hit.start) && !sentence.denies(hit.end))
}
