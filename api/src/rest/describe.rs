//! From records to the shapes that go out. Where a location is confidential,
//! what would tell where it is stays here: [`location`] and [`address`] are
//! the only doors.

use causeway_engine::model::{
    AccessFeature, Address, AddressKind, Answer, Contact, Frequency, Location, LocationId,
    Organization, OrganizationId, Partnership, Phone, Schedule, Service, ServiceAtLocation,
    ServiceAtLocationId,
};
use causeway_engine::snapshot::{Cost, PlaceFacts, Snapshot};

use super::wire::{
    AccessAnswer, AddressGiven, ConceptOf, ContactGiven, CostGiven, CostOptionGiven, LanguageGiven,
    LocationSummary, MatchedService, NamedOrganization, OpeningGiven, PartnershipOf, PhoneGiven,
    Referring, ScheduleGiven, ServiceAt, ServiceSummary,
};

/// Concepts less sure than this are guesses that help ranking and mislead readers.
const SHOWN: f64 = 0.3;

/// An organization by id and name; none where it is not in the directory.
#[must_use]
pub fn organization(snapshot: &Snapshot, id: OrganizationId) -> Option<NamedOrganization> {
    snapshot.directory.organizations.find(id).map(named)
}

fn named(organization: &Organization) -> NamedOrganization {
    NamedOrganization {
        id: organization.id.0,
        name: organization.name.clone(),
    }
}

/// A location without anything that tells where it is, where it is confidential.
#[must_use]
pub fn location(record: &Location) -> LocationSummary {
    let open = !record.confidential;
    LocationSummary {
        id: record.id.0,
        name: record.name.clone().filter(|_| open),
        postcode: visited(record)
            .and_then(|address| address.postal_code.clone())
            .filter(|_| open),
        latitude: record.latitude.filter(|_| open),
        longitude: record.longitude.filter(|_| open),
        confidential: record.confidential,
    }
}

/// The address to go to; none where it is confidential.
#[must_use]
pub fn address(record: &Location) -> Option<AddressGiven> {
    if record.confidential {
        return None;
    }
    let address = visited(record)?;
    Some(AddressGiven {
        attention: address.attention.clone(),
        address_1: address.address_1.clone(),
        address_2: address.address_2.clone(),
        city: address.city.clone(),
        region: address.region.clone(),
        state_province: address.state_province.clone(),
        postal_code: address.postal_code.clone(),
        country: address.country.clone(),
    })
}

fn visited(record: &Location) -> Option<&Address> {
    record
        .addresses
        .iter()
        .find(|address| address.kind == AddressKind::Physical)
        .or_else(|| record.addresses.first())
}

/// A service as a match and its own page show it, seen at one of its places.
#[must_use]
pub fn service(
    snapshot: &Snapshot,
    record: &Service,
    at: Option<ServiceAtLocationId>,
    place: Option<LocationId>,
) -> MatchedService {
    let directory = &snapshot.directory;
    let at = at.and_then(|id| directory.services_at_locations.find(id));
    let place = place.and_then(|id| directory.locations.find(id));
    let facts = snapshot
        .facts
        .number(record.id)
        .map(|number| &snapshot.facts.services[number as usize]);
    let here = snapshot.facts.number(record.id).and_then(|number| {
        snapshot
            .facts
            .places_of(number)
            .iter()
            .find(|facts| facts.location == place.map(|place| place.id))
    });
    let there = at.map(|at| (&at.contacts, &at.phones));
    MatchedService {
        id: record.id.0,
        name: record.name.clone(),
        alternate_name: record.alternate_name.clone(),
        description: record.description.clone(),
        url: record.url.clone(),
        status: record.status.name(),
        alert: record.alert.clone(),
        email: record.email.clone(),
        contacts: there
            .into_iter()
            .flat_map(|(contacts, _)| contacts)
            .chain(&record.contacts)
            .map(contact)
            .collect(),
        phones: there
            .into_iter()
            .flat_map(|(_, phones)| phones)
            .chain(&record.phones)
            .map(phone)
            .collect(),
        address: place.and_then(address),
        opening: opening(record, at),
        cost: cost(record, facts.map(|facts| facts.cost)),
        how_to_refer: referring(record),
        last_checked: facts
            .and_then(|facts| facts.assured)
            .map(|day| day.to_string()),
        concepts: facts
            .into_iter()
            .flat_map(|facts| &facts.concepts)
            .filter(|concept| concept.tagged || concept.confidence >= SHOWN)
            .map(|concept| {
                let known = snapshot.lexicon.concept(concept.concept);
                ConceptOf {
                    id: known.id.clone(),
                    name: known.name.clone(),
                    source: if concept.tagged { "tagged" } else { "inferred" },
                    confidence: concept.confidence,
                }
            })
            .collect(),
        languages: record
            .languages
            .iter()
            .map(|language| LanguageGiven {
                code: language.code.clone(),
                name: language.name.clone(),
                note: language.note.clone(),
            })
            .collect(),
        interpretation_services: record.interpretation_services.clone(),
        accessibility: here.map(access).unwrap_or_default(),
    }
}

