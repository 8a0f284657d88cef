//! What a session costs.

use std::sync::LazyLock;

use crate::model::{CostOption, Service};

use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};

/// What a session costs a person.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Cost {
    /// Not said.
    #[default]
    Unknown,
    /// Nothing, or what one can give.
    Free,
    /// Pounds a session, the lowest price on offer.
    Pounds(f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Price {
    Free,
    /// Free where nothing else is spoken of.
    FreeInFees,
    /// A sum a session.
    Session,
    /// A sum in pence a session.
    Pence,
    /// A sum a month, for four sessions.
    Month,
    /// A sum for several sessions, of which the second number tells.
    Several,
    /// A sum that may be one a session, if nothing speaks against it.
    Sum,
    Other,
}

/// Above this a sum is hardly the price of a session, pounds.
const SESSION_AT_MOST: f64 = 200.0;
const SESSIONS_A_MONTH: f64 = 4.0;

static PRICES: LazyLock<Phrases<Price>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "free
            free of charge|cost
            free to use|attend|join|access|everyone|all|anyone|residents|come
            no charge|fee|fees|cost|costs
            without charge|cost
            costs nothing
            nothing to pay
            no cost to
            gratis
            pay what|as you can|like|feel|want|afford|wish
            by donation|donations
            donation|donations is|are|basis|only|based|welcome|appreciated|optional|accepted|requested
            donation|donations is|are welcome|appreciated|optional|voluntary|requested
            suggested|voluntary|optional|small donation|donations|contribution
            suggested|voluntary|optional donation|contribution .. £ #
            donation|donations of|is|from? £ #
            £ # suggested|voluntary|optional? donation|donations
            free £ # donation",
            Price::Free,
        ),
        ("none\nnil\nno\ndonation\ndonations", Price::FreeInFees),
        (
            "£ # per|a|each|for|every session|visit|class|week|time|person|hour|meal|lunch|adult|child|head|day|trip|journey|ride
            £ # a? weekly|session|each|entry|pp
            costs|cost|charge|fee|price|pay|entry|from|only|just|contribution is|are|of|from|only|just|a|at|about? £ #",
            Price::Session,
        ),
        ("# p\n# p per|a|each session|visit|week|time", Price::Pence),
        ("£ # per|a|each month\n£ # monthly", Price::Month),
        ("£ # for a|the? # weeks|week|sessions|session|classes", Price::Several),
        ("£ #", Price::Sum),
        (
            "feel|feels|feeling|are|youre|stay|living|live|break|become|be|remain|yourself|set|stand|go|run|walk free
            free transportation|estimate|quote|delivery|samples|parking|from|of|time|school|range|spirit|flow|thinking|trade|wifi|bus|travel|tea|coffee|refreshments|refreshment|creche|childcare|transport|trial|taster|up|space|standing|speech|movement|play|phone|0800|weights|press|will|church|hand|choice|hot|cake|biscuits|prescriptions|tv
            free hot|light drink|drinks|refreshments|lunch
            free to talk|be|choose|speak|ask|express|explore|leave
            free if|for under|children|carers|members|babies|those|people|concessions|over
            first session|visit|class|week|lesson is|free free?
            gluten|step|barrier|drug|alcohol|dairy|smoke|toll|tax|debt|rent|pain|stigma|interest|sugar|hands|trouble|violence|fat|nut|duty|fear|crime|hassle|stress|judgement|jargon|abuse|meat|obligation|lactose|seizure|symptom|addiction|substance|traffic|car|worry free
            membership|annual|yearly|joining|registration|deposit .. £ #
            £ # per|a|each|for? year|annum|annual|annually|membership|yearly|joining|registration|deposit|refundable|lifetime
            £ # per|a|each|for a|the? year
            grant|grants|worth|income|earn|earning|earnings|savings|raised|voucher|vouchers|loan|loans|than|over|under|below|saved|debts|fine|fines|save|prize .. £ #
            up to £ #
            £ # k|million|m|billion|grant|grants|voucher|vouchers
            funded|supported|rely|relies by|on? donations
            accept|collect|receive|take|need|welcome|sort|food|clothing|clothes|furniture|blood|money .. donation|donations
            donation|donations of food|clothes|clothing|furniture|goods|toys|items",
            Price::Other,
        ),
    ])
});

impl Cost {
    /// Reads the cost options, then the words about fees, then the description.
    pub(super) fn of(service: &Service, prose: &Prose<'_>) -> Self {
        let amounts = service
            .cost_options
            .iter()
            .filter(|option| !is_membership(option));
        if let Some(least) = amounts.filter_map(|option| option.amount).reduce(f64::min) {
            return if least <= 0.0 {
                Self::Free
            } else {
                Self::Pounds(least)
            };
        }
        [Source::Fees, Source::Name, Source::Description]
            .into_iter()
            .map(|source| Self::said(prose.of_source(source)))
            .find(|cost| *cost != Self::Unknown)
            .unwrap_or_default()
    }

