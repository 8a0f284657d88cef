//! `GET /v1/gaps.svg` and `/v1/gaps.html`: the answer as a picture, and as the
//! report a committee reads.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::planning::GapsAnswer;
use causeway_engine::planning::maps::{
    Classing, Figure, choropleth, curve, report, symbols, tenth_bars, worst_bars,
};
use causeway_engine::snapshot::Snapshot;

use super::gaps::file;
use super::request::word;
use crate::http::described::Refused;
use crate::http::{Fields, Problem};
use crate::rest::Rest;
use crate::rest::wire::GapsAsked;

/// Which picture is drawn, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Picture {
    /// Which.
    pub chart: Chart,
    /// The figure a map shows.
    pub figure: Figure,
    /// How a map puts values in classes.
    pub classes: Classing,
}

/// The pictures there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Chart {
    /// Areas shaded by the figure.
    #[default]
    Map,
    /// A circle on each area as large as the figure.
    Symbols,
    /// Who has how much of the access, by deprivation.
    Curve,
    /// The worst gaps as bars.
    Worst,
    /// Access by tenth of deprivation as bars.
    Tenths,
}

impl Chart {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Map,
        Self::Symbols,
        Self::Curve,
        Self::Worst,
        Self::Tenths,
    ];

    /// The name in requests.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Symbols => "symbols",
            Self::Curve => "curve",
            Self::Worst => "worst",
            Self::Tenths => "tenths",
        }
    }
}

impl Picture {
    fn read(fields: &mut Fields) -> Self {
        Self {
            chart: word(
                fields,
                "chart",
                Chart::ALL.map(|chart| (chart.name(), chart)),
            )
            .unwrap_or_default(),
            figure: word(
                fields,
                "figure",
                Figure::ALL.map(|figure| (figure.name(), figure)),
            )
            .unwrap_or_default(),
            classes: word(
                fields,
                "classes",
                Classing::ALL.map(|classes| (classes.name(), classes)),
            )
            .unwrap_or_default(),
        }
    }

    /// Draws it, as SVG.
    #[must_use]
    pub fn draw(self, snapshot: &Snapshot, answer: &GapsAnswer) -> String {
        match self.chart {
            Chart::Map => choropleth(snapshot, answer, self.figure, self.classes),
            Chart::Symbols => symbols(snapshot, answer, self.figure),
            Chart::Curve => curve(answer),
            Chart::Worst => worst_bars(answer),
            Chart::Tenths => tenth_bars(answer),
        }
    }
}

/// Gaps as a picture: a map, a concentration curve, or bars.
#[utoipa::path(
    get,
    path = "/v1/gaps.svg",
    tag = "planning",
    params(
        GapsAsked,
        ("chart" = Option<String>, Query, description = "`map` (areas shaded; the default), `symbols` (a circle on each area), `curve` (the concentration curve), `worst` (the worst gaps as bars), `tenths` (access by deprivation as bars)."),
        ("figure" = Option<String>, Query, description = "What a map shows: `unmet` (the default), `access`, `demand`."),
        ("classes" = Option<String>, Query, description = "How a map puts values in classes: `quantile` (the default) or `jenks`."),
    ),
    responses(
        (status = 200, description = "An SVG picture that stands alone.", body = String, content_type = "image/svg+xml"),
        Refused,
    )
)]
pub async fn svg(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    file(
        rest,
        request,
        "image/svg+xml",
        |fields| Ok(Picture::read(fields)),
        |snapshot, answer, picture| Ok(picture.draw(snapshot, answer).into_bytes()),
    )
    .await
}

/// Gaps as a report to print: map, worst gaps, fragile spots, method and limits.
#[utoipa::path(
    get,
    path = "/v1/gaps.html",
    tag = "planning",
    params(GapsAsked),
    responses(
        (status = 200, description = "A page that stands alone.", body = String, content_type = "text/html"),
        Refused,
    )
)]
pub async fn html(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    file(
        rest,
        request,
        "text/html; charset=utf-8",
        |_| Ok(()),
        |snapshot, answer, ()| Ok(report(snapshot, answer).into_bytes()),
    )
    .await
}
