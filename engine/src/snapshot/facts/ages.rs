//! Ages that a service takes, read from sentences.

use std::sync::LazyLock;

use crate::model::AgeRange;

use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    /// From this age.
    From,
    /// Until the day before this birthday.
    Under,
    /// To this age, the year of it included.
    To,
    /// From one to the other.
    Between,
    /// From one school year to the other.
    SchoolYears,
    /// From 18, where it is the rule.
    Adults,
    /// Anybody.
    All,
    /// Numbers that are no ages.
    Other,
}

static AGES: LazyLock<Phrases<Age>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "# +
            aged|age|ages # +
            over|overs #s
            over|overs # s
            over|above the age|ages of #
            over|above # years old|of
            over # years
            aged|age|ages|be|are|youre over|above #
            for the? over #
            adults|people|anyone|those|residents|men|women|everyone|somebody|person|persons|pensioners aged|age|who? are|is? over #
            # and|or over|above|older|upwards|up|beyond
            # years|yrs|year and|or over|above|older|upwards|up|beyond|plus
            # years|yrs old|of and|or age? and|or? over|above|older|upwards|up
            # years|yrs of age and|or over|above|older|upwards
            # plus
            # years|yrs +
            minimum age of|is|limit? is|of? #
            from the? age of #
            from age #
            aged|ages|age from|at #
            at least # years|yrs
            at least # years|yrs of|old
            # s|year|years|yrs olds|old and over|above|up|upwards",
            Age::From,
        ),
        (
            "under|unders|below #s
            under|unders # s
            under|below the age of #
            under|below # years|yrs
            aged|age|ages|be|are under|below #
            and|but|be under|below #
            children|people|anyone|those|babies|kids under #",
            Age::Under,
        ),
        (
            "up to the? age|ages of #
            up to age #
            aged|age|ages up to #
            # and|or under|younger|below
            # years|yrs old? and|or under|younger|below
            until the? age of #
            maximum age of|is? #",
            Age::To,
        ),
        (
            "aged|age|ages|agers from|between? # to|and|or # year|years|yrs? olds|old|of? age?
            between the? ages|age? of? # and|to # year|years|yrs? olds|old|of? age?
            # to # year|years|yrs olds|old
            # and|or # year|years olds|old
            # to # years|yrs of age
            # to #s
            from # to # years|yrs
            from the? age|ages of # to|until|up #
            teenagers|teens|children|kids|youngsters|girls|boys # to #
            young people aged? from|between? # to|and # years|yrs?
            children|adults|women|men|girls|boys|people|parents from|between # to|and # years|yrs?",
            Age::Between,
        ),
        (
            "school? years|year # to|and #
            school? years|year # to year #",
            Age::SchoolYears,
        ),
        (
            "adults only
            only for adults
            for adults
            adult only
            over eighteens",
            Age::Adults,
        ),
        (
            "all|any|every ages|age
            no age limit|limits
            every|any|whatever your? age
            of all ages
            ages welcome
            young and old
            old and young",
            Age::All,
        ),
        (
            "# + years|year|yrs|yr experience|of|ago
            # + years
            # + volunteers|members|people|families|groups|languages|organisations|organizations|hours|minutes|children|sessions|clubs|activities|staff|miles|services|different|local|countries|schools|projects|community
            over|above|under # years|yrs of|ago|experience
            over # years|yrs we|the|and|has|have
            over # years old
            for over|under # years|year|months|weeks|days|hours|minutes
            # plus years|year
            over|under|for # hours|minutes|miles|weeks|months|days|per|volunteers|members|families|languages|groups|different|local|organisations|k|million|percent|£
            for over # people|families|local|children|members|volunteers|groups|different
            under # hours|minutes|miles
            # to # weeks|months|hours|minutes|people|times|sessions|days|miles|pm|am|week|month|hour|minute
            # to # years experience|ago|to|after
            £ # and|or over|above|up
            up to the? # of
            # and|or under|over|up people|£",
            Age::Other,
        ),
    ])
});

