//! The engine: a store, the current snapshot, and the one writer.
//!
//! A write is durable before it is visible: the store commits, the next
//! snapshot is built, swapped in, and only then is the write acknowledged. A
//! reader takes the current snapshot once and never waits.

use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::import::{self, ImportError, ImportReport, Reading};
use crate::matching::{self, MatchAnswer, MatchError, MatchRequest, MatchingSettings};
use crate::model::{ChangeSet, Directory};
use crate::network::Measures;
use crate::planning::PlanningSettings;
use crate::snapshot::{
    Builder, Exposure, Ledger, MeaningColumn, Snapshot, SnapshotError, TaggingSettings, TieStrength,
};
use crate::store::{Store, StoreError};
use crate::text::lexicon::Lexicon;
use crate::text::meaning::Meaning;

/// What an engine is opened with.
#[derive(Debug, Clone)]
pub struct EngineSettings {
    /// `[matching]`.
    pub matching: MatchingSettings,
    /// `[tagging]`.
    pub tagging: TaggingSettings,
    /// `[network.ties]`.
    pub ties: TieStrength,
    /// `[planning]`.
    pub planning: PlanningSettings,
    /// How needs and records are read.
    pub lexicon: Arc<Lexicon>,
    /// A model for a second opinion by meaning; none unless the operator supplies one.
    pub meaning: Option<Arc<dyn Meaning>>,
}

impl Default for EngineSettings {
    fn default() -> Self {
        Self {
            matching: MatchingSettings::default(),
            tagging: TaggingSettings::default(),
            ties: TieStrength::default(),
            planning: PlanningSettings::default(),
            lexicon: Lexicon::bundled(),
            meaning: None,
        }
    }
}

/// Why the engine could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The snapshot could not be built; what was written is safe in the store.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// A source could not be read at all.
    #[error(transparent)]
    Import(#[from] ImportError),
}

/// A store with the current snapshot of it.
pub struct Engine {
    store: Box<dyn Store>,
    settings: EngineSettings,
    current: ArcSwap<Snapshot>,
    measured: ArcSwap<Measured>,
    /// Held while changes are made durable and visible: there is one writer.
    writer: Mutex<()>,
    /// How often services were shown. Held only while counts are added.
    ledger: Mutex<Ledger>,
    notes: Vec<String>,
}

impl Engine {
    /// Opens a store and builds its snapshot, as of `at`.
    pub fn open(
        store: Box<dyn Store>,
        settings: EngineSettings,
        at: Timestamp,
    ) -> Result<Self, EngineError> {
        let loaded = store.load()?;
        let builder = builder(&settings, None);
        let snapshot = builder.build(Arc::new(loaded.directory), loaded.sequence, at)?;
        let snapshot = Arc::new(snapshot);
        Ok(Self {
            store,
            measured: ArcSwap::new(Measured::begin(&snapshot)),
            current: ArcSwap::new(snapshot),
            settings,
            writer: Mutex::new(()),
            ledger: Mutex::default(),
            notes: loaded.notes,
        })
    }

    /// The current snapshot. Take it once for a request and answer wholly from it.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// The measures of the whole graph, of the current version of the data.
    ///
    /// They are worked out once for a version, beside all requests. Waits up
    /// to `patience` for them; `None` where they take longer.
    #[must_use]
    pub fn measures(&self, patience: Duration) -> Option<(Arc<Snapshot>, Arc<Measures>)> {
        let work = self.measured.load_full();
        let measures = work.wait(patience)?;
        Some((Arc::clone(&work.snapshot), measures))
    }

    /// What the engine was opened with.
    #[must_use]
    pub fn settings(&self) -> &EngineSettings {
        &self.settings
    }

    /// What was mended when the store was opened, a sentence each.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Ranks services for a request, from the current snapshot, and takes down which
    /// services were shown: counts, which order near-equals once the next snapshot is
    /// built and are forgotten when the process ends.
    pub fn find_matches(&self, request: &MatchRequest) -> Result<MatchAnswer, MatchError> {
        let snapshot = self.snapshot();
        let (answer, sightings) =
            matching::find_and_count(&snapshot, &self.settings.matching, request)?;
        self.ledger().add(snapshot.today, sightings);
        Ok(answer)
    }

