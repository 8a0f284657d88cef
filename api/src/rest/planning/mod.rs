//! Planning over HTTP: who is left out, what would change it, and where next.
//! Everything is computed and nothing saved.

pub mod areas;
pub mod gaps;
pub mod people;
pub mod pictures;
pub mod request;
pub mod scenarios;
pub mod sites;

use causeway_engine::planning::PlanningError;

use crate::http::{FieldError, Problem, ProblemKind};

/// What the engine cannot take, as a bad input.
fn refused(error: &PlanningError, from_query: bool) -> Problem {
    let name = match error {
        PlanningError::Area { .. } => "area",
        PlanningError::Unit(_) => "by",
        PlanningError::Table { .. } => "demand",
        PlanningError::Organization(_) => "host_partner_of",
        PlanningError::Number { name, .. } => name,
        // These name no field: there is nothing to plan with, or the scenario was read already.
        PlanningError::NoAreas | PlanningError::Service(_) => {
            return Problem::new(ProblemKind::UnusableValue, error.to_string());
        }
    };
    Problem::of_inputs(
        ProblemKind::UnusableValue,
        vec![FieldError {
            pointer: (!from_query).then(|| format!("/{name}")),
            parameter: from_query.then(|| name.to_owned()),
            detail: error.to_string(),
        }],
    )
}
