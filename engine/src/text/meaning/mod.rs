//! Closeness in meaning: texts as vectors, by a model that the operator supplies.
//!
//! A second opinion where words and concepts find nothing. It has no reasons
//! to give, so it may move a service in a ranking and is never told as why.
//! The one model there is here is read by the module behind the cargo feature
//! `meaning`; all else works with anything that has [`Meaning`].

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[cfg(feature = "meaning")]
mod bert;

/// A model that turns texts into vectors, alike where the texts mean the same.
///
/// The same text has the same vector, whatever it is asked with.
pub trait Meaning: Send + Sync + Debug {
    /// A vector for each text, of length 1 and all of one size; see [`unit()`].
    fn embed(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, MeaningError>;
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MeaningError {
    /// This program was built without the part that reads models.
    #[error(
        "cannot use the model in {folder}: this program was built without the cargo feature `meaning`; build it with `--features meaning`, or take the setting `meaning.model` away",
        folder = folder.display()
    )]
    NotBuiltIn {
        /// Where the model is said to be.
        folder: PathBuf,
    },
    /// A file of the model cannot be read.
    #[error(
        "cannot read {path}; a model is a folder with config.json, tokenizer.json and model.safetensors",
        path = path.display()
    )]
    Open {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not what a BERT sentence-embedding model has there.
    #[error("{path} is not of a BERT sentence-embedding model: {what}", path = path.display())]
    Model {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The model was read and fails at a text.
    #[error("the model of meaning failed: {0}")]
    Failed(String),
}

/// Reads the model in a folder.
pub fn load(folder: &Path) -> Result<Arc<dyn Meaning>, MeaningError> {
    #[cfg(feature = "meaning")]
    let model = bert::Bert::open(folder).map(|model| Arc::new(model) as Arc<dyn Meaning>);
    #[cfg(not(feature = "meaning"))]
    let model = Err(MeaningError::NotBuiltIn {
        folder: folder.to_owned(),
    });
    model
}

/// The mean of vectors, brought to length 1; all zero where the mean is, or
/// where there are none to take it of.
#[must_use]
pub fn unit(rows: &[Vec<f32>]) -> Vec<f32> {
    let mut sum = vec![0.0; rows.first().map_or(0, Vec::len)];
    for row in rows {
        for (sum, value) in sum.iter_mut().zip(row) {
            *sum += value;
        }
    }
    let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
    if length > 0.0 {
        for value in &mut sum {
            *value /= length;
        }
    }
    sum
}

/// The cosine of the angle between two vectors of length 1, −1 to 1; 0 with a
/// vector that is all zero.
#[must_use]
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let product: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    f64::from(product).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_pooled_to_their_mean_of_length_one() {
        let pooled = unit(&[vec![6.0, 0.0], vec![0.0, 8.0]]);
        assert!((pooled[0] - 0.6).abs() < 1e-6 && (pooled[1] - 0.8).abs() < 1e-6);
        assert_eq!(unit(&[vec![1.0], vec![-1.0]]), [0.0]);
        assert!(unit(&[]).is_empty());
    }

    #[test]
    fn the_cosine_is_one_for_the_same_and_none_across_or_with_nothing() {
        let (a, b) = (unit(&[vec![3.0, 4.0]]), unit(&[vec![-4.0, 3.0]]));
        assert!((cosine(&a, &a) - 1.0).abs() < 1e-6);
        assert!(cosine(&a, &b).abs() < 1e-6);
        assert!(cosine(&a, &[0.0, 0.0]).abs() < 1e-6);
    }

    /// Runs where the setting's own variable names a folder with a sentence-embedding model for English.
    #[cfg(feature = "meaning")]
    #[test]
    fn a_model_finds_what_means_the_same_without_a_word_in_common() {
        let Some(folder) = std::env::var_os("CAUSEWAY_MEANING__MODEL") else {
            eprintln!("skipped: CAUSEWAY_MEANING__MODEL names no folder with a model");
            return;
        };
        let model = load(Path::new(&folder)).unwrap();
        let texts = [
            "My husband died and I cannot stop crying",
            "Bereavement support: someone to talk to after a loss",
            "Bicycle repair workshop",
        ];
        let together = model.embed(&texts).unwrap();
        let near = cosine(&together[0], &together[1]);
        let far = cosine(&together[0], &together[2]);
        assert!(near > far + 0.2, "{near} against {far}");
        assert!((cosine(&together[0], &together[0]) - 1.0).abs() < 1e-5);
        assert_eq!(model.embed(&texts[1..2]).unwrap()[0], together[1]);
        let long = "help ".repeat(2_000);
        assert_eq!(
            model.embed(&[&long, ""]).unwrap()[1].len(),
            together[0].len()
        );
    }

    #[test]
    fn a_folder_without_a_model_is_refused_with_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let message = load(folder.path()).unwrap_err().to_string();
        assert!(message.contains("model"), "{message}");
        let remedy = if cfg!(feature = "meaning") {
            "config.json"
        } else {
            "--features meaning"
        };
        assert!(message.contains(remedy), "{message}");
    }
}
