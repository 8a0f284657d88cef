//! The parts that organizations, services and matches share.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An organization by id and name.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NamedOrganization {
    /// Its id.
    #[schema(example = "5b0e4a55-9c55-4a05-8e0a-1d1237d1c64f")]
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Balham Baptist Church")]
    pub name: String,
}

/// A location by id and name, with where it is unless that is confidential.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LocationSummary {
    /// Its id.
    #[schema(example = "0c9c55ca-05e0-4a1d-9237-d1c64f05b0e4")]
    pub id: Uuid,
    /// Its name. Null where it is confidential.
    #[schema(example = "Church hall")]
    pub name: Option<String>,
    /// Its postcode. Null where it is confidential.
    #[schema(example = "SW12 9QX")]
    pub postcode: Option<String>,
    /// WGS84 degrees north. Null where it is confidential.
    #[schema(example = 51.4435)]
    pub latitude: Option<f64>,
    /// WGS84 degrees east. Null where it is confidential.
    #[schema(example = -0.1525)]
    pub longitude: Option<f64>,
    /// Whether where it is must not be told: the service says how to get there.
    #[schema(example = false)]
    pub confidential: bool,
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AddressGiven {
    /// For whose attention.
    #[schema(example = "The Manager")]
    pub attention: Option<String>,
    /// First line.
    #[schema(example = "21 Ramsden Road")]
    pub address_1: Option<String>,
    /// Second line.
    #[schema(example = "First floor")]
    pub address_2: Option<String>,
    /// Town.
    #[schema(example = "London")]
    pub city: Option<String>,
    /// Region.
    #[schema(example = "Wandsworth")]
    pub region: Option<String>,
    /// County or state.
    #[schema(example = "Greater London")]
    pub state_province: Option<String>,
    /// Postcode.
    #[schema(example = "SW12 9QX")]
    pub postal_code: Option<String>,
    /// ISO 3166 code of the country.
    #[schema(example = "GB")]
    pub country: Option<String>,
}

/// A post or a desk that can be asked.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContactGiven {
    /// Who.
    #[schema(example = "Front desk")]
    pub name: Option<String>,
    /// The post.
    #[schema(example = "Coordinator")]
    pub title: Option<String>,
    /// The part of the organization.
    #[schema(example = "Advice")]
    pub department: Option<String>,
    /// An address to write to.
    #[schema(example = "hello@example.org")]
    pub email: Option<String>,
    /// Numbers to call.
    pub phones: Vec<PhoneGiven>,
}

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PhoneGiven {
    /// As the source writes it.
    #[schema(example = "020 7946 0123")]
    pub number: String,
    /// The extension.
    #[schema(example = "12")]
    pub extension: Option<String>,
    /// `voice`, `fax`, `text`, `textphone` …
    #[serde(rename = "type")]
    #[schema(example = "voice")]
    pub kind: Option<String>,
    /// What it is for.
    #[schema(example = "Referrals")]
    pub description: Option<String>,
}

/// A language.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LanguageGiven {
    /// BCP 47 code, where it is known.
    #[schema(example = "ur")]
    pub code: Option<String>,
    /// Its name, as the source writes it.
    #[schema(example = "Urdu")]
    pub name: Option<String>,
    /// For example `interpreter on request`.
    #[schema(example = "on Tuesdays")]
    pub note: Option<String>,
}

/// When something is open.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
pub struct OpeningGiven {
    /// A line for each schedule. Empty: the source does not say.
    #[schema(example = json!(["Monday, Wednesday 10:00 to 12:00"]))]
    pub words: Vec<String>,
    /// The same in parts.
    pub schedules: Vec<ScheduleGiven>,
}

/// One recurring opening, as HSDS borrows it from RFC 5545.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScheduleGiven {
    /// `DAILY`, `WEEKLY`, `MONTHLY` or `YEARLY`.
    #[schema(example = "WEEKLY")]
    pub freq: Option<&'static str>,
    /// Every how many weeks or months.
    #[schema(example = 1)]
    pub interval: Option<u32>,
    /// Weekdays, with ordinals where only some of a month are meant.
    #[schema(example = "MO,WE")]
    pub byday: Option<String>,
    /// Days of the month.
    #[schema(example = "1,15")]
    pub bymonthday: Option<String>,
    /// Opening time, local.
    #[schema(example = "10:00")]
    pub opens_at: Option<String>,
    /// Closing time, local. Not after `opens_at`: on the next day.
    #[schema(example = "12:00")]
    pub closes_at: Option<String>,
    /// First day on which it holds.
    #[schema(example = "2026-09-01")]
    pub valid_from: Option<String>,
    /// Last day on which it holds.
    #[schema(example = "2027-07-31")]
    pub valid_to: Option<String>,
    /// In words.
    #[schema(example = "Drop-in")]
    pub description: Option<String>,
    /// Notes.
    #[schema(example = "Not on bank holidays")]
    pub notes: Option<String>,
}

/// What a service costs.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CostGiven {
    /// `yes`, `no` or `unknown`.
    #[schema(example = "yes")]
    pub free: &'static str,
    /// In words.
    #[schema(example = "Free, donations welcome")]
    pub words: Option<String>,
    /// The prices.
    pub options: Vec<CostOptionGiven>,
}

/// One price.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CostOptionGiven {
    /// For whom or for what.
    #[schema(example = "concession")]
    pub option: Option<String>,
    /// The sum, in units of the currency.
    #[schema(example = 2.5)]
    pub amount: Option<f64>,
    /// ISO 4217 code.
    #[schema(example = "GBP")]
    pub currency: Option<String>,
    /// In words.
    #[schema(example = "per session")]
    pub amount_description: Option<String>,
}

/// How one gets into a service, and who may.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Referring {
    /// How to get in.
    #[schema(example = "Call, or come on Monday morning")]
    pub application_process: Option<String>,
    /// Who may come, in words.
    #[schema(example = "Residents of Wandsworth")]
    pub eligibility: Option<String>,
    /// Youngest age, years.
    #[schema(example = 18.0)]
    pub minimum_age: Option<f64>,
    /// Oldest age, years.
    #[schema(example = 25.0)]
    pub maximum_age: Option<f64>,
    /// Waiting time, in words.
    #[schema(example = "about two weeks")]
    pub wait_time: Option<String>,
    /// Papers to bring.
    #[schema(example = json!(["Proof of address"]))]
    pub required_documents: Vec<String>,
}

/// A concept that a service does, with how it is known.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ConceptOf {
    /// Its id in the lexicon.
    #[schema(example = "food-bank")]
    pub id: String,
    /// Its plain name.
    #[schema(example = "Food bank")]
    pub name: String,
    /// `tagged` where a taxonomy term of the record says so, `inferred` where it was read out of words.
    #[schema(example = "inferred")]
    pub source: &'static str,
    /// How sure, 0 to 1.
    #[schema(example = 0.8)]
    pub confidence: f64,
}

/// What is known of one need for access.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AccessAnswer {
    /// Its name, as in a request.
    #[schema(example = "step-free")]
    pub feature: &'static str,
    /// `yes` or `no`. What nobody said is not listed: it is unknown.
    #[schema(example = "yes")]
    pub answer: &'static str,
}

/// A number under which an organization is registered.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Identifier {
    /// The register.
    #[schema(example = "GB-CHC")]
    pub scheme: Option<String>,
    /// The kind of number, in words.
    #[schema(example = "charity number")]
    pub kind: String,
    /// The number.
    #[schema(example = "1234567")]
    pub identifier: String,
}
