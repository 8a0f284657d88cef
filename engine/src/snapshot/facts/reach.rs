//! Whether a service comes to the person, can be had from afar, or is for the hour of need.

use std::sync::LazyLock;

use crate::model::Answer;

use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    Visits,
    Remote,
    /// Fetches, drives or delivers.
    Comes,
    /// A way to get in touch, or something else.
    Other,
}

static REACH: LazyLock<Phrases<Reach>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "home visit|visits|visiting|visitor|visitors
            visit|visits|visiting|see|sees|meet|meets|support|supports|help|come|comes you|people|them|clients|families|older|someone|members|adults|parents? people|adults|members? at|in your|their|peoples? own? home|homes
            come|comes|coming to your|their|peoples|the home|homes|house|door
            come|comes|travel|travels to you|them
            in|at your|their|peoples|clients own? home|homes
            in home care|support|service|services|assessment|help
            at your|their|the|peoples door|doorstep
            visits|visit you at home
            support|care|help|assessment|assessments|visits|lessons|repairs at home
            visit the|those|people|anyone housebound|homebound",
            Reach::Visits,
        ),
        (
            "to your|their|peoples|the own? door|doors|doorstep|doorsteps
            delivered|deliver|delivers|delivery to|direct|directly|at to? your|their|peoples|the|people|clients|older? own? home|homes|door|doors|doorstep|house|houses|housebound
            home deliveries|delivery|delivered
            delivery service|available",
            Reach::Comes,
        ),
        (
            "door to door
            collect|collects|collected|fetch|pick|picks|picked you|people|members|passengers|them|up from|at|your|home|and
            pick|picks|picked you|people|members|passengers|clients|them|patients up
            we can? collect you
            meals on wheels
            volunteer|our|friendly|with|by driver|drivers
            drivers take|collect|drive|will|who
            community transport|car
            dial a ride
            dial ride
            patient|accessible|assisted|hospital|medical|volunteer transport
            transport scheme|service|services
            car|lift|lifts scheme
            lifts|lift|transport|drive|drives to|people|patients|you|older to? hospital|appointments|medical|gp|shops|clinic",
            Reach::Comes,
        ),
        (
            "by|over|on|via|through the|a? phone|telephone|zoom|video|skype|whatsapp|teams|webchat|online
            on|via|through|using|over zoom|teams|skype|whatsapp
            telephone|phone|video|online|virtual|remote|digital|text|zoom support|advice|counselling|appointment|appointments|session|sessions|group|groups|class|classes|befriending|helpline|line|call|calls|consultation|consultations|meeting|meetings|course|courses|therapy|chat|workshops|workshop|community|peer|listening|guidance|help|service|services|advocacy|lessons|learning|forum|clinic|clinics|interpreting|tutoring|programme|coaching
            our|a|confidential|free|hour|national|telephone|phone|advice|support|staffed|crisis|listening|information|local|dedicated|anonymous helpline|hotline|textline|phoneline
            crisis|listening|advice|support|information|help|text|talk line|lines
            web|live chat
            webchat
            online and|or in|face|by|telephone|phone
            person|face and|or|to online|face|by and|or? online|phone|telephone?
            weekly|regular|daily telephone|phone call|calls
            remotely
            available|held|run|meet|meets|delivered|offered online",
            Reach::Remote,
        ),
        (
            "online|web|telephone|phone referral|referrals|application|applications|booking|bookings|form|forms|safety|shopping|banking|skills|hate|abuse|bullying|gambling|dating|gaming|fraud|scams|directory|harm|harms|crime|registration|resources|store|shop|grooming|payment|bills|number|numbers|world|account|accounts|services
            apply|book|booking|refer|referral|referrals|register|registration|enquire|enquiries|contact|call|bookings|appointment|appointments|application|applications|email|sign|arrange|self|made|donate|order|us .. by|over|on|via|through the|a? phone|telephone|zoom|video|online|whatsapp
            apply|book|booking|refer|register|enquire|available|find|sign|donate|order|shop|up|get|getting|go|going|information|more|stay|safe|confident|visit|see|forms|application|applications online
            care|nursing|residential home|homes visit|visits
            care|nursing|residential homes
            in|at your|their care|nursing|residential|new|foster own? home|homes
            live|living|lives|remain|remaining|stay|staying|independent|independently|independence|safe|safely|safer|die|alone|isolated|happy|comfortable|sleep|secure|work|stuck|prisoners|trapped|manage|repairs .. in|at your|their|peoples own? home|homes
            return|returning|go|get|moving|going to your|their own? home|homes
            visit our|the home page
            deliver|delivers|delivered|delivering workshops|training|sessions|services|programmes|courses|projects|support|a|activities
            public|own|no|your|poor|transport transport|links|costs
            public|your own? transport
            transport links|costs|to|for|museum|planning|is|by
            lorry|hgv|bus|taxi|train|delivery|disqualified driver|drivers
            if|when you? live|lives in your own home",
            Reach::Other,
        ),
    ])
});

