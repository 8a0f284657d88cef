//! The text index against small texts, and against published tools.

use super::*;

fn index(services: &[(&str, &str)]) -> TextIndex {
    let texts: Vec<ServiceText> = services
        .iter()
        .map(|(name, description)| {
            let mut text = ServiceText::default();
            text.fields[TextField::Name as usize] = Words::of(name);
            text.fields[TextField::Description as usize] = Words::of(description);
            text
        })
        .collect();
    TextIndex::of(&texts).expect("an index in memory")
}

#[test]
fn a_word_in_the_name_counts_more_than_one_in_the_description() {
    let index = index(&[
        ("Tea", "advice on debt and other things"),
        ("Debt advice", "tea and other things"),
        ("Choir", "singing"),
    ]);
    let query = index.query(&[("debt", 1.0)], &Bm25f::default());
    assert!(index.score(&query, 1) > index.score(&query, 0));
    assert!(index.score(&query, 2).abs() < f64::EPSILON);
    let found = index.candidates(&[("debt", 1.0)], 10).expect("an answer");
    assert_eq!(found.len(), 2);
}

#[test]
fn no_score_exceeds_the_most() {
    let index = index(&[("debt debt debt debt", ""), ("choir", "debt")]);
    let query = index.query(&[("debt", 1.0), ("unheard", 0.5)], &Bm25f::default());
    assert!(index.score(&query, 0) < query.most());
}

#[test]
fn an_empty_directory_answers_nothing() {
    let index = index(&[]);
    assert!(
        index
            .candidates(&[("debt", 1.0)], 10)
            .expect("an answer")
            .is_empty()
    );
}

fn reference(name: &str) -> Option<Vec<serde_json::Value>> {
    let path = format!(
        "{}/../../shared/reference/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: shared/reference/{name}.json not there");
        return None;
    };
    let mut reference: serde_json::Value =
        serde_json::from_str(&text).expect("a reference is JSON");
    let cases: Vec<serde_json::Value> = reference["cases"]
        .as_array_mut()
        .map(std::mem::take)
        .expect("a reference has cases");
    Some(cases)
}

/// Lists of words, each as one line.
fn lines(value: &serde_json::Value) -> Vec<String> {
    let words = |list: &serde_json::Value| -> Vec<String> {
        let list = list.as_array().expect("a list of words");
        list.iter()
            .map(|word| word.as_str().expect("a word").to_owned())
            .collect()
    };
    let all = value.as_array().expect("lists of words");
    all.iter().map(|list| words(list).join(" ")).collect()
}

#[test]
fn one_field_alone_scores_as_bm25_does() {
    let Some(cases) = reference("bm25") else {
        return;
    };
    let mut compared = 0;
    for case in &cases {
        let docs = lines(&case["input"]["docs"]);
        let services: Vec<(&str, &str)> = docs.iter().map(|doc| ("", doc.as_str())).collect();
        let index = index(&services);
        let of_parameters = case["expected"]["lucene_bm25_body_only"]
            .as_array()
            .expect("figures by k1 and b");
        for expected in of_parameters {
            let number = |name: &str| expected[name].as_f64().expect("a parameter");
            let mut bm25f = Bm25f {
                k1: number("k1"),
                ..Bm25f::default()
            };
            bm25f.length.description = number("b");
            for (at, query) in lines(&case["input"]["queries"]).iter().enumerate() {
                let words = Words::of(query);
                let terms: Vec<QueryTerm<'_>> = words
                    .content()
                    .map(|token| (token.stem.as_str(), 1.0))
                    .collect();
                let query = index.query(&terms, &bm25f);
                for service in 0..docs.len() {
                    let expected = expected["scores"][at][service].as_f64().expect("a score");
                    // Lucene leaves out the factor that is the same for every document.
                    let score = index.score(&query, service as u32) / (bm25f.k1 + 1.0);
                    assert!(
                        (score - expected).abs() < 1e-9,
                        "{bm25f:?} {at} {service}: {score} {expected}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 500, "only {compared} scores were compared");
}

/// Why candidates are scored by our own columns: the query parser's way is a sum
/// over fields, each with its own length. If this fails, tantivy has changed it.
#[test]
fn tantivy_sums_bm25_over_fields() {
    let Some(cases) = reference("tantivy_multifield") else {
        return;
    };
    for case in &cases {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("stems")
            .set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let name = schema.add_text_field("name", options.clone());
        let body = schema.add_text_field("body", options);
        let number = schema.add_u64_field("number", FAST);
        let index = Index::create_in_ram(schema.build());
        let tokenizer = WhitespaceTokenizer::default();
        index.tokenizers().register("stems", tokenizer);
        let mut writer = index
            .writer_with_num_threads(1, 50_000_000)
            .expect("a writer");
        let (names, docs) = (
            lines(&case["input"]["names"]),
            lines(&case["input"]["docs"]),
        );
        for (at, (of_name, of_body)) in names.iter().zip(&docs).enumerate() {
            let mut document = TantivyDocument::new();
            document.add_text(name, of_name);
            document.add_text(body, of_body);
            document.add_u64(number, at as u64);
            writer.add_document(document).expect("a document");
        }
        writer.commit().expect("a commit");
        let searcher = index.reader().expect("a reader").searcher();
        for (at, query) in lines(&case["input"]["queries"]).iter().enumerate() {
            let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            for word in query.split(' ') {
                for (field, boost) in [(name, 2.0), (body, 1.0)] {
                    let term = Term::from_field_text(field, word);
                    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                    clauses.push((
                        Occur::Should,
                        Box::new(BoostQuery::new(Box::new(query), boost)),
                    ));
                }
            }
            let found = searcher
                .search(
                    &BooleanQuery::new(clauses),
                    &TopDocs::with_limit(100).order_by_score(),
                )
                .expect("an answer");
            let expected = case["expected"][at]
                .as_object()
                .expect("scores by document");
            assert_eq!(found.len(), expected.len(), "{query}");
            for (score, address) in found {
                let segment = searcher.segment_reader(address.segment_ord);
                let numbers = segment.fast_fields().u64("number").expect("numbers");
                let document = numbers.first(address.doc_id).expect("a number");
                let expected = expected[&document.to_string()].as_f64().expect("a score");
                let score = f64::from(score);
                assert!(
                    (score - expected).abs() <= 1e-4 + 1e-4 * expected,
                    "{query} {document}: {score} {expected}"
                );
            }
        }
    }
}
