//! `need`: how well the service does what is needed. The value comes with the
//! candidate, since it is what made it one.

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let Some((number, best)) = candidate.best_need() else {
        return "Nothing particular was asked for.".to_owned();
    };
    let need = &asked.understood.needs[number];
    let lexicon = &asked.snapshot.lexicon;
    let service = asked.service(candidate);
    let Some((wanted, offered)) = best.met.filter(|_| best.concept > 0.0) else {
        return if best.concept > 0.0 {
            format!("Is listed under '{}'.", need.words)
        } else if best.text > 0.0 {
            "Shares words with the need; no kind of help was recognised.".to_owned()
        } else {
            "No kind of help was recognised in its words; shown as a second opinion.".to_owned()
        };
    };
    let name = &lexicon.concept(offered).name;
    let tagged = service
        .concepts
        .iter()
        .any(|concept| concept.concept == offered && concept.tagged);
    let how = if tagged {
        "is listed as"
    } else {
        "by its own words offers"
    };
    let words = need
        .concepts
        .iter()
        .find(|understood| understood.concept == wanted)
        .map(|understood| understood.words.as_str())
        .unwrap_or_default();
    if offered == wanted {
        format!("Fits '{words}': it {how} {name}.")
    } else {
        format!(
            "Fits '{words}' ({}): it {how} {name}.",
            lexicon.concept(wanted).name
        )
    }
}
