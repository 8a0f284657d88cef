//! Answers about what would change the gaps: scenarios and sites; and areas.

use causeway_engine::planning::{
    AreaChange, AreaState, EquityChange, ScenarioAnswer, Site, SitesAnswer,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{AreaGiven, EquityGiven, NamedOrganization, NeedGiven};
use crate::http::Links;

/// A service that opens: a place is enough.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
#[schema(as = Opening)]
pub struct OpeningAsked {
    /// What it is called.
    #[schema(nullable = false, example = "A second food bank")]
    pub name: Option<String>,
    /// Id of who gives it.
    #[schema(nullable = false)]
    pub organization: Option<Uuid>,
    /// Where: a postcode or the name of a place.
    #[schema(nullable = false, example = "SW15 4LD")]
    pub postcode: Option<String>,
    /// Where: WGS84 degrees north, together with `longitude`.
    #[schema(nullable = false, example = 51.4482)]
    pub latitude: Option<f64>,
    /// Where: WGS84 degrees east.
    #[schema(nullable = false, example = -0.2391)]
    pub longitude: Option<f64>,
    /// People it can see in a week; what is usual for the need unless given.
    #[schema(nullable = false, example = 40.0)]
    pub capacity: Option<f64>,
}

/// A service that moves.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
#[schema(as = Move)]
pub struct MoveAsked {
    /// Its id.
    pub service: Uuid,
    /// Id of the one of its locations it leaves; all unless given.
    #[schema(nullable = false)]
    pub from: Option<Uuid>,
    /// Where to: a postcode or the name of a place.
    #[schema(nullable = false, example = "SW15 4LD")]
    pub postcode: Option<String>,
    /// Where to: WGS84 degrees north, together with `longitude`.
    #[schema(nullable = false)]
    pub latitude: Option<f64>,
    /// Where to: WGS84 degrees east.
    #[schema(nullable = false)]
    pub longitude: Option<f64>,
}

/// A service that changes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
#[schema(as = ServiceChange)]
pub struct ChangeAsked {
    /// Its id.
    pub service: Uuid,
    /// People it can see in a week.
    #[schema(nullable = false, example = 60.0)]
    pub capacity: Option<f64>,
    /// Whether it opens on weekdays after 18:00 too.
    #[schema(nullable = false, example = true)]
    pub evening: Option<bool>,
    /// Whether it opens on Saturday or Sunday too.
    #[schema(nullable = false)]
    pub weekend: Option<bool>,
    /// Languages added.
    #[schema(required = false, example = json!(["Polish"]))]
    pub languages: Vec<String>,
    /// Access added.
    #[schema(required = false, example = json!(["step-free"]))]
    pub access: Vec<String>,
}

/// What if; beside this it takes what gaps take, and `demand`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
#[schema(as = ScenarioRequest)]
pub struct ScenarioAsked {
    /// What is asked of gaps.
    #[serde(flatten)]
    pub gaps: super::GapsAsked,
    /// A name for the scenario, told again in the answer.
    #[schema(nullable = false, example = "A food bank in Roehampton")]
    pub title: Option<String>,
    /// People with the need by area code, in place of residents times rate.
    #[schema(nullable = false, value_type = Option<Object>, example = json!({"E01004472": 120}))]
    pub demand: Option<serde_json::Value>,
    /// Services that open.
    #[schema(required = false)]
    pub open: Vec<OpeningAsked>,
    /// Ids of services that close; of an organization all of its services do.
    #[schema(required = false)]
    pub close: Vec<Uuid>,
    /// Services that move.
    #[serde(rename = "move")]
    #[schema(required = false)]
    pub moves: Vec<MoveAsked>,
    /// Services that see more people, open longer, speak more languages.
    #[schema(required = false)]
    pub change: Vec<ChangeAsked>,
}

/// Figures of an area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaStateGiven {
    /// Places a week for each person with the need. Null where they are fewer than 20.
    #[schema(example = 0.012)]
    pub access: Option<f64>,
    /// Unmet need.
    #[schema(example = 812.4)]
    pub unmet: f64,
    /// 1: the most unmet need.
    #[schema(example = 1)]
    pub rank: usize,
}

