//! Text as it was meant: without markers of the exporting program, tags, or
//! characters that went through the wrong encoding.

use std::borrow::Cow;

/// The text as it was meant, and the kinds of what was repaired.
pub(in crate::import) fn clean(raw: &str) -> (String, Vec<&'static str>) {
    let mut kinds = Vec::new();
    let mut text = Cow::Borrowed(raw);
    let mut apply = |kind, repaired: Option<String>| {
        if let Some(repaired) = repaired {
            kinds.push(kind);
            text = Cow::Owned(repaired);
        }
        text.clone()
    };
    let text = apply("newline-marker", newline_markers(raw));
    let text = apply("source-marker", source_markers(&text));
    let text = apply("mojibake-repaired", mojibake(&text));
    let text = apply("html-removed", html(&text));
    let text = apply("control-removed", controls(&text));
    let text = text.replace("\r\n", "\n");
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if trimmed.len() != text.len() && kinds.is_empty() {
        kinds.push("blanks-trimmed");
    }
    (trimmed.to_owned(), kinds)
}

/// The two characters `\n` in place of the end of a line, and `\t` of a blank.
fn newline_markers(text: &str) -> Option<String> {
    let marked = ["\\n", "\\r", "\\t"]
        .iter()
        .any(|marker| text.contains(marker));
    marked.then(|| {
        text.replace("\\r\\n", "\n")
            .replace("\\n", "\n")
            .replace("\\r", "\n")
            .replace("\\t", " ")
    })
}

/// Words in capitals between hashes, `###MON###`; real files lose or double a hash.
fn source_markers(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(start) = rest.find("##") {
        out.push_str(&rest[..start]);
        let marked = rest[start..].trim_start_matches('#');
        let after = marked.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let word = marked.len() - after.len();
        if (2..=20).contains(&word) && after.starts_with("##") {
            rest = after.trim_start_matches('#');
            found = true;
        } else {
            out.push_str(&rest[start..rest.len() - marked.len()]);
            rest = marked;
        }
    }
    out.push_str(rest);
    found.then_some(out)
}

/// UTF-8 once read as Windows-1252 (`Â£`, `â€™`) or as the code page of DOS (`GÇÖ`).
fn mojibake(text: &str) -> Option<String> {
    const DOS: [(&str, &str); 6] = [
        ("GÇÖ", "’"),
        ("GÇÿ", "‘"),
        ("GÇ£", "“"),
        ("GÇ¥", "”"),
        ("GÇô", "–"),
        ("GÇö", "—"),
    ];
    if text.is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut found = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((wrong, right)) = DOS.iter().find(|(wrong, _)| rest.starts_with(wrong)) {
            out.push_str(right);
            rest = &rest[wrong.len()..];
            found = true;
            continue;
        }
        if let Some((character, length)) = misread(rest) {
            out.push(character);
            rest = &rest[length..];
            found = true;
            continue;
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
    found.then_some(out)
}

/// The character whose UTF-8 bytes, read as Windows-1252, begin the text, and
/// how many bytes of the text that takes. Only the lead bytes of everyday
/// signs and accented letters count, so that real text is left alone.
fn misread(text: &str) -> Option<(char, usize)> {
    let length = match text.chars().next()? {
        'Â' | 'Ã' => 2,
        'â' => 3,
        'ð' => 4,
        _ => return None,
    };
    let mut bytes = Vec::with_capacity(4);
    let mut taken = 0;
    for character in text.chars().take(length) {
        bytes.push(windows_1252_byte(character)?);
        taken += character.len_utf8();
    }
    let mut characters = std::str::from_utf8(&bytes).ok()?.chars();
    let character = characters.next()?;
    characters.next().is_none().then_some((character, taken))
}

fn windows_1252_byte(character: char) -> Option<u8> {
    (0..=255)
        .find(|byte| crate::import::input::windows_1252(*byte) == character)
        .or_else(|| u8::try_from(u32::from(character)).ok())
}

/// Tags and entities of HTML.
fn html(text: &str) -> Option<String> {
    const TAGS: [&str; 18] = [
        "p", "br", "div", "span", "a", "b", "i", "u", "strong", "em", "ul", "ol", "li", "h1", "h2",
        "h3", "h4", "font",
    ];
    const ENTITIES: [(&str, &str); 14] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&ndash;", "–"),
        ("&pound;", "£"),
        // Last, or `&amp;lt;` would become a tag.
        ("&amp;", "&"),
    ];
    let mut out = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(start) = rest.find('<') {
        let after = &rest[start + 1..];
        let inner = after.find('>').map(|end| &after[..end]);
        let name: Option<String> = inner.map(|inner| {
            inner
                .trim_start_matches('/')
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_lowercase()
        });
        match (inner, name) {
            (Some(inner), Some(name)) if TAGS.contains(&name.as_str()) => {
                out.push_str(&rest[..start]);
                match name.as_str() {
                    "br" | "p" | "div" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" => out.push('\n'),
                    "li" if !inner.starts_with('/') => out.push_str("\n- "),
                    _ => {}
                }
                rest = &after[inner.len() + 1..];
                found = true;
            }
            _ => {
                out.push_str(&rest[..=start]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    for (entity, character) in ENTITIES {
        if out.contains(entity) {
            out = out.replace(entity, character);
            found = true;
        }
    }
    if !found {
        return None;
    }
    // Opening and closing tags leave gaps of many lines.
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    Some(out)
}

/// Control characters other than tab and ends of lines.
fn controls(text: &str) -> Option<String> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    text.contains(is_control)
        .then(|| text.replace(is_control, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str, kinds: &[&str]) {
        assert_eq!(clean(raw), (expected.to_owned(), kinds.to_vec()), "{raw}");
    }

    #[test]
    fn text_without_defects_stays_as_it_is() {
        check(
            "Food, and a chat.\nEvery day",
            "Food, and a chat.\nEvery day",
            &[],
        );
        check("Café Zoë: 5 < 6 & 7 > 3", "Café Zoë: 5 < 6 & 7 > 3", &[]);
        check("Âge d’or, São", "Âge d’or, São", &[]);
    }

    #[test]
    fn markers_of_the_exporting_program_are_taken_out() {
        check("a\\n\\nb", "a\n\nb", &["newline-marker"]);
        check(
            "girls.\\n\\n###MON###",
            "girls.",
            &["newline-marker", "source-marker"],
        );
        check("##MON### a ####COL####b", "a b", &["source-marker"]);
        check("a ### b", "a ### b", &[]);
        check("FL ", "FL", &["blanks-trimmed"]);
    }

    #[test]
    fn wrongly_decoded_characters_are_mended() {
        check("Â£5 donâ€™t", "£5 don’t", &["mojibake-repaired"]);
        check("AttorneyGÇÖs", "Attorney’s", &["mojibake-repaired"]);
        check("cafÃ©", "café", &["mojibake-repaired"]);
    }

    #[test]
    fn tags_go_and_their_words_stay() {
        check(
            "<p>One</p><ul><li>two</li></ul>",
            "One\n\n- two",
            &["html-removed"],
        );
        check("fish &amp; chips", "fish & chips", &["html-removed"]);
    }
}
