//! The fields of a request, strictly: whether they come as query parameters or
//! as JSON, what is unknown or of the wrong type is named, all of it at once.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{FieldError, Problem, ProblemKind, nearest};

/// The fields of one request. Ask for each that is known, then [`Fields::finish`].
#[derive(Debug)]
pub struct Fields {
    given: BTreeMap<String, Value>,
    from_query: bool,
    asked: Vec<&'static str>,
    malformed: Vec<FieldError>,
    unusable: Vec<FieldError>,
    /// JSON pointer to the object that these are the fields of.
    within: String,
}

impl Fields {
    /// Of a query string. A parameter with an empty value counts as not given,
    /// as forms send it.
    pub fn of_query(query: &str) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).map_err(|error| {
            Problem::new(
                ProblemKind::Malformed,
                format!("the query string cannot be read: {error}"),
            )
        })?;
        let mut given: BTreeMap<String, Value> = BTreeMap::new();
        for (name, value) in pairs {
            let values = given
                .entry(name)
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(values) = values
                && !value.trim().is_empty()
            {
                values.push(Value::String(value));
            }
        }
        Ok(Self::of(given, true))
    }

    /// Of a JSON object. A field that is `null` counts as not given.
    #[must_use]
    pub fn of_json(fields: serde_json::Map<String, Value>) -> Self {
        Self::of(fields.into_iter().collect(), false)
    }

    fn of(given: BTreeMap<String, Value>, from_query: bool) -> Self {
        Self {
            given,
            from_query,
            asked: Vec::new(),
            malformed: Vec::new(),
            unusable: Vec::new(),
            within: String::new(),
        }
    }

    /// The objects of a list of a JSON body, each to be read as strictly as the
    /// body itself and then given to [`Fields::take_in`].
    pub fn objects(&mut self, name: &'static str) -> Vec<Self> {
        let values = match self.value(name) {
            None => return Vec::new(),
            Some(Value::Array(values)) => values,
            Some(_) => {
                self.malformed(name, "must be a list of objects");
                return Vec::new();
            }
        };
        let mut read = Vec::with_capacity(values.len());
        for (at, value) in values.into_iter().enumerate() {
            if let Value::Object(fields) = value {
                let mut inner = Self::of_json(fields);
                inner.within = format!("{}/{name}/{at}", self.within);
                read.push(inner);
            } else {
                self.malformed(&format!("{name}/{at}"), "must be an object");
            }
        }
        read
    }

    /// Takes over what is wrong with the fields of an inner object.
    pub fn take_in(&mut self, mut inner: Self) {
        inner.name_unknown();
        self.malformed.append(&mut inner.malformed);
        self.unusable.append(&mut inner.unusable);
    }

    /// The field as JSON; of a query parameter its one value as a string.
    pub fn value(&mut self, name: &'static str) -> Option<Value> {
        self.asked.push(name);
        let value = self.given.get(name)?.clone();
        if !self.from_query {
            return Some(value).filter(|value| !value.is_null());
        }
        let Value::Array(mut values) = value else {
            return None;
        };
        if values.len() > 1 {
            self.malformed(name, "is given more than once");
        }
        values.pop()
    }

    /// A text, trimmed; an empty one counts as not given.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        let Value::String(text) = self.value(name)? else {
            self.malformed(name, "must be a string");
            return None;
        };
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A number.
    pub fn number(&mut self, name: &'static str) -> Option<f64> {
        let value = self.value(name)?;
        let number = match &value {
            Value::Number(number) if !self.from_query => number.as_f64(),
            Value::String(text) if self.from_query => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none_or(|number: f64| !number.is_finite()) {
            self.malformed(name, "must be a number");
            return None;
        }
        number
    }

    /// A number within a range.
    pub fn number_within(&mut self, name: &'static str, from: f64, to: f64) -> Option<f64> {
        let number = self.number(name)?;
        if !(from..=to).contains(&number) {
            self.unusable(name, format!("is not from {from} to {to}"));
            return None;
        }
        Some(number)
    }

    /// A whole number within a range, or what holds without it.
    pub fn count(&mut self, name: &'static str, from: usize, to: usize, default: usize) -> usize {
        let Some(number) = self.number(name) else {
            return default;
        };
        if number.fract() != 0.0 {
            self.malformed(name, "must be a whole number");
        } else if !(from as f64..=to as f64).contains(&number) {
            let detail = if to == usize::MAX {
                format!("must be {from} or more")
            } else {
                format!("is not from {from} to {to}")
            };
            self.unusable(name, detail);
        } else {
            return number as usize;
        }
        default
    }

    /// True or false.
    pub fn truth(&mut self, name: &'static str) -> Option<bool> {
        let value = self.value(name)?;
        let truth = match &value {
            Value::Bool(truth) => Some(*truth),
            Value::String(text) if self.from_query => match text.as_str() {
                "true" | "1" | "yes" | "on" => Some(true),
                "false" | "0" | "no" | "off" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if truth.is_none() {
            self.malformed(name, "must be true or false");
        }
        truth
    }

    /// Several words: a JSON array of strings; in a query repeated keys, and
    /// values with commas.
    pub fn words(&mut self, name: &'static str) -> Vec<String> {
        let values = self.texts(name);
        if !self.from_query {
            return values;
        }
        values
            .iter()
            .flat_map(|value| value.split(','))
            .map(|word| word.trim().to_owned())
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// Several names, which may hold commas: a comma parts two of them only
    /// where no blank follows it.
    pub fn names(&mut self, name: &'static str) -> Vec<String> {
        let values = self.texts(name);
        if !self.from_query {
            return values;
        }
        let mut names: Vec<String> = Vec::new();
        for value in values {
            let mut open = false;
            for part in value.split(',') {
                match names.last_mut() {
                    Some(last) if open && part.starts_with(' ') => {
                        last.push(',');
                        last.push_str(part);
                    }
                    _ => names.push(part.to_owned()),
                }
                open = true;
            }
        }
        names.retain(|name| !name.trim().is_empty());
        names
    }

    /// Several texts, none of them taken apart.
    pub fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.asked.push(name);
        let Some(value) = self.given.get(name) else {
            return Vec::new();
        };
        let texts: Option<Vec<String>> = match value {
            Value::Null => Some(Vec::new()),
            Value::Array(values) => values
                .iter()
                .map(|value| value.as_str().map(|text| text.trim().to_owned()))
                .collect(),
            _ => None,
        };
        if texts.is_none() {
            self.malformed(name, "must be a list of strings");
        }
        texts.unwrap_or_default()
    }

    /// Whether the fields come from a query string.
    #[must_use]
    pub fn is_query(&self) -> bool {
        self.from_query
    }

    /// Whether a field was not given at all, well or badly.
    #[must_use]
    pub fn is_without(&self, name: &str) -> bool {
        match self.given.get(name) {
            None | Some(Value::Null) => true,
            Some(Value::Array(values)) => self.from_query && values.is_empty(),
            Some(_) => false,
        }
    }

    /// Notes that a field is of the wrong type.
    pub fn malformed(&mut self, name: &str, detail: impl Into<String>) {
        let error = self.error(name, detail.into());
        self.malformed.push(error);
    }

    /// Notes that a value is well formed and still of no use.
    pub fn unusable(&mut self, name: &str, detail: impl Into<String>) {
        let error = self.error(name, detail.into());
        self.unusable.push(error);
    }

    /// The word of a closed list, or a note that names the nearest.
    pub fn one_of<'a, T>(
        &mut self,
        name: &str,
        word: &str,
        known: impl IntoIterator<Item = (&'a str, T)>,
    ) -> Option<T> {
        let mut names = Vec::new();
        for (candidate, value) in known {
            if candidate.eq_ignore_ascii_case(word) {
                return Some(value);
            }
            names.push(candidate);
        }
        let all = names.join(", ");
        let detail = match nearest(word, names) {
            Some(nearest) => {
                format!("does not know '{word}'; did you mean '{nearest}'? It takes {all}")
            }
            None => format!("does not know '{word}'; it takes {all}"),
        };
        self.unusable(name, detail);
        None
    }

    fn error(&self, name: &str, detail: String) -> FieldError {
        let (pointer, parameter) = if self.from_query {
            (None, Some(name.to_owned()))
        } else {
            // A '/' in a name of ours parts a list from a place in it.
            (Some(format!("{}/{name}", self.within)), None)
        };
        FieldError {
            pointer,
            parameter,
            detail,
        }
    }

    /// Ends the reading: every field that nobody asked for is an error that
    /// names the nearest known one.
    pub fn finish(mut self) -> Result<(), Problem> {
        self.name_unknown();
        let kind = if self.malformed.is_empty() {
            ProblemKind::UnusableValue
        } else {
            ProblemKind::InvalidParameter
        };
        self.malformed.append(&mut self.unusable);
        if self.malformed.is_empty() {
            return Ok(());
        }
        Err(Problem::of_inputs(kind, self.malformed))
    }

    /// Notes every field that nobody asked for.
    fn name_unknown(&mut self) {
        let unknown: Vec<String> = self
            .given
            .keys()
            .filter(|name| !self.asked.contains(&name.as_str()))
            .cloned()
            .collect();
        for name in unknown {
            let what = if self.from_query {
                "parameter"
            } else {
                "field"
            };
            let detail = match nearest(&name, self.asked.iter().copied()) {
                Some(nearest) => format!("is not a known {what}; did you mean '{nearest}'?"),
                None => format!("is not a known {what}; known are {}", self.asked.join(", ")),
            };
            // RFC 6901 escapes what a client may have put into a name.
            let path = if self.from_query {
                name
            } else {
                name.replace('~', "~0").replace('/', "~1")
            };
            let error = self.error(&path, detail);
            self.malformed.push(error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_keys_and_commas_are_the_same_list() {
        for query in [
            "access=bsl&access=lift",
            "access=bsl,lift",
            "access=bsl,%20lift",
        ] {
            assert_eq!(
                Fields::of_query(query).unwrap().words("access"),
                ["bsl", "lift"]
            );
        }
    }

    #[test]
    fn a_name_may_hold_a_comma_and_a_blank() {
        let mut fields = Fields::of_query("terms=Rent,%20mortgage,food&terms=bed").unwrap();
        assert_eq!(fields.names("terms"), ["Rent, mortgage", "food", "bed"]);
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let mut fields = Fields::of_query("age=old&limt=3&within_km=-1").unwrap();
        assert_eq!(fields.number("age"), None);
        assert_eq!(fields.count("limit", 1, 100, 10), 10);
        assert_eq!(fields.number_within("within_km", 0.0, 100.0), None);
        let problem = fields.finish().unwrap_err();
        let named: Vec<_> = problem
            .errors
            .iter()
            .map(|error| error.parameter.as_deref().unwrap())
            .collect();
        assert_eq!(named, ["age", "limt", "within_km"]);
        assert!(problem.errors[1].detail.contains("'limit'"), "{problem}");
        assert_eq!(problem.kind, ProblemKind::InvalidParameter);
    }

    #[test]
    fn an_empty_parameter_is_not_given() {
        let mut fields = Fields::of_query("age=&need=").unwrap();
        assert_eq!((fields.number("age"), fields.text("need")), (None, None));
        fields.finish().unwrap();
    }

    #[test]
    fn a_pointer_names_a_json_field() {
        let value = serde_json::json!({"age": "old"});
        let mut fields = Fields::of_json(value.as_object().unwrap().clone());
        fields.number("age");
        let problem = fields.finish().unwrap_err();
        assert_eq!(problem.errors[0].pointer.as_deref(), Some("/age"));
    }

    #[test]
    fn what_is_wrong_in_an_inner_object_is_told_with_its_place() {
        let value = serde_json::json!({"open": [{"latitude": 51.4}, {"latitud": 1, "a/b~": 2}, 3]});
        let mut fields = Fields::of_json(value.as_object().unwrap().clone());
        for mut inner in fields.objects("open") {
            inner.number("latitude");
            fields.take_in(inner);
        }
        let problem = fields.finish().unwrap_err();
        let named: Vec<&str> = problem
            .errors
            .iter()
            .map(|error| error.pointer.as_deref().unwrap())
            .collect();
        assert_eq!(named, ["/open/2", "/open/1/a~1b~0", "/open/1/latitud"]);
        assert!(problem.errors[2].detail.contains("'latitude'"), "{problem}");
    }

    #[test]
    fn a_mistyped_word_is_told_with_the_nearest() {
        let mut fields = Fields::of_query("").unwrap();
        let found: Option<u8> = fields.one_of("travel", "buss", [("bus", 1), ("car", 2)]);
        assert_eq!(found, None);
        let problem = fields.finish().unwrap_err();
        assert_eq!(
            problem.errors[0].detail,
            "does not know 'buss'; did you mean 'bus'? It takes bus, car"
        );
    }
}
