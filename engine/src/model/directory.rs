//! The directory: all records of one version of the data, by kind and id.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{
    Area, Assurance, Change, ChangeSet, Entry, Kind, Location, Offer, Organization, Partnership,
    PostcodeDistrict, Provenance, Record, RecordKey, Referral, Service, ServiceAtLocation,
    Taxonomy, TaxonomyTerm,
};

/// The records of one kind, by id. A copy shares the records and costs the
/// index alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Table<T>(BTreeMap<Uuid, Arc<Entry<T>>>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Table<T> {
    /// The entry of that id, also where it is defunct.
    pub fn entry(&self, id: impl Into<Uuid>) -> Option<&Arc<Entry<T>>> {
        self.0.get(&id.into())
    }

    /// The record of that id, where its source still lists it.
    pub fn find(&self, id: impl Into<Uuid>) -> Option<&T> {
        self.entry(id)
            .filter(|entry| entry.is_current())
            .map(|entry| &entry.record)
    }

    /// All records their sources still list, by id ascending.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.entries()
            .filter(|entry| entry.is_current())
            .map(|entry| &entry.record)
    }

    /// All entries, by id ascending, the defunct ones too.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<Entry<T>>> {
        self.0.values()
    }

    /// How many entries, the defunct ones too.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

macro_rules! directory {
    ($($(#[$doc:meta])* $field:ident: $kind:ident;)*) => {
        /// All records of one version of the data.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct Directory { $($(#[$doc])* pub $field: Table<$kind>,)* }

        impl Directory {
            /// Puts an entry in, in place of the one with its key.
            pub fn put(&mut self, entry: Entry<Record>) {
                let Entry { record, provenance } = entry;
                match record {
                    $(Record::$kind(record) => {
                        self.$field.0.insert(record.id.0, Arc::new(Entry { record, provenance }));
                    })*
                }
            }

            /// Takes an entry out; says whether it was there.
            pub fn remove(&mut self, key: RecordKey) -> bool {
                match key.kind { $(Kind::$kind => self.$field.0.remove(&key.id).is_some(),)* }
            }

            /// A copy of the entry under that key.
            #[must_use]
            pub fn entry(&self, key: RecordKey) -> Option<Entry<Record>> {
                match key.kind {
                    $(Kind::$kind => self.$field.0.get(&key.id).map(|entry| Entry {
                        record: Record::$kind(entry.record.clone()),
                        provenance: entry.provenance.clone(),
                    }),)*
                }
            }

            /// How many entries of that kind, the defunct ones too.
            #[must_use]
            pub fn count(&self, kind: Kind) -> usize {
                match kind { $(Kind::$kind => self.$field.len(),)* }
            }

            /// Copies of all entries, by kind, then by id.
            pub fn entries(&self) -> impl Iterator<Item = Entry<Record>> + '_ {
                std::iter::empty()
                    $(.chain(self.$field.0.values().map(|entry| Entry {
                        record: Record::$kind(entry.record.clone()),
                        provenance: entry.provenance.clone(),
                    })))*
            }

            /// All keys with where their records came from, by kind, then by id.
            pub fn provenances(&self) -> impl Iterator<Item = (RecordKey, &Provenance)> + '_ {
                std::iter::empty()
                    $(.chain(self.$field.0.iter().map(|(id, entry)| {
                        (RecordKey { kind: Kind::$kind, id: *id }, &entry.provenance)
                    })))*
            }
        }
    };
}

directory! {
    /// Organizations.
    organizations: Organization;
    /// Services.
    services: Service;
    /// Locations.
    locations: Location;
    /// Services at locations.
    services_at_locations: ServiceAtLocation;
    /// Taxonomies.
    taxonomies: Taxonomy;
    /// Terms of taxonomies.
    taxonomy_terms: TaxonomyTerm;
    /// Partnerships.
    partnerships: Partnership;
    /// Offers and asks.
    offers: Offer;
    /// Referrals.
    referrals: Referral;
    /// Assurances.
    assurances: Assurance;
    /// Areas.
    areas: Area;
    /// Postcodes by district.
    postcode_districts: PostcodeDistrict;
}

impl Directory {
    /// Applies changes in order.
    pub fn apply(&mut self, changes: ChangeSet) {
        for change in changes.changes {
            match change {
                Change::Put(entry) => self.put(*entry),
                Change::Remove(key) => {
                    self.remove(key);
                }
            }
        }
    }

    /// How many entries of all kinds, the defunct ones too.
    #[must_use]
    pub fn len(&self) -> usize {
        Kind::ALL.iter().map(|kind| self.count(*kind)).sum()
    }

    /// Whether there is no entry.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
