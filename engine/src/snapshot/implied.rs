//! The implied layer: two organizations that share a venue, a programme, a
//! funder or a body are likelier to know each other than two that do not.
//! That is weaker than any partnership and says so: each implied tie carries
//! its kind and the name of what is shared, and only who asks for the layer
//! gets it.
//!
//! `strength = 1 − Π_g (1 − base/(k_g − 1))` over the things g of one kind that
//! a pair shares, `k_g` being all who share it (Newman 2001): a hall of two tells
//! more than a hall of twelve, and what more than `most_sharers` share tells
//! nothing. Between two who have a stated tie nothing needs to be implied.

use std::collections::{BTreeMap, BTreeSet};

use super::tie::{Basis, Sharing, Tie, TieKind, TieStrength};
use crate::model::{
    Directory, Location, Organization, OrganizationId, PartnershipKind, Service, ServiceId,
    ServiceStatus,
};
use crate::text::fold;

/// What names a venue: its first line and postcode where both are known, since
/// two sources list one hall under two ids; else its id. `None` where the
/// place is confidential: who meets there is not to be told.
#[must_use]
pub fn venue(location: &Location) -> Option<String> {
    if location.confidential {
        return None;
    }
    let address = location.addresses.iter().find_map(|address| {
        let line = fold(address.address_1.as_deref()?);
        let postcode = fold(address.postal_code.as_deref()?).replace(' ', "");
        (!line.is_empty() && !postcode.is_empty()).then(|| format!("{line}, {postcode}"))
    });
    Some(address.unwrap_or_else(|| location.id.to_string()))
}

/// The implied ties of a directory, by pair, then kind; none between those whom
/// one of `stated` ties.
///
/// *Complexity:* O(records), and the square of `most_sharers` for each thing shared.
pub(super) fn implied(
    directory: &Directory,
    node_of: &impl Fn(OrganizationId) -> Option<u32>,
    stated: &[Tie],
    strength: &TieStrength,
) -> Vec<Tie> {
    let known: BTreeSet<(u32, u32)> = stated
        .iter()
        .map(|tie| (tie.from.min(tie.to), tie.from.max(tie.to)))
        .collect();
    let mut shared: BTreeMap<(u32, u32, Sharing), (f64, Vec<String>)> = BTreeMap::new();
    for ((by, _), thing) in things(directory, node_of, stated) {
        let sharers: Vec<u32> = thing.sharers.into_iter().collect();
        if sharers.len() < 2 || sharers.len() > strength.most_sharers {
            continue;
        }
        let each = strength.implied(by) / (sharers.len() as f64 - 1.0);
        for (place, one) in sharers.iter().enumerate() {
            for other in &sharers[place + 1..] {
                if known.contains(&(*one, *other)) {
                    continue;
                }
                let (missed, names) = shared
                    .entry((*one, *other, by))
                    .or_insert_with(|| (1.0, Vec::new()));
                *missed *= 1.0 - each;
                names.push(thing.name.clone());
            }
        }
    }
    shared
        .into_iter()
        .filter(|(_, (missed, _))| *missed < 1.0)
        .map(|((from, to, by), (missed, names))| Tie {
            basis: Basis::Implied(by, names.join(", ").into()),
            from,
            to,
            directed: false,
            strength: 1.0 - missed,
        })
        .collect()
}

/// Something that several share.
#[derive(Debug, Default)]
struct Thing {
    name: String,
    sharers: BTreeSet<u32>,
}

/// Everything shared, by kind and by what tells it from others of the kind.
type Things = BTreeMap<(Sharing, String), Thing>;