impl From<AreaState> for AreaStateGiven {
    fn from(of: AreaState) -> Self {
        Self {
            access: of.access,
            unmet: of.unmet,
            rank: of.rank,
        }
    }
}

/// An area before and after.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaChangeGiven {
    /// The area.
    pub area: AreaGiven,
    /// People with the need.
    #[schema(example = 1783.0)]
    pub demand: f64,
    /// As it is.
    pub before: AreaStateGiven,
    /// As it would be.
    pub after: AreaStateGiven,
}

impl From<AreaChange> for AreaChangeGiven {
    fn from(of: AreaChange) -> Self {
        Self {
            area: of.area.into(),
            demand: of.demand,
            before: of.before.into(),
            after: of.after.into(),
        }
    }
}

/// Equity before and after.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EquityChangeGiven {
    /// As it is.
    pub before: EquityGiven,
    /// As it would be.
    pub after: EquityGiven,
}

impl From<EquityChange> for EquityChangeGiven {
    fn from(of: EquityChange) -> Self {
        Self {
            before: of.before.into(),
            after: of.after.into(),
        }
    }
}

/// A figure before and after.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BeforeAfter {
    /// As it is.
    #[schema(example = 61_204.0)]
    pub before: f64,
    /// As it would be.
    #[schema(example = 57_880.0)]
    pub after: f64,
}

/// What a scenario changes.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScenarioGiven {
    /// The name that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "A food bank in Roehampton")]
    pub title: Option<String>,
    /// The need.
    pub need: NeedGiven,
    /// The unit of the areas.
    #[schema(example = "lsoa")]
    pub by: &'static str,
    /// All areas, by code.
    pub areas: Vec<AreaChangeGiven>,
    /// How many there are.
    #[schema(example = 186)]
    pub total: usize,
    /// People with the need whose access rises.
    #[schema(example = 18_000.0)]
    pub people_gaining: f64,
    /// People with the need whose access falls.
    #[schema(example = 0.0)]
    pub people_losing: f64,
    /// Unmet need.
    pub unmet: BeforeAfter,
    /// People with the need who have nothing within reach.
    pub people_without: BeforeAfter,
    /// How fairly access is spread.
    pub equity: EquityChangeGiven,
    /// Areas that were more than half short of an even share and are no longer.
    pub gaps_closed: Vec<AreaGiven>,
    /// Areas that now are.
    pub gaps_opened: Vec<AreaGiven>,
    /// What was assumed.
    pub notes: Vec<String>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl ScenarioGiven {
    /// An answer of the engine, under the name that was given.
    #[must_use]
    pub fn of(answer: ScenarioAnswer, title: Option<String>) -> Self {
        let areas = |names: Vec<_>| names.into_iter().map(Into::into).collect();
        Self {
            title,
            need: answer.need.into(),
            by: answer.by,
            total: answer.areas.len(),
            areas: answer.areas.into_iter().map(Into::into).collect(),
            people_gaining: answer.people_gaining,
            people_losing: answer.people_losing,
            unmet: BeforeAfter {
                before: answer.unmet_before,
                after: answer.unmet_after,
            },
            people_without: BeforeAfter {
                before: answer.people_without_before,
                after: answer.people_without_after,
            },
            equity: answer.equity.into(),
            gaps_closed: areas(answer.gaps_closed),
            gaps_opened: areas(answer.gaps_opened),
            notes: answer.notes,
            snapshot: answer.snapshot,
        }
    }
}

