//! What every answer over HTTP shares: problem documents, strict reading of
//! what is asked, pages of lists, caching and headers. Nothing here knows a
//! resource.

pub mod body;
pub mod caching;
pub mod described;
pub mod fields;
pub mod headers;
pub mod paging;
pub mod problem;

pub use fields::Fields;
pub use paging::{Links, Page};
pub use problem::{FieldError, Problem, ProblemKind};

/// The known word most like a mistyped one, where one is like it at all.
///
/// ```
/// use causeway_api::http::nearest;
/// assert_eq!(nearest("postcde", ["age", "postcode"]), Some("postcode"));
/// assert_eq!(nearest("zzz", ["age", "postcode"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let likeness = strsim::jaro_winkler(&word, &candidate.to_lowercase());
        if likeness >= LIKE && best.is_none_or(|(known, _)| likeness > known) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Jaro-Winkler likeness from which a word is worth suggesting.
const LIKE: f64 = 0.75;
