//! The words of services: tantivy finds candidates, our own columns score them.
//!
//! tantivy's query parser adds up one BM25 a field with lengths rounded to a
//! byte, which favours short fields; BM25F over all fields does not (METHODS
//! A4). So the index holds one combined field and answers *which* services
//! hold a word, and the term counts kept here say *how well* each fits.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::WhitespaceTokenizer;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument, Term};

use crate::text::Words;

/// The fields of a service that carry words, by weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextField {
    /// Names of the service.
    Name,
    /// Names of its taxonomy terms.
    Taxonomy,
    /// What it says of itself.
    Description,
    /// The name of its organization.
    Organization,
}

const FIELDS: usize = 4;

/// The parameters of BM25F (METHODS A4).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bm25f {
    /// How soon saying a word again adds nothing.
    pub k1: f64,
    /// w: what a word in each field counts.
    pub weight: ByField,
    /// b: how far a field longer than usual makes its words count less, 0 to 1.
    pub length: ByField,
}

/// A number for each field of a service.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByField {
    /// See [`TextField::Name`].
    pub name: f64,
    /// See [`TextField::Taxonomy`].
    pub taxonomy: f64,
    /// See [`TextField::Description`].
    pub description: f64,
    /// See [`TextField::Organization`].
    pub organization: f64,
}

impl ByField {
    fn values(self) -> [f64; FIELDS] {
        [
            self.name,
            self.taxonomy,
            self.description,
            self.organization,
        ]
    }
}

impl Default for Bm25f {
    fn default() -> Self {
        Self {
            k1: 1.2,
            weight: ByField {
                name: 3.0,
                taxonomy: 2.0,
                description: 1.0,
                organization: 0.5,
            },
            length: ByField {
                name: 0.3,
                taxonomy: 0.0,
                description: 0.75,
                organization: 0.3,
            },
        }
    }
}

/// What a service's fields say, each as words.
#[derive(Debug, Clone, Default)]
pub struct ServiceText {
    /// By [`TextField`].
    pub fields: [Words; FIELDS],
    /// Its names and what it says of itself, as it is written, without the
    /// sentences it shares with many others.
    pub told: String,
}

/// Why the text index could not be built or asked.
#[derive(Debug, thiserror::Error)]
#[error("the text index failed: {0}")]
pub struct TextIndexError(#[from] tantivy::TantivyError);

/// A weighted word of a query: a stem and its weight ω.
pub type QueryTerm<'a> = (&'a str, f64);

/// The words of all services of a snapshot.
pub struct TextIndex {
    reader: IndexReader,
    all: Field,
    stems: HashMap<String, StemFacts>,
    documents: Vec<Document>,
    average: [f64; FIELDS],
}

#[derive(Debug, Clone, Copy)]
struct StemFacts {
    number: u32,
    /// Services that hold the stem in any field.
    documents: u32,
}

/// A service's term counts: by stem, then how often in each field.
#[derive(Debug, Default)]
struct Document {
    counts: Vec<(u32, [u16; FIELDS])>,
    lengths: [u16; FIELDS],
}

