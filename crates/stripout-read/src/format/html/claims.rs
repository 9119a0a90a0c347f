//! Whether bytes are a page. A table or a letter with a stray tag is none: a page begins as one.

const BEGINNINGS: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<table", "<div"];

pub(crate) fn is_html(bytes: &[u8]) -> bool {
    let narrow;
    let bytes = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            narrow = every_other(rest, 0);
            narrow.as_slice()
        }
        [0xfe, 0xff, rest @ ..] => {
            narrow = every_other(rest, 1);
            narrow.as_slice()
        }
        _ => bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes),
    };
    let mut text = bytes.trim_ascii_start();
    if text.starts_with(b"<?xml") {
        text = after(text, b"?>").trim_ascii_start();
    }
    while let Some(comment) = text.strip_prefix(b"<!--") {
        text = after(comment, b"-->").trim_ascii_start();
    }
    BEGINNINGS.iter().any(|tag| {
        text.get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
            && text
                .get(tag.len())
                .is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'-')
    })
}

/// Of UTF-16, the bytes that hold the ASCII characters.
fn every_other(bytes: &[u8], side: usize) -> Vec<u8> {
    bytes.iter().skip(side).step_by(2).take(4096).copied().collect()
}

fn after<'b>(bytes: &'b [u8], end: &[u8]) -> &'b [u8] {
    memchr::memmem::find(bytes, end)
        .and_then(|at| bytes.get(at + end.len()..))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::is_html;

    #[test]
    fn pages_begin_as_pages() {
        for (bytes, want) in [
            (&b"  <!DOCTYPE HTML>\n<p>"[..], true),
            (b"<!-- saved -->\n<!-- twice --><html>", true),
            (b"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">", true),
            (b"\xef\xbb\xbf<html lang=en>", true),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", true),
            (b"<table border=1><tr>", true),
            (b"<?xml version=\"1.0\"?>\n<a/>", false),
            (b"<header-row>", false),
            (b"<divider>", false),
            (b"Supplier,<b>Amount</b>\n", false),
            (b"<b>Supplier</b>,Amount\n", false),
            (b"See <html> below", false),
            (b"", false),
        ] {
            assert_eq!(is_html(bytes), want, "{}", bytes.escape_ascii());
        }
    }
}
