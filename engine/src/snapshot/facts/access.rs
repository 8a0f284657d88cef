//! What a place and a service say about access.

use std::sync::LazyLock;

use crate::model::AccessFeature::{
    self, AccessibleToilet, Bsl, ChangingPlaces, DementiaFriendly, GuideDog, HearingLoop,
    HomeVisit, LargePrint, Lift, Parking, QuietSpace, Remote, StepFree, Wheelchair,
};
use crate::model::{Answer, Language, Location};

use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};
use super::reach;

/// Answers by [`AccessFeature::ALL`].
pub(super) type AccessAnswers = [Answer; AccessFeature::ALL.len()];

/// What a phrase says of access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// That it is so; with a word of refusal before it, that it is not.
    Has(AccessFeature),
    /// As [`Says::Has`], for a wheelchair and all that implies.
    Open,
    /// That it is not so.
    Lacks(AccessFeature),
    /// Steps in the way, unless something overcomes them.
    Steps,
    /// Up stairs that no lift spares.
    Upstairs,
    /// Nothing of access.
    Other,
}

static ACCESS: LazyLock<Phrases<Says>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "wheelchair accessible|access|friendly|accessibility
            wheelchair user|users welcome|friendly
            wheelchairs|wheelchair welcome|ok
            accessible|suitable|access|adapted for|to|by wheelchair|wheelchairs
            accessible|suitable|access|adapted for|to|by a? wheelchair user|users
            disabled|disability access
            disabled people can get in
            fully accessible
            accessible venue|building|premises|entrance|centre|hall
            venue|building|premises|centre|hall|church|site is accessible",
            Says::Open,
        ),
        (
            "step free
            level|flat access|entrance|entry
            no steps|stairs|step
            without steps|stairs
            on|all|is one level|floor
            all on one level
            ground floor
            ramp|ramps|ramped
            stepfree",
            Says::Has(StepFree),
        ),
        (
            "lift to all|every|each|both|the|upper|first|second|third|top|other floors|floor|levels
            lift|elevator access|available|access|between|serves|serving
            there is|are|has a|an? lift|elevator|lifts
            with|and|by|has|have|working a|an? lift|lifts|elevator
            lift or ramp
            elevator",
            Says::Has(Lift),
        ),
        (
            "there is|are|has|have no lift|elevator
            no|without a|working? lift|elevator
            lift is? broken|out|not",
            Says::Lacks(Lift),
        ),
        (
            "accessible|disabled|adapted|wheelchair accessible? toilet|toilets|loo|loos|wc|wcs|bathroom|restroom
            toilet|toilets|loo is|are? wheelchair? accessible|adapted
            wheelchair accessible and? adapted? toilet|toilets|loo|wc
            toilet|toilets|loo for|with disabled|wheelchair
            radar key? toilet|toilets",
            Says::Has(AccessibleToilet),
        ),
        (
            "toilet|toilets|loo|loos is|are not accessible|adapted|wheelchair|suitable
            toilet|toilets|loo|loos is|are? upstairs|downstairs",
            Says::Lacks(AccessibleToilet),
        ),
        ("changing places", Says::Has(ChangingPlaces)),
        (
            "hearing|induction|audio loop|loops|induction
            loop system
            t loop",
            Says::Has(HearingLoop),
        ),
        (
            "bsl interpreter|interpreters|interpreted|interpreting|interpretation|signer|signers|users|user|video|available|on|signing|sign|signed|trained|speaker|speakers|provided|supported|fluent
            in|via|using|use|uses|speak|speaks|with|and|including|know|knows|sign|basic|fluent bsl
            british sign language
            sign language
            signer|signers
            deaf interpreter
            bsl",
            Says::Has(Bsl),
        ),
        (
            "bsl|language|signing class|classes|course|courses|level|lessons|tutor|beginners|introduction|taster|qualification|training
            sign language class|classes|course|courses|level|lessons|training|tutor|taster
            british sign language class|classes|course|courses|level|lessons|training|tutor|taster
            learn|learning|teach|teaches|teaching british? sign|bsl language?",
            Says::Other,
        ),
        (
            "quiet|calm|calming|low room|rooms|space|spaces|area|areas|corner|hour|hours|time|session|sessions|environment|sensory|stimulation
            sensory room|space|friendly
            relaxed session|sessions|performance|performances|screening|screenings|hour|visit|opening
            chill out room|space|area
            low stimulation|sensory
            autism friendly hour|hours|session|sessions",
            Says::Has(QuietSpace),
        ),
        (
            "disabled|accessible|ample|onsite|dedicated|own|free|blue|badge|plenty|private car? badge? parking|park
            blue badge parking|bay|bays|space|spaces|holders|permit
            disabled car? bays|bay|spaces|badge
            on site car? parking|park
            parking is? available|on|outside|at|spaces|space|for|bays|onsite|free|provided|in
            car park|parks
            plenty of parking
            there is parking|carpark
            carpark",
            Says::Has(Parking),
        ),
        (
            "parking|car is|are? limited|restricted|difficult|permit|permits|fines|fine|penalty|tickets|ticket|charges|enforcement|nearby|not|badge|attendant
            street|limited|restricted|metered|some|nearby|nearest|help|permit|public car? parking|park
            no free|disabled|on parking|site|park",
            Says::Other,
        ),
        (
            "large|big|larger print|text|type|format
            large print",
            Says::Has(LargePrint),
        ),
        (
            "dementia friendly|inclusive
            for|with|living people? with|living with? dementia|alzheimers
            people with|living with? dementia|alzheimers
            dementia cafe|choir|group|club|singing|support|activities|day
            memory cafe",
            Says::Has(DementiaFriendly),
        ),
        (
            "assistance|guide|hearing|service|support dog|dogs is|are? always? welcome|welcomed|allowed|accepted|permitted|ok|only|fine
            assistance|guide and|or assistance|guide dogs are? welcome|allowed
            except|apart|other|welcome|allow|accept for|from|than? assistance|guide|service dogs|dog
            assistance dogs",
            Says::Has(GuideDog),
        ),
        (
            "not|isnt|nor fully|currently|yet|very|really? wheelchair accessible|friendly
            not|isnt|unsuitable|inaccessible suitable|accessible? for|to wheelchair|wheelchairs|disabled
            not|isnt accessible|suitable to|for|by a? wheelchair|wheelchairs|people users|user|with?
            unsuitable for wheelchair|wheelchairs users|user?
            no wheelchair|disabled access|accessibility
            venue|building|premises|centre|hall|church|site is|are not accessible|wheelchair accessible?",
            Says::Lacks(Wheelchair),
        ),
        (
            "no step free
            not|isnt step|level|flat free|access
            no level|flat|disabled access
            stairs|steps only
            only by|via stairs|steps",
            Says::Lacks(StepFree),
        ),
        (
            "upstairs|floor with|and|but? no|without a? lift
            upstairs there|and|but|with is|has? no lift",
            Says::Upstairs,
        ),
        (
            "# step|steps|stairs at|to|up|into|down the|our? front? entrance|door|building|hall|front|room|main|church|venue|toilets|get
            there are|is|a few|some|several|steep|#|two|one|small? steps|stairs|step
            steps|step|stairs at|up|into|down|outside|inside|leading the|to? front? entrance|door|building|hall|front|room|main|church|venue|basement
            steep steps|stairs|staircase
            flight|flights of stairs|steps
            up|down a|#|some|the|several|steep|narrow|two? stairs|steps|flight
            has|have # steps|stairs|step
            narrow|steep|spiral stairs|staircase|steps",
            Says::Steps,
        ),
        (
            "partially|partly|limited|some|restricted|poor wheelchair|disabled|step|accessible access?
            wheelchair access is? limited|restricted|difficult|partial|varies
            wheelchair accessible vehicle|vehicles|transport|minibus|minibuses|taxi|taxis|van|vans|bus|housing|homes|accommodation|properties|cars|car|holiday|beach|garden
            not|isnt all|every|fully|wholly accessible|areas|of
            not fully wheelchair? accessible
            ground floor flat|flats|accommodation|property|properties|bungalow
            ramp|ramps up|for|hire|loan|installation|installed
            fit|fits|install|installs|build|supply|provide|as|grab|stair|portable rails|ramps|ramp|lifts|lift
            # steps|step programme|program|recovery|fellowship|model|principles|meetings|meeting
            first|next|small|baby|positive|practical|simple|following|further|right|take|taking steps|step
            steps to recovery|wellbeing|success|independence|work|employment|change|take
            step up|down|by|forward|children|families|parents|mum|dad
            give|gives|giving|get|offer|with|need you|people|someone|them? a lift
            lift your|you|spirits|the|people|up|share|sharing|weights|mood|home
            loop system hire
            guide|assistance dog|dogs owners|training|puppies|association|for|charity
            if you? is|are? .. step|wheelchair|disabled free|accessible|access",
            Says::Other,
        ),
    ])
});

