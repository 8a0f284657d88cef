//! What services mean: a vector each, where the operator supplied a model.

use std::collections::HashMap;
use std::sync::Arc;

use crate::text::meaning::{Meaning, MeaningError, cosine};

/// The vectors of all services of a snapshot, and the model they are from.
#[derive(Debug)]
pub struct MeaningColumn {
    model: Arc<dyn Meaning>,
    /// By service: its number in `vectors`. Services that say the same share one.
    services: Vec<u32>,
    vectors: Vec<Vec<f32>>,
    numbers: HashMap<String, u32>,
}

impl MeaningColumn {
    /// Embeds the texts of services; the place of each is its number. A text
    /// that `earlier` holds is taken over from it, since embedding takes milliseconds each.
    pub(super) fn of(
        model: &Arc<dyn Meaning>,
        texts: Vec<String>,
        earlier: Option<&Self>,
    ) -> Result<Self, MeaningError> {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let services = texts
            .into_iter()
            .map(|text| {
                let next = numbers.len() as u32;
                *numbers.entry(text).or_insert(next)
            })
            .collect();
        let mut vectors = vec![Vec::new(); numbers.len()];
        let mut unknown = Vec::new();
        for (text, number) in &numbers {
            match earlier.and_then(|earlier| earlier.vector_of(text)) {
                Some(vector) => vectors[*number as usize] = vector.to_vec(),
                None => unknown.push((*number, text.as_str())),
            }
        }
        unknown.sort_unstable();
        let asked: Vec<&str> = unknown.iter().map(|(_, text)| *text).collect();
        for ((number, _), vector) in unknown.iter().zip(model.embed(&asked)?) {
            vectors[*number as usize] = vector;
        }
        Ok(Self {
            model: Arc::clone(model),
            services,
            vectors,
            numbers,
        })
    }

    fn vector_of(&self, text: &str) -> Option<&[f32]> {
        let number = self.numbers.get(text)?;
        Some(&self.vectors[*number as usize])
    }

    /// How close each service is to a text, by its number: the cosine, −1 to 1.
    ///
    /// *Complexity:* one run of the model and O(services · size of a vector).
    pub fn closeness(&self, text: &str) -> Result<Vec<f64>, MeaningError> {
        let wanted = self.model.embed(&[text])?;
        let wanted = wanted.first().map_or(&[] as &[f32], Vec::as_slice);
        Ok(self
            .services
            .iter()
            .map(|number| cosine(wanted, &self.vectors[*number as usize]))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Remembers what it was asked; a text is as long as it has letters.
    #[derive(Debug, Default)]
    struct Counting(Mutex<Vec<String>>);

    impl Meaning for Counting {
        fn embed(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, MeaningError> {
            let mut asked = self.0.lock().unwrap();
            asked.extend(texts.iter().map(|text| (*text).to_owned()));
            asked.sort();
            Ok(texts
                .iter()
                .map(|text| {
                    let angle = text.len() as f32 / 10.0;
                    vec![angle.cos(), angle.sin()]
                })
                .collect())
        }
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn only_texts_that_are_new_are_embedded_and_each_once() {
        let counting = Arc::new(Counting::default());
        let model: Arc<dyn Meaning> = counting.clone();
        let first = MeaningColumn::of(&model, texts(&["a", "bb", "a"]), None).unwrap();
        assert_eq!(counting.0.lock().unwrap().split_off(0), ["a", "bb"]);
        let second = MeaningColumn::of(&model, texts(&["ccc", "a"]), Some(&first)).unwrap();
        assert_eq!(counting.0.lock().unwrap().split_off(0), ["ccc"]);
        let fresh = MeaningColumn::of(&model, texts(&["ccc", "a"]), None).unwrap();
        assert_eq!(
            second.closeness("a").unwrap(),
            fresh.closeness("a").unwrap()
        );
        let closeness = first.closeness("a").unwrap();
        assert!((closeness[0] - 1.0).abs() < 1e-6 && (closeness[2] - 1.0).abs() < 1e-6);
        assert!(closeness[1] < closeness[0]);
    }
}
