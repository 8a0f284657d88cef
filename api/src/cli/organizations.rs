//! Organizations as people name them on the command line: by id, or by name.

use causeway_engine::model::{OrganizationId, ServiceId};
use causeway_engine::snapshot::Snapshot;
use causeway_engine::text::fold;

use super::Unusable;
use crate::http::nearest;

/// How many of several that fit are named.
const NAMED: usize = 5;

/// The node of the organization of that id or name. A part of a name will do
/// where only one has it.
pub(super) fn find(snapshot: &Snapshot, asked: &str) -> Result<u32, Unusable> {
    if let Some(node) = by_id(snapshot, asked) {
        return Ok(node);
    }
    let wanted = fold(asked);
    let named = |fits: &dyn Fn(&str) -> bool| -> Vec<(OrganizationId, &str)> {
        snapshot
            .directory
            .organizations
            .iter()
            .filter(|organization| {
                let other = organization.alternate_name.as_deref();
                [Some(organization.name.as_str()), other]
                    .into_iter()
                    .flatten()
                    .any(|name| fits(&fold(name)))
            })
            .map(|organization| (organization.id, organization.name.as_str()))
            .collect()
    };
    let mut found = named(&|name| name == wanted);
    if found.is_empty() && !wanted.is_empty() {
        found = named(&|name| name.contains(&wanted));
    }
    match found.as_slice() {
        [] => Err(unknown(snapshot, asked)),
        [(id, _)] => snapshot
            .graph
            .node(*id)
            .ok_or_else(|| unknown(snapshot, asked)),
        several => {
            let listed: Vec<String> = several
                .iter()
                .take(NAMED)
                .map(|(id, name)| format!("  {name}  {id}"))
                .collect();
            let more = match several.len() {
                0..=NAMED => String::new(),
                count => format!("\n  and {} more", count - NAMED),
            };
            Err(Unusable(format!(
                "'{asked}' fits {} organisations; give the id of one:\n{}{more}",
                several.len(),
                listed.join("\n")
            )))
        }
    }
}

/// The node of an organization, or of the one that gives a service.
pub(super) fn find_with_services(snapshot: &Snapshot, asked: &str) -> Result<u32, Unusable> {
    let missing = match find(snapshot, asked) {
        Ok(node) => return Ok(node),
        Err(missing) => missing,
    };
    let wanted = fold(asked);
    let id: Option<ServiceId> = asked.trim().parse().ok();
    let mut owners = snapshot
        .directory
        .services
        .iter()
        .filter(|service| id.map_or_else(|| fold(&service.name) == wanted, |id| service.id == id))
        .filter_map(|service| snapshot.graph.node(service.organization_id?));
    match (owners.next(), owners.next()) {
        (Some(owner), None) => Ok(owner),
        _ => Err(missing),
    }
}

fn by_id(snapshot: &Snapshot, asked: &str) -> Option<u32> {
    snapshot
        .graph
        .node(asked.trim().parse::<OrganizationId>().ok()?)
}

fn unknown(snapshot: &Snapshot, asked: &str) -> Unusable {
    let names = snapshot.directory.organizations.iter();
    let hint = nearest(asked, names.map(|one| one.name.as_str()))
        .map(|name| format!("; did you mean '{name}'?"))
        .unwrap_or_default();
    Unusable(format!("there is no organisation '{asked}'{hint}"))
}
