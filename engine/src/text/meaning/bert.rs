//! Sentence embeddings by a model of the BERT family, on the processor.
//!
//! Words are pieced by the model's own tokenizer; what the last layer says of
//! each piece is averaged and brought to length 1 (Reimers & Gurevych 2019).

use std::path::{Path, PathBuf};

use candle_core::{DType, Device, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::bert::{BertModel, Config};
use rayon::prelude::*;
use tokenizers::{Tokenizer, TruncationParams};

use super::{Meaning, MeaningError, unit};

/// Pieces of words read of a text; the rest is left. Such models are trained on
/// short texts, and time grows with the length.
const MOST_PIECES: usize = 256;

/// A model read from a folder.
pub(super) struct Bert {
    folder: PathBuf,
    tokenizer: Tokenizer,
    model: BertModel,
}

impl Bert {
    /// Reads `config.json`, `tokenizer.json` and `model.safetensors` in a folder.
    pub(super) fn open(folder: &Path) -> Result<Self, MeaningError> {
        let (path, bytes) = read(folder, "config.json")?;
        let config: Config =
            serde_json::from_slice(&bytes).map_err(|error| refused(&path, &error))?;
        let (path, bytes) = read(folder, "tokenizer.json")?;
        let mut tokenizer =
            Tokenizer::from_bytes(bytes).map_err(|error| refused(&path, &*error))?;
        let truncation = TruncationParams {
            max_length: MOST_PIECES.min(config.max_position_embeddings),
            ..TruncationParams::default()
        };
        tokenizer
            .with_padding(None)
            .with_truncation(Some(truncation))
            .map_err(|error| refused(&path, &*error))?;
        let (path, bytes) = read(folder, "model.safetensors")?;
        let model = VarBuilder::from_buffered_safetensors(bytes, DType::F32, &Device::Cpu)
            .and_then(|weights| BertModel::load(weights, &config))
            .map_err(|error| refused(&path, &error))?;
        Ok(Self {
            folder: folder.to_owned(),
            tokenizer,
            model,
        })
    }

    /// One text at a time, so that nothing is padded: the vector then does not
    /// depend on what else is asked in the same call.
    fn vector(&self, text: &str) -> Result<Vec<f32>, MeaningError> {
        // What the tokenizer says of an error is left out: it may hold the text, and
        // the text of a need is nowhere to be written.
        let Ok(pieces) = self.tokenizer.encode(text, true) else {
            let what = "a text cannot be cut into pieces of words";
            return Err(MeaningError::Failed(what.to_owned()));
        };
        let rows = self
            .rows(pieces.get_ids(), pieces.get_type_ids())
            .map_err(|error| MeaningError::Failed(error.to_string()))?;
        Ok(unit(&rows))
    }

    /// The last layer: a row for each piece.
    fn rows(&self, ids: &[u32], types: &[u32]) -> candle_core::Result<Vec<Vec<f32>>> {
        let ids = Tensor::new(ids, &Device::Cpu)?.unsqueeze(0)?;
        let types = Tensor::new(types, &Device::Cpu)?.unsqueeze(0)?;
        self.model
            .forward(&ids, &types, None)?
            .squeeze(0)?
            .to_vec2()
    }
}

impl Meaning for Bert {
    fn embed(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, MeaningError> {
        texts.par_iter().map(|text| self.vector(text)).collect()
    }
}

impl std::fmt::Debug for Bert {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bert")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

fn read(folder: &Path, name: &str) -> Result<(PathBuf, Vec<u8>), MeaningError> {
    let path = folder.join(name);
    match std::fs::read(&path) {
        Ok(bytes) => Ok((path, bytes)),
        Err(source) => Err(MeaningError::Open { path, source }),
    }
}

fn refused(path: &Path, error: &(impl std::fmt::Display + ?Sized)) -> MeaningError {
    MeaningError::Model {
        path: path.to_owned(),
        what: error.to_string(),
    }
}
