//! Organizations that files name by something other than an id: a registered
//! number, a source's own id, or the name.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use super::Draft;
use crate::model::{Directory, Organization, Record, derive_id};
use crate::text::fold;

/// Shown of an ambiguous name's bearers.
const CANDIDATES: usize = 5;

/// All organizations, by what they can be named with.
#[derive(Debug, Default)]
pub(super) struct Names {
    called: HashMap<Uuid, String>,
    by_foreign_id: HashMap<String, BTreeSet<Uuid>>,
    by_number: HashMap<String, BTreeSet<Uuid>>,
    by_name: HashMap<String, BTreeSet<Uuid>>,
}

/// Why a text does not name one organization.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// Nothing is called so.
    Unknown,
    /// Several are: their names and ids.
    Ambiguous(Vec<String>),
}

impl Names {
    /// Those of a directory and of drafts that may enter it.
    pub(super) fn of(directory: &Directory, drafts: &[Draft]) -> Self {
        let mut all = Self::default();
        for entry in directory.organizations.entries() {
            if entry.is_current() {
                all.add(&entry.record, entry.provenance.foreign_id.as_deref());
            }
        }
        for draft in drafts {
            if let Record::Organization(organization) = &draft.record {
                all.add(organization, draft.foreign_id.as_deref());
            }
        }
        all
    }

    fn add(&mut self, organization: &Organization, foreign_id: Option<&str>) {
        let id = organization.id.0;
        self.called.insert(id, organization.name.clone());
        if let Some(foreign_id) = foreign_id {
            let key = foreign_id.trim().to_lowercase();
            self.by_foreign_id.entry(key).or_default().insert(id);
        }
        for identifier in &organization.identifiers {
            let number = bare(&identifier.identifier);
            if let Some(scheme) = &identifier.scheme {
                let whole = bare(&format!("{scheme}-{}", identifier.identifier));
                self.by_number.entry(whole).or_default().insert(id);
            }
            if !number.is_empty() {
                self.by_number.entry(number).or_default().insert(id);
            }
        }
        let names = [
            Some(&organization.name),
            organization.alternate_name.as_ref(),
        ];
        for name in names.into_iter().flatten() {
            let key = fold(name);
            if !key.is_empty() {
                self.by_name.entry(key).or_default().insert(id);
            }
        }
    }

    /// The organization that a text names: by id, this source's own id, any
    /// source's own id, registered number, name.
    pub(super) fn find(&self, text: &str, source: &str) -> Result<Uuid, Unresolved> {
        let text = text.trim();
        if let Ok(id) = text.parse::<Uuid>() {
            let known = self.called.contains_key(&id);
            return if known {
                Ok(id)
            } else {
                Err(Unresolved::Unknown)
            };
        }
        let own = derive_id(source, "organization", text);
        if self.called.contains_key(&own) {
            return Ok(own);
        }
        let found = [
            self.by_foreign_id.get(&text.to_lowercase()),
            self.by_number.get(&bare(text)),
            self.by_name.get(&fold(text)),
        ];
        let Some(ids) = found.into_iter().flatten().next() else {
            return Err(Unresolved::Unknown);
        };
        let mut each = ids.iter();
        match (each.next(), each.next()) {
            (Some(id), None) => Ok(*id),
            _ => Err(Unresolved::Ambiguous(self.candidates(ids))),
        }
    }

    fn candidates(&self, ids: &BTreeSet<Uuid>) -> Vec<String> {
        ids.iter()
            .take(CANDIDATES)
            .map(|id| format!("{} ({id})", self.called.get(id).map_or("", String::as_str)))
            .collect()
    }
}

/// A registered number without blanks, hyphens and leading zeros.
fn bare(number: &str) -> String {
    let bare: String = number
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    bare.trim_start_matches('0').to_owned()
}
