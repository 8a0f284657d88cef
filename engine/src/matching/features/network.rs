//! `network`: how close the service's organization is to the one that refers: the best
//! route, and the rest for nearness over all paths (METHODS A6).

use crate::matching::asked::Asked;
use crate::matching::candidates::Candidate;

pub(super) fn value(asked: &Asked<'_>, candidate: &Candidate) -> f64 {
    let (Some(referrer), Some(node)) = (&asked.referrer, asked.service(candidate).organization)
    else {
        return 0.0;
    };
    if node == referrer.node {
        return 1.0;
    }
    let route = asked.settings.values.network.route;
    route * referrer.routes.trust(node) + (1.0 - route) * referrer.reach.share(node)
}

pub(super) fn sentence(asked: &Asked<'_>, candidate: &Candidate) -> String {
    let (Some(referrer), Some(node)) = (&asked.referrer, asked.service(candidate).organization)
    else {
        return "Whose service this is, is not recorded.".to_owned();
    };
    if node == referrer.node {
        return "This is your own service.".to_owned();
    }
    let trust = referrer.routes.trust(node);
    if trust <= 0.0 {
        return "You have no partner who leads there.".to_owned();
    }
    format!(
        "Your partners lead there; about {:.0} in 100 such referrals would be taken up.",
        trust * 100.0
    )
}