fn things(
    directory: &Directory,
    node_of: &impl Fn(OrganizationId) -> Option<u32>,
    stated: &[Tie],
) -> Things {
    let mut things = Things::new();
    let mut add = |by, key: String, name: &str, node| {
        let thing = things.entry((by, key)).or_insert_with(|| Thing {
            name: name.to_owned(),
            ..Thing::default()
        });
        thing.sharers.insert(node);
    };
    let owner = |service: ServiceId| {
        let service = directory.services.find(service)?;
        let runs = service.status == ServiceStatus::Active;
        node_of(service.organization_id.filter(|_| runs)?)
    };
    for at in directory.services_at_locations.iter() {
        let place = directory.locations.find(at.location_id);
        if let Some((place, node)) = place.zip(owner(at.service_id))
            && let Some(key) = venue(place)
        {
            add(Sharing::Venue, key, venue_name(place), node);
        }
    }
    let organizations: BTreeMap<u32, &Organization> = directory
        .organizations
        .iter()
        .filter_map(|organization| Some((node_of(organization.id)?, organization)))
        .collect();
    for (node, organization) in &organizations {
        for program in &organization.programs {
            add(
                Sharing::Programme,
                fold(&program.name),
                &program.name,
                *node,
            );
        }
        for source in organization
            .funding
            .iter()
            .filter_map(|it| it.source.as_deref())
        {
            add(Sharing::Funder, fold(source), source, *node);
        }
        if let Some(body) = organization.parent_organization_id
            && let Some(body) = node_of(body)
            && let Some(named) = organizations.get(&body)
        {
            for member in [*node, body] {
                add(Sharing::Body, named.id.to_string(), &named.name, member);
            }
        }
    }
    for service in directory.services.iter() {
        let Some(node) = service.organization_id.and_then(node_of) else {
            continue;
        };
        for source in service.funding.iter().filter_map(|it| it.source.as_deref()) {
            add(Sharing::Funder, fold(source), source, node);
        }
        if let Some(name) = program_name(service, organizations.get(&node).copied()) {
            add(Sharing::Programme, fold(name), name, node);
        }
    }
    for tie in stated {
        match tie.kind() {
            TieKind::Stated(PartnershipKind::MemberOf) => {
                if let Some(body) = organizations.get(&tie.to) {
                    for member in [tie.from, tie.to] {
                        add(Sharing::Body, body.id.to_string(), &body.name, member);
                    }
                }
            }
            TieKind::Stated(PartnershipKind::Funds) => {
                if let Some(funder) = organizations.get(&tie.from) {
                    add(Sharing::Funder, fold(&funder.name), &funder.name, tie.to);
                }
            }
            _ => {}
        }
    }
    things.retain(|(_, key), _| !key.is_empty());
    things
}

/// What people call a place that is not confidential.
fn venue_name(location: &Location) -> &str {
    let line = || {
        location
            .addresses
            .iter()
            .find_map(|it| it.address_1.as_deref())
    };
    location
        .name
        .as_deref()
        .or_else(line)
        .unwrap_or("the same place")
}

