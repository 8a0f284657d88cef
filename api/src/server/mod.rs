//! The one list of routes and middleware, and the life of the server.

mod health;
mod metrics;
mod observe;
mod welcome;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, Resource, web};
use causeway_engine::engine::Engine;
use utoipa_swagger_ui::SwaggerUi;

use crate::http::headers::{json_only, secure};
use crate::http::{Problem, ProblemKind};
use crate::rest::network::{
    bridges, brokers, collaborators, communities, consortia, cores, cut_nodes, equity, export,
    isolated, neighbourhood, offers, offers_matches, picture, routes, summary, what_if,
};
use crate::rest::planning::{areas, gaps, people, pictures, scenarios, sites};
use crate::rest::{
    Rest, find_matches, openapi, organization, organizations, service, services, suggest,
};
pub use metrics::Metrics;

/// Within this the head of a request must have arrived.
const HEAD_PATIENCE: Duration = Duration::from_secs(5);
/// So long requests under way may take to end once the server is told to stop.
const FAREWELL_S: u64 = 10;

/// How the server is run.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether what is loaded is the invented demonstration network.
    pub demonstration: bool,
}

/// What all workers share.
#[derive(Debug, Clone)]
pub struct Shared {
    rest: web::Data<Rest>,
    metrics: web::Data<Metrics>,
    about: web::Data<About>,
}

/// What the server says of itself.
#[derive(Debug)]
struct About {
    demonstration: bool,
}

impl Shared {
    /// Answers from that engine.
    #[must_use]
    pub fn new(engine: Arc<Engine>, demonstration: bool) -> Self {
        Self {
            rest: web::Data::new(Rest::new(engine)),
            metrics: web::Data::new(Metrics::default()),
            about: web::Data::new(About { demonstration }),
        }
    }
}

/// The application: every route and all middleware.
pub fn application(
    shared: &Shared,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    App::new()
        .app_data(shared.rest.clone())
        .app_data(shared.metrics.clone())
        .app_data(shared.about.clone())
        .service(
            web::scope("/v1")
                .wrap(from_fn(json_only))
                .service(
                    web::resource("/match")
                        .route(web::get().to(find_matches::get))
                        .route(web::post().to(find_matches::post))
                        .default_service(web::to(async || refused("GET, POST"))),
                )
                .service(read(web::resource("/organizations"), organizations::list))
                .service(read(
                    web::resource("/organizations/{id}"),
                    organization::show,
                ))
                .service(read(
                    web::resource("/organizations/{id}/collaborators"),
                    collaborators::list,
                ))
                .service(read(web::resource("/routes"), routes::show))
                .service(read(web::resource("/network/summary"), summary::show))
                .service(read(web::resource("/network/brokers"), brokers::list))
                .service(read(
                    web::resource("/network/communities"),
                    communities::list,
                ))
                .service(read(web::resource("/network/isolated"), isolated::list))
                .service(
                    web::resource("/network/what-if")
                        .route(web::post().to(what_if::post))
                        .default_service(web::to(async || refused("POST"))),
                )
                .service(read(web::resource("/gaps"), gaps::list))
                .service(read(web::resource("/gaps.geojson"), gaps::geojson))
                .service(read(web::resource("/gaps.csv"), gaps::csv))
                .service(read(web::resource("/gaps.svg"), pictures::svg))
                .service(read(web::resource("/gaps.html"), pictures::html))
                .service(read(web::resource("/gaps/people"), people::list))
                .service(read(web::resource("/areas"), areas::list))
                .service(
                    web::resource("/scenarios")
                        .route(web::post().to(scenarios::post))
                        .default_service(web::to(async || refused("POST"))),
                )
                .service(
                    web::resource("/sites")
                        .route(web::post().to(sites::post))
                        .default_service(web::to(async || refused("POST"))),
                )
                .service(read(web::resource("/network/cut-nodes"), cut_nodes::list))
                .service(read(web::resource("/network/bridges"), bridges::list))
                .service(read(web::resource("/network/cores"), cores::list))
                .service(read(web::resource("/network/equity"), equity::show))
                .service(read(
                    web::resource("/organizations/{id}/network"),
                    neighbourhood::show,
                ))
                .service(read(
                    web::resource("/organizations/{id}/network.svg"),
                    picture::around,
                ))
                .service(read(web::resource("/network.svg"), picture::whole))
                .service(read(web::resource("/network.graphml"), export::graphml))
                .service(read(web::resource("/network.gexf"), export::gexf))
                .service(read(web::resource("/network.json"), export::json))
                .service(read(web::resource("/network.csv"), export::csv))
                .service(
                    web::resource("/consortia")
                        .route(web::post().to(consortia::post))
                        .default_service(web::to(async || refused("POST"))),
                )
                .service(read(web::resource("/offers"), offers::list))
                .service(read(web::resource("/offers/matches"), offers_matches::list))
                .service(read(web::resource("/services"), services::list))
                .service(read(web::resource("/services/{id}"), service::show))
                .service(read(web::resource("/suggest"), suggest::list))
                .default_service(web::to(nothing)),
        )
        .service(read(web::resource("/"), welcome::page))
        .service(read(web::resource("/style.css"), welcome::style))
        .service(read(web::resource("/problems/{name}"), welcome::problem))
        .service(read(web::resource("/openapi.json"), document))
        .service(read(web::resource("/livez"), health::live))
        .service(read(web::resource("/readyz"), health::ready))
        .service(read(web::resource("/metrics"), metrics::show))
        .service(web::redirect("/docs", "/docs/"))
        .service(
            SwaggerUi::new("/docs/{_:.*}").config(utoipa_swagger_ui::Config::from("/openapi.json")),
        )
        .default_service(web::to(nothing))
        .wrap(Compress::default())
        .wrap(from_fn(secure))
        .wrap(from_fn(observe::observe))
}

/// A resource that is only read.
fn read<F, Args>(resource: Resource, handler: F) -> Resource
where
    F: actix_web::Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: actix_web::Responder + 'static,
{
    resource
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
        .default_service(web::to(async || refused("GET, HEAD")))
}

fn refused(allow: &'static str) -> Result<HttpResponse, Problem> {
    Err(Problem::method(allow))
}

async fn nothing(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(Problem::new(
        ProblemKind::NotFound,
        format!("there is nothing at {}", request.path()),
    ))
}

async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "no-cache"))
        .content_type("application/json")
        .body(openapi::document())
}

/// Serves until the process is told to stop (SIGINT, SIGTERM), then lets
/// requests under way end.
///
/// Call it within `actix_web::rt::System::new().block_on(…)`.
pub async fn run(engine: Arc<Engine>, options: ServerOptions) -> std::io::Result<()> {
    let listener = TcpListener::bind(options.listen)?;
    serve(engine, listener, options.demonstration)?.await
}

/// Serves on a listener that is there already. The server ends as that of [`run`].
pub fn serve(
    engine: Arc<Engine>,
    listener: TcpListener,
    demonstration: bool,
) -> std::io::Result<actix_web::dev::Server> {
    let address = listener.local_addr()?;
    let shared = Shared::new(engine, demonstration);
    let server = HttpServer::new(move || application(&shared))
        .client_request_timeout(HEAD_PATIENCE)
        .shutdown_timeout(FAREWELL_S)
        .listen(listener)?
        .run();
    tracing::info!(server.address = %address, "serving on http://{address}");
    Ok(server)
}