/// What is known about access at a place.
fn access(place: &PlaceFacts) -> Vec<AccessAnswer> {
    AccessFeature::ALL
        .into_iter()
        .filter_map(|feature| {
            let answer = match place.access(feature) {
                Answer::Yes => "yes",
                Answer::No => "no",
                Answer::Unknown => return None,
            };
            Some(AccessAnswer {
                feature: feature.name(),
                answer,
            })
        })
        .collect()
}

fn referring(record: &Service) -> Referring {
    Referring {
        application_process: record.application_process.clone(),
        eligibility: record.eligibility_description.clone(),
        minimum_age: record.minimum_age,
        maximum_age: record.maximum_age,
        wait_time: record.wait_time.clone(),
        required_documents: record
            .required_documents
            .iter()
            .filter_map(|paper| paper.document.clone())
            .collect(),
    }
}

fn cost(record: &Service, known: Option<Cost>) -> CostGiven {
    CostGiven {
        free: match known.unwrap_or_default() {
            Cost::Free => "yes",
            Cost::Pounds(_) => "no",
            Cost::Unknown => "unknown",
        },
        words: record.fees_description.clone(),
        options: record
            .cost_options
            .iter()
            .map(|option| CostOptionGiven {
                option: option.option.clone(),
                amount: option.amount,
                currency: option.currency.clone(),
                amount_description: option.amount_description.clone(),
            })
            .collect(),
    }
}

/// A telephone number.
#[must_use]
pub fn phone(record: &Phone) -> PhoneGiven {
    PhoneGiven {
        number: record.number.clone(),
        extension: record.extension.clone(),
        kind: record.kind.clone(),
        description: record.description.clone(),
    }
}

/// Whom to ask.
#[must_use]
pub fn contact(record: &Contact) -> ContactGiven {
    ContactGiven {
        name: record.name.clone(),
        title: record.title.clone(),
        department: record.department.clone(),
        email: record.email.clone(),
        phones: record.phones.iter().map(phone).collect(),
    }
}

/// When a service is open at a place: as it says there, else as it says everywhere.
fn opening(record: &Service, at: Option<&ServiceAtLocation>) -> OpeningGiven {
    let there = at.map(|at| &at.schedules).filter(|own| !own.is_empty());
    let schedules = there.unwrap_or(&record.schedules);
    OpeningGiven {
        words: schedules.iter().filter_map(words).collect(),
        schedules: schedules.iter().map(schedule).collect(),
    }
}

