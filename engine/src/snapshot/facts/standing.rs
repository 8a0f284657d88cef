//! Whether a service runs.

use std::sync::LazyLock;

use crate::model::{Service, ServiceStatus};

use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};

/// Whether a service runs, and by which words we know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// Nothing says that it does not.
    #[default]
    Open,
    /// It does not, with the status or words that say so.
    Closed(String),
}

/// What a phrase of closure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closure {
    /// Closure, wherever it stands.
    Plain,
    /// Closure, in an alert or a name, where nothing else is spoken of.
    InAlert,
    /// Another thing that closes.
    Other,
}

static CLOSURES: LazyLock<Phrases<Closure>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "closed|suspended|paused until further notice
            closed permanently|indefinitely
            permanently|temporarily closed|suspended
            closed temporarily
            now closed down?
            has|have now? closed down
            has|have now? permanently closed
            no longer running|runs|operating|operates|exists|in|meeting|meets|trading
            service|project|group|club|programme|scheme|charity|centre|session|sessions has|have now? ended|finished|closed|ceased|folded|stopped
            service|project|group|club|programme|scheme|charity|centre is|are currently|now|temporarily|also? suspended|paused|closed
            service|project|group|club|programme|scheme is|are currently|now|temporarily? on hold
            service|project|group|club|programme|scheme has|have been discontinued|withdrawn|suspended|paused|closed|cancelled
            is|are currently|temporarily suspended|paused
            ceased to operate|trade|run|exist
            ceased trading|operating|operation
            paused for now
            on hold for now|until|at
            closed|shut|gone for good
            closed|shut its|our doors
            has|have now? shut|wound|folded|disbanded down|up?
            is|are now shut|defunct
            did|will not reopen
            has|have|will never reopened|reopen
            has|have stopped running|meeting|operating|trading|taking
            service|project|group|club|programme|scheme|charity|centre|we has|have now? come to an end
            is no more
            we have now? closed|ceased|folded|disbanded",
            Closure::Plain,
        ),
        (
            "suspended
            paused
            on hold
            discontinued
            no longer available|offered|provided|open
            closed for refurbishment|repairs|renovation|now
            currently closed
            this is|has closed",
            Closure::InAlert,
        ),
        (
            "list|lists|waitlist|referrals|applications|registration|registrations|bookings|intake is|are|has|have currently|now|temporarily|been? closed|suspended|paused|full
            list|lists|waitlist|referrals|applications|registration|registrations|bookings|intake closed|suspended|paused
            has|have stopped taking referrals|bookings|applications|new|names
            closed group|groups|on|to|over|during|between|list|lists
            suspended sentence|sentences|licence
            no longer in need|work|pain|education|contact|school|a|the|their|your
            benefits|benefit|payments is|are|have|has been? stopped|suspended|paused
            people|you|clients|who are|is|have|has? no longer
            if|when|whether|where|unless .. closed|suspended|ended",
            Closure::Other,
        ),
    ])
});

/// Words that go on: something else of the service is still there.
const GOES_ON: [&str; 8] = [
    "continue",
    "continues",
    "continuing",
    "remain",
    "remains",
    "still",
    "instead",
    "reopened",
];

impl Standing {
    /// Reads the status, then words of closure.
    pub(super) fn of(service: &Service, prose: &Prose<'_>) -> Self {
        if service.status != ServiceStatus::Active {
            return Self::Closed(service.status.name().to_owned());
        }
        // An alert speaks of now; in a description only the same sentence takes back.
        let alert_goes_on = prose
            .of_source(Source::Alert)
            .any(|sentence| sentence.has(&GOES_ON));
        for source in [Source::Alert, Source::Name, Source::Description] {
            let closure = prose
                .of_source(source)
                .find(|sentence| says_closed(sentence) && !sentence.has(&GOES_ON));
            if let Some(sentence) = closure.filter(|_| source != Source::Alert || !alert_goes_on) {
                return Self::Closed(sentence.text.to_owned());
            }
        }
        Self::Open
    }

    /// Whether it runs, as far as is known.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::Open
    }
}

fn says_closed(sentence: &Sentence<'_>) -> bool {
    let words = &sentence.words;
    if sentence.source == Source::Name && matches!(words.last(), Some(&"closed")) {
        return true;
    }
    CLOSURES.find(words).iter().any(|hit| {
        let counts = match hit.means {
            Closure::Plain => true,
            Closure::InAlert => sentence.source != Source::Description,
            Closure::Other => false,
        };
        // `Friday drop-in suspended`: one of several sessions.
        let partial = words[..hit.start].iter().any(|word| {
            matches!(
                *word,
                "monday"
                    | "mondays"
                    | "tuesday"
                    | "tuesdays"
                    | "wednesday"
                    | "wednesdays"
                    | "thursday"
                    | "thursdays"
                    | "friday"
                    | "fridays"
                    | "saturday"
                    | "saturdays"
                    | "sunday"
                    | "sundays"
                    | "waiting"
                    | "waitlist"
                    | "referrals"
            )
        });
        counts && !partial && !sentence.denies(hit.start)
    })
}

#[cfg(test)]
mod tests {
    use super::super::prose::Texts;
    use super::*;

    fn check(alert: &str, description: &str, open: bool) {
        let service = Service {
            alert: Some(alert.to_owned()),
            description: Some(description.to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        let standing = Standing::of(&service, &Prose::of(&texts));
        assert_eq!(
            standing.is_open(),
            open,
            "{alert} / {description}: {standing:?}"
        );
    }

    #[test]
    fn words_of_closure_close() {
        for words in [
            "Closed until further notice.",
            "This group is no longer running.",
            "This service has ended",
            "The service is currently suspended.",
            "Permanently closed",
            "Paused for now while we look for a new venue",
            "The project is on hold",
            "We have now closed.",
            "We have shut for good.",
            "The club has folded.",
            "It closed its doors in spring",
            "This project has come to an end",
            "We did not reopen after the fire",
        ] {
            check(words, "", false);
            check("", &format!("A friendly lunch club. {words}"), false);
        }
        check("On hold", "", false);
        check("Currently closed for building works", "", false);
    }

    #[test]
    fn days_off_lists_and_other_closures_do_not() {
        for words in [
            "Closed on Mondays.",
            "Closed bank holidays",
            "The waiting list is currently closed",
            "Waiting list suspended until May",
            "This is a closed group.",
            "Closed over Christmas",
            "For people whose benefits have been stopped",
            "Help for people who are no longer in work",
            "We have not closed.",
            "Group sessions are suspended but telephone support continues",
            "Monday drop-in is suspended",
            "When a relationship has ended",
            "Referrals are paused",
            "We have stopped taking new referrals",
            "Help when a marriage has come to an end",
        ] {
            check(words, "", true);
            check("", words, true);
        }
        check("", "Putting life on hold to care for a parent", true);
    }

    #[test]
    fn a_status_beats_words() {
        let service = Service {
            status: ServiceStatus::TemporarilyClosed,
            ..Service::default()
        };
        let texts = Texts::of(&service);
        let standing = Standing::of(&service, &Prose::of(&texts));
        assert_eq!(standing, Standing::Closed("temporarily closed".to_owned()));
    }
}