fn answer(prose: &Prose<'_>, wanted: Reach, skip: &[Source]) -> Answer {
    let (mut yes, mut no) = (false, false);
    for sentence in prose
        .all()
        .filter(|sentence| !skip.contains(&sentence.source))
    {
        for hit in REACH
            .find(&sentence.words)
            .iter()
            .filter(|hit| hit.means == wanted)
        {
            let elsewhere = match wanted {
                Reach::Remote => is_contact(sentence, hit.start),
                Reach::Visits => !is_given(sentence, hit.start),
                _ => false,
            };
            if elsewhere {
                continue;
            }
            if sentence.denies(hit.start) {
                no = true;
            } else {
                yes = true;
            }
        }
    }
    match (yes, no) {
        (true, false) => Answer::Yes,
        (false, true) => Answer::No,
        _ => Answer::Unknown,
    }
}

/// Whether what is in the home is given there: `equity in their home` is not.
fn is_given(sentence: &Sentence<'_>, at: usize) -> bool {
    const GIVEN: [&str; 24] = [
        "support",
        "supports",
        "supported",
        "help",
        "helps",
        "care",
        "visit",
        "visits",
        "visiting",
        "companionship",
        "lessons",
        "sessions",
        "treatment",
        "therapy",
        "service",
        "services",
        "assistance",
        "training",
        "befriending",
        "cleaning",
        "see",
        "sees",
        "people",
        "you",
    ];
    !matches!(sentence.words[at], "in" | "at")
        || sentence.words[at + 1] == "home"
        || sentence.words[at.saturating_sub(5)..at]
            .iter()
            .any(|word| GIVEN.contains(word))
}

/// Whether a telephone is only the way to ask: `to book, call us by phone`.
fn is_contact(sentence: &Sentence<'_>, at: usize) -> bool {
    const CONTACTS: [&str; 22] = [
        "apply",
        "book",
        "booking",
        "bookings",
        "refer",
        "referral",
        "referrals",
        "register",
        "registration",
        "enquire",
        "enquiries",
        "contact",
        "email",
        "arrange",
        "appointment",
        "order",
        "donate",
        "please",
        "accessed",
        "contacted",
        "information",
        "reach",
    ];
    let spoken_of = &sentence.words[at.saturating_sub(6)..at];
    spoken_of.iter().any(|word| CONTACTS.contains(word))
        && !spoken_of
            .iter()
            .any(|word| matches!(*word, "support" | "advice" | "counselling"))
}

/// Whether it comes to the home.
pub(super) fn home_visit(prose: &Prose<'_>) -> Answer {
    let skip = [Source::Eligibility, Source::Fees, Source::Wait];
    let visits = answer(prose, Reach::Visits, &skip);
    // To the door with a parcel is to the home as well.
    if visits == Answer::Unknown && delivers(prose) {
        Answer::Yes
    } else {
        visits
    }
}

fn delivers(prose: &Prose<'_>) -> bool {
    prose.all().any(|sentence| {
        sentence
            .words
            .iter()
            .any(|word| word.starts_with("deliver") || word.starts_with("door"))
            && REACH.find(&sentence.words).iter().any(|hit| {
                let spoken = &sentence.words[hit.start..hit.end];
                hit.means == Reach::Comes
                    && spoken
                        .iter()
                        .any(|word| word.starts_with("deliver") || word.starts_with("door"))
                    && spoken != ["door", "to", "door"]
                    && !sentence.denies(hit.start)
            })
    })
}

/// Whether it can be had by telephone or online.
pub(super) fn remote(prose: &Prose<'_>) -> Answer {
    answer(
        prose,
        Reach::Remote,
        &[
            Source::Process,
            Source::Fees,
            Source::Wait,
            Source::Eligibility,
        ],
    )
}

/// Whether it fetches people, visits them or brings things.
pub(super) fn comes_to_you(prose: &Prose<'_>) -> bool {
    home_visit(prose) == Answer::Yes
        || answer(prose, Reach::Comes, &[Source::Eligibility, Source::Fees]) == Answer::Yes
}