fn schedule(record: &Schedule) -> ScheduleGiven {
    let clock = |time: Option<jiff::civil::Time>| time.map(|t| t.strftime("%H:%M").to_string());
    ScheduleGiven {
        freq: record.freq.map(|freq| match freq {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        }),
        interval: record.interval,
        byday: record.byday.clone(),
        bymonthday: record.bymonthday.clone(),
        opens_at: clock(record.opens_at),
        closes_at: clock(record.closes_at),
        valid_from: record.valid_from.map(|day| day.to_string()),
        valid_to: record.valid_to.map(|day| day.to_string()),
        description: record.description.clone(),
        notes: record.notes.clone(),
    }
}

/// A schedule as a line for people; none where it says nothing.
fn words(record: &Schedule) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if let Some(days) = &record.byday {
        let days: Vec<String> = days.split(',').map(|day| day_words(day.trim())).collect();
        parts.push(days.join(", "));
    } else if record.freq == Some(Frequency::Daily) {
        parts.push("Every day".to_owned());
    }
    let interval = record.interval.unwrap_or(1);
    match record.freq {
        Some(Frequency::Weekly) if interval > 1 => parts.push(format!("every {interval} weeks")),
        Some(Frequency::Monthly) if interval > 1 => parts.push(format!("every {interval} months")),
        Some(Frequency::Monthly) => parts.push("of each month".to_owned()),
        _ => {}
    }
    match (record.opens_at, record.closes_at) {
        (Some(from), Some(to)) => parts.push(format!(
            "{} to {}",
            from.strftime("%H:%M"),
            to.strftime("%H:%M")
        )),
        (Some(from), None) => parts.push(format!("from {}", from.strftime("%H:%M"))),
        (None, Some(to)) => parts.push(format!("until {}", to.strftime("%H:%M"))),
        (None, None) => {}
    }
    let line = parts.join(" ");
    let described = record.description.as_deref().unwrap_or_default();
    match (line.is_empty(), described.is_empty()) {
        (true, true) => None,
        (true, false) => Some(described.to_owned()),
        (false, true) => Some(line),
        (false, false) => Some(format!("{line} ({described})")),
    }
}

/// `MO` is Monday, `1TU` the first Tuesday, `-1FR` the last Friday.
fn day_words(code: &str) -> String {
    let at = code.len().saturating_sub(2);
    let (Some(ordinal), Some(day)) = (code.get(..at), code.get(at..)) else {
        return code.to_owned();
    };
    let name = match day {
        "MO" => "Monday",
        "TU" => "Tuesday",
        "WE" => "Wednesday",
        "TH" => "Thursday",
        "FR" => "Friday",
        "SA" => "Saturday",
        "SU" => "Sunday",
        _ => return code.to_owned(),
    };
    match ordinal {
        "" => name.to_owned(),
        "1" | "+1" => format!("first {name}"),
        "2" | "+2" => format!("second {name}"),
        "3" | "+3" => format!("third {name}"),
        "4" | "+4" => format!("fourth {name}"),
        "5" | "+5" => format!("fifth {name}"),
        "-1" => format!("last {name}"),
        "-2" => format!("last but one {name}"),
        _ => code.to_owned(),
    }
}

/// A service in a list, seen at a place.
#[must_use]
pub fn summary(
    snapshot: &Snapshot,
    record: &Service,
    place: Option<LocationId>,
    distance_m: Option<f64>,
) -> ServiceSummary {
    ServiceSummary {
        id: record.id.0,
        name: record.name.clone(),
        description: record.description.clone(),
        status: record.status.name(),
        url: record.url.clone(),
        organization: record
            .organization_id
            .and_then(|id| organization(snapshot, id)),
        location: place
            .and_then(|id| snapshot.directory.locations.find(id))
            .map(location),
        distance_m,
    }
}

