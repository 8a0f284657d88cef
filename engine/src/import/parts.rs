//! Parts of records: phones, contacts, schedules and the like, under the field
//! names of HSDS 3, HSDS 1 and Open Referral UK 1.

use uuid::Uuid;

use super::item::Item;
use super::reader::Reader;
use super::repair::{self, Read};
use crate::model::{
    Accessibility, Address, AddressKind, Contact, CostOption, Frequency, Funding, Language,
    OrganizationIdentifier, Phone, Program, RequiredDocument, Schedule, ServiceArea,
    ServiceCapacity, Unit, Url,
};

/// A part of a record: it has an id, and may say nothing at all.
pub(super) trait Part:
    Sized + PartialEq + Default + serde::Serialize + serde::de::DeserializeOwned
{
    /// The kind, for derived ids.
    const KIND: &'static str;

    /// Its id.
    fn id(&self) -> Uuid;

    /// Gives it an id.
    fn set_id(&mut self, id: Uuid);

    /// Reads all but its id, under which its own parts get theirs.
    fn read(item: &Item<'_>, id: Uuid, reader: &mut Reader<'_>) -> Self;

    /// Reads it as the nth part of its kind that `owner` has. None, with a
    /// warning, where it says nothing.
    fn of(item: &Item<'_>, owner: Uuid, nth: usize, reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.part_id(item, Self::KIND, owner, nth);
        let mut part = Self::read(item, id, reader);
        if part == Self::default() {
            reader.warn("empty-row", item, Self::KIND, "says nothing, left out");
            return None;
        }
        part.set_id(id);
        Some(part)
    }

    /// Reads all of a field.
    fn all(item: &Item<'_>, names: &[&str], owner: Uuid, reader: &mut Reader<'_>) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for (nth, inner) in item.list(names).iter().enumerate() {
            if let Some(part) = Self::of(inner, owner, nth, reader)
                && !parts.iter().any(|known| known.id() == part.id())
            {
                parts.push(part);
            }
        }
        parts
    }
}

macro_rules! part {
    ($type:ident, $kind:literal, |$item:ident, $id:ident, $reader:ident| $read:expr) => {
        impl Part for $type {
            const KIND: &'static str = $kind;

            fn id(&self) -> Uuid {
                self.id
            }

            fn set_id(&mut self, id: Uuid) {
                self.id = id;
            }

            fn read($item: &Item<'_>, $id: Uuid, $reader: &mut Reader<'_>) -> Self {
                $read
            }
        }
    };
}

part!(Phone, "phone", |item, id, reader| {
    let prefix = reader.text(item, &["country_prefix"]);
    let number = reader.text(item, &["number", "phone_number", "vanity_number"]);
    let number = match (prefix, number) {
        (Some(prefix), Some(number)) => format!("{prefix} {number}"),
        (_, number) => number.unwrap_or_default(),
    };
    Self {
        id: Uuid::nil(),
        // Excel's way to keep a leading zero or plus.
        number: number.trim_matches('"').to_owned(),
        extension: reader.text(item, &["extension", "phone_extension"]),
        kind: reader.text(item, &["type", "number_type"]),
        description: reader.text(item, &["description", "department"]),
        languages: languages(item, id, reader),
    }
});

part!(Contact, "contact", |item, id, reader| Self {
    id: Uuid::nil(),
    name: reader.text(item, &["name"]),
    title: reader.text(item, &["title"]),
    department: reader.text(item, &["department"]),
    email: reader.email(item, &["email"]),
    phones: phones(item, id, reader),
});

part!(Language, "language", |item, _id, reader| {
    let written = reader.text(item, &["name", "language"]);
    let code = reader.text(item, &["code"]);
    // Some feeds put the code where the name belongs.
    let (name, code) = match (written, code) {
        (Some(name), None) if name.len() == 2 && name.chars().all(|c| c.is_ascii_lowercase()) => {
            (None, Some(name))
        }
        other => other,
    };
    Self {
        id: Uuid::nil(),
        name,
        code,
        note: reader.text(item, &["note"]),
    }
});

part!(Funding, "funding", |item, _id, reader| Self {
    id: Uuid::nil(),
    source: reader.text(item, &["source"]),
});

part!(Url, "url", |item, _id, reader| Self {
    id: Uuid::nil(),
    label: reader.text(item, &["label"]),
    url: reader.url(item, &["url"]).unwrap_or_default(),
});

part!(Program, "program", |item, _id, reader| Self {
    id: Uuid::nil(),
    name: reader.text(item, &["name"]).unwrap_or_default(),
    alternate_name: reader.text(item, &["alternate_name"]),
    description: reader.text(item, &["description"]),
});

part!(
    OrganizationIdentifier,
    "organization_identifier",
    |item, _id, reader| Self {
        id: Uuid::nil(),
        scheme: reader.text(item, &["identifier_scheme", "scheme"]),
        kind: reader
            .text(item, &["identifier_type", "type"])
            .unwrap_or_default(),
        identifier: reader.text(item, &["identifier"]).unwrap_or_default(),
    }
);

part!(Accessibility, "accessibility", |item, _id, reader| Self {
    id: Uuid::nil(),
    description: reader.text(item, &["description", "accessibility"]),
    details: reader.text(item, &["details"]),
    url: reader.url(item, &["url"]),
});

part!(
    RequiredDocument,
    "required_document",
    |item, _id, reader| Self {
        id: Uuid::nil(),
        document: reader.text(item, &["document"]),
        uri: reader.url(item, &["uri"]),
    }
);

part!(ServiceArea, "service_area", |item, _id, reader| Self {
    id: Uuid::nil(),
    name: reader.text(item, &["name", "service_area"]),
    description: reader.text(item, &["description"]),
    extent: reader.text(item, &["extent"]),
    extent_type: reader.text(item, &["extent_type"]),
    uri: reader.text(item, &["uri"]),
});

