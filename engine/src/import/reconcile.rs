//! What a reading changes in a directory.
//!
//! The same source read twice changes nothing. A record that its source no
//! longer lists is marked defunct and comes back when it is listed again. No
//! source changes another's records.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use uuid::Uuid;

use super::resolve::{Names, Unresolved};
use super::{Draft, ImportReport, Reading, Rejection, Warning};
use crate::model::{
    Attribute, Change, ChangeSet, Directory, Entry, Kind, OrganizationId, Provenance, Record,
    RecordKey,
};

/// Changes that go into one set: few enough to be applied and indexed at a stroke.
const BATCH: usize = 2_000;

/// What is pointed at before what points, so that each set leaves a whole directory.
const ORDER: [Kind; 12] = [
    Kind::Taxonomy,
    Kind::TaxonomyTerm,
    Kind::Organization,
    Kind::Location,
    Kind::Service,
    Kind::ServiceAtLocation,
    Kind::Partnership,
    Kind::Offer,
    Kind::Referral,
    Kind::Assurance,
    Kind::Area,
    Kind::PostcodeDistrict,
];

/// What a reading of `source` changes, in sets of about 2,000, and the report
/// of it. Nothing is changed here.
#[must_use]
pub fn reconcile(
    directory: &Directory,
    reading: Reading,
    source: &str,
    at: Timestamp,
) -> (Vec<ChangeSet>, ImportReport) {
    let Reading {
        format,
        mut drafts,
        rejections,
        warnings,
        unlisted_rejections,
        unlisted_warnings,
        rows,
        speaks_for,
    } = reading;
    let mut report = ImportReport {
        source: source.to_owned(),
        format: format.to_owned(),
        read: rows,
        rejected: rejections,
        rejected_unlisted: unlisted_rejections,
        warnings,
        warnings_by_kind: unlisted_warnings,
        ..ImportReport::default()
    };
    // A draft that is turned away below is listed all the same: what the
    // directory has of it stays.
    let listed: HashSet<RecordKey> = drafts.iter().map(|draft| draft.record.key()).collect();
    let nothing_read = drafts.is_empty();

    name_organizations(directory, &mut drafts, source, &mut report);
    let drafts = own(directory, drafts, source, &mut report);
    let drafts = point(directory, drafts, source, &listed, &mut report);

    let mut changes = Vec::new();
    for draft in drafts {
        let key = draft.record.key();
        let kind = key.kind;
        let known = directory.entry(key);
        if let Some(known) = &known
            && known.is_current()
            && known.record == draft.record
            // A copy names a record by our id, where the original had a key of its own.
            && (draft.foreign_id.is_none()
                || known.provenance.foreign_id == draft.foreign_id
                || known.provenance.source != source)
        {
            report.unchanged.add(kind);
            continue;
        }
        match known {
            Some(_) => report.changed.add(kind),
            None => report.added.add(kind),
        }
        changes.push(Change::Put(Box::new(Entry {
            record: draft.record,
            provenance: Provenance {
                source: source.to_owned(),
                foreign_id: draft.foreign_id,
                read_at: at,
                defunct_since: None,
            },
        })));
    }
    changes.sort_by_key(|change| rank(change.key()));

    if nothing_read {
        report.warnings.push(Warning {
            kind: "nothing-read",
            place: super::Place::default(),
            field: String::new(),
            message: "no record could be read; nothing is marked as gone".to_owned(),
        });
    } else {
        let mut gone: Vec<RecordKey> = directory
            .provenances()
            .filter(|(key, provenance)| {
                provenance.source == source
                    && provenance.defunct_since.is_none()
                    && speaks_for.contains(&key.kind)
                    && !listed.contains(key)
            })
            .map(|(key, _)| key)
            .collect();
        gone.sort_by_key(|key| std::cmp::Reverse(rank(*key)));
        for key in gone {
            if let Some(mut entry) = directory.entry(key) {
                entry.provenance.defunct_since = Some(at);
                report.removed.add(key.kind);
                changes.push(Change::Put(Box::new(entry)));
            }
        }
    }
    for warning in &report.warnings {
        *report.warnings_by_kind.entry(warning.kind).or_default() += 1;
    }
    (batches(changes, at), report)
}

fn rank(key: RecordKey) -> (usize, Uuid) {
    let place = ORDER.iter().position(|kind| *kind == key.kind);
    (place.unwrap_or(ORDER.len()), key.id)
}

fn batches(changes: Vec<Change>, at: Timestamp) -> Vec<ChangeSet> {
    let mut sets = Vec::new();
    let mut changes = changes.into_iter().peekable();
    while changes.peek().is_some() {
        sets.push(ChangeSet {
            at,
            changes: changes.by_ref().take(BATCH).collect(),
        });
    }
    sets
}

