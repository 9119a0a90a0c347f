//! JSON without the white space between its tokens; the tokens stay as written.

use std::borrow::Cow;

use super::structure::string_end;

/// `json` must be well formed.
pub(crate) fn compact(json: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = json.as_bytes();
    let mut out = String::new();
    let (mut at, mut copied, mut in_string) = (0, 0, false);
    while let Some(byte) = bytes.get(at) {
        if in_string {
            at = string_end(bytes, at);
            let escapes = bytes.get(at) == Some(&b'\\');
            in_string = escapes;
            at += 1 + usize::from(escapes);
        } else if byte.is_ascii_whitespace() {
            out.reserve(json.len() - copied);
            out.push_str(json.get(copied..at).unwrap_or_default());
            let rest = bytes.get(at..).unwrap_or_default();
            at += rest.len() - rest.trim_ascii_start().len();
            copied = at;
        } else {
            in_string = *byte == b'"';
            at += 1;
        }
    }
    // Most are written without any.
    if copied == 0 {
        return json;
    }
    out.push_str(json.get(copied..).unwrap_or_default());
    out.into()
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn only_white_space_between_tokens_goes() {
        for (json, want) in [
            (" { \"a b\" : [ 1 ,\n 2.50 ] } ", "{\"a b\":[1,2.50]}"),
            (r#"{"a\" b" : "c\\" , "d" : " " }"#, r#"{"a\" b":"c\\","d":" "}"#),
            ("null", "null"),
        ] {
            assert_eq!(compact(json.into()), want);
        }
    }
}