impl TextIndex {
    /// Indexes the texts of services; the place of each is its number.
    pub fn of(texts: &[ServiceText]) -> Result<Self, TextIndexError> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("stems")
            .set_index_option(IndexRecordOption::WithFreqs);
        let all =
            schema.add_text_field("all", TextOptions::default().set_indexing_options(indexing));
        let number = schema.add_u64_field("number", FAST);
        let index = Index::create_in_ram(schema.build());
        index
            .tokenizers()
            .register("stems", WhitespaceTokenizer::default());
        // One thread: document numbers then follow the services', and small
        // directories, the usual case, index fastest so.
        let mut writer = index.writer_with_num_threads(1, 50_000_000)?;
        let mut stems: HashMap<String, StemFacts> = HashMap::new();
        let mut documents = Vec::with_capacity(texts.len());
        let mut line = String::new();
        for (service, text) in texts.iter().enumerate() {
            line.clear();
            documents.push(count(text, &mut stems, &mut line));
            let mut document = TantivyDocument::new();
            document.add_text(all, &line);
            document.add_u64(number, service as u64);
            writer.add_document(document)?;
        }
        writer.commit()?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let mut average = [0.0; FIELDS];
        for (field, average) in average.iter_mut().enumerate() {
            let total: f64 = documents
                .iter()
                .map(|d: &Document| f64::from(d.lengths[field]))
                .sum();
            *average = total / (documents.len() as f64).max(1.0);
        }
        Ok(Self {
            reader,
            all,
            stems,
            documents,
            average,
        })
    }

    /// Whether any service holds the stem.
    #[must_use]
    pub fn contains(&self, stem: &str) -> bool {
        self.stems.contains_key(stem)
    }

    /// All stems, with how many services hold each; in no order.
    pub fn stems(&self) -> impl Iterator<Item = (&str, u32)> {
        self.stems
            .iter()
            .map(|(stem, facts)| (stem.as_str(), facts.documents))
    }

    /// The numbers of up to `count` services that hold any of the words, the
    /// likeliest first; ties by number.
    pub fn candidates(
        &self,
        terms: &[QueryTerm<'_>],
        count: usize,
    ) -> Result<Vec<u32>, TextIndexError> {
        let clauses: Vec<(Occur, Box<dyn Query>)> = terms
            .iter()
            .filter(|(stem, _)| self.contains(stem))
            .map(|(stem, weight)| {
                let term = Term::from_field_text(self.all, stem);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                let boosted = BoostQuery::new(Box::new(query), *weight as f32);
                (Occur::Should, Box::new(boosted) as Box<dyn Query>)
            })
            .collect();
        if clauses.is_empty() || count == 0 {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let numbers: Vec<_> = searcher
            .segment_readers()
            .iter()
            .map(|segment| segment.fast_fields().u64("number"))
            .collect::<Result<_, _>>()?;
        let best = searcher.search(
            &BooleanQuery::new(clauses),
            &TopDocs::with_limit(count).order_by_score(),
        )?;
        let mut found: Vec<(f32, u32)> = best
            .into_iter()
            .filter_map(|(score, address)| {
                let number = numbers[address.segment_ord as usize].first(address.doc_id)?;
                Some((score, number as u32))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        Ok(found.into_iter().map(|(_, number)| number).collect())
    }

    /// A query made ready to score services with.
    #[must_use]
    pub fn query<'a>(&self, terms: &[QueryTerm<'a>], bm25f: &Bm25f) -> TextQuery<'a> {
        // A word said twice is one word; the larger weight counts.
        let mut weights: BTreeMap<&str, f64> = BTreeMap::new();
        for (stem, weight) in terms {
            let known = weights.entry(stem).or_default();
            *known = known.max(*weight);
        }
        let services = self.documents.len() as f64;
        let terms = weights
            .into_iter()
            .map(|(stem, weight)| {
                let facts = self.stems.get(stem);
                let n = facts.map_or(0.0, |facts| f64::from(facts.documents));
                TermOfQuery {
                    stem,
                    number: facts.map(|facts| facts.number),
                    weight,
                    idf: (1.0 + (services - n + 0.5) / (n + 0.5)).ln(),
                }
            })
            .collect();
        TextQuery {
            terms,
            k1: bm25f.k1,
            weight: bm25f.weight.values(),
            length: bm25f.length.values(),
        }
    }

    /// BM25F of a service for a query (Robertson, Zaragoza & Taylor 2004).
    #[must_use]
    pub fn score(&self, query: &TextQuery<'_>, service: u32) -> f64 {
        let document = &self.documents[service as usize];
        query
            .terms
            .iter()
            .map(|term| term.weight * self.term_score(query, term, document))
            .sum()
    }

    fn term_score(
        &self,
        query: &TextQuery<'_>,
        term: &TermOfQuery<'_>,
        document: &Document,
    ) -> f64 {
        let Some(number) = term.number else {
            return 0.0;
        };
        let Ok(at) = document
            .counts
            .binary_search_by_key(&number, |(stem, _)| *stem)
        else {
            return 0.0;
        };
        let counts = document.counts[at].1;
        let tf: f64 = (0..FIELDS)
            .map(|field| {
                // A field no service fills has no average; its length counts as usual.
                let ratio = if self.average[field] > 0.0 {
                    f64::from(document.lengths[field]) / self.average[field]
                } else {
                    1.0
                };
                let share = query.length[field];
                query.weight[field] * f64::from(counts[field]) / (1.0 - share + share * ratio)
            })
            .sum();
        term.idf * (query.k1 + 1.0) * tf / (query.k1 + tf)
    }
}

impl std::fmt::Debug for TextIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextIndex")
            .field("services", &self.documents.len())
            .field("stems", &self.stems.len())
            .finish_non_exhaustive()
    }
}

/// A query made ready by [`TextIndex::query`].
#[derive(Debug, Clone)]
pub struct TextQuery<'a> {
    terms: Vec<TermOfQuery<'a>>,
    k1: f64,
    weight: [f64; FIELDS],
    length: [f64; FIELDS],
}

#[derive(Debug, Clone)]
struct TermOfQuery<'a> {
    stem: &'a str,
    number: Option<u32>,
    weight: f64,
    idf: f64,
}

impl TextQuery<'_> {
    /// The most that a service could score: Σ ω · idf · (k1 + 1), the words no
    /// service holds counted too.
    #[must_use]
    pub fn most(&self) -> f64 {
        self.terms
            .iter()
            .map(|term| term.weight * term.idf * (self.k1 + 1.0))
            .sum()
    }

    /// The stems with their weights, by stem.
    pub fn terms(&self) -> impl Iterator<Item = QueryTerm<'_>> {
        self.terms.iter().map(|term| (term.stem, term.weight))
    }
}

/// Counts a service's stems by field, and writes them on one line for tantivy.
fn count(
    text: &ServiceText,
    stems: &mut HashMap<String, StemFacts>,
    line: &mut String,
) -> Document {
    let mut counts: BTreeMap<u32, [u16; FIELDS]> = BTreeMap::new();
    let mut lengths = [0_u16; FIELDS];
    for (field, words) in text.fields.iter().enumerate() {
        for token in words.content() {
            let next = stems.len() as u32;
            let facts = match stems.get_mut(token.stem.as_str()) {
                Some(facts) => facts,
                None => stems.entry(token.stem.clone()).or_insert(StemFacts {
                    number: next,
                    documents: 0,
                }),
            };
            let count = counts.entry(facts.number).or_insert_with(|| {
                facts.documents += 1;
                [0; FIELDS]
            });
            count[field] = count[field].saturating_add(1);
            lengths[field] = lengths[field].saturating_add(1);
            line.push_str(&token.stem);
            line.push(' ');
        }
    }
    Document {
        counts: counts.into_iter().collect(),
        lengths,
    }
}

#[cfg(test)]
mod tests;