static URGENT: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "24 hours|hour a|per day
            24 hour|hours|hr free|confidential|national|telephone|crisis|domestic|emergency|support|advice|mental|freephone? abuse|violence|support|crisis|advice|health? helpline|line|crisis|service|emergency|hotline|refuge|support|helplines|phoneline|freephone|shelter|phone
            24 / 7
            open|available 24 hours
            round the clock
            day and|or night
            same day
            crisis line|helpline|team|house|cafe|support|text|service|haven|centre|accommodation
            in a? mental? health? crisis
            emergency food|accommodation|housing|shelter|help|support|helpline|line|refuge|parcels|parcel|grants|grant|hostel|bed|beds
            out of hours emergency? service|helpline|line|support|team|crisis
            urgent help|support|need|needs|advice|cases|food|appointments
            suicidal",
            true,
        ),
        (
            "not an? emergency|crisis|urgent service|services|help|support
            24 hour|hours nursing|care|staffed|supervision|residential|notice|before|in|gym|access|cctv
            within 24 hours
            at least 24 hours
            emergency services|contact|contacts|lighting|department|exit
            accident and emergency
            prevent|avoid|prevents|avoiding .. crisis
            after|following|past|before|post a|the? crisis
            cost|climate|housing|financial|economic of? living? crisis",
            false,
        ),
    ])
});

/// Whether a crisis or the same day is what it is for.
pub(super) fn same_day(prose: &Prose<'_>) -> bool {
    const SOURCES: [Source; 3] = [Source::Name, Source::Description, Source::Process];
    prose.of_sources(&SOURCES).any(|sentence| {
        // `In an emergency call 999` sends people elsewhere.
        !sentence.has(&["999", "911", "112"])
            && !sentence.is_further()
            && URGENT
                .find(&sentence.words)
                .iter()
                .any(|hit| hit.means && !sentence.denies(hit.start))
    })
}

#[cfg(test)]
mod tests {
    use super::super::prose::Texts;
    use super::*;
    use crate::model::Service;

    fn with(description: &str, check: impl FnOnce(&Prose<'_>)) {
        let service = Service {
            description: Some(description.to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        check(&Prose::of(&texts));
    }

    #[test]
    fn visits_to_the_home_are_read() {
        for (sentence, expected) in [
            ("We visit you at home.", Answer::Yes),
            ("Home visits can be arranged", Answer::Yes),
            ("A volunteer sees people in their own home", Answer::Yes),
            ("Hot meals delivered to your door", Answer::Yes),
            ("We do not do home visits.", Answer::No),
            (
                "Helps people to stay independent in their own home",
                Answer::Unknown,
            ),
            ("We run care home visits", Answer::Unknown),
            ("A lunch club in the hall", Answer::Unknown),
            ("We deliver workshops in schools", Answer::Unknown),
        ] {
            with(sentence, |prose| {
                assert_eq!(home_visit(prose), expected, "{sentence}");
            });
        }
    }

    #[test]
    fn help_from_afar_is_read() {
        for (sentence, expected) in [
            ("Advice by phone and online.", Answer::Yes),
            ("We meet on Zoom", Answer::Yes),
            ("A confidential helpline for carers", Answer::Yes),
            ("Telephone befriending for older people", Answer::Yes),
            ("Apply online.", Answer::Unknown),
            (
                "To book an appointment contact us by phone",
                Answer::Unknown,
            ),
            ("We help people stay safe online", Answer::Unknown),
            ("We do not offer telephone support", Answer::No),
        ] {
            with(sentence, |prose| {
                assert_eq!(remote(prose), expected, "{sentence}");
            });
        }
    }

    #[test]
    fn what_comes_to_you_is_read() {
        for (sentence, expected) in [
            ("A door to door minibus.", true),
            ("Our drivers take people to hospital appointments", true),
            ("We collect you from home", true),
            ("Food parcels delivered to your home", true),
            ("Good public transport links", false),
            ("A pottery class", false),
            ("We deliver training to bus drivers", false),
        ] {
            with(sentence, |prose| {
                assert_eq!(comes_to_you(prose), expected, "{sentence}");
            });
        }
    }

    #[test]
    fn urgent_help_is_read() {
        for (sentence, expected) in [
            ("Open 24 hours a day.", true),
            ("A 24/7 text line", true),
            ("Same day appointments", true),
            ("A crisis line for young people", true),
            ("Emergency accommodation for women", true),
            ("In an emergency call 999.", false),
            ("This is not a crisis service", false),
            ("24-hour nursing care", false),
            ("We help families avoid crisis", false),
            ("An emergency contact is needed", false),
        ] {
            with(sentence, |prose| {
                assert_eq!(same_day(prose), expected, "{sentence}");
            });
        }
    }
}
