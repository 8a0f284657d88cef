//! The `OpenAPI` document, generated from the operations and their types.

use utoipa::OpenApi;

use super::network::{
    bridges, brokers, collaborators, communities, consortia, cores, cut_nodes, equity, export,
    isolated, neighbourhood, offers, offers_matches, picture, routes, summary, what_if,
};
use super::planning::{areas, gaps, people, pictures, scenarios, sites};
use super::{find_matches, organization, organizations, service, services, suggest};

/// The document.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Causeway",
        description = "Partner-network directory and referral matching for voluntary, community and faith groups.\n\nErrors are problem documents (RFC 9457) that name each bad parameter or field. Every answer carries `snapshot`, the version of the data that answered; `null` means that the source does not say. Where a location is confidential, nothing here tells where it is.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "matching", description = "From a need to a few right services, ranked and explained."),
        (name = "directory", description = "Organizations and services, with partnerships."),
        (name = "network", description = "The partner graph: who works with whom, who could, and who holds it together."),
        (name = "planning", description = "Who is left out: gaps, equity, what-if and where next.")
    ),
    paths(
        find_matches::get,
        find_matches::post,
        organizations::list,
        organization::show,
        services::list,
        service::show,
        suggest::list,
        collaborators::list,
        routes::show,
        summary::show,
        brokers::list,
        communities::list,
        isolated::list,
        what_if::post,
        gaps::list,
        gaps::geojson,
        gaps::csv,
        pictures::svg,
        pictures::html,
        people::list,
        areas::list,
        scenarios::post,
        sites::post,
        cut_nodes::list,
        bridges::list,
        cores::list,
        equity::show,
        neighbourhood::show,
        picture::around,
        picture::whole,
        export::graphml,
        export::gexf,
        export::json,
        export::csv,
        consortia::post,
        offers::list,
        offers_matches::list,
    )
)]
pub struct Document;

/// The document as JSON, with a line end.
#[must_use]
pub fn document() -> String {
    let mut text = Document::openapi().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}