/// Words by which a sentence speaks of some, not of a limit.
const SOFT: &[&str] = &[
    "mainly",
    "mostly",
    "usually",
    "primarily",
    "especially",
    "particularly",
    "including",
    "priority",
    "preference",
    "predominantly",
    "typically",
    "generally",
    "average",
    "accompanied",
    "supervised",
    "discount",
    "concession",
    "concessions",
    "£",
    "volunteers",
    "volunteer",
    "volunteering",
    "chaperone",
    "founded",
    "established",
    "since",
    "adult's",
    "most",
    "must'nt",
];
/// Words of a family: the ages beside them are of its children.
const FAMILY: &[&str] = &[
    "parent",
    "parents",
    "mum",
    "mums",
    "mother",
    "mothers",
    "dad",
    "dads",
    "father",
    "fathers",
    "family",
    "families",
    "carer",
    "carers",
    "grandparents",
    "siblings",
    "toddlers",
    "toddler",
    "foster",
    "adopters",
    "pregnant",
    "pregnancy",
    "expectant",
    "accompany",
];
/// Words of the young: beside them `for adults` is not the rule.
const YOUNG: &[&str] = &[
    "children",
    "child",
    "young",
    "youth",
    "teenagers",
    "teens",
    "family",
    "families",
    "kids",
    "babies",
    "toddlers",
    "juniors",
    "junior",
    "youngsters",
    "students",
    "school",
    "schools",
];

const ADULT: f64 = 18.0;
const OLDEST: f64 = 110.0;
/// Where a family's child grows up: a limit below it is of the child.
const CHILD: f64 = 18.0;

/// The ages that sentences state: who may come first, then the name, then the
/// description. Several statements of one source make one range that holds them
/// all: a wrong limit turns someone away.
pub(super) fn read(prose: &Prose<'_>) -> AgeRange {
    let young = prose.all().any(|sentence| sentence.has(YOUNG));
    for source in [Source::Eligibility, Source::Name, Source::Description] {
        let stated: Vec<AgeRange> = prose
            .of_source(source)
            .filter(|sentence| source == Source::Eligibility || !sentence.is_further())
            .filter_map(|sentence| of_sentence(sentence, young))
            .collect();
        if let Some(whole) = stated.into_iter().reduce(hull) {
            return whole;
        }
    }
    AgeRange::default()
}

fn of_sentence(sentence: &Sentence<'_>, young: bool) -> Option<AgeRange> {
    let hits = AGES.find(&sentence.words);
    if hits.is_empty() {
        return None;
    }
    if hits.iter().any(|hit| hit.means == Age::All) {
        return Some(AgeRange::default());
    }
    if sentence.has(SOFT) {
        return None;
    }
    let mut ranges: Vec<AgeRange> = Vec::new();
    for hit in hits {
        let first = hit.numbers.first().copied().unwrap_or_default();
        let last = hit.numbers.last().copied().unwrap_or_default();
        let (minimum, maximum) = match hit.means {
            Age::From => (Some(first), None),
            Age::Under => (None, Some(first - 1.0)),
            Age::To => (None, Some(first)),
            Age::Between => (Some(first), Some(last)),
            // A child is five in year 1, and turns a year older during each.
            Age::SchoolYears if last <= 13.0 => (Some(first + 4.0), Some(last + 5.0)),
            Age::Adults if adults_only(sentence, young) => (Some(ADULT), None),
            _ => continue,
        };
        let possible = |age: Option<f64>| age.is_none_or(|age| (0.0..=OLDEST).contains(&age));
        let ordered = minimum
            .zip(maximum)
            .is_none_or(|(least, most)| least < most);
        let beside_adults =
            minimum.is_none() && sentence.has(&["women", "men", "adults", "mother"]);
        let of_child =
            (sentence.has(FAMILY) || beside_adults) && maximum.is_some_and(|most| most <= CHILD);
        let from_child = sentence.has(FAMILY) && minimum.is_some_and(|least| least < 16.0);
        if possible(minimum) && possible(maximum) && ordered && !of_child && !from_child {
            ranges.push(AgeRange { minimum, maximum });
        }
    }
    match ranges.as_slice() {
        // `over 18 and under 65` is one range; `under 5 or over 60` are two.
        [
            AgeRange {
                minimum: Some(least),
                maximum: None,
            },
            AgeRange {
                minimum: None,
                maximum: Some(most),
            },
        ]
        | [
            AgeRange {
                minimum: None,
                maximum: Some(most),
            },
            AgeRange {
                minimum: Some(least),
                maximum: None,
            },
        ] if least < most => Some(AgeRange {
            minimum: Some(*least),
            maximum: Some(*most),
        }),
        _ => ranges.into_iter().reduce(hull),
    }
}