/// Where next; beside this it takes what gaps take, and `demand`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
#[schema(as = SitesRequest)]
pub struct SitesAsked {
    /// What is asked of gaps.
    #[serde(flatten)]
    pub gaps: super::GapsAsked,
    /// People with the need by area code, in place of residents times rate.
    #[schema(nullable = false, value_type = Option<Object>, example = json!({"E01004472": 120}))]
    pub demand: Option<serde_json::Value>,
    /// How many, 1 to 200; 3 unless given.
    #[schema(nullable = false, minimum = 1, maximum = 200, example = 3)]
    pub count: Option<u32>,
    /// Where they may be, the better liked first: `offers` (rooms that groups offer), `venues` (places where services are given), `areas` (their middles); offers, then areas unless given.
    #[schema(required = false, example = json!(["offers", "areas"]))]
    pub candidates: Vec<String>,
    /// `covering` (most unmet need within reach; the default) or `p-median` (fewest minutes over all).
    #[schema(nullable = false, example = "covering")]
    pub objective: Option<String>,
    /// Id of an organization of which a partner must host.
    #[schema(nullable = false)]
    pub host_partner_of: Option<Uuid>,
}

/// What to do where a site cannot be had.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StandInGiven {
    /// Its name.
    #[schema(example = "Hall on Saturdays")]
    pub name: String,
    /// How much less unmet need would be reached; with `p-median` how many more minutes be needed.
    #[schema(example = 310.0)]
    pub loss: f64,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SiteGiven {
    /// 1: the one that adds most.
    #[schema(example = 1)]
    pub rank: usize,
    /// Its name.
    #[schema(example = "Large hall with kitchen")]
    pub name: String,
    /// What it is: `offers`, `venues` or `areas`.
    #[schema(example = "offers")]
    pub candidate: &'static str,
    /// WGS84 degrees north.
    #[schema(example = 51.4482)]
    pub latitude: f64,
    /// WGS84 degrees east.
    #[schema(example = -0.2391)]
    pub longitude: f64,
    /// Who would host it. Null where nobody is known.
    pub host: Option<NamedOrganization>,
    /// People with the need for whom it is the first service within reach.
    #[schema(example = 4_300.0)]
    pub people_newly_reached: f64,
    /// Their mean deprivation: 1 the most deprived of the country, 0 the least.
    #[schema(example = 0.71)]
    pub deprivation_newly_reached: Option<f64>,
    /// Unmet need that it reaches and those before it do not; with `p-median` the minutes it saves.
    #[schema(example = 6_120.0)]
    pub gain: f64,
    /// Mean access of the people within its reach, as it is.
    #[schema(example = 0.0004)]
    pub access_before: f64,
    /// The same once all sites are open.
    #[schema(example = 0.0031)]
    pub access_after: f64,
    /// What to do where it cannot be had. Null where there is no other candidate.
    pub next_best: Option<StandInGiven>,
}

impl From<Site> for SiteGiven {
    fn from(of: Site) -> Self {
        Self {
            rank: of.rank,
            name: of.name,
            candidate: of.candidate,
            latitude: of.latitude,
            longitude: of.longitude,
            host: of.host.map(|host| NamedOrganization {
                id: host.id.0,
                name: host.name,
            }),
            people_newly_reached: of.people_newly_reached,
            deprivation_newly_reached: of.deprivation_newly_reached,
            gain: of.gain,
            access_before: of.access_before,
            access_after: of.access_after,
            next_best: of.next_best.map(|next| StandInGiven {
                name: next.name,
                loss: next.loss,
            }),
        }
    }
}