    /// What a reading would change, without changing it.
    #[must_use]
    pub fn preview(&self, reading: Reading, source: &str, at: Timestamp) -> ImportReport {
        import::reconcile(&self.snapshot().directory, reading, source, at).1
    }

    /// Brings a reading in: durable, then visible, then acknowledged.
    ///
    /// It is written in whole batches. If it stops in between, those that were
    /// acknowledged by the store stay, and reading the source again completes it.
    pub fn import(
        &self,
        reading: Reading,
        source: &str,
        at: Timestamp,
    ) -> Result<ImportReport, EngineError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.snapshot();
        let (batches, report) = import::reconcile(&before.directory, reading, source, at);
        self.write(&before.directory, batches, at)?;
        drop(writer);
        Ok(report)
    }

    /// Applies one set of changes; the new version of the data.
    pub fn apply(&self, changes: ChangeSet) -> Result<u64, EngineError> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let at = changes.at;
        let version = self.write(&self.snapshot().directory, vec![changes], at)?;
        drop(writer);
        Ok(version)
    }

    fn write(
        &self,
        before: &Directory,
        batches: Vec<ChangeSet>,
        at: Timestamp,
    ) -> Result<u64, EngineError> {
        if batches.is_empty() {
            return Ok(self.snapshot().version);
        }
        let mut directory = before.clone();
        let mut version = 0;
        let mut written = Ok(());
        for batch in batches {
            match self.store.append(&batch) {
                Ok(sequence) => {
                    version = sequence;
                    directory.apply(batch);
                }
                Err(error) => {
                    written = Err(error);
                    break;
                }
            }
        }
        // What the store took is shown even where a later batch failed.
        if version > 0 {
            let mut builder = builder(&self.settings, self.snapshot().meaning.clone());
            builder.exposure = Arc::new(self.exposure(at));
            let snapshot = builder.build(Arc::new(directory), version, at)?;
            let snapshot = Arc::new(snapshot);
            self.measured.store(Measured::begin(&snapshot));
            self.current.store(snapshot);
        }
        written?;
        Ok(version)
    }

    /// What was shown lately, as of `at`.
    fn exposure(&self, at: Timestamp) -> Exposure {
        let today = at.to_zoned_datetime(crate::model::london()).date();
        let mut ledger = self.ledger();
        let memory = &self.settings.matching.exposure;
        ledger.forget_before(today, memory);
        ledger.on(today, memory)
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a checksummed copy of everything; the version it holds.
    pub fn backup(&self, path: &Path) -> Result<u64, EngineError> {
        Ok(self.store.backup(path)?)
    }
}

/// What is measured of one snapshot, once it is.
struct Measured {
    snapshot: Arc<Snapshot>,
    measures: OnceLock<Arc<Measures>>,
    /// Told when the measures are there.
    done: (Mutex<bool>, std::sync::Condvar),
}

/// Of the measures that draw lots; the same for every version, so that answers compare.
const SEED: u64 = 4_711;

impl Measured {
    /// Begins to measure a snapshot on a thread of its own.
    fn begin(snapshot: &Arc<Snapshot>) -> Arc<Self> {
        let work = Arc::new(Self {
            snapshot: Arc::clone(snapshot),
            measures: OnceLock::new(),
            done: (Mutex::new(false), std::sync::Condvar::new()),
        });
        let beside = Arc::clone(&work);
        std::thread::spawn(move || {
            let measures = Arc::new(Measures::of(&beside.snapshot, SEED));
            // Only this thread sets it.
            let _ = beside.measures.set(measures);
            *beside.done.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
            beside.done.1.notify_all();
        });
        work
    }

    fn wait(&self, patience: Duration) -> Option<Arc<Measures>> {
        let done = self.done.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .done
            .1
            .wait_timeout_while(done, patience, |done| !*done);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
        self.measures.get().cloned()
    }
}

fn builder(settings: &EngineSettings, meant: Option<Arc<MeaningColumn>>) -> Builder {
    Builder {
        lexicon: Arc::clone(&settings.lexicon),
        tagging: settings.tagging.clone(),
        ties: settings.ties.clone(),
        meaning: settings.meaning.clone(),
        meant,
        exposure: Arc::default(),
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("version", &self.snapshot().version)
            .finish_non_exhaustive()
    }
}
