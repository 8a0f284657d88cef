//! What a tie rests on, in a sentence. Routes, matches and neighbourhoods say it alike.

use std::fmt::Write as _;

use super::measures::named;
use crate::model::PartnershipKind;
use crate::snapshot::{Basis, Sharing, Snapshot, Tie};

/// In which way two work together, since when, who says so; or what they share.
#[must_use]
pub fn evidence(snapshot: &Snapshot, tie: &Tie) -> String {
    let (from, to) = (named(snapshot, tie.from).name, named(snapshot, tie.to).name);
    let (kind, id) = match &tie.basis {
        Basis::Stated(kind, id) => (*kind, *id),
        Basis::Implied(by, what) => {
            let share = match by {
                Sharing::Venue => "give services at",
                Sharing::Programme => "run services under",
                Sharing::Body => "belong to",
                Sharing::Funder => "are paid by",
            };
            return format!("Implied: {from} and {to} both {share} {what}.");
        }
    };
    let mut sentence = format!("{from} {} {to}", does(kind));
    if let Some(partnership) = snapshot.directory.partnerships.find(id) {
        if let Some(since) = partnership.since {
            let _ = write!(sentence, " since {}", since.year());
        }
        if let Some(note) = &partnership.note {
            let _ = write!(sentence, ": {}", note.trim_end_matches('.'));
        }
        if let Some(source) = &partnership.source {
            let _ = write!(sentence, " (source: {source})");
        }
    }
    sentence.push('.');
    sentence
}

fn does(kind: PartnershipKind) -> &'static str {
    match kind {
        PartnershipKind::DeliversWith => "delivers services with",
        PartnershipKind::RefersTo => "refers people to",
        PartnershipKind::Hosts => "gives room to",
        PartnershipKind::CoProduces => "designs services with",
        PartnershipKind::MemberOf => "is a member of",
        PartnershipKind::Supports => "supports",
        PartnershipKind::Trains => "trains people of",
        PartnershipKind::Funds => "funds",
    }
}
