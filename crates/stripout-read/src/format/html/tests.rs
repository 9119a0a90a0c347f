use std::fmt::Write as _;
use std::time::Instant;

use stripout_model::Code;

use super::{Html, Place, of_text};
use crate::document::{Content, taken_apart};

#[track_caller]
fn check(html: &str, shown: &str, hidden: &str) {
    let texts = of_text(html, Place::Page);
    assert_eq!(texts.shown.trim_end(), shown, "shown of {html}");
    assert_eq!(texts.hidden.trim_end(), hidden, "hidden of {html}");
    assert_eq!(texts.problems, [], "{html}");
}

#[test]
fn text_flows_as_it_is_seen() {
    for (html, shown) in [
        ("<p>One\n  two<p>three", "One two\n\nthree"),
        (
            "<p>a <b>bold</b>, <a href='https://example.org/x'>a link</a>.</p>",
            "a bold, a link.",
        ),
        ("<h2>Cameras</h2>We have 12.", "# Cameras\n\nWe have 12."),
        (
            "<ul><li>one<li>two <ul><li>deep</ul></ul>after",
            "- one\n- two\n- deep\n\nafter",
        ),
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        (
            "&pound;1,234 &amp; &#72;ik&#x76;ision&nbsp;DS",
            "\u{a3}1,234 & Hikvision DS",
        ),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<title>A title</title><body><p>Text", "A title\n\nText"),
        (
            "a<script>var x='<p>no</p>'</script><style>p{}</style><!-- no --><noscript>no</noscript><template>no</template>b",
            "ab",
        ),
        ("x<select><option>one<option>two</select>", "x\n\none\ntwo"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<b><p>wrong</b> nesting</p>", "wrong nesting"),
        ("<p>not closed <i>anything", "not closed anything"),
        ("", ""),
    ] {
        check(html, shown, "");
    }
}

#[test]
fn tables_become_rows() {
    for (html, shown) in [
        (
            "<table><thead><tr><th>Site<th>Make<tbody><tr><td>Depot<td>Hikvision</table>",
            "| Site | Make |\n| Depot | Hikvision |",
        ),
        (
            "<p>Before<table><caption>Cameras</caption><tr><td>a</td><td>b|c<br>d</td></tr></table>after",
            "Before\n\nCameras\n\n| a | b\u{a6}c d |\n\nafter",
        ),
        (
            "<table><tr><td colspan=2>Title<tr><td>a<td>b</table>",
            "| Title |  |\n| a | b |",
        ),
        (
            "<table><tr><td rowspan=2>Depot<td>12<td>x<tr><td>7<td>y<tr><td>Hall<td>1<td>z</table>",
            "| Depot | 12 | x |\n|  | 7 | y |\n| Hall | 1 | z |",
        ),
        // Tables that only lay out the page.
        (
            "<table><tr><td><p>Dear Sam,<p>We have none.</table>",
            "Dear Sam,\n\nWe have none.",
        ),
        (
            "<table><tr><td>Left<td><table><tr><td>a<td>b<tr><td>c<td>d</table></table>",
            "Left\n\n| a | b |\n| c | d |",
        ),
        (
            "<table><tr><td>Question<td>Answer<tr><td>How many?<td><p>12.<p>All of them outside.</table>",
            "| Question | Answer |\n| How many? | 12. All of them outside. |",
        ),
        (
            "<table><tr><td>a<td></td></tr><tr><td> <td></tr></table>",
            "| a |  |",
        ),
    ] {
        check(html, shown, "");
    }
}

#[test]
fn hidden_text_stands_apart() {
    for (html, shown, hidden) in [
        (
            "a<p style='display:none'>Hikvision<b>!</b></p>b",
            "a\n\nb",
            "Hikvision!",
        ),
        ("a<span hidden>x</span>b", "ab", "x"),
        ("a<span aria-hidden=true>x</span>b", "axb", ""),
        (
            "<div style='visibility:hidden'>x<i style='visibility:visible'>y</i></div>",
            "y",
            "x",
        ),
        ("<font color=#ffffff>x</font>y", "y", "x"),
        (
            "<table bgcolor=navy><tr><td><font color=white>Make</font><td>b</table>",
            "| Make | b |",
            "",
        ),
        (
            "<table><tr><td>a<td style='display:none'>x</td><td>b</table>",
            "| a |  | b |",
            "|  | x |  |",
        ),
        ("<dialog>x</dialog><dialog open>y</dialog>", "y", "x"),
    ] {
        check(html, shown, hidden);
    }
}

#[test]
fn style_sheets_of_the_page_hide() {
    for (html, shown, hidden) in [
        (
            "<style>.x{display:none}</style>a<p class='y x'>b</p>c",
            "a\n\nc",
            "b",
        ),
        (
            "<style>p.x{display:none}</style><p class=x>a</p><b class=x>b</b>",
            "b",
            "a",
        ),
        (
            "<style>#r > p, i { visibility:hidden }</style><div id=r><p>a</p><b><p>b</p></b></div><i>c</i>",
            "b",
            "a\n\nc",
        ),
        (
            "<style>.off{position:absolute;left:-9999px}</style>a<span class=off>b</span>",
            "a",
            "b",
        ),
        (
            "<style>.a .b{display:none}</style><div class=a><i><u class=b>x</u></i></div><u class=b>y</u>",
            "y",
            "x",
        ),
        // One further out stands right in what is asked for.
        (
            "<style>.a > b u{display:none}</style><div class=a><b><i><b><u>x</u></b></i></b></div>",
            "",
            "x",
        ),
        // The most exact rule wins, then the last one, then the element itself, then what is important.
        (
            "<style>#x{display:block}.x{display:none}</style><p id=x class=x>a</p>",
            "a",
            "",
        ),
        (
            "<style>.x{display:block}.y{display:none}</style><p class='y x'>a</p>",
            "",
            "a",
        ),
        (
            "<style>.x{display:none}</style><p class=x style='display:block'>a</p>",
            "a",
            "",
        ),
        (
            "<style>.x{display:none!important}</style><p class=x style='display:block'>a</p>",
            "",
            "a",
        ),
        ("<style>.x{display:block}</style><p class=x hidden>a</p>", "a", ""),
        // Not on every screen, or not known to hold.
        (
            "<style>@media print{p{display:none}}@media (max-width:9px){p{display:none}}</style><p>a</p>",
            "a",
            "",
        ),
        ("<style>@media screen{p{display:none}}</style><p>a</p>", "", "a"),
        (
            "<style>@import url(x);p:hover{display:none}[a='}']{display:none}@font-face{x:y}b{display:none}</style><p a>a</p><b>b</b>",
            "a",
            "b",
        ),
        (
            "<style><!-- /* p{display:none} */ u{display:none} --></style><p>a</p><u>b</u>",
            "a",
            "b",
        ),
        ("<style>.a\\:x{display:none}</style><p class=a:x>a</p>", "", "a"),
        // It speaks of what came before it.
        (
            "<p class=x>a</p><p>b</p><style>.x{display:none}</style>",
            "b",
            "a",
        ),
        ("a<style>.x{display:none", "a", ""),
        ("<style>.x{display:none</style><p class=x>a</p>", "", "a"),
        (
            "<style>body{background:#036;color:#fff}.d{color:#000}</style><p>a<p class=d>b",
            "a\n\nb",
            "",
        ),
        ("<style>.w{color:#fff}</style><p class=w>a<p>b", "b", "a"),
    ] {
        check(html, shown, hidden);
    }
}

#[test]
fn contract_01_style_sheets_without_end_are_cut_and_said() {
    let mut rules = String::new();
    for i in 0..30_000 {
        let _always = write!(rules, ".a .b > .c{i} p, p.d{i} p p p p{{display:none}}");
    }
    let many = format!(
        "<style>{rules}</style>{}",
        "<div class='a b c'>".repeat(200) + &"<p>x".repeat(5_000)
    );
    let one = "p ".repeat(15);
    let same = format!(
        "<style>{}</style>{}",
        format!("{one}{{display:none}}").repeat(19_000),
        "<p>x".repeat(5_000)
    );
    let long = format!("<style>{}", "p{color:#fff}".repeat(500_000));
    for (name, page) in [("many", many), ("same", same), ("long", long)] {
        let start = Instant::now();
        let texts = of_text(&page, Place::Page);
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("{name}: {} bytes, {seconds:.1} s", page.len());
        assert!(seconds < 60.0, "{name} took {seconds} s");
        let codes: Vec<_> = texts.problems.iter().map(|problem| problem.code).collect();
        assert!(codes.contains(&Code::InputTooLarge), "{name}: {codes:?}");
    }
}

#[test]
fn quotes_of_mail_are_marked() {
    let texts = of_text(
        "<title>Untitled</title><p>New.<blockquote>Old <b>words</b>.<blockquote>Older.</blockquote><table><tr><td>a<td>b</table></blockquote>",
        Place::Mail,
    );
    assert_eq!(texts.shown, "New.\n\n> Old words.\n\n> > Older.\n\n> | a | b |\n");
    check("<p>New.<blockquote>Old.</blockquote>", "New.\n\nOld.", "");
}

#[test]
fn layers_and_encodings() {
    let page = b"<!doctype html><meta charset=windows-1251><p>\xd5\xe8\xea\xe2\xe8\xe6\xed<p hidden>x";
    let (layers, problems) = taken_apart(&Html, page);
    assert_eq!(problems, []);
    let names: Vec<_> = layers.iter().map(|layer| layer.name.as_deref()).collect();
    assert_eq!(names, [None, Some("hidden")]);
    let Some(Content::Text(text)) = layers.first().map(|layer| &layer.content) else {
        panic!("no text")
    };
    assert_eq!(text, "\u{425}\u{438}\u{43a}\u{432}\u{438}\u{436}\u{43d}\n");
}

/// What would exhaust the stack, the time or the memory of a careless reader.
#[test]
fn contract_01_bombs_of_tags_end() {
    let deep = format!(
        "{}Hikvision{}after",
        "<div>".repeat(10_000),
        "</div>".repeat(10_000)
    );
    let texts = of_text(&deep, Place::Page);
    assert!(texts.shown.contains("Hikvision") && texts.shown.contains("after"));
    assert_eq!(
        texts.problems.iter().map(|p| p.code).collect::<Vec<_>>(),
        [Code::InputDepth]
    );

    let mut formats = String::new();
    for i in 0..2_000 {
        let _always = write!(formats, "<p><b x{i}><i y{i}><font z{i}>");
    }
    let attributes = format!("<p>before<p {}>after", "a1 b2 c3 ".repeat(100_000));
    let tables = "<table><tr><td rowspan=60000>x".repeat(3_000) + &"<tr><td>y".repeat(30_000);
    let spans = format!("<table>{}", "<tr><td colspan=1000 rowspan=1000>x".repeat(20_000));
    let rows = format!(
        "<table><tr>{}{}",
        "<td rowspan=65534>x".repeat(5_000),
        "<tr><td>y".repeat(20_000)
    );
    for (name, page) in [
        ("deep", "<div>".repeat(200_000)),
        ("tables", "<table><tr><td>".repeat(50_000)),
        ("quotes", "<blockquote>".repeat(50_000) + "x"),
        ("formats", formats + &"<p>x".repeat(100_000)),
        ("attributes", attributes),
        ("row spans", tables),
        ("column spans", spans),
        ("rows", rows),
        ("entities", "&amp;&notit;&#x110000;".repeat(50_000)),
        ("comments", "<!--".repeat(200_000)),
        ("scripts", "<script>".repeat(100_000)),
        ("selects", "<select><option>".repeat(50_000)),
    ] {
        let start = Instant::now();
        let texts = of_text(&page, Place::Mail);
        let seconds = start.elapsed().as_secs_f64();
        eprintln!(
            "{name}: {} bytes, {seconds:.1} s, {} out",
            page.len(),
            texts.shown.len()
        );
        assert!(seconds < 60.0, "{name} took {seconds} s");
        assert!(
            texts.shown.len() <= 16 * page.len(),
            "{name}: {} bytes became {}",
            page.len(),
            texts.shown.len()
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_page_is_read(html in "(<(/)?(p|b|table|tr|td|div|li|a|font|select|template|svg|math|title|h1|frameset|form)( style='display:none')?>|[a-z ]{0,3}|&amp;){0,60}") {
        let texts = of_text(&html, Place::Mail);
        let again = of_text(&html, Place::Mail);
        assert_eq!(texts.shown, again.shown);
    }
}
