//! Putting the page together (METHODS A8): copies fold into one entry, no
//! organization fills the first places alone, several needs are all served,
//! and in a crisis what helps at once stands first.

use std::collections::{BTreeMap, HashMap};

use geo::{Distance, Haversine};

use crate::model::Answer;
use crate::text::fold;

use super::asked::Asked;
use super::blend::Scored;
use super::request::Urgency;

/// A candidate in its place on the page.
pub(super) struct Placed {
    pub(super) scored: Scored,
    /// Why it stands elsewhere than its score would put it.
    pub(super) why: Option<&'static str>,
    /// Numbers of services that are probably the same.
    pub(super) copies: Vec<u32>,
}

/// All candidates in the order in which they are shown.
pub(super) fn page(asked: &Asked<'_>, scored: Vec<Scored>) -> Vec<Placed> {
    let mut placed = fold_copies(asked, scored);
    let strict = placed
        .iter()
        .position(|one| one.scored.round > 0)
        .unwrap_or(placed.len());
    let loosened = placed.split_off(strict);
    serve_all_needs(asked, &mut placed);
    spread_organizations(asked, &mut placed);
    put_help_at_once_first(asked, &mut placed);
    placed.extend(loosened);
    placed
}

/// Folds what is probably the same service into one entry; the better scored
/// one, which is the better documented one, shows.
fn fold_copies(asked: &Asked<'_>, scored: Vec<Scored>) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::with_capacity(scored.len());
    let mut known: HashMap<Spot, Vec<u32>> = HashMap::new();
    for one in scored {
        let spot = Spot::of(asked, &one);
        let same = spot
            .and_around()
            .filter_map(|spot| known.get(&spot))
            .flatten()
            .copied()
            .filter(|at| is_copy(asked, &placed[*at as usize].scored, &one))
            .min();
        if let Some(at) = same {
            placed[at as usize].copies.push(one.candidate.service);
            continue;
        }
        known.entry(spot).or_default().push(placed.len() as u32);
        placed.push(Placed {
            scored: one,
            why: None,
            copies: Vec::new(),
        });
    }
    placed
}

/// Where copies of a service are looked for: what is far away is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Spot {
    /// A cell of the map.
    Cell(i32, i32),
    /// Of one organization, in no place.
    Of(Option<u32>),
}

impl Spot {
    /// Metres to a degree of longitude at 65 degrees north; farther south it has more.
    const DEGREE_M: f64 = 47_000.0;

    fn of(asked: &Asked<'_>, one: &Scored) -> Self {
        // So wide that what is near is in the same cell or in one beside it.
        let side = asked.settings.page.same_place_m / Self::DEGREE_M;
        match asked.place(&one.candidate).point {
            Some(point) => Self::Cell(
                (point.x() / side).floor() as i32,
                (point.y() / side).floor() as i32,
            ),
            None => Self::Of(asked.service(&one.candidate).organization),
        }
    }

    fn and_around(self) -> impl Iterator<Item = Self> {
        let offsets = (-1..=1).flat_map(|x| (-1..=1).map(move |y| (x, y)));
        offsets.filter_map(move |(x, y)| match self {
            Self::Cell(column, row) => Some(Self::Cell(column + x, row + y)),
            Self::Of(_) => (x == 0 && y == 0).then_some(self),
        })
    }
}

fn is_copy(asked: &Asked<'_>, a: &Scored, b: &Scored) -> bool {
    let settings = &asked.settings.page;
    let near = match (
        asked.place(&a.candidate).point,
        asked.place(&b.candidate).point,
    ) {
        (Some(a), Some(b)) => Haversine.distance(a, b) <= settings.same_place_m,
        (None, None) => asked.service(&a.candidate).organization.is_some(),
        _ => false,
    };
    let name = |one: &Scored| asked.service(&one.candidate).plain_name.as_str();
    near && alike(name(a), name(b), settings.same_name)
}

/// Whether two folded names are so alike that they are one.
fn alike(a: &str, b: &str, least: f64) -> bool {
    if a == b {
        return true;
    }
    // Names of very different lengths cannot be, and comparing letters takes its time:
    // with r = shorter/longer Jaro's similarity is at most (2 + r)/3, and a common
    // beginning makes up for at most .4 of what it lacks.
    let (a_length, b_length) = (a.chars().count() as f64, b.chars().count() as f64);
    let ratio = a_length.min(b_length) / a_length.max(b_length).max(1.0);
    0.8 + 0.2 * ratio >= least && strsim::jaro_winkler(a, b) >= least
}

