//! Settings: one struct, filled from a file, then the environment, then the
//! command line; the later wins.
//!
//! ```toml
//! store = "sled:/var/lib/causeway"
//!
//! [server]
//! listen = "0.0.0.0:8080"
//!
//! [matching.weights]
//! need = 0.5
//! ```
//!
//! In the environment the same key is `CAUSEWAY_` and the path to it, its parts
//! joined by two underscores: `CAUSEWAY_MATCHING__WEIGHTS__NEED=0.5`.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use causeway_engine::engine::EngineSettings;
use causeway_engine::matching::MatchingSettings;
use causeway_engine::planning::PlanningSettings;
use causeway_engine::snapshot::{TaggingSettings, TieStrength};
use causeway_engine::text::lexicon::{Lexicon, LexiconError, ReadingSettings};
use causeway_engine::text::meaning::{self, Meaning, MeaningError};
use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};
use serde::{Deserialize, Serialize};

/// Everything an operator may set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where the data is: `sled:DIR`.
    pub store: String,
    /// How the log is written.
    pub log_format: LogFormat,
    /// `[server]`.
    pub server: ServerSettings,
    /// `[matching]`: weights and scales of the score.
    pub matching: MatchingSettings,
    /// `[lexicon]`: how words are read.
    pub lexicon: LexiconSettings,
    /// `[meaning]`: a second opinion on what fits a need.
    pub meaning: MeaningSettings,
    /// `[tagging]`: how sure concepts of services are.
    pub tagging: TaggingSettings,
    /// `[network]`.
    pub network: NetworkSettings,
    /// `[planning]`: rates of need, reach, tables of demand and of travel times.
    pub planning: PlanningSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            store: "sled:./causeway-data".to_owned(),
            log_format: LogFormat::default(),
            server: ServerSettings::default(),
            matching: MatchingSettings::default(),
            lexicon: LexiconSettings::default(),
            meaning: MeaningSettings::default(),
            tagging: TaggingSettings::default(),
            network: NetworkSettings::default(),
            planning: PlanningSettings::default(),
        }
    }
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// `[server]` of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
        }
    }
}

/// `[lexicon]` of the configuration.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LexiconSettings {
    /// A folder of lexicon files in place of those that come with the program.
    pub folder: Option<PathBuf>,
    /// `[lexicon.reading]`: how sure what is read is.
    pub reading: ReadingSettings,
}

impl LexiconSettings {
    /// Reads the lexicon.
    pub fn load(&self) -> Result<Arc<Lexicon>, SettingsError> {
        Ok(match &self.folder {
            Some(folder) => Arc::new(Lexicon::from_folder(folder, self.reading)?),
            None if self.reading == ReadingSettings::default() => Lexicon::bundled(),
            None => Arc::new(Lexicon::bundled_with(self.reading)),
        })
    }
}

/// `[meaning]` of the configuration. What it may count is set in `[matching.meaning]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MeaningSettings {
    /// The folder of a BERT sentence-embedding model: `config.json`, `tokenizer.json`,
    /// `model.safetensors`. Takes a program built with the cargo feature `meaning`.
    pub model: Option<PathBuf>,
}

impl MeaningSettings {
    /// Reads the model; `None` where none is set.
    pub fn load(&self) -> Result<Option<Arc<dyn Meaning>>, SettingsError> {
        Ok(self.model.as_deref().map(meaning::load).transpose()?)
    }
}

/// `[network]` of the configuration.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkSettings {
    /// `[network.ties]`: how firm each kind of partnership is, and how fast it fades.
    pub ties: TieStrength,
}

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read the configuration {path}", path = path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no such key.
    #[error(
        "{place}: there is no setting '{key}'; did you mean '{nearest}'? (known here: {known})"
    )]
    Unknown {
        /// The file or the variable, with the section.
        place: String,
        /// As it is written.
        key: String,
        /// The known key most like it.
        nearest: String,
        /// All keys known there.
        known: String,
    },
    /// A value is not of the right kind, or the file is not TOML.
    #[error("{place}: {what}")]
    Value {
        /// The file or the variable, with the path to the key.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// The lexicon that `[lexicon]` names cannot be read.
    #[error("[lexicon]: {0}")]
    Lexicon(#[from] LexiconError),
    /// The model that `[meaning]` names cannot be used.
    #[error("[meaning.model]: {0}")]
    Meaning(#[from] MeaningError),
}

impl Settings {
    /// Reads the file, where one is named, and then `environment`, of which only
    /// the variables that begin with `CAUSEWAY_` are looked at and those in
    /// `elsewhere` are left to others.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
        elsewhere: &[String],
    ) -> Result<Self, SettingsError> {
        let mut figment = Figment::new();
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|source| SettingsError::Open {
                path: path.to_owned(),
                source,
            })?;
            figment = figment.merge(Named {
                name: path.display().to_string(),
                data: Toml::string(&text)
                    .data()
                    .map_err(|error| SettingsError::Value {
                        place: path.display().to_string(),
                        what: error.to_string(),
                    })?,
            });
        }
        for (name, value) in environment {
            let Some(key) = name.strip_prefix("CAUSEWAY_") else {
                continue;
            };
            if elsewhere.contains(&name) {
                continue;
            }
            let path = key.to_lowercase().replace("__", ".");
            let value: Value = value.parse().unwrap_or_else(|never| match never {});
            let nested = figment::util::nest(&path, value).into_dict();
            figment = figment.merge(Named {
                name,
                data: Profile::Default.collect(nested.unwrap_or_default()),
            });
        }
        figment.extract().map_err(|error| told(&error))
    }

    /// What an engine is opened with; without the model of meaning, which takes its
    /// time with every service and is only needed to answer needs.
    pub fn engine(&self) -> Result<EngineSettings, SettingsError> {
        Ok(EngineSettings {
            matching: self.matching.clone(),
            tagging: self.tagging.clone(),
            ties: self.network.ties.clone(),
            planning: self.planning.clone(),
            lexicon: self.lexicon.load()?,
            meaning: None,
        })
    }
}