fn program_name<'a>(service: &Service, owner: Option<&'a Organization>) -> Option<&'a str> {
    let program = service.program_id?;
    owner?
        .programs
        .iter()
        .find(|known| known.id == program)
        .map(|known| known.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Address, Entry, Funding, LocationId, Partnership, Program, Provenance, Record,
        ServiceAtLocation,
    };
    use crate::snapshot::PartnerGraph;

    fn id(number: u128) -> uuid::Uuid {
        uuid::Uuid::from_u128(number)
    }

    fn put(directory: &mut Directory, record: impl Into<Record>) {
        directory.put(Entry {
            record: record.into(),
            provenance: Provenance::default(),
        });
    }

    /// Organizations 0, 1, 2, each with a service of the same number.
    fn three() -> Directory {
        let mut directory = Directory::default();
        for number in 0..3 {
            let organization = Organization {
                id: id(number).into(),
                name: format!("Group {number}"),
                ..Organization::default()
            };
            put(&mut directory, organization);
            let service = Service {
                id: id(number).into(),
                organization_id: Some(id(number).into()),
                ..Service::default()
            };
            put(&mut directory, service);
        }
        directory
    }

    fn meet_at(directory: &mut Directory, place: Location, services: &[u128]) {
        for service in services {
            let at = ServiceAtLocation {
                id: id(1_000 + place.id.0.as_u128() * 10 + service).into(),
                service_id: id(*service).into(),
                location_id: place.id,
                ..ServiceAtLocation::default()
            };
            put(directory, at);
        }
        put(directory, place);
    }

    fn check(directory: &Directory, expected: &[(u32, u32, Sharing, f64)]) {
        let today = jiff::civil::date(2026, 11, 24);
        let stated = PartnerGraph::of(directory, &TieStrength::default(), today);
        let wider = stated.with_implied(directory);
        let implied: Vec<(u32, u32, Sharing, f64)> = wider
            .ties()
            .iter()
            .filter_map(|tie| match tie.kind() {
                TieKind::Implied(by) => Some((tie.from, tie.to, by, tie.strength)),
                TieKind::Stated(_) => None,
            })
            .collect();
        assert_eq!(implied.len(), expected.len(), "{implied:?}");
        for (found, expected) in implied.iter().zip(expected) {
            assert_eq!(
                (found.0, found.1, found.2),
                (expected.0, expected.1, expected.2)
            );
            assert!((found.3 - expected.3).abs() < 1e-9, "{found:?}");
        }
        assert_eq!(
            stated.ties().len() + implied.len(),
            wider.ties().len(),
            "stated ties stay"
        );
    }

    #[test]
    fn a_hall_ties_those_who_meet_there_and_a_larger_circle_less() {
        let mut directory = three();
        let hall = |number| Location {
            id: LocationId(id(number)),
            name: Some("Hall".to_owned()),
            ..Location::default()
        };
        meet_at(&mut directory, hall(7), &[0, 1]);
        check(&directory, &[(0, 1, Sharing::Venue, 0.3)]);
        meet_at(&mut directory, hall(8), &[0, 1, 2]);
        let both = 1.0 - 0.7 * 0.85;
        check(
            &directory,
            &[
                (0, 1, Sharing::Venue, both),
                (0, 2, Sharing::Venue, 0.15),
                (1, 2, Sharing::Venue, 0.15),
            ],
        );
    }

    #[test]
    fn one_address_under_two_ids_is_one_venue_and_a_confidential_one_is_none() {
        let mut directory = three();
        let at = |number, confidential| Location {
            id: LocationId(id(number)),
            confidential,
            addresses: vec![Address {
                address_1: Some("1 Invented Road".to_owned()),
                postal_code: Some("SW12 9QX".to_owned()),
                ..Address::default()
            }],
            ..Location::default()
        };
        meet_at(&mut directory, at(7, false), &[0]);
        meet_at(&mut directory, at(8, false), &[1]);
        meet_at(&mut directory, at(9, true), &[2]);
        check(&directory, &[(0, 1, Sharing::Venue, 0.3)]);
    }

    #[test]
    fn programmes_funders_and_bodies_tie_and_a_stated_tie_needs_no_more() {
        let mut directory = three();
        for (number, program, funder) in
            [(0, "Warm Rooms", "The Fund"), (1, "warm rooms", "the fund")]
        {
            let organization = Organization {
                id: id(number).into(),
                name: format!("Group {number}"),
                parent_organization_id: Some(id(2).into()),
                programs: vec![Program {
                    name: program.to_owned(),
                    ..Program::default()
                }],
                funding: vec![Funding {
                    source: Some(funder.to_owned()),
                    ..Funding::default()
                }],
                ..Organization::default()
            };
            put(&mut directory, organization);
        }
        let implied = [
            (0, 1, Sharing::Programme, 0.3),
            (0, 1, Sharing::Body, 0.1),
            (0, 1, Sharing::Funder, 0.1),
            (0, 2, Sharing::Body, 0.1),
            (1, 2, Sharing::Body, 0.1),
        ];
        check(&directory, &implied);
        let partnership = Partnership {
            id: id(99).into(),
            from: id(0).into(),
            to: id(1).into(),
            kind: PartnershipKind::Supports,
            ..Partnership::default()
        };
        put(&mut directory, partnership);
        check(&directory, &implied[3..]);
    }
}
