//! Whom a service is for.

use std::sync::LazyLock;

use crate::model::{AgeRange, Answer, Gender, Service};

use super::ages;
use super::boroughs;
use super::gender;
use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};
use super::referral;
use super::residence;

/// Whom a service is for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audience {
    /// Ages it takes.
    pub ages: AgeRange,
    /// The only gender it takes.
    pub gender: Option<Gender>,
    /// The only groups of people it takes; any of them will do.
    pub only_for: Vec<OnlyFor>,
    /// The only boroughs, places or postcode districts, folded, whose residents it takes.
    pub residents_of: Vec<String>,
    /// Whether only a professional can refer.
    pub by_referral: bool,
    /// Conditions in words that a directory cannot check, such as a low income.
    pub conditions: Vec<String>,
}

/// A group of people that a service may be only for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnlyFor {
    /// Refugees and people seeking asylum.
    Refugees,
    /// LGBTQ+ people.
    Lgbt,
    /// People who served in the forces, and their families.
    Veterans,
    /// Unpaid carers.
    Carers,
    /// Disabled people.
    Disabled,
    /// Parents.
    Parents,
    /// People who were in care.
    CareLeavers,
    /// Students.
    Students,
    /// Members of a congregation.
    Members,
    /// Homeless people.
    Homeless,
    /// People who survived abuse.
    Survivors,
    /// People who were in prison.
    ExOffenders,
}

impl OnlyFor {
    /// The group in plain words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Refugees => "refugees and people seeking asylum",
            Self::Lgbt => "LGBTQ+ people",
            Self::Veterans => "people who served in the forces and their families",
            Self::Carers => "unpaid carers",
            Self::Disabled => "disabled people",
            Self::Parents => "parents",
            Self::CareLeavers => "people who were in care",
            Self::Students => "students",
            Self::Members => "members",
            Self::Homeless => "homeless people",
            Self::Survivors => "people who survived abuse",
            Self::ExOffenders => "people who were in prison",
        }
    }
}

static GROUPS: LazyLock<Phrases<Option<OnlyFor>>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "refugees|refugee
            asylum seekers|seeker
            people|those|anyone|adults seeking asylum|sanctuary
            sanctuary seekers",
            Some(OnlyFor::Refugees),
        ),
        (
            "lgbt|lgbtq|lgbtqia|lgbtqi|lgbti|lgb|lgbtiq|trans|transgender|gay|lesbian|queer|bisexual",
            Some(OnlyFor::Lgbt),
        ),
        (
            "veteran|veterans
            ex service|forces|servicemen|military personnel|people?
            armed forces
            former service|servicemen personnel?
            serving personnel",
            Some(OnlyFor::Veterans),
        ),
        ("unpaid|adult|young|family|informal carers|carer\ncarers", Some(OnlyFor::Carers)),
        (
            "disabled people|adults|children|women|men|person|residents
            people|adults|anyone|children with a|any? disability|disabilities
            people|adults|anyone with a? learning|physical disability|disabilities",
            Some(OnlyFor::Disabled),
        ),
        (
            "parents|parent
            parents|parent and|or|to|to carers|carer|be
            lone|single parents|parent",
            Some(OnlyFor::Parents),
        ),
        (
            "care leavers|leaver
            care experienced people|young|adults?
            people who|leaving grew|care|have up|been? in? care",
            Some(OnlyFor::CareLeavers),
        ),
        ("students|student", Some(OnlyFor::Students)),
        (
            "members of the|our congregation|church|mosque|temple|synagogue|parish
            members|member
            parishioners",
            Some(OnlyFor::Members),
        ),
        (
            "homeless people|men|women|adults
            rough sleepers
            people|those|anyone|adults who|experiencing are|is|homelessness homeless?
            people experiencing homelessness
            people who are homeless",
            Some(OnlyFor::Homeless),
        ),
        (
            "survivors|survivor|victims|victim of
            people|women|men|anyone who have|has experienced|survived domestic|sexual abuse|violence",
            Some(OnlyFor::Survivors),
        ),
        (
            "ex offenders|offender|prisoners|prisoner
            prison leavers
            people|those|men|women leaving|released prison|from prison?
            people|those|men|women with convictions|criminal records?",
            Some(OnlyFor::ExOffenders),
        ),
        (
            "and|or|their|the|for parents|parent and|or their? carers|carer
            and|or their|a carers|carer|parents
            their carers|carer|parents
            staff|family|committee|team|board|community|of members|member
            family members
            members of the public|community|local
            carers assessment
            veterans day",
            None,
        ),
    ])
});

static CONDITIONS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "low|limited|lower income|incomes|wage\nlow household income\nincome requirements|qualifications|limits|limit|eligible|guidelines|restrictions\nmeet certain? income",
            "low income",
        ),
        (
            "on|receiving|receive|in|claiming|claim means|receipt|universal|certain|of|qualifying? of|tested|credit? benefits|benefit\nreceipt of benefits|benefit|universal|pension\non universal|pension credit\non benefits",
            "on benefits",
        ),
        (
            "means tested|test\nsubject to a? means test",
            "means tested",
        ),
        ("referral fee|fees", "referral fee"),
        (
            "proof of address|residence|residency|income|identity|id|identification|benefits",
            "papers to show",
        ),
        (
            "membership required|needed|necessary\nmust be a|become members|member|members?",
            "membership",
        ),
        ("must|need|needs to? be registered with", "registered with"),
        (
            "assessment required|needed\nsubject to a|an? assessment\nneeds assessment",
            "an assessment first",
        ),
        ("no recourse to", "no recourse to public funds"),
        ("tenants|tenant of|only\nmust be a tenant", "tenants"),
    ])
});

