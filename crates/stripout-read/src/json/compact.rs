//! JSON without the white space between its tokens; the tokens stay as written.

/// `json` must be well formed.
pub(crate) fn compact(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut in_string = false;
    for (i, piece) in json.split('"').enumerate() {
        if i > 0 {
            // A quote after an odd number of backslashes does not end its string.
            let escaped = in_string && out.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
            out.push('"');
            in_string ^= !escaped;
        }
        if in_string {
            out.push_str(piece);
        } else {
            out.extend(piece.split_ascii_whitespace());
        }
    }
    out
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
            assert_eq!(compact(json), want);
        }
    }
}
