//! Languages a person speaks or needs.

use crate::text::Words;
use crate::text::lexicon::{CommunitySort, Lexicon};

use super::{Requirement, Stated};

/// Words that make a language's name a requirement.
const SPEAKING: &[&str] = &[
    "speak",
    "speaks",
    "speaking",
    "speaker",
    "speakers",
    "spoken",
    "language",
    "interpreter",
    "translator",
    "only",
    "understands",
    "english",
];

pub(super) fn read(words: &Words, folded: &[&str], lexicon: &Lexicon, stated: &mut Vec<Stated>) {
    let found = lexicon.read_communities(words);
    for (number, start, end) in found {
        let community = &lexicon.communities()[usize::from(number)];
        if community.sort != CommunitySort::Language || community.id == "en" {
            continue;
        }
        let from = start.saturating_sub(4);
        let to = folded.len().min(end + 3);
        let spoken = folded[from..start]
            .iter()
            .chain(&folded[end..to])
            .any(|word| SPEAKING.contains(word));
        // *English classes for Polish speakers* still speaks of a Polish speaker.
        if spoken {
            let (code, name) = (community.id.clone(), community.name.clone());
            let requirement = Requirement::Language { code, name };
            if !stated.iter().any(|known| known.requirement == requirement) {
                stated.push(Stated {
                    requirement,
                    start,
                    end,
                });
            }
        }
    }
}