    fn said<'s, 'a: 's>(sentences: impl Iterator<Item = &'s Sentence<'a>>) -> Self {
        let mut free = false;
        let mut least: Option<f64> = None;
        for sentence in sentences {
            let fees = sentence.source == Source::Fees;
            if sentence.is_further() && !fees {
                continue;
            }
            for hit in PRICES.find(&sentence.words) {
                let sum = hit.numbers.first().copied().unwrap_or_default();
                let pounds = match hit.means {
                    Price::Free => {
                        free |= !sentence.denies(hit.start);
                        continue;
                    }
                    Price::FreeInFees => {
                        free |= fees && sentence.words.len() <= 3;
                        continue;
                    }
                    Price::Other => continue,
                    Price::Sum if !fees => continue,
                    Price::Session | Price::Sum => sum,
                    Price::Pence => sum / 100.0,
                    Price::Month => sum / SESSIONS_A_MONTH,
                    Price::Several => sum / hit.numbers.get(1).copied().unwrap_or(1.0).max(1.0),
                };
                if pounds <= 0.0 {
                    free = true;
                } else if pounds <= SESSION_AT_MOST {
                    least = Some(least.map_or(pounds, |known| known.min(pounds)));
                }
            }
        }
        match (least, free) {
            // A price beside something free: someone without money should not be
            // surprised by it at the door.
            (Some(pounds), _) => Self::Pounds(pounds),
            (None, true) => Self::Free,
            (None, false) => Self::Unknown,
        }
    }
}

/// Whether a price is for a year's membership, not for a session.
fn is_membership(option: &CostOption) -> bool {
    let texts = [
        option.option.as_deref(),
        option.amount_description.as_deref(),
    ];
    texts.into_iter().flatten().any(|text| {
        let text = text.to_lowercase();
        ["member", "annual", "year", "joining", "deposit"]
            .iter()
            .any(|word| text.contains(word))
            && !text.contains("session")
    })
}

#[cfg(test)]
mod tests {
    use super::super::prose::Texts;
    use super::*;

    fn check(fees: &str, description: &str, expected: Cost) {
        let service = Service {
            fees_description: Some(fees.to_owned()),
            description: Some(description.to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        let cost = Cost::of(&service, &Prose::of(&texts));
        assert_eq!(cost, expected, "{fees} / {description}");
    }

    #[test]
    fn fees_are_read() {
        for (fees, expected) in [
            ("Free", Cost::Free),
            ("None.", Cost::Free),
            ("Free of charge", Cost::Free),
            ("It costs nothing", Cost::Free),
            ("There is no charge", Cost::Free),
            ("Donations welcome", Cost::Free),
            ("Pay what you can", Cost::Free),
            ("Suggested donation £2", Cost::Free),
            ("£2 suggested donation", Cost::Free),
            ("£3", Cost::Pounds(3.0)),
            ("£2.50 per session", Cost::Pounds(2.5)),
            ("£5 a week", Cost::Pounds(5.0)),
            ("From £4", Cost::Pounds(4.0)),
            ("£6, concessions £4", Cost::Pounds(4.0)),
            ("50p", Cost::Pounds(0.5)),
            ("£20 a month", Cost::Pounds(5.0)),
            ("£30 for 6 weeks", Cost::Pounds(5.0)),
            ("Membership £10 a year", Cost::Unknown),
            ("Membership £10 a year, £3 a session", Cost::Pounds(3.0)),
            ("Subsidised, sliding scale", Cost::Unknown),
        ] {
            check(fees, "", expected);
        }
    }

    #[test]
    fn descriptions_are_read_with_more_care() {
        for (description, expected) in [
            ("A free and friendly club.", Cost::Free),
            ("Free legal advice for anyone.", Cost::Free),
            ("Costs £3 and lunch is included.", Cost::Pounds(3.0)),
            ("Yoga for all, £4 per class.", Cost::Pounds(4.0)),
            ("Feel free to ask.", Cost::Unknown),
            ("Free parking outside.", Cost::Unknown),
            ("Gluten free and step-free and drug-free.", Cost::Unknown),
            ("A life free from abuse, and free time.", Cost::Unknown),
            ("We give grants of up to £500.", Cost::Unknown),
            ("It is not free.", Cost::Unknown),
            ("We also offer free tea.", Cost::Unknown),
            ("Help with free school meals.", Cost::Unknown),
            ("For households on under £16,000.", Cost::Unknown),
        ] {
            check("", description, expected);
        }
    }

    #[test]
    fn a_field_beats_words_and_a_membership_is_no_session() {
        let option = |option: &str, amount| CostOption {
            option: Some(option.to_owned()),
            amount: Some(amount),
            ..CostOption::default()
        };
        let service = Service {
            cost_options: vec![option("Annual membership", 1.0), option("Adult", 3.5)],
            fees_description: Some("Free".to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        assert_eq!(Cost::of(&service, &Prose::of(&texts)), Cost::Pounds(3.5));
    }
}
