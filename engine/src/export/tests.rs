use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::*;
use crate::model::{Entry, Location, Offer, Organization, Provenance, Record, Service};

fn id(n: u32) -> String {
    format!("00000000-0000-4000-8000-{n:012}")
}

/// A record with that in its fields; all texts begin with `t-`.
fn record<T: DeserializeOwned + Into<Record>>(fields: Value) -> Record {
    serde_json::from_value::<T>(fields).unwrap().into()
}

fn put(directory: &mut Directory, record: Record) {
    directory.put(Entry {
        record,
        provenance: Provenance::default(),
    });
}

fn text_of(directory: &Directory) -> String {
    export(directory)
        .map(|file| String::from_utf8(file.unwrap().bytes).unwrap())
        .collect()
}

fn phones() -> Value {
    json!([{"id": id(90), "number": "t-number", "extension": "007", "kind": "t-voice",
        "description": "t-desk", "languages": [{"id": id(91), "name": "t-Bengali", "code": "t-bn", "note": "t-on request"}]}])
}

fn contacts() -> Value {
    json!([{"id": id(92), "name": "t-name", "title": "t-post", "department": "t-part",
        "email": "t-mail", "phones": phones()}])
}

fn full_service() -> Value {
    let mut service = json!({
        "id": id(1), "organization_id": id(2), "program_id": id(3), "name": "t-service",
        "minimum_age": 17.25, "maximum_age": 24.75, "assured_date": "2026-01-02",
        "last_modified": "2026-01-03T04:05:06Z", "status": "temporarily_closed",
        "phones": phones(), "contacts": contacts(),
        "additional_urls": [{"id": id(10), "label": "t-label", "url": "t-more"}],
        "service_areas": [{"id": id(11), "name": "t-Wandsworth", "description": "t-all", "extent": "t-extent",
            "extent_type": "t-type", "uri": "t-area-uri"}],
        "languages": [{"id": id(12), "name": "t-Polish"}],
        "funding": [{"id": id(13), "source": "t-lottery"}],
        "cost_options": [{"id": id(14), "valid_from": "2025-01-01", "valid_to": "2025-12-31", "option": "t-option",
            "currency": "t-GBP", "amount": 3.25, "amount_description": "t-each"}],
        "required_documents": [{"id": id(15), "document": "t-paper", "uri": "t-paper-uri"}],
        "capacities": [{"id": id(16), "available": 7.125, "maximum": 9.125, "description": "t-beds",
            "updated": "2026-02-03T04:05:06Z",
            "unit": {"id": id(17), "name": "t-places", "scheme": "t-scheme", "identifier": "t-code", "uri": "t-unit-uri"}}],
        "schedules": [{"id": id(18), "valid_from": "2026-03-01", "valid_to": "2026-03-31", "dtstart": "2026-03-02",
            "timezone": 1.5, "until": "2026-03-30", "count": 11, "wkst": "t-MO", "freq": "MONTHLY", "interval": 13,
            "byday": "t-2WE", "byweekno": "t-12", "bymonthday": "t-15", "byyearday": "t-100", "description": "t-words",
            "opens_at": "09:30:00", "closes_at": "17:00:30", "schedule_link": "t-link", "attending_type": "t-online",
            "notes": "t-notes"}],
        "attributes": [{"id": id(19), "taxonomy_term_id": id(4), "link_type": "t-link-type", "label": "t-attribute",
            "value": "t-value"}],
    });
    for field in [
        "alternate_name",
        "description",
        "url",
        "email",
        "interpretation_services",
        "application_process",
        "fees_description",
        "wait_time",
        "accreditations",
        "licenses",
        "eligibility_description",
        "assurer_email",
        "alert",
    ] {
        service[field] = format!("t-s-{field}").into();
    }
    service
}

fn full_organization() -> Value {
    let mut organization = json!({
        "id": id(2), "name": "t-organization", "year_incorporated": 1987, "parent_organization_id": id(20),
        "additional_websites": [{"id": id(21), "label": "t-blog", "url": "t-blog-url"}],
        "identifiers": [{"id": id(22), "scheme": "t-GB-CHC", "kind": "t-charity", "identifier": "t-1234567"}],
        "programs": [{"id": id(3), "name": "t-programme", "alternate_name": "t-other", "description": "t-about"}],
        "funding": [{"id": id(23), "source": "t-council"}],
        "contacts": contacts(), "phones": phones(),
        "attributes": [{"id": id(24), "label": "t-size", "value": "t-small"}],
    });
    for field in [
        "alternate_name",
        "description",
        "email",
        "website",
        "tax_status",
        "tax_id",
        "legal_status",
        "logo",
        "uri",
    ] {
        organization[field] = format!("t-o-{field}").into();
    }
    organization
}

