//! Languages a service can be had in.

use crate::model::{Location, Service};
use crate::text::fold;
use crate::text::lexicon::{CommunitySort, Lexicon};

/// Languages a service can be had in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Languages {
    /// BCP 47 codes where the lexicon knows the language, else its folded name; ascending.
    pub listed: Vec<String>,
    /// Whether interpreters come.
    pub interpreters: bool,
}

impl Languages {
    /// Reads the listed languages of a service and its places.
    pub(super) fn of(service: &Service, locations: &[&Location], lexicon: &Lexicon) -> Self {
        let mut listed: Vec<String> = service
            .languages
            .iter()
            .chain(locations.iter().flat_map(|location| &location.languages))
            .filter_map(|language| {
                let name = language.code.as_deref().or(language.name.as_deref())?;
                Some(Self::code(name, lexicon))
            })
            .collect();
        listed.sort();
        listed.dedup();
        let interpreters = service.interpretation_services.is_some();
        Self {
            listed,
            interpreters,
        }
    }

    /// The BCP 47 code of a language given by code or English name; else the folded name.
    #[must_use]
    pub fn code(name: &str, lexicon: &Lexicon) -> String {
        let folded = fold(name);
        let languages = || {
            lexicon
                .communities()
                .iter()
                .filter(|community| community.sort == CommunitySort::Language)
        };
        if let Some(language) =
            languages().find(|language| language.id == folded || fold(&language.name) == folded)
        {
            return language.id.clone();
        }
        lexicon
            .read_communities(&crate::text::Words::of(name))
            .into_iter()
            .map(|(number, _, _)| &lexicon.communities()[usize::from(number)])
            .find(|community| community.sort == CommunitySort::Language)
            .map_or(folded, |language| language.id.clone())
    }
}
