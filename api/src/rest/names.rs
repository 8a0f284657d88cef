//! The names of a snapshot in order: for lists, and for completing what is typed.

use causeway_engine::model::OrganizationId;
use causeway_engine::snapshot::Snapshot;
use causeway_engine::text::fold;
use jiff::Timestamp;

use super::wire::{Suggestion, SuggestionKind};

/// A name that can be completed to.
#[derive(Debug)]
struct Name {
    folded: String,
    suggestion: Suggestion,
}

/// All names of a snapshot.
#[derive(Debug)]
pub(super) struct Names {
    version: u64,
    built_at: Timestamp,
    /// Numbers of services by name, then by id.
    pub(super) services: Vec<u32>,
    /// Organizations by name, then by id.
    pub(super) organizations: Vec<OrganizationId>,
    all: Vec<Name>,
    /// Where a word of a name starts: the name and the byte, by what follows.
    starts: Vec<(u32, u16)>,
}

/// Names looked at for one completion: a single letter fits half of them.
const LOOKED_AT: usize = 5_000;

impl Names {
    /// Whether these are the names of that snapshot.
    pub(super) fn is_of(&self, snapshot: &Snapshot) -> bool {
        self.version == snapshot.version && self.built_at == snapshot.built_at
    }

    /// Reads the names of a snapshot.
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let directory = &snapshot.directory;
        let mut names = Vec::new();
        let mut add = |kind, text: &str, id: String| {
            names.push(Name {
                folded: fold(text),
                suggestion: Suggestion {
                    kind,
                    text: text.to_owned(),
                    id,
                },
            });
        };
        for concept in snapshot.lexicon.concepts() {
            add(SuggestionKind::Need, &concept.name, concept.id.clone());
        }
        for service in directory.services.iter() {
            add(
                SuggestionKind::Service,
                &service.name,
                service.id.to_string(),
            );
        }
        for organization in directory.organizations.iter() {
            let id = organization.id.to_string();
            add(SuggestionKind::Organization, &organization.name, id);
        }
        for place in causeway_engine::geography::PlaceFacts::bundled().named_places() {
            add(SuggestionKind::Place, &place.name, place.name.clone());
        }
        let mut starts: Vec<(u32, u16)> = Vec::new();
        for (number, name) in names.iter().enumerate() {
            let mut at = 0;
            for word in name.folded.split(' ') {
                if let Ok(start) = u16::try_from(at) {
                    starts.push((number as u32, start));
                }
                at += word.len() + 1;
            }
        }
        let from = |(number, at): (u32, u16)| rest(&names, number, at);
        starts.sort_unstable_by(|a, b| from(*a).cmp(from(*b)).then(a.cmp(b)));

        let mut services: Vec<u32> = (0..snapshot.facts.services.len() as u32).collect();
        services.sort_by_cached_key(|number| {
            let id = snapshot.facts.services[*number as usize].id;
            let name = directory
                .services
                .find(id)
                .map(|service| fold(&service.name));
            (name, id)
        });
        let mut organizations: Vec<OrganizationId> =
            directory.organizations.iter().map(|o| o.id).collect();
        organizations.sort_by_cached_key(|id| {
            let name = directory.organizations.find(*id).map(|o| fold(&o.name));
            (name, *id)
        });
        Self {
            version: snapshot.version,
            built_at: snapshot.built_at,
            services,
            organizations,
            all: names,
            starts,
        }
    }

    /// Completions of what was typed: needs first, then what begins with it,
    /// then what holds it, shorter names first.
    pub(super) fn complete(&self, typed: &str) -> Vec<&Suggestion> {
        let typed = fold(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let first = self
            .starts
            .partition_point(|(number, at)| rest(&self.all, *number, *at) < typed.as_str());
        let mut found: Vec<(bool, u32)> = self.starts[first..]
            .iter()
            .take_while(|(number, at)| rest(&self.all, *number, *at).starts_with(&typed))
            .take(LOOKED_AT)
            .map(|(number, at)| (*at > 0, *number))
            .collect();
        found.sort_by_key(|(inside, number)| {
            let name = &self.all[*number as usize];
            let kind = name.suggestion.kind;
            (
                kind != SuggestionKind::Need,
                *inside,
                name.folded.len(),
                &name.folded,
                kind,
                *number,
            )
        });
        let mut known = std::collections::HashSet::new();
        found.retain(|(_, number)| known.insert(*number));
        found
            .into_iter()
            .map(|(_, number)| &self.all[number as usize].suggestion)
            .collect()
    }
}

/// What follows a start.
fn rest(names: &[Name], number: u32, at: u16) -> &str {
    names[number as usize]
        .folded
        .get(usize::from(at)..)
        .unwrap_or_default()
}