/// A place's own list, where one word is an answer.
static LISTED: LazyLock<Phrases<Says>> = LazyLock::new(|| {
    Phrases::of(&[
        ("wheelchair\nwheelchairs", Says::Open),
        ("lift\nlifts\nelevator", Says::Has(Lift)),
        ("parking", Says::Has(Parking)),
        (
            "toilet|toilets|restroom|loo|wc",
            Says::Has(AccessibleToilet),
        ),
        ("loop", Says::Has(HearingLoop)),
        ("guide|assistance dogs|dog", Says::Has(GuideDog)),
        ("dementia", Says::Has(DementiaFriendly)),
        ("quiet", Says::Has(QuietSpace)),
        ("braille", Says::Other),
        ("tape braille", Says::Other),
        (
            "wheelchair van|hire|loan\nbaby|public|no|baby|customer toilet|toilets|changing",
            Says::Other,
        ),
    ])
});

/// What the service's own words say, whichever its place.
pub(super) fn of_service(prose: &Prose<'_>) -> AccessAnswers {
    let mut found = Found::default();
    for sentence in prose.all() {
        // What stands under fees, waits and interpreters is about other things.
        if matches!(sentence.source, Source::Fees | Source::Wait) {
            continue;
        }
        found.read(sentence, false);
    }
    let mut answers = found.answers();
    answers[HomeVisit as usize] = reach::home_visit(prose);
    answers[Remote as usize] = reach::remote(prose);
    answers
}

