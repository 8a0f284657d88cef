//! Pictures of an answer as SVG, and the report a committee reads. Pure text:
//! nothing is looked up and nothing drawn from outside.

mod bars;
mod choropleth;
mod classes;
mod curve;
mod frame;
mod labels;
mod report;

pub use bars::{tenth_bars, worst_bars};
pub use choropleth::{Classing, Figure, choropleth, symbols};
pub use curve::curve;
pub use report::report;

/// The beginning of a picture: its size, what it is called, paper and hatching.
/// All of it is attributes, for a page's policy may forbid styles.
fn open(title: &str, width: f64, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height:.0}\" role=\"img\" aria-label=\"{0}\" font-family=\"sans-serif\" font-size=\"14\" fill=\"#111\"><title>{0}</title><defs><pattern id=\"none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 6L6 0\" stroke=\"#888\"/></pattern></defs><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
        escape(title)
    )
}

/// Text made safe inside XML and HTML.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Control characters are not allowed in XML at all.
            c if c.is_control() && c != '\n' => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Text of at most so many letters.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most - 1).collect();
    format!("{}…", start.trim_end())
}

/// A figure in a few digits, with commas between thousands.
fn figure(value: f64) -> String {
    if value.abs() >= 100.0 {
        let digits = format!("{:.0}", value.abs());
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if value < 0.0 {
            format!("-{grouped}")
        } else {
            grouped
        }
    } else if value.abs() >= 10.0 || value.abs() < 1e-9 {
        format!("{value:.0}")
    } else if value.abs() >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_safe_and_figures_are_short() {
        assert_eq!(
            escape("<a & \"b\">'\u{1}"),
            "&lt;a &amp; &quot;b&quot;&gt;&#39;"
        );
        assert_eq!(shortened("Tooting Bec", 11), "Tooting Bec");
        assert_eq!(shortened("Tooting Bec", 9), "Tooting…");
        assert_eq!(figure(1_234_567.8), "1,234,568");
        assert_eq!(figure(999.4), "999");
        assert_eq!(figure(42.4), "42");
        assert_eq!(figure(0.0), "0");
        assert_eq!(figure(1.26), "1.3");
        assert_eq!(figure(0.25), "0.25");
    }
}