/// Where the next services would reach most unmet need.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SitesGiven {
    /// The need.
    pub need: NeedGiven,
    /// Sites, the one that adds most first: as many as were asked for while candidates last.
    pub sites: Vec<SiteGiven>,
    /// How many.
    #[schema(example = 3)]
    pub total: usize,
    /// How many places there were to choose from.
    #[schema(example = 222)]
    pub candidates: usize,
    /// Unmet need within reach of what is there and the sites, weighted by nearness; with `p-median` minutes from unmet need to the nearest.
    #[schema(example = 41_000.0)]
    pub objective: f64,
    /// No choice of as many sites reaches more. Null with `p-median`, unless all choices were tried.
    #[schema(example = 42_300.0)]
    pub upper_bound: Option<f64>,
    /// Whether all choices were tried.
    #[schema(example = false)]
    pub exact: bool,
    /// How good the choice surely is, in words.
    #[schema(example = "Within 3.1% of the most that any choice could reach.")]
    pub guarantee: String,
    /// Unmet need that no candidate can reach.
    #[schema(example = 0.0)]
    pub out_of_reach: f64,
    /// How fairly access is spread.
    pub equity: EquityChangeGiven,
    /// What was assumed.
    pub notes: Vec<String>,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}

impl From<SitesAnswer> for SitesGiven {
    fn from(of: SitesAnswer) -> Self {
        Self {
            need: of.need.into(),
            total: of.sites.len(),
            sites: of.sites.into_iter().map(Into::into).collect(),
            candidates: of.candidates,
            objective: of.objective,
            upper_bound: of.upper_bound,
            exact: of.exact,
            guarantee: of.guarantee,
            out_of_reach: of.out_of_reach,
            equity: of.equity.into(),
            notes: of.notes,
            snapshot: of.snapshot,
        }
    }
}

/// Residents of an age band.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AgeBand {
    /// From, years.
    #[schema(example = 65)]
    pub from: u8,
    /// To, years, inclusive. Null: and over.
    pub to: Option<u8>,
    /// How many.
    #[schema(example = 189.0)]
    pub residents: f64,
}

/// Deprivation by one measure.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DeprivationMeasure {
    /// The domain, or the name of the index for all of them together.
    #[schema(example = "income")]
    pub name: Option<String>,
    /// Larger is more deprived.
    #[schema(example = 15.2)]
    pub score: Option<f64>,
    /// Rank in the country, 1 the most deprived.
    #[schema(example = 19_080)]
    pub rank: Option<u32>,
    /// Tenth, 1 the most deprived.
    #[schema(example = 6)]
    pub decile: Option<u8>,
}

/// An area with what is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaAnswer {
    /// Its code.
    #[schema(example = "E01004472")]
    pub code: String,
    /// Its name.
    #[schema(example = "Wandsworth 021A")]
    pub name: String,
    /// `lsoa11`, `lsoa21`, `ward`, `district` or `other`.
    #[schema(example = "lsoa21")]
    pub kind: &'static str,
    /// The area it is part of.
    pub parent: Option<AreaGiven>,
    /// Its centre, WGS84 degrees.
    #[schema(example = 51.44949)]
    pub latitude: Option<f64>,
    /// As above.
    #[schema(example = -0.15184)]
    pub longitude: Option<f64>,
    /// Whether its outline is known; without it is drawn around its centre.
    #[schema(example = false)]
    pub outline: bool,
    /// Residents of all ages.
    #[schema(example = 1783.0)]
    pub population: Option<f64>,
    /// Residents by age.
    pub ages: Vec<AgeBand>,
    /// Deprivation by the index as a whole.
    pub deprivation: Option<DeprivationMeasure>,
    /// Deprivation by its domains.
    pub domains: Vec<DeprivationMeasure>,
}

/// A page of areas.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaList {
    /// Areas, by kind, then code.
    pub areas: Vec<AreaAnswer>,
    /// How many there are.
    #[schema(example = 186)]
    pub total: usize,
    /// How many a page holds.
    #[schema(example = 50)]
    pub limit: usize,
    /// How many were left out first.
    #[schema(example = 0)]
    pub offset: usize,
    /// Other pages.
    pub links: Links,
    /// The version of the data that answered.
    #[schema(example = 12)]
    pub snapshot: u64,
}