/// What a place says of itself, and where it is silent the service.
pub(super) fn of_place(
    place: &Prose<'_>,
    location: &Location,
    service: &AccessAnswers,
) -> AccessAnswers {
    let mut found = Found::default();
    if location.languages.iter().any(is_bsl) {
        found.yes[Bsl as usize] = true;
    }
    for sentence in place.all() {
        // A place keeps what is said of access under what it asks of people.
        found.read(sentence, sentence.source == Source::Eligibility);
    }
    let mut answers = found.answers();
    for feature in AccessFeature::ALL {
        let at = feature as usize;
        if !found.contradicts(feature) && answers[at] == Answer::Unknown {
            answers[at] = service[at];
        }
    }
    // The place's own word on steps beats the service's on wheelchairs.
    if answers[StepFree as usize] == Answer::No && !found.yes[Wheelchair as usize] {
        answers[Wheelchair as usize] = Answer::No;
    }
    answers
}

#[derive(Debug, Default)]
struct Found {
    yes: [bool; AccessFeature::ALL.len()],
    no: [bool; AccessFeature::ALL.len()],
    steps: bool,
}

impl Found {
    fn read(&mut self, sentence: &Sentence<'_>, listed: bool) {
        let mut hits = ACCESS.find(&sentence.words);
        if listed && hits.is_empty() && sentence.words.len() <= 2 {
            hits = LISTED.find(&sentence.words);
        }
        for hit in hits {
            // `no steps` has spent its refusal; what stands before it does not count again.
            let denied = sentence.denies(hit.start) || refused_after(sentence, hit.end);
            match hit.means {
                Says::Has(feature) if denied => self.no[feature as usize] = true,
                Says::Has(feature) => self.yes[feature as usize] = true,
                Says::Open if denied => self.no[Wheelchair as usize] = true,
                Says::Open => self.yes[Wheelchair as usize] = true,
                Says::Lacks(feature) => self.no[feature as usize] = true,
                Says::Upstairs => {
                    self.no[Lift as usize] = true;
                    self.no[StepFree as usize] = true;
                }
                Says::Steps => self.steps |= !denied,
                Says::Other => {}
            }
        }
    }

    fn contradicts(&self, feature: AccessFeature) -> bool {
        self.yes[feature as usize] && self.no[feature as usize]
    }

    fn answers(&self) -> AccessAnswers {
        let mut answers = AccessFeature::ALL.map(|feature| {
            match (self.yes[feature as usize], self.no[feature as usize]) {
                (true, false) => Answer::Yes,
                (false, true) => Answer::No,
                _ => Answer::Unknown,
            }
        });
        let [wheelchair, step_free, lift] =
            [Wheelchair, StepFree, Lift].map(|feature| answers[feature as usize]);
        let overcome =
            self.yes[StepFree as usize] || self.yes[Wheelchair as usize] || lift == Answer::Yes;
        if step_free == Answer::Unknown && !self.contradicts(StepFree) {
            if self.steps && !overcome {
                answers[StepFree as usize] = Answer::No;
            } else if wheelchair == Answer::Yes {
                answers[StepFree as usize] = Answer::Yes;
            }
        }
        if answers[StepFree as usize] == Answer::No && wheelchair != Answer::No {
            if wheelchair == Answer::Yes {
                answers[StepFree as usize] = Answer::Unknown;
                answers[Wheelchair as usize] = Answer::Unknown;
            } else {
                answers[Wheelchair as usize] = Answer::No;
            }
        }
        answers
    }
}

/// Whether a listed language is British Sign Language.
fn is_bsl(language: &Language) -> bool {
    let code = language
        .code
        .as_deref()
        .is_some_and(|code| code.eq_ignore_ascii_case("bfi"));
    let name = language
        .name
        .as_deref()
        .map(crate::text::fold)
        .unwrap_or_default();
    code || matches!(name.as_str(), "bsl" | "british sign language")
}

/// `wheelchair access: no`, `hearing loop not available`.
fn refused_after(sentence: &Sentence<'_>, end: usize) -> bool {
    let after: Vec<&str> = sentence.words[end..].iter().take(3).copied().collect();
    matches!(
        after.as_slice(),
        ["no" | "not" | "unavailable"]
            | [
                "not",
                "available" | "yet" | "working" | "provided" | "possible",
                ..
            ]
            | [
                "is" | "are",
                "not",
                "available" | "yet" | "possible" | "provided"
            ]
            | ["is" | "are", "unavailable", ..]
    )
}