part!(CostOption, "cost_option", |item, _id, reader| Self {
    id: Uuid::nil(),
    valid_from: reader.date(item, &["valid_from"]),
    valid_to: reader.date(item, &["valid_to"]),
    option: reader.text(item, &["option"]),
    currency: reader
        .text(item, &["currency"])
        .map(|currency| currency.to_uppercase()),
    amount: reader.number(item, &["amount"]),
    amount_description: reader.text(item, &["amount_description"]),
});

part!(Unit, "unit", |item, _id, reader| Self {
    id: Uuid::nil(),
    name: reader.text(item, &["name"]).unwrap_or_default(),
    scheme: reader.text(item, &["scheme"]),
    identifier: reader.text(item, &["identifier"]),
    uri: reader.text(item, &["uri"]),
});

part!(ServiceCapacity, "service_capacity", |item, id, reader| {
    Self {
        id: Uuid::nil(),
        unit: item
            .inside(&["unit"])
            .and_then(|unit| Unit::of(&unit, id, 0, reader)),
        available: reader.number(item, &["available"]),
        maximum: reader.number(item, &["maximum"]),
        description: reader.text(item, &["description"]),
        updated: reader.timestamp(item, &["updated"]),
    }
});

part!(Address, "address", |item, _id, reader| {
    let city = reader.text(item, &["city"]);
    let kind = item
        .find(&["address_type"])
        .map(|(_, kind)| kind.trim().to_lowercase());
    Self {
        id: Uuid::nil(),
        attention: reader.text(item, &["attention"]),
        address_1: reader.text(item, &["address_1", "street_address"]),
        address_2: reader.text(item, &["address_2"]),
        city,
        region: reader.text(item, &["region"]),
        state_province: reader.text(item, &["state_province"]),
        postal_code: reader.text(item, &["postal_code", "postcode"]),
        country: reader.text(item, &["country"]),
        kind: match kind.as_deref() {
            Some("postal" | "mailing" | "mail") => AddressKind::Postal,
            Some("virtual") => AddressKind::Virtual,
            _ => AddressKind::Physical,
        },
    }
});

part!(Schedule, "schedule", |item, _id, reader| {
    let weekday = |raw: &str| {
        repair::byday(raw).map(|value| Read {
            repaired: (value != raw).then_some("weekday-repaired"),
            value,
        })
    };
    // The first version names the day alone, which is no slip.
    let plain = |raw: &str| {
        repair::byday(raw).map(|value| Read {
            value,
            repaired: None,
        })
    };
    let named_day = reader.value(item, &["weekday"], "weekday-dropped", plain);
    let freq = item
        .find(&["freq"])
        .map(|(_, freq)| freq.trim().to_uppercase());
    let freq = match freq.as_deref() {
        Some("WEEKLY") => Some(Frequency::Weekly),
        Some("MONTHLY") => Some(Frequency::Monthly),
        Some("DAILY") => Some(Frequency::Daily),
        Some("YEARLY" | "ANNUALLY") => Some(Frequency::Yearly),
        Some(other) => {
            reader.warn(
                "frequency-dropped",
                item,
                "freq",
                format!("'{other}' not understood, left out"),
            );
            None
        }
        None => named_day.as_ref().map(|_| Frequency::Weekly),
    };
    Self {
        id: Uuid::nil(),
        valid_from: reader.date(item, &["valid_from", "start_date"]),
        valid_to: reader.date(item, &["valid_to", "end_date"]),
        dtstart: reader.date(item, &["dtstart"]),
        timezone: reader.number(item, &["timezone"]),
        until: reader.date(item, &["until"]),
        count: reader.count(item, &["count"]),
        wkst: reader.text(item, &["wkst"]),
        freq,
        interval: reader.count(item, &["interval"]),
        byday: named_day.or_else(|| reader.value(item, &["byday"], "weekday-dropped", weekday)),
        byweekno: reader.text(item, &["byweekno"]),
        bymonthday: reader.text(item, &["bymonthday"]),
        byyearday: reader.text(item, &["byyearday"]),
        description: reader.text(item, &["description", "original_text"]),
        opens_at: reader.time(item, &["opens_at", "opens"]),
        closes_at: reader.time(item, &["closes_at", "closes"]),
        schedule_link: reader.url(item, &["schedule_link"]),
        attending_type: reader.text(item, &["attending_type"]),
        notes: reader.text(item, &["notes"]),
    }
});

/// Whether a schedule names a day and nothing else: no hours, no words. Such a
/// row says neither open nor closed.
pub(super) fn says_no_time(schedule: &Schedule) -> bool {
    schedule.opens_at.is_none()
        && schedule.closes_at.is_none()
        && schedule.description.is_none()
        && schedule.notes.is_none()
        && schedule.schedule_link.is_none()
        && schedule.attending_type.is_none()
        && schedule.valid_from.is_none()
}

/// The telephone numbers of an item. One without a number is left out with a warning.
pub(super) fn phones(item: &Item<'_>, owner: Uuid, reader: &mut Reader<'_>) -> Vec<Phone> {
    let mut phones = Phone::all(item, &["phones"], owner, reader);
    phones.retain(|phone| {
        let callable = !phone.number.is_empty();
        if !callable {
            reader.warn("phone-without-number", item, "number", "left out");
        }
        callable
    });
    phones
}

/// The languages of an item, also as text with commas.
pub(super) fn languages(item: &Item<'_>, owner: Uuid, reader: &mut Reader<'_>) -> Vec<Language> {
    Language::all(item, &["languages"], owner, reader)
}