fn full_location() -> Value {
    let mut location = json!({
        "id": id(5), "kind": "virtual", "organization_id": id(2), "latitude": 51.4321, "longitude": -0.1234,
        "languages": [{"id": id(30), "name": "t-Urdu"}], "contacts": contacts(), "phones": phones(),
        "addresses": [{"id": id(31), "attention": "t-attention", "address_1": "t-line 1", "address_2": "t-line 2",
            "city": "t-London", "region": "t-region", "state_province": "t-county", "postal_code": "t-SW17",
            "country": "t-GB", "kind": "postal"}],
        "accessibility": [{"id": id(32), "description": "t-ramp", "details": "t-steep", "url": "t-ramp-url"}],
        "schedules": [{"id": id(33), "byday": "t-SA"}],
        "attributes": [{"id": id(34), "label": "t-floor", "value": "t-2"}],
    });
    for field in [
        "url",
        "name",
        "alternate_name",
        "description",
        "transportation",
        "external_identifier",
        "external_identifier_type",
    ] {
        location[field] = format!("t-l-{field}").into();
    }
    location
}

/// Texts, numbers and ids in a record.
fn leaves(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Number(number) => into.push(number.to_string()),
        Value::Array(values) => values.iter().for_each(|value| leaves(value, into)),
        Value::Object(fields) => fields.values().for_each(|value| leaves(value, into)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[test]
fn all_that_a_record_holds_leaves_with_it() {
    let mut directory = Directory::default();
    let term = json!({"id": id(4), "code": "t-c1", "name": "t-term", "description": "t-meaning", "parent_id": id(40),
        "taxonomy": "t-list", "taxonomy_id": id(41), "language": "t-en", "term_uri": "t-term-uri"});
    let taxonomy = json!({"id": id(41), "name": "t-taxonomy", "description": "t-of needs", "uri": "t-taxonomy-uri",
        "version": "t-9"});
    let link = json!({"id": id(6), "service_id": id(1), "location_id": id(5), "description": "t-upstairs",
        "service_areas": [{"id": id(50), "name": "t-Tooting"}], "contacts": contacts(), "phones": phones(),
        "schedules": [{"id": id(51), "byday": "t-SU"}], "attributes": [{"id": id(52), "label": "t-here"}]});
    let records = [
        full_service(),
        full_organization(),
        full_location(),
        term,
        taxonomy,
        link,
    ];
    put(&mut directory, record::<Service>(records[0].clone()));
    put(&mut directory, record::<Organization>(records[1].clone()));
    put(&mut directory, record::<Location>(records[2].clone()));
    put(
        &mut directory,
        record::<crate::model::TaxonomyTerm>(records[3].clone()),
    );
    put(
        &mut directory,
        record::<crate::model::Taxonomy>(records[4].clone()),
    );
    put(
        &mut directory,
        record::<crate::model::ServiceAtLocation>(records[5].clone()),
    );
    let text = text_of(&directory);
    let mut expected = Vec::new();
    for record in &records {
        leaves(record, &mut expected);
    }
    for leaf in expected {
        let written = match leaf.as_str() {
            "temporarily_closed" => "temporarily closed",
            "09:30:00" => "\"09:30\"",
            leaf => leaf,
        };
        assert!(text.contains(written), "{leaf} did not leave");
    }
}

#[test]
fn where_a_confidential_location_is_does_not_leave() {
    let mut directory = Directory::default();
    let mut fields = full_location();
    fields["confidential"] = true.into();
    put(&mut directory, record::<Location>(fields));
    put(
        &mut directory,
        record::<Offer>(
            json!({"id": id(60), "title": "t-room", "location_id": id(5), "postcode": "SW99 9ZZ",
            "latitude": 51.4321, "longitude": -0.1234}),
        ),
    );
    let text = text_of(&directory);
    for secret in [
        "51.4321",
        "0.1234",
        "t-line 1",
        "t-SW17",
        "SW99",
        "t-l-external",
        "t-l-transportation",
    ] {
        assert!(!text.contains(secret), "{secret} left");
    }
    assert!(text.contains("\"confidential\":true") && text.contains("t-l-name"));
}

#[test]
fn an_empty_directory_gives_no_files_and_the_same_directory_the_same_bytes() {
    assert_eq!(export(&Directory::default()).count(), 0);
    let mut directory = Directory::default();
    for n in [7, 3, 5] {
        put(
            &mut directory,
            record::<Service>(json!({"id": id(n), "name": format!("t-{n}")})),
        );
    }
    let text = text_of(&directory);
    assert_eq!(text, text_of(&directory.clone()));
    assert!(text.find("t-3") < text.find("t-5") && text.find("t-5") < text.find("t-7"));
}
