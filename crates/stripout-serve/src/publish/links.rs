//! Links of a page from file to file, so that a site works wherever it is put.

use super::file::file_of;

/// A page that was made by no server needs its guard in itself.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; \
    img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'\">";
const CHARSET: &str = "<meta charset=\"utf-8\">";
const ATTRIBUTES: &[&str] = &[" href=\"", " src=\"", " action=\""];
/// The one form that a script answers where there is no server.
const SEARCH: &str = " action=\"/search\"";

/// The page as it stands in `file`, and the addresses that it links to.
pub(super) fn rewritten(page: &str, file: &str) -> (String, Vec<String>) {
    let page = without_forms(page).replacen(CHARSET, &format!("{CHARSET}\n{POLICY}"), 1);
    let mut out = String::with_capacity(page.len());
    let mut found = Vec::new();
    let mut rest = page.as_str();
    while let Some((attribute, at)) = next_of(rest) {
        let (before, after) = rest.split_at(at + attribute.len());
        out.push_str(before);
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        let link = value.replace("&#38;", "&").replace("&amp;", "&");
        if link.starts_with('/') && !link.starts_with("//") {
            let (address, fragment) = link.split_once('#').unwrap_or((&link, ""));
            out.push_str(&relative(file, &file_of(address)));
            if let Some((_, version)) = address
                .split_once('?')
                .filter(|_| address.starts_with("/assets/"))
            {
                out.push('?');
                out.push_str(version);
            }
            if !fragment.is_empty() {
                out.push('#');
                out.push_str(fragment);
            }
            found.push(address.to_owned());
        } else {
            out.push_str(value);
        }
        out.push('"');
        rest = after;
    }
    out.push_str(rest);
    (out, found)
}

/// From one file to another.
pub(super) fn relative(from: &str, to: &str) -> String {
    let up = from.matches('/').count();
    format!("{}{to}", "../".repeat(up))
}

fn next_of(text: &str) -> Option<(&'static str, usize)> {
    let places = ATTRIBUTES
        .iter()
        .filter_map(|it| text.find(it).map(|at| (*it, at)));
    places.min_by_key(|(_, at)| *at)
}

/// Forms that nobody would answer; what they choose is linked from the pages, too.
fn without_forms(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, form)) = rest.split_once("<form") {
        out.push_str(before);
        let (whole, after) = form.split_once("</form>").unwrap_or((form, ""));
        if whole.split('>').next().is_some_and(|tag| tag.contains(SEARCH)) {
            out.push_str("<form");
            out.push_str(whole);
            out.push_str("</form>");
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_file_to_file() {
        let page = "<meta charset=\"utf-8\"><a href=\"/bodies?status=any&#38;page=2#x\">a</a>\
            <a href=\"https://example.org/\">b</a><a href=\"#main\">c</a><link href=\"/assets/a.css?v=1\">\
            <form class=\"filter\" action=\"/gap\"><select></select></form><form action=\"/search\">q</form>";
        let (made, found) = rewritten(page, "bodies/x.html");
        for part in [
            "href=\"../bodies~status=any,page=2.html#x\"",
            "href=\"https://example.org/\"",
            "href=\"#main\"",
            "href=\"../assets/a.css?v=1\"",
            "action=\"../search.html\"",
            "Content-Security-Policy",
        ] {
            assert!(made.contains(part), "{part}: {made}");
        }
        assert!(!made.contains("select"), "{made}");
        assert_eq!(
            found,
            ["/bodies?status=any&page=2", "/assets/a.css?v=1", "/search"]
        );
    }
}
