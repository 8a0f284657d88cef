//! Names of columns that count residents or measure deprivation.

/// What a column says of a domain of deprivation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Measure {
    Score,
    Rank,
    Decile,
}

/// How good a column is for residents of all ages, 0 the best.
pub(super) fn total_rank(column: &str) -> Option<usize> {
    [
        "population",
        "all_ages",
        "population_total",
        "total_population",
        "persons_all_ages",
    ]
    .iter()
    .position(|known| *known == column)
}

/// The years of a band of age, both inclusive: `population_16_24`,
/// `aged_15_years_and_under`, `persons_65_over`.
pub(super) fn age_band(column: &str) -> Option<(u8, Option<u8>)> {
    let rest = ["population_", "persons_", "aged_", "age_"]
        .iter()
        .find_map(|start| column.strip_prefix(start))?;
    let mut words = rest.split('_').peekable();
    let first: u8 = words.next()?.parse().ok()?;
    let rest: Vec<_> = words.collect();
    let says = |word: &str| rest.contains(&word);
    if says("under") {
        return Some((0, Some(first)));
    }
    if says("over") || says("plus") {
        return Some((first, None));
    }
    match rest.iter().find_map(|word| word.parse().ok()) {
        Some(last) if last >= first => Some((first, Some(last))),
        Some(_) => None,
        None => Some((first, Some(first))),
    }
}

/// The domain (`imd` for the index itself) and what is measured of it, out of
/// `income_rank` or a published header such as `Index of Multiple Deprivation
/// (IMD) Rank (where 1 is most deprived)`, folded.
pub(super) fn measure(column: &str) -> Option<(String, Measure)> {
    let words: Vec<&str> = column.split('_').collect();
    let (place, measure) = words.iter().enumerate().find_map(|(place, word)| {
        let measure = match *word {
            "score" => Measure::Score,
            "rank" => Measure::Rank,
            "decile" => Measure::Decile,
            _ => return None,
        };
        Some((place, measure))
    })?;
    let domain = words[..place].join("_");
    let domain = match domain.as_str() {
        "" => return None,
        "index_of_multiple_deprivation_imd" | "index_of_multiple_deprivation" => "imd",
        "education_skills_and_training" => "education",
        "health_deprivation_and_disability" => "health",
        "barriers_to_housing_and_services" => "housing_and_services",
        "living_environment" => "environment",
        known => known,
    };
    Some((domain.to_owned(), measure))
}

/// `IMD 2025` out of a file's name such as `imd2025_lsoa21_england.csv`.
pub(super) fn index_of_file(file: &str) -> Option<String> {
    let name = file.rsplit(['/', '\\', '!']).next()?.to_lowercase();
    let (_, rest) = name.split_once("imd").or(name.split_once("iod"))?;
    let rest = rest.trim_start_matches(['_', '-', ' ']);
    let year = rest.get(..4).filter(|year| year.starts_with("20"))?;
    let year: u16 = year.parse().ok()?;
    Some(format!("IMD {year}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_of_age_are_read_as_the_published_tables_write_them() {
        for (column, expected) in [
            ("population_0_15", Some((0, Some(15)))),
            ("population_65_over", Some((65, None))),
            ("aged_15_years_and_under", Some((0, Some(15)))),
            ("aged_16_to_24_years", Some((16, Some(24)))),
            ("aged_65_years_and_over", Some((65, None))),
            ("persons_16_29", Some((16, Some(29)))),
            ("persons_all_ages", None),
            ("population_2021", None),
            ("males_0_15", None),
        ] {
            assert_eq!(age_band(column), expected, "{column}");
        }
    }

    #[test]
    fn measures_are_read_under_short_and_published_names() {
        for (column, domain, expected) in [
            ("imd_rank", "imd", Measure::Rank),
            (
                "housing_and_services_decile",
                "housing_and_services",
                Measure::Decile,
            ),
            (
                "index_of_multiple_deprivation_imd_rank_where_1_is_most_deprived",
                "imd",
                Measure::Rank,
            ),
            ("income_score_rate", "income", Measure::Score),
        ] {
            assert_eq!(
                measure(column),
                Some((domain.to_owned(), expected)),
                "{column}"
            );
        }
        assert_eq!(measure("name"), None);
    }

    #[test]
    fn a_files_name_may_say_the_index() {
        assert_eq!(
            index_of_file("a/imd2025_lsoa21.csv").as_deref(),
            Some("IMD 2025")
        );
        assert_eq!(index_of_file("IoD_2019.csv").as_deref(), Some("IMD 2019"));
        assert_eq!(index_of_file("imd.csv"), None);
    }
}
