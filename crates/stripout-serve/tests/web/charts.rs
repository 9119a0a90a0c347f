//! Pictures that stand alone.

use super::feeds::elements;
use super::private;

#[tokio::test]
async fn a_chart_shows_the_shares_of_its_page_with_source_and_day() {
    let site = private().await;
    let page = site.get("/sectors").await;
    for link in [
        "/sectors/council.svg",
        "/sectors/council.png",
        "/sectors/answers.svg",
    ] {
        assert!(
            page.body.contains(&format!("href=\"{link}\"")),
            "{link}: {}",
            page.body
        );
    }
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
        let label = share.split('<').next().unwrap();
        assert!(
            chart.body.contains(&format!("{label}: {words}.")),
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

/// Width and height as the head of a PNG has them.
fn size_of(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[tokio::test]
async fn a_body_has_its_money_and_devices_as_tables_and_pictures() {
    let site = private().await;
    let page = site.get("/bodies/leeds-city-council").await;
    for words in [
        "<h2 id=\"spent\">Money by year</h2>",
        "<th scope=\"row\">2021</th>",
        "GBP 100.00 in 1 payment",
        "<h2 id=\"devices\">",
        "4 devices of Hikvision: bought",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    for name in ["money", "devices"] {
        let address = format!("/bodies/leeds-city-council/{name}");
        let svg = site.get(&format!("{address}.svg")).await;
        assert_eq!(svg.status, 200, "{}", svg.body);
        assert_eq!(elements(&svg.body).first().map(String::as_str), Some("svg"));
        assert!(svg.body.contains("Leeds City Council"), "{}", svg.body);
        let png = site.bytes(&format!("{address}.png")).await;
        let (width, height) = size_of(&png);
        assert_eq!(width, 1520);
        assert!(height > 200, "{height}");
    }
    for address in ["money.gif", "money", "colour.svg"] {
        let answer = site.get(&format!("/bodies/leeds-city-council/{address}")).await;
        assert_eq!(answer.status, 404, "{address}");
    }
    // One payment compares nothing.
    let one = site.get("/bodies/harrogate-borough-council/money.svg").await;
    assert_eq!(one.status, 404);
}

#[tokio::test]
async fn the_gap_is_a_picture_of_the_question_that_was_asked() {
    let site = private().await;
    let page = site.get("/gap?by=maker").await;
    assert!(page.body.contains("href=\"/gap.svg?by=maker\""), "{}", page.body);
    let by_maker = site.get("/gap.svg?by=maker").await;
    let by_kind = site.get("/gap.svg").await;
    assert_eq!((by_maker.status, by_kind.status), (200, 200), "{}", by_maker.body);
    assert!(by_maker.body.contains("Hikvision") && !by_kind.body.contains("Hikvision"));
    assert!(by_kind.body.contains("url(#hatch)"), "told apart without colour");
    assert_eq!(site.get("/gap.svg?what-if=nothing").await.status, 400);
    size_of(&site.bytes("/gap.png").await);
}