/// With several needs the first places serve different ones.
fn serve_all_needs(asked: &Asked<'_>, placed: &mut Vec<Placed>) {
    let settings = &asked.settings.page;
    let needs = asked.understood.needs.len();
    if needs < 2 {
        return;
    }
    let mut served = vec![false; needs];
    let mut rest = std::mem::take(placed);
    while placed.len() < needs && !rest.is_empty() {
        let worth = |one: &Placed| {
            let candidate = &one.scored.candidate;
            let new = candidate
                .needs
                .iter()
                .zip(&served)
                .any(|(need, served)| !served && need.value >= settings.serves);
            one.scored.score * if new { 1.0 } else { settings.served }
        };
        let best = (0..rest.len())
            .max_by(|a, b| worth(&rest[*a]).total_cmp(&worth(&rest[*b])).then(b.cmp(a)))
            .unwrap_or(0);
        let mut next = rest.remove(best);
        if best > 0 {
            next.why = Some("serves another of the needs");
        }
        for (served, need) in served.iter_mut().zip(next.scored.candidate.needs.iter()) {
            *served |= need.value >= settings.serves;
        }
        placed.push(next);
    }
    placed.append(&mut rest);
}

/// Moves what would be one too many of an organization among the first behind them.
fn spread_organizations(asked: &Asked<'_>, placed: &mut Vec<Placed>) {
    if names_an_organization(asked) {
        return;
    }
    let settings = &asked.settings.page;
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    let mut front = Vec::new();
    let mut behind = Vec::new();
    let mut rest = std::mem::take(placed).into_iter();
    for mut one in rest.by_ref() {
        let organization = asked.service(&one.scored.candidate).organization;
        let count = organization.map(|node| counts.entry(node).or_default());
        match count {
            Some(count) if *count >= settings.of_one => {
                one.why = Some("its organization already stands often enough among the first");
                behind.push(one);
                continue;
            }
            Some(count) => *count += 1,
            None => {}
        }
        front.push(one);
        if front.len() == settings.first {
            break;
        }
    }
    placed.append(&mut front);
    placed.append(&mut behind);
    placed.extend(rest);
}

/// Whether the need names an organization, so that its services are what is wanted.
fn names_an_organization(asked: &Asked<'_>) -> bool {
    /// Words in the longest name that anybody types whole.
    const LONGEST: usize = 8;
    let Some(need) = asked.request.need.as_deref().map(fold) else {
        return false;
    };
    let words: Vec<&str> = need.split(' ').collect();
    (0..words.len()).any(|start| {
        (start + 2..=words.len().min(start + LONGEST)).any(|end| {
            asked
                .snapshot
                .organization_names
                .contains(&words[start..end].join(" "))
        })
    })
}

/// In a crisis what helps at once stands first, as a block.
fn put_help_at_once_first(asked: &Asked<'_>, placed: &mut [Placed]) {
    if asked.criteria.urgency != Urgency::Crisis {
        return;
    }
    let serves = asked.settings.page.serves;
    let at_once = |one: &Placed| {
        let candidate = &one.scored.candidate;
        let service = asked.service(candidate);
        let danger = asked.understood.danger.is_some_and(|danger| {
            candidate.needs.iter().any(|need| {
                need.value >= serves
                    && need
                        .met
                        .is_some_and(|(_, met)| danger.is_about(met, &asked.snapshot.lexicon))
            })
        });
        let able = service.capacity.takes_new != Answer::No;
        able && (danger || (service.same_day && candidate.need() >= serves))
    };
    let before: Vec<u32> = placed
        .iter()
        .map(|one| one.scored.candidate.service)
        .collect();
    // A stable sort: within the block and behind it the order stays.
    placed.sort_by_key(|one| !at_once(one));
    for (at, one) in placed.iter_mut().enumerate() {
        if before[at] != one.scored.candidate.service && at_once(one) {
            one.why = Some("helps at once in a crisis");
        }
    }
}