/// The places of a service.
#[must_use]
pub fn places(snapshot: &Snapshot, record: &Service) -> Vec<ServiceAt> {
    let directory = &snapshot.directory;
    let Some(number) = snapshot.facts.number(record.id) else {
        return Vec::new();
    };
    snapshot
        .facts
        .places_of(number)
        .iter()
        .filter_map(|facts| {
            let place = directory.locations.find(facts.location?)?;
            let at = facts
                .service_at_location
                .and_then(|id| directory.services_at_locations.find(id));
            Some(ServiceAt {
                location: location(place),
                address: address(place),
                transportation: place.transportation.clone().filter(|_| !place.confidential),
                opening: opening(record, at),
                accessibility: access(facts),
                phones: at
                    .into_iter()
                    .flat_map(|at| &at.phones)
                    .chain(&place.phones)
                    .map(phone)
                    .collect(),
            })
        })
        .collect()
}

/// Names of the areas a service serves, as the source writes them.
#[must_use]
pub fn service_areas(snapshot: &Snapshot, record: &Service) -> Vec<String> {
    let directory = &snapshot.directory;
    let number = snapshot.facts.number(record.id);
    let there = number
        .into_iter()
        .flat_map(|number| snapshot.facts.places_of(number))
        .filter_map(|facts| {
            directory
                .services_at_locations
                .find(facts.service_at_location?)
        })
        .flat_map(|at| &at.service_areas);
    let mut areas: Vec<String> = record
        .service_areas
        .iter()
        .chain(there)
        .filter_map(|area| area.name.clone().or_else(|| area.description.clone()))
        .collect();
    areas.sort();
    areas.dedup();
    areas
}

/// The partnerships of an organization: those that hold first, then by the
/// other's name.
#[must_use]
pub fn partnerships(snapshot: &Snapshot, id: OrganizationId) -> Vec<PartnershipOf> {
    let mut found: Vec<(bool, String, PartnershipOf)> = snapshot
        .directory
        .partnerships
        .iter()
        .filter(|partnership| partnership.from == id || partnership.to == id)
        .filter_map(|partnership| {
            let told = partnership_of(snapshot, partnership)?;
            let other = if partnership.from == id {
                &told.to
            } else {
                &told.from
            };
            Some((told.ended, other.name.to_lowercase(), told))
        })
        .collect();
    found.sort_by(|a, b| (a.0, &a.1, a.2.id).cmp(&(b.0, &b.1, b.2.id)));
    found.into_iter().map(|(_, _, told)| told).collect()
}

fn partnership_of(snapshot: &Snapshot, partnership: &Partnership) -> Option<PartnershipOf> {
    Some(PartnershipOf {
        id: partnership.id.0,
        kind: partnership.kind.name(),
        from: organization(snapshot, partnership.from)?,
        to: organization(snapshot, partnership.to)?,
        directed: partnership.is_directed(),
        since: partnership.since.map(|day| day.to_string()),
        until: partnership.until.map(|day| day.to_string()),
        ended: partnership.has_ended(snapshot.today),
        strength: partnership.strength,
        source: partnership.source.clone(),
        note: partnership.note.clone(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    fn check(byday: &str, freq: Frequency, interval: Option<u32>, expected: &str) {
        let schedule = Schedule {
            freq: Some(freq),
            interval,
            byday: Some(byday.to_owned()),
            opens_at: Some(time(10, 0, 0, 0)),
            closes_at: Some(time(12, 30, 0, 0)),
            ..Schedule::default()
        };
        assert_eq!(words(&schedule).as_deref(), Some(expected));
    }

    #[test]
    fn schedules_read_as_people_say_them() {
        check(
            "MO,WE",
            Frequency::Weekly,
            None,
            "Monday, Wednesday 10:00 to 12:30",
        );
        check(
            "1TU",
            Frequency::Monthly,
            None,
            "first Tuesday of each month 10:00 to 12:30",
        );
        check(
            "FR",
            Frequency::Weekly,
            Some(2),
            "Friday every 2 weeks 10:00 to 12:30",
        );
        assert_eq!(words(&Schedule::default()), None);
    }
}
