//! Reading the files of the lexicon.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use super::kinship::kinship;
use super::sections::{
    CommunityFile, ConceptSection, Phrase, SituationSection, SlotFile, TwinKey, phrases,
};
use super::settings::ReadingSettings;
use super::trie::{Leaf, Path, Target, Trie};
use super::word_model::{WordCounts, WordModel};
use super::{
    Community, CommunitySort, Concept, ConceptNo, Lexicon, Problem, ProblemKind, Side, Situation,
    SlotRule, Twin, files,
};
use crate::text::spelling::Vocabulary;

/// Why a lexicon could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// A file is not in the form that `data/lexicon/README.md` describes.
    #[error("{file}: {source}")]
    Form {
        /// Which file.
        file: String,
        /// What is wrong, with the line.
        source: toml::de::Error,
    },
    /// A folder or file could not be read.
    #[error("{file}: {source}")]
    Io {
        /// Which.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// There is nothing to understand with.
    #[error("no concept in the lexicon; it needs files concepts/GROUP.toml")]
    NoConcept,
}

const CONCEPTS: &str = "concepts/";

impl Lexicon {
    /// The lexicon that comes with the program, with the default settings; read once.
    #[must_use]
    pub fn bundled() -> Arc<Self> {
        static BUNDLED: LazyLock<Arc<Lexicon>> =
            LazyLock::new(|| Arc::new(Lexicon::bundled_with(ReadingSettings::default())));
        Arc::clone(&BUNDLED)
    }

    /// The lexicon that comes with the program, read with other settings.
    ///
    /// # Panics
    ///
    /// Never: a test reads the bundled files.
    #[must_use]
    pub fn bundled_with(reading: ReadingSettings) -> Self {
        Self::from_files(files::BUNDLED, reading).expect("a test reads the bundled files")
    }

    /// Reads the files of a folder in place of the bundled ones.
    pub fn from_folder(
        folder: &std::path::Path,
        reading: ReadingSettings,
    ) -> Result<Self, LexiconError> {
        let io = |path: &std::path::Path| {
            let file = path.display().to_string();
            move |source| LexiconError::Io { file, source }
        };
        let mut texts = Vec::new();
        for below in ["", CONCEPTS] {
            let folder = folder.join(below);
            for entry in std::fs::read_dir(&folder).map_err(io(&folder))? {
                let path = entry.map_err(io(&folder))?.path();
                let (Some(name), Some("toml")) = (
                    path.file_name().and_then(|name| name.to_str()),
                    path.extension().and_then(|extension| extension.to_str()),
                ) else {
                    continue;
                };
                let text = std::fs::read_to_string(&path).map_err(io(&path))?;
                texts.push((format!("{below}{name}"), text));
            }
        }
        texts.sort();
        let files: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        Self::from_files(&files, reading)
    }

