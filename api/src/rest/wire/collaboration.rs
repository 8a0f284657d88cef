//! Who could work with whom, and what groups offer each other.

use causeway_engine::model::{Offer, OfferId};
use causeway_engine::network as graph;
use causeway_engine::snapshot::Snapshot;
use jiff::civil::Time;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::network::{Paged, organizations};
use super::{NamedOrganization, ReasonGiven};

/// An offer or an ask by id and title.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferSummary {
    /// Its id.
    pub id: Uuid,
    /// `offer` or `ask`.
    #[schema(example = "offer")]
    pub direction: &'static str,
    /// `space`, `skill`, `training`, `volunteers`, `equipment` or `knowledge`.
    #[schema(example = "space")]
    pub kind: &'static str,
    /// In a few words.
    #[schema(example = "Hall on Saturdays")]
    pub title: String,
    /// Whose it is. Null where that organization is not in the directory.
    pub organization: Option<NamedOrganization>,
}

impl OfferSummary {
    fn of(snapshot: &Snapshot, offer: &Offer) -> Self {
        Self {
            id: offer.id.0,
            direction: offer.direction.name(),
            kind: offer.kind.name(),
            title: offer.title.clone(),
            organization: snapshot
                .directory
                .organizations
                .find(offer.organization_id)
                .map(|owner| NamedOrganization {
                    id: owner.id.0,
                    name: owner.name.clone(),
                }),
        }
    }

    fn find(snapshot: &Snapshot, id: OfferId) -> Option<Self> {
        let offer = snapshot.directory.offers.find(id)?;
        Some(Self::of(snapshot, offer))
    }
}

/// An offer that meets an ask.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferForAsk {
    /// What is given.
    pub offer: OfferSummary,
    /// What is sought.
    pub ask: OfferSummary,
}

/// An organization that another could work with.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Collaborator)]
pub struct CollaboratorGiven {
    /// From 1.
    #[schema(example = 1)]
    pub rank: usize,
    /// 0 to 1: the sum of value times weight over `reasons`.
    #[schema(example = 0.61)]
    pub score: f64,
    /// Who.
    pub organization: NamedOrganization,
    /// Metres between their nearest public places. Null: not known.
    #[schema(example = 840.0)]
    pub distance_m: Option<f64>,
    /// Why, feature by feature.
    pub reasons: Vec<ReasonGiven>,
    /// Partners of both.
    pub shared_partners: Vec<NamedOrganization>,
    /// Σ 1/ln k over shared partners, k being each one's own partners.
    #[schema(example = 1.7)]
    pub adamic_adar: f64,
    /// Σ 1/k over shared partners, which makes less of hubs that know everybody.
    #[schema(example = 0.4)]
    pub resource_allocation: f64,
    /// Over all paths at once: personalised `PageRank`, the closest other 1.
    #[schema(example = 0.2)]
    pub closeness: f64,
    /// What one of the two offers and the other asks for.
    pub offers_matched: Vec<OfferForAsk>,
    /// Whether they work together already.
    #[schema(example = false)]
    pub already_partners: bool,
}

impl CollaboratorGiven {
    /// Of an answer of the engine.
    #[must_use]
    pub fn of(snapshot: &Snapshot, found: graph::Collaborator) -> Self {
        Self {
            rank: found.rank,
            score: found.score,
            organization: found.organization.into(),
            distance_m: found.distance_m,
            reasons: found
                .reasons
                .into_iter()
                .map(|reason| ReasonGiven {
                    feature: reason.feature,
                    value: reason.value,
                    weight: reason.weight,
                    sentence: reason.sentence,
                })
                .collect(),
            shared_partners: organizations(found.shared_partners),
            adamic_adar: found.adamic_adar,
            resource_allocation: found.resource_allocation,
            closeness: found.closeness,
            offers_matched: found
                .offers_matched
                .into_iter()
                .filter_map(|(offer, ask)| {
                    Some(OfferForAsk {
                        offer: OfferSummary::find(snapshot, offer)?,
                        ask: OfferSummary::find(snapshot, ask)?,
                    })
                })
                .collect(),
            already_partners: found.already_partners,
        }
    }
}

/// A page of collaborators.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CollaboratorList {
    /// The best first.
    pub collaborators: Vec<CollaboratorGiven>,
    /// The page.
    #[serde(flatten)]
    pub page: Paged,
}

