//! Whether an object at the top is one record, or a wrapper around a list of records.

use super::structure::Structure;

/// What the beginning of an object says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One record, whatever its size.
    Record,
    /// Its members are to be read one by one, and the elements of its lists as records.
    Wrapper,
    /// It ends at this offset; `lists` tells whether a member is a list of objects.
    Short { end: usize, lists: bool },
}

/// Looks at an object by quotes and brackets. `whole` when `bytes` is all there is.
pub(crate) fn shape(bytes: &[u8], whole: bool) -> Shape {
    let mut lists = false;
    let mut at = 1;
    loop {
        at += blank(bytes, at, true);
        match bytes.get(at) {
            Some(b'}') => return Shape::Short { end: at + 1, lists },
            Some(b'"') => {}
            // Damage is the parser's to report, with its place.
            Some(_) => return Shape::Record,
            None => break,
        }
        let Some(key_end) = end_of(bytes, at) else { break };
        let key = bytes.get(at + 1..key_end - 1).unwrap_or_default();
        at = key_end + blank(bytes, key_end, false);
        match bytes.get(at) {
            Some(b':') => at += 1,
            Some(_) => return Shape::Record,
            None => break,
        }
        at += blank(bytes, at, false);
        match bytes.get(at) {
            Some(b'"') if key == b"ocid" => return Shape::Record,
            Some(b'[') => {
                let first = at + 1 + blank(bytes, at + 1, false);
                if bytes.get(first) == Some(&b'{') {
                    lists = true;
                    if matches!(key, b"releases" | b"records") {
                        return Shape::Wrapper;
                    }
                }
            }
            _ => {}
        }
        let Some(end) = end_of(bytes, at) else { break };
        at = end;
    }
    // Too long to be held, or cut off: keep what its lists hold.
    if lists || !whole {
        Shape::Wrapper
    } else {
        Shape::Record
    }
}

fn end_of(bytes: &[u8], at: usize) -> Option<usize> {
    Structure::default()
        .read(bytes.get(at..)?)
        .filter(|n| *n > 0)
        .map(|n| at + n)
}

fn blank(bytes: &[u8], at: usize, commas: bool) -> usize {
    bytes
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t') || (commas && **b == b','))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_records_and_packages_wrappers() {
        for (text, want) in [
            (r#"{"ocid":"a","awards":[{}]}"#, Shape::Record),
            (r#"{"uri":"u","releases":[{"ocid":"a"}"#, Shape::Wrapper),
            (r#"{"records": [ {"#, Shape::Wrapper),
            (r#"{"a":1,"rows":[{}]} "#, Shape::Short { end: 19, lists: true }),
            (
                r#"{"a":[1,2],"b":{}}"#,
                Shape::Short {
                    end: 18,
                    lists: false,
                },
            ),
            (r#"{"a":tru"#, Shape::Record),
            ("{]", Shape::Record),
        ] {
            assert_eq!(shape(text.as_bytes(), true), want, "{text}");
        }
        assert_eq!(shape(br#"{"a":{"b":1"#, false), Shape::Wrapper);
    }
}
