//! Whether people come by themselves or must be referred.

use std::sync::LazyLock;

use super::phrase::Phrases;
use super::prose::{Prose, Sentence, Source};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By a professional.
    Referral,
    /// By a professional, where it stands under how to apply or who may come.
    MayBeReferral,
    /// By oneself.
    Own,
    Other,
}

static WAYS: LazyLock<Phrases<Way>> = LazyLock::new(|| {
    Phrases::of(&[
        (
            "referral|referrals only
            by|on|through|via referral|referrals only
            by|through|via a? professional|gp|agency|agencies referral|referrals
            by|through|via referral|referrals from|by
            referral|referrals is|are? required|needed|necessary|essential
            must|need|needs|needing|have|has to? be|come referred
            only|solely accept|accepts|take|takes referrals|people|referral
            accept|accepts|take|takes referrals only from
            professional|professionals|worker|workers|agency|agencies|gp|doctor|nurse|school|officer|adviser|teacher|midwife|visitor must|needs|need|has|have|will|should to? refer|apply|make|complete|send
            professionals|workers|agencies|gps apply|refer on|for|you
            apply|applies|applications on your|their|the behalf|persons
            cannot|cant|dont|not accept|take self referrals|referral|refer
            no self referrals|referral
            self referrals|referral is|are not
            not accept|accepting|take|taking self referrals|referral",
            Way::Referral,
        ),
        (
            "referral|referrals from|by a|an|your|any|the? gp|gps|professional|professionals|agency|agencies|social|doctor|doctors|health|schools|school|statutory|partner|support|local
            gp|agency|professional referral|referrals
            referred by|from|through
            referral|referrals
            voucher|vouchers",
            Way::MayBeReferral,
        ),
        (
            "self referral|referrals|refer|referred|referring
            refer yourself|themselves|themself
            book|register yourself|online
            yourself
            come|turn|walk|drop|pop along|up|in|by
            drop in
            dropin
            no|without|any referral|referrals appointment? is|are? needed|required|necessary?
            no need for|to a|be? referral|referred|book
            dont|not need|have to be referred
            dont|not need|require a? referral
            do not need|have to be referred
            anyone can refer|come|join|attend
            or|and self
            individuals|families|friends|family|parents|clients|residents|anyone|members can|may refer|apply|contact
            or|and by|from|as|for? individuals|families|parents|anyone|relatives|carers|friends
            apply|contact|call|phone|ring|email|telephone|text us|by|the|in|online|directly|for|direct|to
            you can? apply|book|call|phone|ring
            open access
            first come
            just|simply come|turn
            no appointment|booking
            as|from|by|or|and well? as? self and|or
            self and|or family|agency|professional|gp",
            Way::Own,
        ),
        (
            "referral|referrals to|on|onto|into|fee|fees
            information|advice|signposting|assessment and|or referral|referrals
            make|makes|making|provide|provides|offer|offers|and|or referrals|referral
            referred to|on|onto",
            Way::Other,
        ),
    ])
});

/// Whether only a professional can refer. Where both ways are named, one's own wins.
pub(super) fn by_referral(prose: &Prose<'_>) -> bool {
    const SOURCES: [Source; 4] = [
        Source::Process,
        Source::Eligibility,
        Source::Alert,
        Source::Description,
    ];
    let mut referral = false;
    for sentence in prose.of_sources(&SOURCES) {
        let about_entry = matches!(sentence.source, Source::Process | Source::Eligibility);
        for hit in WAYS.find(&sentence.words) {
            match hit.means {
                Way::Own if !sentence.denies(hit.start) || sentence.words[hit.start] == "no" => {
                    return false;
                }
                Way::Referral => referral |= !conditional(sentence, hit.start),
                Way::MayBeReferral if about_entry => referral |= !sentence.denies(hit.start),
                _ => {}
            }
        }
    }
    referral
}

/// `we may need to be referred to`, `if you have been referred`.
fn conditional(sentence: &Sentence<'_>, at: usize) -> bool {
    sentence.words[at.saturating_sub(4)..at].iter().any(|word| {
        matches!(
            *word,
            "if" | "may" | "might" | "can" | "some" | "not" | "dont" | "no"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::prose::Texts;
    use super::*;
    use crate::model::Service;

    fn eligible(words: &str, check: impl FnOnce(&Prose<'_>)) {
        let service = Service {
            eligibility_description: Some(words.to_owned()),
            ..Service::default()
        };
        let texts = Texts::of(&service);
        check(&Prose::of(&texts));
    }

    #[test]
    fn ways_in_are_read() {
        for (words, expected) in [
            ("Referral only.", true),
            ("A worker must refer you", true),
            ("Professionals apply on your behalf", true),
            ("GP referral", true),
            ("By referral from social services", true),
            (
                "We do not accept self-referrals, referral from a GP only",
                true,
            ),
            ("Self-referral", false),
            ("Refer yourself or ask your GP to refer you", false),
            ("Book yourself in or ask someone to", false),
            ("Just come along", false),
            ("Drop in, no referral needed", false),
            ("No referral needed", false),
            ("Apply by phone or be referred by a doctor", false),
            ("Anyone over 18", false),
            ("We give information and referrals", false),
        ] {
            eligible(words, |prose| {
                assert_eq!(by_referral(prose), expected, "{words}");
            });
        }
    }
}
