//! The map: four views of one address.

use super::private;

#[tokio::test]
async fn every_body_is_in_a_tile_whether_it_has_a_place_or_not() {
    let site = private().await;
    let all = site.json("/api/v1/map").await;
    let all = all["data"].as_array().unwrap().len();
    let page = site.get("/map?view=regions").await.body;
    let tiles: Vec<&str> = page.split("<text class=\"count\"").skip(1).collect();
    let counted: usize = tiles
        .iter()
        .map(|tile| tile.split("</text>").next().unwrap().rsplit(' ').next().unwrap())
        .map(|count| count.parse::<usize>().unwrap())
        .sum();
    assert_eq!((counted, tiles.len() > 12), (all, true));
    assert!(
        page.contains("Police force ") && page.contains("No place is known of"),
        "{page}"
    );
    let police = site.get("/map?view=regions&kind=police").await.body;
    assert!(
        police.contains("href=\"/bodies?kind=police&#38;place=Scotland\""),
        "{police}"
    );
}

#[tokio::test]
async fn a_region_is_shown_large_with_names_that_cover_nothing() {
    let site = private().await;
    let whole = site.get("/map").await.body;
    let large = site.get("/map?place=Yorkshire+and+The+Humber").await.body;
    assert!(whole.contains("matrix(1.000 0 0 1.000 0.0 0.0)"), "{whole}");
    assert!(!large.contains("matrix(1.000"), "{large}");
    assert!(large.contains(">Leeds City Council</text>"), "{large}");
    assert!(
        large.contains("<option value=\"Yorkshire and The Humber\" selected>"),
        "{large}"
    );
    // The same question in every view.
    for view in ["regions", "hex", "table"] {
        assert!(
            large.contains(&format!("/map?view={view}&#38;place=Yorkshire+and+The+Humber")),
            "{view}: {large}"
        );
    }
    let marks = site.json("/api/v1/map?place=Yorkshire+and+The+Humber").await;
    let marks = marks["data"].as_array().unwrap();
    assert!(
        marks.len() > 15 && marks.iter().any(|it| it["id"] == "leeds-city-council"),
        "{marks:?}"
    );
}
