//! The second opinion: how close services are to a need in meaning, where the
//! snapshot holds vectors. It counts like words do and is never a reason.

use super::MatchError;
use super::asked::Asked;

/// Of each service, by its number.
#[derive(Debug, Default)]
pub(super) struct Closeness(Vec<f64>);

impl Closeness {
    /// m = weight · (cos − low) / (high − low), held between 0 and weight, of all
    /// services; nothing where there is no model or no prose.
    pub(super) fn of(asked: &Asked<'_>) -> Result<Self, MatchError> {
        let settings = &asked.settings.meaning;
        let prose = asked.request.need.as_deref().unwrap_or_default();
        let Some(column) = asked
            .snapshot
            .meaning
            .as_ref()
            .filter(|_| settings.weight > 0.0 && !prose.trim().is_empty())
        else {
            return Ok(Self::default());
        };
        let range = (settings.high - settings.low).max(f64::EPSILON);
        let mut values = column.closeness(prose)?;
        for value in &mut values {
            *value = ((*value - settings.low) / range).clamp(0.0, 1.0) * settings.weight.min(1.0);
        }
        Ok(Self(values))
    }

    /// Of one service, 0 to 1.
    pub(super) fn to(&self, service: u32) -> f64 {
        self.0.get(service as usize).copied().unwrap_or_default()
    }

    /// Up to `count` services that are close at all, the closest first; ties by number.
    pub(super) fn closest(&self, count: usize) -> Vec<u32> {
        let mut close: Vec<u32> = (0..self.0.len() as u32)
            .filter(|service| self.to(*service) > 0.0)
            .collect();
        close.sort_by(|a, b| self.to(*b).total_cmp(&self.to(*a)).then(a.cmp(b)));
        close.truncate(count);
        close
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_come_first_and_ties_by_number() {
        let closeness = Closeness(vec![0.2, 0.0, 0.9, 0.2]);
        assert_eq!(closeness.closest(2), [2, 0]);
        assert_eq!(closeness.closest(9), [2, 0, 3]);
        assert!(Closeness::default().closest(9).is_empty());
    }
}
