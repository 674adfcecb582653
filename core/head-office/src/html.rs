//! Texts in pages: always escaped, never able to become markup.

/// Puts each value, escaped, in its place. One pass, so that no value can bring a place of its own.
pub(crate) fn fill(page: &str, values: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(page.len() + 1024);
    let mut rest = page;
    while let Some(at) = rest.find("{{") {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        match values.iter().find(|(place, _)| rest.starts_with(place)) {
            Some((place, value)) => {
                escape_into(&mut filled, value);
                rest = &rest[place.len()..];
            }
            None => {
                filled.push_str("{{");
                rest = &rest[2..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// Puts a text where an element or a quoted attribute holds one.
pub(crate) fn escape_into(filled: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            '&' => filled.push_str("&amp;"),
            '<' => filled.push_str("&lt;"),
            '>' => filled.push_str("&gt;"),
            '"' => filled.push_str("&quot;"),
            '\'' => filled.push_str("&#39;"),
            other => filled.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_is_text_and_nothing_else() {
        let values = [("{{a}}", "<b> \"{{b}}\" & 'c'".to_owned()), ("{{b}}", "second".to_owned())];
        let filled = fill("{{a}}|{{b}}|{{c}}|{{", &values);
        assert_eq!(filled, "&lt;b&gt; &quot;{{b}}&quot; &amp; &#39;c&#39;|second|{{c}}|{{");
    }

    proptest! {
        #[test]
        fn no_value_leaves_its_quotes(value: String) {
            let filled = fill("{{a}}", &[("{{a}}", value)]);
            prop_assert!(!filled.contains(['<', '>', '"', '\'']));
        }
    }
}