/// What a consortium is to do.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ConsortiumRequest)]
pub struct ConsortiumAsked {
    /// What must be covered: terms or concepts, by id, name or synonym.
    #[schema(example = json!(["Debt advice", "Food bank"]))]
    pub needs: Vec<String>,
    /// An area that members serve or work in, by name or code.
    #[schema(required = false, nullable = false, example = "Furzedown")]
    pub area: Option<String>,
    /// In place of `area`: around this postcode or place.
    #[schema(required = false, nullable = false, example = "SW17 0QT")]
    pub postcode: Option<String>,
    /// In place of `postcode`: degrees north, with `longitude`.
    #[schema(required = false, nullable = false, example = 51.43)]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[schema(required = false, nullable = false, example = -0.17)]
    pub longitude: Option<f64>,
    /// No further than this from the place, kilometres; 5 unless given.
    #[schema(required = false, nullable = false, example = 3.0)]
    pub within_km: Option<f64>,
    /// Id of the organization that leads; it is a member whatever it covers.
    #[schema(required = false, nullable = false)]
    pub lead: Option<Uuid>,
    /// The least share of members that are small, faith or neighbourhood groups, 0 to 1; 0 unless given.
    #[schema(required = false, nullable = false, example = 0.3)]
    pub grass_roots_share: Option<f64>,
}

/// A member of a consortium.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ConsortiumMember)]
pub struct MemberGiven {
    /// Who.
    pub organization: NamedOrganization,
    /// Names of the needs that it covers.
    #[schema(example = json!(["Debt advice"]))]
    pub covers: Vec<String>,
    /// Why it was chosen.
    #[schema(example = "covers most of what was left, and works with a member already")]
    pub why: String,
    /// Whether it is a small, faith or neighbourhood group.
    #[schema(example = true)]
    pub grass_roots: bool,
}

/// A proposed consortium.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ConsortiumAnswer {
    /// In the order they were chosen, the lead first.
    pub members: Vec<MemberGiven>,
    /// Names of needs that nobody in reach covers.
    #[schema(example = json!(["Sleep help"]))]
    pub uncovered: Vec<String>,
    /// Whether there is a way from each to each through members alone.
    #[schema(example = true)]
    pub connected: bool,
    /// The share of members that are small, faith or neighbourhood groups.
    #[schema(example = 0.4)]
    pub grass_roots_share: f64,
    /// What is promised of this choice.
    pub guarantee: String,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl ConsortiumAnswer {
    /// Of an answer of the engine.
    #[must_use]
    pub fn of(found: graph::Consortium, snapshot: u64) -> Self {
        let grass_roots = found.members.iter().filter(|one| one.grass_roots).count();
        Self {
            grass_roots_share: if found.members.is_empty() {
                0.0
            } else {
                grass_roots as f64 / found.members.len() as f64
            },
            members: found
                .members
                .into_iter()
                .map(|member| MemberGiven {
                    organization: member.organization.into(),
                    covers: member.covers,
                    why: member.why,
                    grass_roots: member.grass_roots,
                })
                .collect(),
            uncovered: found.uncovered,
            connected: found.connected,
            guarantee: found.guarantee,
            snapshot,
        }
    }
}

/// Something a group gives to others, or seeks from them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Offer)]
pub struct OfferGiven {
    /// Id, direction, kind, title and whose it is.
    #[serde(flatten)]
    pub offer: OfferSummary,
    /// In more words.
    #[schema(example = "Flat floor, urn, thirty tables.")]
    pub description: Option<String>,
    /// The place's postcode. Null where it is confidential.
    #[schema(example = "SW18 2RL")]
    pub postcode: Option<String>,
    /// WGS84 degrees north. Null where it is confidential.
    #[schema(example = 51.451)]
    pub latitude: Option<f64>,
    /// WGS84 degrees east. Null where it is confidential.
    #[schema(example = -0.184)]
    pub longitude: Option<f64>,
    /// Whether where it is must not be told.
    #[schema(example = false)]
    pub confidential: bool,
    /// From `near`, metres as the crow flies. Null without `near`, and where the place is not known or not told.
    #[schema(example = 840.0)]
    pub distance_m: Option<f64>,
    /// How many people, items or hours.
    #[schema(example = 80.0)]
    pub capacity: Option<f64>,
    /// On which days. Empty: not said.
    #[schema(example = json!(["SA"]))]
    pub days: Vec<&'static str>,
    /// From this time of day.
    #[schema(example = "09:00")]
    pub from_time: Option<String>,
    /// To this time of day.
    #[schema(example = "18:00")]
    pub to_time: Option<String>,
    /// Access that the place has, or that the asker needs.
    #[schema(example = json!(["step-free"]))]
    pub access: Vec<&'static str>,
    /// What the source says about access, where its words say more.
    #[schema(example = "gravel paths")]
    pub access_note: Option<String>,
    /// Price in pounds a session; 0 is free. Null: not said.
    #[schema(example = 0.0)]
    pub cost: Option<f64>,
    /// What the source says about the price, where its words say more.
    #[schema(example = "£16 an hour")]
    pub cost_note: Option<String>,
    /// First day.
    #[schema(example = "2026-11-30")]
    pub valid_from: Option<String>,
    /// Last day.
    #[schema(example = "2027-03-29")]
    pub valid_to: Option<String>,
}

