//! How well help of one kind serves a need for another (METHODS A4).

use std::collections::{BTreeMap, HashSet};

use super::settings::ReadingSettings;
use super::{Concept, ConceptNo};

/// Who serves whose need, and how well.
#[derive(Debug)]
pub(super) struct Kinship {
    /// By concept, those that serve its need, by number.
    pub(super) kin: Vec<Vec<(ConceptNo, f64)>>,
    /// By concept, those that share a broader one with it and serve not.
    pub(super) siblings: Vec<Vec<ConceptNo>>,
}

/// Works out who serves whose need from what the files say of each concept.
pub(super) fn kinship(concepts: &[Concept], reading: &ReadingSettings) -> Kinship {
    let mut narrower: Vec<Vec<ConceptNo>> = vec![Vec::new(); concepts.len()];
    for (number, concept) in concepts.iter().enumerate() {
        for wider in &concept.broader {
            narrower[usize::from(wider.0)].push(ConceptNo(number as u16));
        }
    }
    let mut kin = Vec::with_capacity(concepts.len());
    let mut siblings = Vec::with_capacity(concepts.len());
    for (number, concept) in concepts.iter().enumerate() {
        let own = ConceptNo(number as u16);
        let mut weights: BTreeMap<ConceptNo, f64> = BTreeMap::new();
        let mut raise = |to: ConceptNo, weight: f64| {
            if to != own {
                let known = weights.entry(to).or_default();
                *known = known.max(weight);
            }
        };
        // Narrower at any depth; the visited set ends circles a file may hold.
        let mut below = narrower[number].clone();
        let mut visited = HashSet::new();
        while let Some(next) = below.pop() {
            if visited.insert(next) {
                raise(next, reading.narrower);
                below.extend(&narrower[usize::from(next.0)]);
            }
        }
        for wider in &concept.broader {
            raise(*wider, reading.broader);
        }
        for (to, weight) in &concept.related {
            raise(*to, *weight);
        }
        let mut beside: Vec<ConceptNo> = concept
            .broader
            .iter()
            .flat_map(|wider| &narrower[usize::from(wider.0)])
            .copied()
            .filter(|other| *other != own && !weights.contains_key(other))
            .collect();
        beside.sort_unstable();
        beside.dedup();
        kin.push(weights.into_iter().collect());
        siblings.push(beside);
    }
    Kinship { kin, siblings }
}