/// Settings with the name of where they come from, for messages.
struct Named {
    name: String,
    data: Map<Profile, Dict>,
}

impl Provider for Named {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(self.data.clone())
    }
}

fn told(error: &figment::Error) -> SettingsError {
    let place = |path: &[String]| {
        let source = error
            .metadata
            .as_ref()
            .map_or("the settings", |metadata| metadata.name.as_ref());
        if path.is_empty() {
            source.to_owned()
        } else {
            format!("{source} [{}]", path.join("."))
        }
    };
    match &error.kind {
        figment::error::Kind::UnknownField(key, known) => SettingsError::Unknown {
            // The path ends with the key itself.
            place: place(
                error
                    .path
                    .strip_suffix(std::slice::from_ref(key))
                    .unwrap_or(&error.path),
            ),
            key: key.clone(),
            nearest: nearest(key, known).to_owned(),
            known: known.join(", "),
        },
        kind => SettingsError::Value {
            place: place(&error.path),
            what: kind.to_string(),
        },
    }
}

/// The known name most like what was written.
fn nearest<'a>(written: &str, known: &[&'a str]) -> &'a str {
    let likeness = |name: &str| strsim::jaro_winkler(written, name);
    known
        .iter()
        .copied()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(file: &str, environment: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("causeway.toml");
        std::fs::write(&path, file).unwrap();
        let environment = environment
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::load(Some(&path), environment, &["CAUSEWAY_LISTEN".to_owned()])
    }

    fn check_refused(file: &str, environment: &[(&str, &str)], expected: &[&str]) {
        let message = load(file, environment).unwrap_err().to_string();
        for part in expected {
            assert!(message.contains(part), "{message} lacks {part}");
        }
    }

    #[test]
    fn nothing_given_is_the_default() {
        assert_eq!(load("", &[]).unwrap(), Settings::default());
    }

    #[test]
    fn the_environment_beats_the_file_key_by_key() {
        let file = "store = 'sled:a'\n[matching.weights]\nneed = 0.9\ncost = 0.2\n";
        let settings = load(
            file,
            &[
                ("CAUSEWAY_MATCHING__WEIGHTS__NEED", "0.7"),
                ("CAUSEWAY_NETWORK__TIES__HALF_LIFE_YEARS", "2.5"),
                ("CAUSEWAY_LISTEN", "an option of a command, not a setting"),
                ("HOME", "/root"),
            ],
        )
        .unwrap();
        assert_eq!(settings.store, "sled:a");
        let weights = settings.matching.weights;
        assert_eq!(weights.need.to_bits(), 0.7_f64.to_bits());
        assert_eq!(weights.cost.to_bits(), 0.2_f64.to_bits());
        assert_eq!(
            settings.network.ties.half_life_years.to_bits(),
            2.5_f64.to_bits()
        );
    }

    #[test]
    fn a_model_that_cannot_be_read_is_told_of_with_the_setting_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let settings = MeaningSettings {
            model: Some(folder.path().to_owned()),
        };
        let message = settings.load().unwrap_err().to_string();
        let expected = if cfg!(feature = "meaning") {
            "config.json"
        } else {
            "cargo feature `meaning`"
        };
        assert!(message.starts_with("[meaning.model]"), "{message}");
        assert!(message.contains(expected), "{message}");
        assert!(MeaningSettings::default().load().unwrap().is_none());
    }

    #[test]
    fn an_unknown_key_is_named_with_its_place_and_the_nearest_known_one() {
        check_refused(
            "[matching]\nwieghts = 1\n",
            &[],
            &["causeway.toml [matching]", "'wieghts'", "mean 'weights'"],
        );
        check_refused(
            "",
            &[("CAUSEWAY_SERVER__LISTNE", "x")],
            &[
                "CAUSEWAY_SERVER__LISTNE [server]",
                "'listne'",
                "mean 'listen'",
            ],
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named_with_its_place() {
        check_refused(
            "[matching]\nenough = 'many'\n",
            &[],
            &["causeway.toml [matching.enough]", "many"],
        );
        check_refused("= 1", &[], &["causeway.toml", "TOML"]);
    }
}