    /// Reads files given as name and text.
    pub fn from_files(
        files: &[(&str, &str)],
        reading: ReadingSettings,
    ) -> Result<Self, LexiconError> {
        // Reading and folding is nearly all the work, and no file needs another.
        let parsed: Vec<Vec<(String, String, ConceptSection)>> = files
            .par_iter()
            .filter(|(file, _)| file.starts_with(CONCEPTS))
            .map(|(file, text)| {
                let parsed: BTreeMap<String, ConceptSection> = parse(file, text)?;
                let named = parsed
                    .into_iter()
                    .map(|(id, section)| ((*file).to_owned(), id, section));
                Ok(named.collect())
            })
            .collect::<Result<_, LexiconError>>()?;
        let sections: Vec<(String, String, ConceptSection)> =
            parsed.into_iter().flatten().collect();
        if sections.is_empty() {
            return Err(LexiconError::NoConcept);
        }
        let mut reader = Reader::default();
        for (number, (_, id, _)) in sections.iter().enumerate() {
            reader.by_id.insert(id.clone(), ConceptNo(number as u16));
        }
        let folded: Vec<Vec<Phrase<'_>>> = sections
            .par_iter()
            .map(|(_, _, section)| section.phrases())
            .collect();
        let ((need_words, record_words), concepts) = rayon::join(
            || word_models(&sections, &folded),
            || -> Vec<Concept> {
                let each = sections.iter().zip(&folded);
                each.map(|((file, id, section), phrases)| {
                    reader.concept(file, id, section, phrases)
                })
                .collect()
            },
        );

        let mut classes = HashMap::new();
        let (mut rules, mut situations, mut communities) = (Vec::new(), Vec::new(), Vec::new());
        let mut reasons: BTreeMap<String, String> = BTreeMap::new();
        for (file, text) in files.iter().filter(|(file, _)| !file.starts_with(CONCEPTS)) {
            match *file {
                "slots.toml" => rules = reader.slots(file, parse(file, text)?, &mut classes),
                "situations.toml" => situations = reader.situations(file, parse(file, text)?),
                "communities.toml" => communities = reader.communities(file, parse(file, text)?),
                "ambiguous.toml" => reasons = parse(file, text)?,
                // A note beside the files is no mistake.
                _ => {}
            }
        }
        reader.check_ambiguity(&reasons);

        let mut by_taxonomy_name: HashMap<String, Vec<ConceptNo>> = HashMap::new();
        for (number, concept) in concepts.iter().enumerate() {
            for name in concept.taxonomy.iter().chain([&concept.name]) {
                let numbers = by_taxonomy_name.entry(crate::text::fold(name)).or_default();
                if !numbers.contains(&ConceptNo(number as u16)) {
                    numbers.push(ConceptNo(number as u16));
                }
            }
        }
        let kinship = kinship(&concepts, &reading);
        reader.problems.sort();
        Ok(Self {
            by_id: reader.by_id,
            situations,
            communities,
            by_taxonomy_name,
            rules,
            trie: reader.trie,
            need_words,
            record_words,
            kin: kinship.kin,
            siblings: kinship.siblings,
            reading,
            vocabulary: reader.vocabulary,
            problems: reader.problems,
            phrases: reader.paths.len(),
            concepts,
        })
    }
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, LexiconError> {
    toml::from_str(text).map_err(|source| LexiconError::Form {
        file: file.to_owned(),
        source,
    })
}

/// What single words say, on either side.
fn word_models(
    sections: &[(String, String, ConceptSection)],
    folded: &[Vec<Phrase<'_>>],
) -> (WordModel, WordModel) {
    let (mut need_words, mut record_words) = (WordCounts::default(), WordCounts::default());
    for (number, ((.., section), phrases)) in sections.iter().zip(folded).enumerate() {
        let number = ConceptNo(number as u16);
        section.count(number, phrases, &mut need_words, &mut record_words);
    }
    (WordModel::of(need_words), WordModel::of(record_words))
}

#[derive(Default)]
struct Reader<'a> {
    by_id: HashMap<String, ConceptNo>,
    trie: Trie,
    vocabulary: Vocabulary,
    problems: Vec<Problem>,
    /// All phrases of concepts and situations.
    paths: HashSet<Arc<Path>>,
    /// The concepts that a phrase of the need's side means at full strength.
    full: HashMap<Arc<Path>, Vec<(&'a str, &'a str, &'a str)>>,
}

impl<'a> Reader<'a> {
    fn problem(&mut self, file: &str, section: &str, kind: ProblemKind, what: &str) {
        self.problems.push(Problem {
            file: file.to_owned(),
            section: section.to_owned(),
            kind,
            what: what.to_owned(),
        });
    }

    fn link(&mut self, file: &str, section: &str, id: &str) -> Option<ConceptNo> {
        let found = self.by_id.get(id).copied();
        if found.is_none() {
            self.problem(file, section, ProblemKind::DeadLink, id);
        }
        found
    }

    fn links(
        &mut self,
        file: &str,
        section: &str,
        to: &BTreeMap<String, f64>,
    ) -> Vec<(ConceptNo, f64)> {
        to.iter()
            .filter_map(|(id, weight)| {
                Some((self.link(file, section, id)?, weight.clamp(0.0, 1.0)))
            })
            .collect()
    }

    fn concept(
        &mut self,
        file: &'a str,
        id: &'a str,
        section: &ConceptSection,
        phrases_of: &[Phrase<'a>],
    ) -> Concept {
        let number = self.by_id[id];
        let mut own: HashSet<(Arc<Path>, bool)> = HashSet::new();
        for phrase in phrases_of {
            let (text, side, grade) = (phrase.text, phrase.side, phrase.grade);
            let Some(path) = self.phrase(file, id, phrase, Target::Concept(number)) else {
                continue;
            };
            let need = side != Some(Side::Record);
            if !own.insert((Arc::clone(&path), need)) {
                self.problem(file, id, ProblemKind::Duplicate, text);
            }
            if need && grade >= 1.0 {
                let full = self.full.entry(Arc::clone(&path)).or_default();
                full.push((file, id, text));
            }
            self.paths.insert(path);
        }
        for phrase in phrases(&section.not) {
            if let Some(path) = Path::of(phrase, true) {
                self.trie.insert(
                    &path,
                    Leaf {
                        target: Target::Not(number),
                        side: None,
                        grade: 1.0,
                    },
                );
            }
        }
        let broader = section
            .broader
            .iter()
            .filter_map(|id_of| self.link(file, id, id_of))
            .collect();
        let related = self.links(file, id, &section.related);
        let twins = section
            .twins
            .iter()
            .filter_map(|(key, to)| {
                let twin = match key {
                    TwinKey::Young => Twin::Young,
                    TwinKey::Adult => Twin::Adult,
                    TwinKey::Older => Twin::Older,
                    TwinKey::Men => Twin::Men,
                    TwinKey::Women => Twin::Women,
                };
                Some((twin, self.link(file, id, to)?))
            })
            .collect();
        Concept {
            id: id.to_owned(),
            name: section.name.clone(),
            definition: section.definition.clone(),
            group: file
                .trim_start_matches(CONCEPTS)
                .trim_end_matches(".toml")
                .to_owned(),
            taxonomy: phrases(&section.taxonomy).map(str::to_owned).collect(),
            broader,
            related,
            audience: section.audience.clone(),
            twins,
        }
    }

    fn phrase(
        &mut self,
        file: &str,
        section: &str,
        phrase: &Phrase<'_>,
        target: Target,
    ) -> Option<Arc<Path>> {
        let Some(path) = &phrase.path else {
            self.problem(file, section, ProblemKind::Empty, phrase.text);
            return None;
        };
        for (folded, stem) in &phrase.words {
            self.vocabulary.add(folded);
            if stem != folded {
                self.vocabulary.add(stem);
            }
        }
        self.trie.insert(
            path,
            Leaf {
                target,
                side: phrase.side,
                grade: phrase.grade,
            },
        );
        Some(Arc::clone(path))
    }

    fn slots(
        &mut self,
        file: &str,
        slots: SlotFile,
        classes: &mut HashMap<String, u16>,
    ) -> Vec<SlotRule> {
        for (number, (id, class)) in slots.class.into_iter().enumerate() {
            let number = number as u16;
            for phrase in phrases(&class.words) {
                self.phrase(
                    file,
                    &id,
                    &Phrase::of(phrase, Some(Side::Need), 1.0),
                    Target::Class(number),
                );
            }
            classes.insert(id, number);
        }
        let mut rules = Vec::with_capacity(slots.rule.len());
        for (number, rule) in slots.rule.into_iter().enumerate() {
            let section = format!("rule {}", number + 1);
            let known = |reader: &mut Self, names: &[String]| -> Option<Vec<u16>> {
                names
                    .iter()
                    .map(|name| {
                        let class = classes.get(name).copied();
                        if class.is_none() {
                            reader.problem(file, &section, ProblemKind::DeadLink, name);
                        }
                        class
                    })
                    .collect()
            };
            let (Some(all), Some(not)) = (known(self, &rule.all), known(self, &rule.not)) else {
                continue;
            };
            let means = self.links(file, &section, &rule.means);
            rules.push(SlotRule {
                all,
                not,
                within: rule.within,
                ordered: rule.ordered,
                means,
            });
        }
        rules
    }

    fn situations(
        &mut self,
        file: &str,
        sections: BTreeMap<String, SituationSection>,
    ) -> Vec<Situation> {
        let mut situations = Vec::with_capacity(sections.len());
        for (number, (id, section)) in sections.into_iter().enumerate() {
            for (list, grade) in [(&section.says, 1.0), (&section.hints, 0.7)] {
                for phrase in phrases(list) {
                    let target = Target::Situation(number as u16);
                    let path = self.phrase(
                        file,
                        &id,
                        &Phrase::of(phrase, Some(Side::Need), grade),
                        target,
                    );
                    self.paths.extend(path);
                }
            }
            let leads_to = self.links(file, &id, &section.leads_to);
            situations.push(Situation {
                id,
                name: section.name,
                leads_to,
            });
        }
        situations
    }

    fn communities(&mut self, file: &str, sections: CommunityFile) -> Vec<Community> {
        let mut communities = Vec::new();
        let sorts = [
            (CommunitySort::Language, sections.language),
            (CommunitySort::Origin, sections.community),
            (CommunitySort::Faith, sections.faith),
        ];
        for (sort, sections) in sorts {
            for (id, section) in sections {
                let number = communities.len() as u16;
                for phrase in phrases(&section.words).chain(phrases(&section.places)) {
                    self.phrase(
                        file,
                        &id,
                        &Phrase::of(phrase, None, 1.0),
                        Target::Community(number),
                    );
                }
                let concepts = self.links(file, &id, &section.concepts);
                communities.push(Community {
                    id,
                    name: section.name,
                    sort,
                    concepts,
                    languages: section.languages,
                });
            }
        }
        communities
    }

    fn check_ambiguity(&mut self, reasons: &BTreeMap<String, String>) {
        let mut explained: HashMap<Path, &String> = reasons
            .keys()
            .filter_map(|phrase| Some((Path::of(phrase, false)?, phrase)))
            .collect();
        for (path, places) in std::mem::take(&mut self.full) {
            let several = places.iter().any(|(_, id, _)| *id != places[0].1);
            if several && explained.remove(&path).is_none() {
                for (file, section, phrase) in &places[1..] {
                    self.problem(file, section, ProblemKind::Ambiguous, phrase);
                }
            }
        }
        for phrase in explained.into_values() {
            self.problem("ambiguous.toml", "", ProblemKind::NeedlessReason, phrase);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Words;
    use crate::text::lexicon::Evidence;

    #[test]
    fn the_bundled_lexicon_has_nothing_to_mend() {
        let lexicon = Lexicon::bundled();
        let problems: Vec<String> = lexicon.problems().iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        assert!(lexicon.concepts().len() >= 300);
        assert!(lexicon.phrase_count() >= 20_000);
        assert!(lexicon.rule_count() >= 150);
    }

    #[test]
    fn every_file_of_the_folder_is_bundled() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/lexicon");
        let from_folder = Lexicon::from_folder(&folder, ReadingSettings::default())
            .expect("the folder is a lexicon");
        assert_eq!(
            from_folder.phrase_count(),
            Lexicon::bundled().phrase_count()
        );
        assert_eq!(from_folder.concepts(), Lexicon::bundled().concepts());
    }

    fn small(concept: &str) -> Lexicon {
        Lexicon::from_files(
            &[("concepts/test.toml", concept)],
            ReadingSettings::default(),
        )
        .expect("a small lexicon")
    }

    fn strengths(lexicon: &Lexicon, text: &str) -> Vec<(String, f64)> {
        lexicon
            .read(&Words::of(text), Side::Need)
            .into_iter()
            .filter(|finding| finding.evidence == Evidence::Phrase)
            .map(|finding| {
                (
                    lexicon.concept(finding.concept).id.clone(),
                    finding.strength,
                )
            })
            .collect()
    }

    #[test]
    fn longer_phrases_say_more_and_shadow_what_is_inside_them() {
        let lexicon = small(
            "[a]\nname = 'A'\ndefinition = 'a'\nsays = 'stroke; had a bad stroke'\n\
             [b]\nname = 'B'\ndefinition = 'b'\nsays = 'bad'",
        );
        let found = strengths(&lexicon, "he had a bad stroke");
        assert_eq!(found.len(), 2, "{found:?}");
        let of = |wanted: &str| found.iter().find(|(id, _)| id == wanted).expect("found").1;
        let [one, two, _] = ReadingSettings::default().by_words;
        assert!((of("a") - two).abs() < 1e-9, "{found:?}");
        assert!(of("b") < 0.5 * one, "{found:?}");
    }

    #[test]
    fn a_wrong_friend_means_nothing() {
        let lexicon =
            small("[a]\nname = 'A'\ndefinition = 'a'\nsays = 'memory'\nnot = 'memory stick'");
        assert!(strengths(&lexicon, "lost my memory stick").is_empty());
        assert_eq!(strengths(&lexicon, "his memory is going").len(), 1);
    }

    #[test]
    fn function_words_count_where_nothing_else_would_be_left() {
        let lexicon = small("[a]\nname = 'A'\ndefinition = 'a'\nsays = 'his boyfriend'");
        assert_eq!(strengths(&lexicon, "row with his boyfriend").len(), 1);
        assert!(strengths(&lexicon, "her boyfriend").is_empty());
    }

    #[test]
    fn words_make_a_pair_in_one_sentence_and_beside_no_wrong_friend() {
        let concept = "[a]\nname = 'A'\ndefinition = 'a'\nsays = 'bereavement'\nnot = 'phone died'";
        let slots = "[class.kin]\nwords = 'mum'\n[class.death]\nwords = 'died'\n\
                     [[rule]]\nall = ['kin', 'death']\nwithin = 6\nmeans = { a = 0.9 }";
        let lexicon = Lexicon::from_files(
            &[("concepts/test.toml", concept), ("slots.toml", slots)],
            ReadingSettings::default(),
        )
        .expect("a small lexicon");
        let pairs = |text: &str| {
            let read = lexicon.read(&Words::of(text), Side::Need);
            read.iter()
                .filter(|finding| finding.evidence == Evidence::Slot)
                .count()
        };
        assert_eq!(pairs("her mum suddenly died"), 1);
        assert_eq!(pairs("she lives with mum. the cat died"), 0);
        // A wrong friend stops a pair as it stops a phrase.
        assert_eq!(pairs("her mum and a phone died"), 0);
        assert_eq!(
            pairs("mum was there when after many long weary weeks he died"),
            0
        );
    }

    #[test]
    fn dead_links_and_unexplained_ambiguity_are_problems() {
        let lexicon = small(
            "[a]\nname = 'A'\ndefinition = 'a'\nsays = 'soup run'\nbroader = ['gone']\n\
             [b]\nname = 'B'\ndefinition = 'b'\nsays = 'soup runs'",
        );
        let kinds: Vec<ProblemKind> = lexicon
            .problems()
            .iter()
            .map(|problem| problem.kind)
            .collect();
        assert_eq!(kinds, [ProblemKind::DeadLink, ProblemKind::Ambiguous]);
    }
}