impl OfferGiven {
    /// Of one that was found.
    #[must_use]
    pub fn of(snapshot: &Snapshot, found: &graph::FoundOffer<'_>) -> Self {
        const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
        let offer = found.offer;
        let open = !found.confidential;
        let time = |time: Time| time.strftime("%H:%M").to_string();
        Self {
            offer: OfferSummary::of(snapshot, offer),
            description: offer.description.clone(),
            postcode: offer.postcode.clone().filter(|_| open),
            latitude: offer.latitude.filter(|_| open),
            longitude: offer.longitude.filter(|_| open),
            confidential: found.confidential,
            distance_m: found.distance_m,
            capacity: offer.capacity,
            days: offer
                .days
                .iter()
                .map(|day| DAYS[day.to_monday_zero_offset().unsigned_abs() as usize])
                .collect(),
            from_time: offer.from_time.map(time),
            to_time: offer.to_time.map(time),
            access: offer.access.iter().map(|feature| feature.name()).collect(),
            access_note: offer.access_note.clone(),
            cost: offer.cost,
            cost_note: offer.cost_note.clone(),
            valid_from: offer.valid_from.map(|day| day.to_string()),
            valid_to: offer.valid_to.map(|day| day.to_string()),
        }
    }
}

/// A page of offers and asks.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferList {
    /// The nearest first where a place was asked for, else by id.
    pub offers: Vec<OfferGiven>,
    /// The page.
    #[serde(flatten)]
    pub page: Paged,
}

/// One thing that speaks for or against a pair.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = PairReason)]
pub struct PairReasonGiven {
    /// What was compared: `kind`, `time`, `distance`, `capacity` or `access`.
    #[schema(example = "time")]
    pub feature: &'static str,
    /// 0 to 1; the score is the product of all.
    #[schema(example = 1.0)]
    pub value: f64,
    /// In words.
    #[schema(example = "free for 100% of the time asked for")]
    pub sentence: String,
}

/// An ask and the offer that it goes with.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = OfferPair)]
pub struct PairGiven {
    /// What is given.
    pub offer: OfferSummary,
    /// What is sought.
    pub ask: OfferSummary,
    /// 0 to 1, the product of the reasons' values.
    #[schema(example = 0.72)]
    pub score: f64,
    /// Why.
    pub reasons: Vec<PairReasonGiven>,
}

/// A page of the best pairing of asks with offers.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PairingAnswer {
    /// The best score first. Over all pages their sum is the greatest that any pairing has.
    pub pairs: Vec<PairGiven>,
    /// All asks that nothing on offer fits, or that lost to others.
    pub unmatched: Vec<OfferSummary>,
    /// The page of pairs.
    #[serde(flatten)]
    pub page: Paged,
}

impl PairGiven {
    /// Of an answer of the engine; nothing where one of the two is gone.
    #[must_use]
    pub fn of(snapshot: &Snapshot, pair: graph::Pair) -> Option<Self> {
        Some(Self {
            offer: OfferSummary::find(snapshot, pair.offer)?,
            ask: OfferSummary::find(snapshot, pair.ask)?,
            score: pair.score,
            reasons: pair
                .reasons
                .into_iter()
                .map(|reason| PairReasonGiven {
                    feature: reason.feature,
                    value: reason.value,
                    sentence: reason.sentence,
                })
                .collect(),
        })
    }
}

/// Offers and asks by id, those that are gone left out.
#[must_use]
pub fn offers_by_id(snapshot: &Snapshot, ids: &[OfferId]) -> Vec<OfferSummary> {
    ids.iter()
        .filter_map(|id| OfferSummary::find(snapshot, *id))
        .collect()
}
