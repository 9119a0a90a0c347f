//! Pictures that stand alone.

use super::feeds::elements;
use super::private;

#[tokio::test]
async fn a_chart_shows_the_shares_of_its_page_with_source_and_day() {
    let site = private().await;
    let page = site.get("/sectors").await;
    assert!(
        page.body.contains("href=\"/sectors/council.svg\""),
        "{}",
        page.body
    );
    let chart = site.get("/sectors/council.svg").await;
    assert_eq!(chart.status, 200, "{}", chart.body);
    assert_eq!(chart.header("content-type"), "image/svg+xml");
    let names = elements(&chart.body);
    assert_eq!(names.first().map(String::as_str), Some("svg"));
    // The table of the page has what the picture has.
    let told = page.body.split("id=\"k-council\"").nth(1).unwrap();
    let told = told.split("</section>").next().unwrap();
    let shares: Vec<&str> = told.split("<th scope=\"row\">").skip(1).collect();
    assert!(shares.len() >= 5, "{told}");
    for share in &shares {
        let words = share.split("<td>").nth(1).unwrap().split("</td>").next().unwrap();
        assert!(
            chart.body.contains(&format!(">{words}</text>")),
            "{words}: {}",
            chart.body
        );
    }
    let bars = names.iter().filter(|name| *name == "g").count();
    assert_eq!(bars, shares.len());
    for words in ["Stripout register", "state of", "revision", "lawful"] {
        assert!(chart.body.contains(words), "{words}: {}", chart.body);
    }
    // Nothing that a content security policy, or a news desk's system, would take out.
    for word in ["<style", "style=", "<script", "href="] {
        assert!(!chart.body.contains(word), "{word}");
    }
}

#[tokio::test]
async fn a_kind_of_which_nothing_is_known_has_no_chart() {
    let site = private().await;
    for address in ["/sectors/royal.svg", "/sectors/nobody.svg", "/sectors/council"] {
        assert_eq!(site.get(address).await.status, 404, "{address}");
    }
}
