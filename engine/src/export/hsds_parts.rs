//! The parts that HSDS 3.1 objects share, under its names. The model's own
//! fields may be renamed; these may not.

#![expect(clippy::struct_field_names, reason = "HSDS names the fields")]

use jiff::civil::Time;
use serde::Serialize;
use serde_with::skip_serializing_none;
use uuid::Uuid;

use crate::model::{self, AddressKind, Frequency};

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident($part:ident) { $($field:ident: $type:ty = $value:expr,)* })*) => {$(
        $(#[$doc])*
        #[skip_serializing_none]
        #[derive(Debug, Clone, PartialEq, Serialize)]
        pub(super) struct $name { $($field: $type,)* }

        impl From<&model::$name> for $name {
            fn from($part: &model::$name) -> Self {
                Self { $($field: $value,)* }
            }
        }
    )*};
}

parts! {
    /// A further web address.
    Url(part) {
        id: Uuid = part.id,
        label: Option<String> = part.label.clone(),
        url: String = part.url.clone(),
    }
    /// Where money comes from.
    Funding(part) {
        id: Uuid = part.id,
        source: Option<String> = part.source.clone(),
    }
    /// A language.
    Language(part) {
        id: Uuid = part.id,
        name: Option<String> = part.name.clone(),
        code: Option<String> = part.code.clone(),
        note: Option<String> = part.note.clone(),
    }
    /// A telephone number.
    Phone(part) {
        id: Uuid = part.id,
        number: String = part.number.clone(),
        extension: Option<Extension> = part.extension.as_deref().map(Extension::of),
        r#type: Option<String> = part.kind.clone(),
        description: Option<String> = part.description.clone(),
        languages: Option<Vec<Language>> = listed(&part.languages),
    }
    /// A post or a desk.
    Contact(part) {
        id: Uuid = part.id,
        name: Option<String> = part.name.clone(),
        title: Option<String> = part.title.clone(),
        department: Option<String> = part.department.clone(),
        email: Option<String> = part.email.clone(),
        phones: Option<Vec<Phone>> = listed(&part.phones),
    }
    /// A registered number.
    OrganizationIdentifier(part) {
        id: Uuid = part.id,
        identifier_scheme: Option<String> = part.scheme.clone(),
        identifier_type: String = part.kind.clone(),
        identifier: String = part.identifier.clone(),
    }
    /// A programme.
    Program(part) {
        id: Uuid = part.id,
        name: String = part.name.clone(),
        alternate_name: Option<String> = part.alternate_name.clone(),
        description: Option<String> = part.description.clone(),
    }
    /// A postal address.
    Address(part) {
        id: Uuid = part.id,
        attention: Option<String> = part.attention.clone(),
        address_1: Option<String> = part.address_1.clone(),
        address_2: Option<String> = part.address_2.clone(),
        city: Option<String> = part.city.clone(),
        region: Option<String> = part.region.clone(),
        state_province: Option<String> = part.state_province.clone(),
        postal_code: Option<String> = part.postal_code.clone(),
        country: Option<String> = part.country.clone(),
        address_type: &'static str = match part.kind {
            AddressKind::Physical => "physical",
            AddressKind::Postal => "postal",
            AddressKind::Virtual => "virtual",
        },
    }
    /// What is said about access.
    Accessibility(part) {
        id: Uuid = part.id,
        description: Option<String> = part.description.clone(),
        details: Option<String> = part.details.clone(),
        url: Option<String> = part.url.clone(),
    }
    /// When something is open.
    Schedule(part) {
        id: Uuid = part.id,
        valid_from: Option<String> = part.valid_from.map(|day| day.to_string()),
        valid_to: Option<String> = part.valid_to.map(|day| day.to_string()),
        dtstart: Option<String> = part.dtstart.map(|day| day.to_string()),
        timezone: Option<f64> = part.timezone,
        until: Option<String> = part.until.map(|day| day.to_string()),
        count: Option<u32> = part.count,
        wkst: Option<String> = part.wkst.clone(),
        freq: Option<&'static str> = part.freq.map(|freq| match freq {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        }),
        interval: Option<u32> = part.interval,
        byday: Option<String> = part.byday.clone(),
        byweekno: Option<String> = part.byweekno.clone(),
        bymonthday: Option<String> = part.bymonthday.clone(),
        byyearday: Option<String> = part.byyearday.clone(),
        description: Option<String> = part.description.clone(),
        opens_at: Option<String> = part.opens_at.map(time),
        closes_at: Option<String> = part.closes_at.map(time),
        schedule_link: Option<String> = part.schedule_link.clone(),
        attending_type: Option<String> = part.attending_type.clone(),
        notes: Option<String> = part.notes.clone(),
    }
    /// Where the people live whom a service serves.
    ServiceArea(part) {
        id: Uuid = part.id,
        name: Option<String> = part.name.clone(),
        description: Option<String> = part.description.clone(),
        extent: Option<String> = part.extent.clone(),
        extent_type: Option<String> = part.extent_type.clone(),
        uri: Option<String> = part.uri.clone(),
    }
    /// What a service costs.
    CostOption(part) {
        id: Uuid = part.id,
        valid_from: Option<String> = part.valid_from.map(|day| day.to_string()),
        valid_to: Option<String> = part.valid_to.map(|day| day.to_string()),
        option: Option<String> = part.option.clone(),
        currency: Option<String> = part.currency.clone(),
        amount: Option<f64> = part.amount,
        amount_description: Option<String> = part.amount_description.clone(),
    }
    /// A paper to bring.
    RequiredDocument(part) {
        id: Uuid = part.id,
        document: Option<String> = part.document.clone(),
        uri: Option<String> = part.uri.clone(),
    }
    /// What a capacity counts.
    Unit(part) {
        id: Uuid = part.id,
        name: String = part.name.clone(),
        scheme: Option<String> = part.scheme.clone(),
        identifier: Option<String> = part.identifier.clone(),
        uri: Option<String> = part.uri.clone(),
    }
    /// How many a service can take.
    ServiceCapacity(part) {
        id: Uuid = part.id,
        unit: Option<Unit> = part.unit.as_ref().map(Unit::from),
        available: Option<f64> = part.available,
        maximum: Option<f64> = part.maximum,
        description: Option<String> = part.description.clone(),
        updated: Option<String> = part.updated.map(|moment| moment.to_string()),
    }
    /// A list of terms.
    Taxonomy(part) {
        id: Uuid = part.id.0,
        name: String = part.name.clone(),
        description: Option<String> = part.description.clone(),
        uri: Option<String> = part.uri.clone(),
        version: Option<String> = part.version.clone(),
    }
}

/// The shapes of a list; none where it is empty.
pub(super) fn listed<'a, T, W: From<&'a T>>(parts: &'a [T]) -> Option<Vec<W>> {
    (!parts.is_empty()).then(|| parts.iter().map(W::from).collect())
}

/// `HH:MM`, with seconds only where there are any.
fn time(time: Time) -> String {
    let text = time.to_string();
    text.strip_suffix(":00").map(str::to_owned).unwrap_or(text)
}

/// An extension is a number in HSDS; one that a number cannot hold, such as
/// `007`, stays text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Extension {
    Number(u64),
    Text(String),
}

impl Extension {
    fn of(text: &str) -> Self {
        match text.parse::<u64>() {
            Ok(number) if number.to_string() == text => Self::Number(number),
            _ => Self::Text(text.to_owned()),
        }
    }
}