impl Audience {
    /// Reads fields, then sentences. `areas` are the names of the areas it serves.
    pub(super) fn of(service: &Service, prose: &Prose<'_>, areas: &[String]) -> Self {
        let stated = AgeRange {
            minimum: service.minimum_age,
            maximum: service.maximum_age,
        };
        let ages = if stated == AgeRange::default() {
            ages::read(prose)
        } else {
            stated
        };
        // A neighbourhood or a county cannot be held against a person's borough:
        // where one is named, living there is a condition nobody checks.
        let named = residence::residents_of(prose);
        let mut conditions = conditions(prose);
        let known = |name: &String| boroughs::is_borough(name) || residence::is_postcode(name);
        let residents_of = if named.is_empty() {
            // Councils' feeds mean by the area served who may come.
            let local = areas.iter().all(|area| boroughs::is_borough(area));
            if local { areas.to_vec() } else { Vec::new() }
        } else if named.iter().all(known) {
            named
        } else {
            conditions.push(format!("lives in {}", named.join(" or ")));
            Vec::new()
        };
        Self {
            ages,
            gender: gender::read(prose),
            only_for: only_for(prose),
            residents_of,
            by_referral: referral::by_referral(prose),
            conditions,
        }
    }

    /// Whether anything is stated at all.
    #[must_use]
    pub fn is_stated(&self) -> bool {
        *self != Self::default()
    }

    /// Whether it takes someone who lives in this borough and postcode district,
    /// both folded. A limit by boroughs tells nothing to who knows only the
    /// district, nor one by neighbourhoods to who knows only the borough.
    #[must_use]
    pub fn takes_residents(&self, borough: Option<&str>, district: Option<&str>) -> Answer {
        let named = |name: Option<&str>| {
            name.is_some_and(|name| self.residents_of.iter().any(|known| known == name))
        };
        if self.residents_of.is_empty() || named(borough) || named(district) {
            return Answer::Yes;
        }
        let decided = self.residents_of.iter().all(|name| {
            if residence::is_postcode(name) {
                district.is_some()
            } else {
                borough.is_some()
            }
        });
        if decided { Answer::No } else { Answer::Unknown }
    }
}

/// Words by which a sentence speaks of some, not of a limit.
pub(super) const SOFT: &[&str] = &[
    "mainly",
    "mostly",
    "primarily",
    "especially",
    "particularly",
    "including",
    "includes",
    "priority",
    "such",
    "some",
    "predominantly",
    "everyone",
    "anyone",
    "separate",
    "encourage",
    "etc",
    "whether",
    "range",
    "various",
];

/// The only groups that are taken.
fn only_for(prose: &Prose<'_>) -> Vec<OnlyFor> {
    const SOURCES: [Source; 3] = [Source::Name, Source::Eligibility, Source::Description];
    let mut groups: Vec<OnlyFor> = Vec::new();
    for sentence in prose.of_sources(&SOURCES) {
        if sentence.is_further() || sentence.has(SOFT) {
            continue;
        }
        let hits = GROUPS.find(&sentence.words);
        for (place, hit) in hits.iter().enumerate() {
            let Some(group) = hit.means else { continue };
            // `for refugees and asylum seekers`: what is tied to a group is one of a list.
            let from = hits[..place]
                .iter()
                .filter(|one| one.means.is_some())
                .map(|one| one.start);
            let first = from.min().unwrap_or(hit.start);
            if is_exclusive(sentence, group, first, hit.end) && !sentence.denies(first) {
                groups.push(group);
            }
        }
    }
    groups.sort_unstable();
    groups.dedup();
    groups
}

fn is_exclusive(sentence: &Sentence<'_>, group: OnlyFor, first: usize, end: usize) -> bool {
    let words = &sentence.words;
    let before = &words[first.saturating_sub(3)..first];
    let after = words
        .get(end..(end + 2).min(words.len()))
        .unwrap_or_default();
    let only = before
        .iter()
        .any(|word| matches!(*word, "only" | "exclusively" | "solely"))
        || after
            .iter()
            .any(|word| matches!(*word, "only" | "exclusively"));
    let opens = matches!(before, [.., "open", "to"] | [.., "open", "to", _])
        || matches!(before, [.., "must", "be"] | [.., "must", "be", "a" | "an"]);
    // A member of a group that anyone may join is not a group of people.
    let rule = sentence.source == Source::Eligibility
        && group != OnlyFor::Members
        && (first == 0
            || matches!(
                before.last(),
                Some(&("for" | "be" | "to" | "a" | "an" | "are"))
            ));
    only || (opens && group != OnlyFor::Members) || rule
}

fn conditions(prose: &Prose<'_>) -> Vec<String> {
    const SOURCES: [Source; 3] = [Source::Eligibility, Source::Process, Source::Fees];
    let mut found: Vec<String> = Vec::new();
    for sentence in prose.of_sources(&SOURCES) {
        for hit in CONDITIONS.find(&sentence.words) {
            let refused = sentence.denies(hit.start) && hit.means != "no recourse to public funds";
            if refused || sentence.source == Source::Fees && hit.means != "referral fee" {
                continue;
            }
            found.push(if hit.means == "registered with" {
                let rest = &sentence.words[hit.end..];
                format!(
                    "registered with {}",
                    rest.iter().take(4).copied().collect::<Vec<_>>().join(" ")
                )
            } else {
                hit.means.to_owned()
            });
        }
    }
    found.sort();
    found.dedup();
    found
}