/// Puts ids in place of the names by which drafts refer to organizations.
fn name_organizations(
    directory: &Directory,
    drafts: &mut Vec<Draft>,
    source: &str,
    report: &mut ImportReport,
) {
    if drafts.iter().all(|draft| draft.references.is_empty()) {
        return;
    }
    let names = Names::of(directory, drafts);
    drafts.retain_mut(|draft| {
        for reference in std::mem::take(&mut draft.references) {
            let (reason, remedy) = match names.find(&reference.text, source) {
                Ok(id) => {
                    set_organization(&mut draft.record, reference.field, OrganizationId(id));
                    continue;
                }
                Err(Unresolved::Unknown) => (
                    format!("no organization is called '{}'", reference.text),
                    "import the organization first, or give its id, registered number or exact name".to_owned(),
                ),
                Err(Unresolved::Ambiguous(candidates)) => (
                    format!("several organizations are called '{}'", reference.text),
                    format!("give the id of one of: {}", candidates.join("; ")),
                ),
            };
            report.rejected.push(Rejection {
                place: draft.place.clone(),
                field: Some(reference.field.to_owned()),
                reason,
                remedy,
            });
            return false;
        }
        true
    });
}

fn set_organization(record: &mut Record, field: &str, id: OrganizationId) {
    match record {
        Record::Partnership(partnership) if field.starts_with("to") => partnership.to = id,
        Record::Partnership(partnership) => partnership.from = id,
        Record::Offer(offer) => offer.organization_id = id,
        Record::Service(service) => service.organization_id = Some(id),
        Record::Location(location) => location.organization_id = Some(id),
        Record::Assurance(assurance) => assurance.by = Some(id),
        _ => {}
    }
}

/// Turns away drafts of records that another source brought first, and all but
/// the first draft of a record.
fn own(
    directory: &Directory,
    drafts: Vec<Draft>,
    source: &str,
    report: &mut ImportReport,
) -> Vec<Draft> {
    let mut seen: HashMap<RecordKey, u64> = HashMap::new();
    let mut kept = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let key = draft.record.key();
        let times = seen.entry(key).or_default();
        *times += 1;
        if *times > 1 {
            report.warnings.push(Warning {
                kind: "id-repeated",
                place: draft.place,
                field: "id".to_owned(),
                message: format!("{key} stands there more than once; the first counts"),
            });
            continue;
        }
        let Some(entry) = directory.entry(key) else {
            kept.push(draft);
            continue;
        };
        if entry.provenance.source == source || entry.record == draft.record {
            kept.push(draft);
        } else if matches!(key.kind, Kind::Taxonomy | Kind::TaxonomyTerm) {
            // Feeds share the lists of terms, each with small differences.
            report.unchanged.add(key.kind);
            report.warnings.push(Warning {
                kind: "owned-by-another-source",
                place: draft.place,
                field: "id".to_owned(),
                message: format!(
                    "{key} differs from what {} says, which came first and stays",
                    entry.provenance.source
                ),
            });
        } else {
            report.rejected.push(Rejection {
                place: draft.place,
                field: Some("id".to_owned()),
                reason: format!("{key} belongs to the source {}", entry.provenance.source),
                remedy: "change it there, give the record an id of its own, or import under that source's name".to_owned(),
            });
        }
    }
    // An equal record of another source stays that source's, unless it went defunct there.
    kept.retain(|draft| {
        let key = draft.record.key();
        let Some(entry) = directory.entry(key) else {
            return true;
        };
        let shared = entry.provenance.source != source;
        if shared {
            report.unchanged.add(key.kind);
        }
        !shared
    });
    kept
}