/// Whether `for adults` is the rule: nothing else of the record speaks of the young.
fn adults_only(sentence: &Sentence<'_>, young: bool) -> bool {
    sentence
        .words
        .windows(2)
        .any(|pair| pair == ["adults", "only"] || pair == ["adult", "only"])
        || !young
}

/// The smallest range that holds both.
fn hull(one: AgeRange, other: AgeRange) -> AgeRange {
    let both = |a: Option<f64>, b: Option<f64>, choose: fn(f64, f64) -> f64| Some(choose(a?, b?));
    AgeRange {
        minimum: both(one.minimum, other.minimum, f64::min),
        maximum: both(one.maximum, other.maximum, f64::max),
    }
}

#[cfg(test)]
mod tests {
    use super::super::prose::Texts;
    use super::*;
    use crate::model::Service;

    fn check(description: &str, minimum: Option<f64>, maximum: Option<f64>) {
        let service = Service {
            description: Some(description.to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        let ages = read(&Prose::of(&texts));
        assert_eq!(ages, AgeRange { minimum, maximum }, "{description}");
    }

    #[test]
    fn limits_are_read() {
        for (sentence, minimum, maximum) in [
            ("For people 18+.", Some(18.0), None),
            ("A lunch club for over 50s", Some(50.0), None),
            ("Open to anyone 55 and over", Some(55.0), None),
            ("Young people aged 11 to 18", Some(11.0), Some(18.0)),
            ("Ages 5-11", Some(5.0), Some(11.0)),
            ("Messy play for under 5s", None, Some(4.0)),
            ("Minimum age 16", Some(16.0), None),
            ("For 16–25 year olds", Some(16.0), Some(25.0)),
            ("Homework club for years 7 to 11", Some(11.0), Some(16.0)),
            ("Football for teenagers 13-19", Some(13.0), Some(19.0)),
            ("You must be over 18 and under 65", Some(18.0), Some(64.0)),
            ("Support for adults with depression", Some(18.0), None),
            (
                "Adults only, young people have their own club",
                Some(18.0),
                None,
            ),
            ("Men over 65 and women over 60", Some(60.0), None),
            ("Aged 60 years and over", Some(60.0), None),
            ("For people over the age of 18", Some(18.0), None),
            ("Between the ages of 8 and 12", Some(8.0), Some(12.0)),
        ] {
            check(sentence, minimum, maximum);
        }
    }

    #[test]
    fn other_numbers_and_other_people_are_not_limits() {
        for sentence in [
            "We have 100+ volunteers and over 20 years of experience",
            "Running for over 30 years",
            "We also run a club for over 60s.",
            "Parents of children under 5",
            "Stay and play for under 5s and their carers",
            "Volunteers must be 18+",
            "£2 for over 60s",
            "Children under 8 must be accompanied",
            "All ages welcome, from 5 to 95 year olds",
            "A course of 6 to 8 weeks",
            "For adults and children",
            "Mainly for over 50s",
            "Under 5s and over 60s",
            "We help older people",
        ] {
            check(sentence, None, None);
        }
    }

    #[test]
    fn several_ranges_make_one_that_holds_all() {
        check(
            "Juniors 8 to 12 year olds. Seniors aged 13 to 18.",
            Some(8.0),
            Some(18.0),
        );
    }
}
