//! The snapshot: everything a question needs, of one version of the data.
//!
//! A snapshot is immutable. A request takes the current one once, answers
//! wholly from it and reports its version; a write builds the next one and
//! swaps it in. Its parts are shared by pointer, so that a later builder can
//! take over those that a change does not touch.

mod exposure;
mod facts;
mod flow;
mod implied;
mod meaning_column;
mod partner_graph;
mod place_index;
mod structure;
mod text_index;
mod tie;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::geography::{AreaIndex, Boroughs, Gazetteer, PlaceFacts as GazetteerFacts};
use crate::model::Directory;
use crate::text::Words;
use crate::text::lexicon::Lexicon;
use crate::text::meaning::{Meaning, MeaningError};
use crate::text::spelling::Vocabulary;

pub use exposure::{Counts, Exposure, ExposureMemory, Ledger, Sighting};
pub(crate) use facts::area_name;
pub use facts::{
    Audience, Capacity, Cost, Facts, Languages, OnlyFor, Outcomes, PlaceFacts, ServiceConcept,
    ServiceFacts, Standing, TaggingSettings, Week,
};
pub use flow::Flow;
pub use implied::venue;
pub use meaning_column::MeaningColumn;
pub use partner_graph::{PartnerGraph, RouteGraph};
pub use place_index::PlaceIndex;
pub use structure::Structure;
pub use text_index::{
    Bm25f, ByField, QueryTerm, ServiceText, TextField, TextIndex, TextIndexError, TextQuery,
};
pub use tie::{Basis, Referred, Sharing, Tie, TieKind, TieStrength};

/// Everything a question needs, of one version of the data.
#[derive(Debug)]
pub struct Snapshot {
    /// The store's sequence number that it shows.
    pub version: u64,
    /// When it was built.
    pub built_at: Timestamp,
    /// The day it was built, in London: what is open, ended or stale is judged by it.
    pub today: Date,
    /// All records.
    pub directory: Arc<Directory>,
    /// The words it was read with.
    pub lexicon: Arc<Lexicon>,
    /// The words of services.
    pub text: Arc<TextIndex>,
    /// Where services are: numbers into [`Facts::places`]; confidential places are not in it.
    pub places: Arc<PlaceIndex>,
    /// Who works with whom.
    pub graph: Arc<PartnerGraph>,
    /// What is known of services.
    pub facts: Arc<Facts>,
    /// How often services were shown before it was built, and how much they deserved it.
    pub exposure: Arc<Exposure>,
    /// Where postcodes and named places are.
    pub gazetteer: Arc<Gazetteer>,
    /// Which borough a point lies in.
    pub boroughs: Arc<Boroughs>,
    /// Words that records or the lexicon hold, for mending spelling.
    pub vocabulary: Arc<Vocabulary>,
    /// Names of organizations, folded, of two words or more.
    pub organization_names: Arc<HashSet<String>>,
    /// For each concept the stems of its name, by number.
    pub concept_stems: Arc<Vec<Vec<String>>>,
    /// What services mean, where there is a model to tell.
    pub meaning: Option<Arc<MeaningColumn>>,
    /// Made when planning first asks: matching never does, and outlines of a
    /// whole city take their time.
    areas: OnceLock<AreaIndex>,
}

impl Snapshot {
    /// The areas by place, code, name and kind.
    pub fn areas(&self) -> &AreaIndex {
        self.areas
            .get_or_init(|| AreaIndex::new(self.directory.areas.entries()))
    }
}

/// Why a snapshot could not be built.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The text index failed.
    #[error(transparent)]
    Text(#[from] TextIndexError),
    /// The model of meaning failed.
    #[error(transparent)]
    Meaning(#[from] MeaningError),
}

/// What a snapshot is built with.
#[derive(Debug, Clone)]
pub struct Builder {
    /// How needs and records are read.
    pub lexicon: Arc<Lexicon>,
    /// How sure concepts of services are.
    pub tagging: TaggingSettings,
    /// How firm partnerships are.
    pub ties: TieStrength,
    /// A model that tells how close texts are in meaning, where there is one.
    pub meaning: Option<Arc<dyn Meaning>>,
    /// What services meant in an earlier snapshot, by the same model: texts that
    /// did not change are not read again.
    pub meant: Option<Arc<MeaningColumn>>,
    /// How often services were shown.
    pub exposure: Arc<Exposure>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            lexicon: Lexicon::bundled(),
            tagging: TaggingSettings::default(),
            ties: TieStrength::default(),
            meaning: None,
            meant: None,
            exposure: Arc::default(),
        }
    }
}

impl Builder {
    /// Builds the snapshot of a directory as of `at`.
    pub fn build(
        &self,
        directory: Arc<Directory>,
        version: u64,
        at: Timestamp,
    ) -> Result<Snapshot, SnapshotError> {
        let today = at.to_zoned_datetime(crate::model::london()).date();
        let graph = PartnerGraph::of(&directory, &self.ties, today);
        let (facts, mut texts) =
            facts::read(&directory, &graph, &self.lexicon, &self.tagging, today);
        let text = TextIndex::of(&texts)?;
        let mut vocabulary = self.lexicon.vocabulary().clone();
        for token in texts
            .iter()
            .flat_map(|text| &text.fields)
            .flat_map(Words::content)
        {
            vocabulary.add(&token.folded);
        }
        let meaning = self
            .meaning
            .as_ref()
            .map(|model| {
                let told = texts.iter_mut().map(|text| std::mem::take(&mut text.told));
                MeaningColumn::of(model, told.collect(), self.meant.as_deref())
            })
            .transpose()?;
        let concept_stems = self
            .lexicon
            .concepts()
            .iter()
            .map(|concept| {
                Words::of(&concept.name)
                    .content()
                    .map(|token| token.stem.clone())
                    .collect()
            })
            .collect();
        let organization_names = directory
            .organizations
            .iter()
            .map(|organization| crate::text::fold(&organization.name))
            .filter(|name| name.contains(' '))
            .collect();
        let gazetteer = Gazetteer::new(
            GazetteerFacts::bundled(),
            directory.postcode_districts.entries(),
        );
        let places = PlaceIndex::of(facts.places.iter().enumerate().filter_map(
            |(number, place)| Some((place.point.filter(|_| !place.confidential)?, number as u32)),
        ));
        Ok(Snapshot {
            version,
            built_at: at,
            today,
            directory,
            lexicon: Arc::clone(&self.lexicon),
            text: Arc::new(text),
            places: Arc::new(places),
            graph: Arc::new(graph),
            facts: Arc::new(facts),
            exposure: Arc::clone(&self.exposure),
            gazetteer: Arc::new(gazetteer),
            boroughs: Boroughs::bundled(),
            vocabulary: Arc::new(vocabulary),
            organization_names: Arc::new(organization_names),
            concept_stems: Arc::new(concept_stems),
            meaning: meaning.map(Arc::new),
            areas: OnceLock::new(),
        })
    }
}