/// Turns away drafts that point at nothing; a pointer that can be left out is.
fn point(
    directory: &Directory,
    drafts: Vec<Draft>,
    source: &str,
    listed: &HashSet<RecordKey>,
    report: &mut ImportReport,
) -> Vec<Draft> {
    let present: HashSet<RecordKey> = drafts.iter().map(|draft| draft.record.key()).collect();
    // What this reading no longer lists of its own source is about to go.
    let current: BTreeMap<RecordKey, bool> = directory
        .provenances()
        .map(|(key, from)| {
            (
                key,
                from.defunct_since.is_none() && (from.source != source || listed.contains(&key)),
            )
        })
        .collect();
    let spoken: HashSet<Kind> = drafts.iter().map(|draft| draft.record.kind()).collect();
    let is_there = |kind: Kind, id: Uuid| {
        let key = RecordKey { kind, id };
        present.contains(&key)
            || current.get(&key).is_some_and(|stays| {
                *stays
                    || (!spoken.contains(&kind)
                        && directory.entry(key).is_some_and(|entry| entry.is_current()))
            })
    };
    drafts
        .into_iter()
        .filter_map(|mut draft| {
            let (optional, needed) = pointers(&mut draft.record, is_there);
            for (field, kind, id) in optional {
                report.warnings.push(Warning {
                    kind: "reference-unknown",
                    place: draft.place.clone(),
                    field: field.to_owned(),
                    message: format!("there is no {} {id}, left out", kind.name()),
                });
            }
            let Some((field, kind, id)) = needed.first() else {
                return Some(draft);
            };
            report.rejected.push(Rejection {
                place: draft.place.clone(),
                field: Some((*field).to_owned()),
                reason: format!("there is no {} {id}", kind.name()),
                remedy: "import what it names first, or correct the id".to_owned(),
            });
            None
        })
        .collect()
}

/// A pointer at nothing: its field, and what it points at.
type Loose = (&'static str, Kind, Uuid);

/// The pointers of a record at nothing: those that could be left out and now
/// are, and those it cannot do without.
fn pointers(
    record: &mut Record,
    is_there: impl Fn(Kind, Uuid) -> bool,
) -> (Vec<Loose>, Vec<Loose>) {
    let mut optional = Vec::new();
    let mut needed = Vec::new();
    let mut check = |field: &'static str, kind: Kind, id: &mut Option<Uuid>| {
        if let Some(wanted) = id.filter(|wanted| !is_there(kind, *wanted)) {
            optional.push((field, kind, wanted));
            *id = None;
        }
    };
    let mut need = |field: &'static str, kind: Kind, id: Uuid| {
        if !is_there(kind, id) {
            needed.push((field, kind, id));
        }
    };
    match record {
        Record::Organization(organization) => {
            optional_id(&mut organization.parent_organization_id, |id| {
                check("parent_organization_id", Kind::Organization, id);
            });
            terms(&mut organization.attributes, &mut check);
        }
        Record::Service(service) => {
            optional_id(&mut service.organization_id, |id| {
                check("organization_id", Kind::Organization, id);
            });
            terms(&mut service.attributes, &mut check);
        }
        Record::Location(location) => {
            optional_id(&mut location.organization_id, |id| {
                check("organization_id", Kind::Organization, id);
            });
            terms(&mut location.attributes, &mut check);
        }
        Record::ServiceAtLocation(link) => {
            need("service_id", Kind::Service, link.service_id.0);
            need("location_id", Kind::Location, link.location_id.0);
            terms(&mut link.attributes, &mut check);
        }
        Record::TaxonomyTerm(term) => {
            optional_id(&mut term.parent_id, |id| {
                check("parent_id", Kind::TaxonomyTerm, id);
            });
            optional_id(&mut term.taxonomy_id, |id| {
                check("taxonomy_id", Kind::Taxonomy, id);
            });
        }
        Record::Partnership(partnership) => {
            need("from", Kind::Organization, partnership.from.0);
            need("to", Kind::Organization, partnership.to.0);
        }
        Record::Offer(offer) => {
            need(
                "organization_id",
                Kind::Organization,
                offer.organization_id.0,
            );
            optional_id(&mut offer.location_id, |id| {
                check("location_id", Kind::Location, id);
            });
        }
        Record::Assurance(assurance) => {
            need("service_id", Kind::Service, assurance.service_id.0);
        }
        Record::Taxonomy(_)
        | Record::Referral(_)
        | Record::Area(_)
        | Record::PostcodeDistrict(_) => {}
    }
    (optional, needed)
}

fn optional_id<T: Copy + From<Uuid> + Into<Uuid>>(
    id: &mut Option<T>,
    check: impl FnOnce(&mut Option<Uuid>),
) {
    let mut plain = id.map(Into::into);
    check(&mut plain);
    *id = plain.map(T::from);
}

/// Leaves out terms that are nowhere. An attribute of which nothing remains goes too.
fn terms(
    attributes: &mut Vec<Attribute>,
    check: &mut impl FnMut(&'static str, Kind, &mut Option<Uuid>),
) {
    attributes.retain_mut(|attribute| {
        optional_id(&mut attribute.taxonomy_term_id, |id| {
            check("taxonomy_term_id", Kind::TaxonomyTerm, id);
        });
        attribute.taxonomy_term_id.is_some()
            || attribute.label.is_some()
            || attribute.value.is_some()
    });
}
