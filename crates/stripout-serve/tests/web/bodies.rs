//! Pages of bodies: one with many sites, one that is no more, one that took over.

use std::fmt::Write as _;

use stripout_serve::Audience;

use super::{accept, screened_with, serve};

const HEAD: &str = "Body Name,Payment date,Supplier Name,Net Amount,Narrative\n";
const TRAFFORD: &str = "/bodies/trafford-metropolitan-borough-council";

/// A register of equipment of 46 sites and some payments.
fn sites() -> String {
    let mut text = "Site,Make,Model,Quantity,Status,Council\n".to_owned();
    for number in 0..46 {
        let _ = writeln!(
            text,
            "Depot {number} with quite a long name on Some Street,Hikvision,DS-2CD2143G0-I,{},In use,Trafford Council",
            number % 9 + 1
        );
    }
    text
}

fn payments() -> String {
    let mut text = HEAD.to_owned();
    for number in 0..300 {
        let (year, day) = (2018 + number % 7, 1 + number % 28);
        let _ = writeln!(
            text,
            "Trafford Metropolitan Borough Council,{year}-05-{day:02},Acme {number} Ltd,100.00,2 Hikvision cameras lot {number}"
        );
    }
    text
}

#[tokio::test]
async fn a_body_of_many_sites_is_one_table_and_a_small_page() {
    let (sites, payments) = (sites(), payments());
    let (home, _) = screened_with(&[("trafford.csv", &sites), ("pay.csv", &payments)]).await;
    let site = serve(home, Audience::Private).await;
    let page = site.get(TRAFFORD).await.body;
    assert_eq!(page.matches("<th scope=\"row\">Depot ").count(), 46, "{page}");
    assert!(page.contains("At 46 places"), "{page}");
    assert_eq!(
        page.matches("instruments that do not reach it").count(),
        1,
        "the rules stand once"
    );
    assert!(page.contains("at 46 places"), "the verdict counts the places");
    assert_eq!(
        page.matches("class=\"sentence\"").count(),
        1,
        "that of the body alone"
    );
    assert!(page.len() <= 60_000, "{} bytes", page.len());
    for (address, rows) in [
        (
            "/api/v1/findings?body=trafford-metropolitan-borough-council&limit=500",
            47,
        ),
        ("/api/v1/findings?body=leeds-city-council&limit=1", 1),
    ] {
        let found = site.json(address).await;
        assert_eq!(found["data"].as_array().unwrap().len(), rows, "{address}");
    }
    for wrong in [
        "limit=0",
        "limit=501",
        "limit=x",
        "body=nobody",
        "maker=nobody",
        "kind=nothing",
        "standing=x",
    ] {
        assert_eq!(
            site.get(&format!("/api/v1/findings?{wrong}")).await.status,
            400,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_no_more_is_counted_apart_and_leads_to_its_successor() {
    let text = format!(
        "{HEAD}Mendip District Council,2019-05-04,Acme Ltd,100.00,2 Hikvision cameras\n\
         Trafford Metropolitan Borough Council,2019-05-04,Acme Ltd,100.00,2 Hikvision cameras\n"
    );
    let (home, register) = screened_with(&[("mendip.csv", &text)]).await;
    let said = register.stated_sightings().await.unwrap();
    let own = said.iter().filter(|it| it.source.ends_with("mendip.csv"));
    let ids: Vec<String> = own.map(|it| it.id.clone()).collect();
    assert_eq!(ids.len(), 2);
    accept(&register, &ids).await;
    let site = serve(home, Audience::Everybody).await;
    let old = site.get("/bodies/mendip-district-council").await.body;
    assert!(
        old.contains("No more since") && old.contains("href=\"/bodies/somerset-council\""),
        "{old}"
    );
    assert!(old.contains("No rule binds a body that is no more"), "{old}");
    let new = site.get("/bodies/somerset-council").await.body;
    assert!(
        new.contains("It took over from <a href=\"/bodies/mendip-district-council\">"),
        "{new}"
    );
    let briefing = site.get("/bodies/somerset-council/briefing").await.body;
    assert!(
        briefing.contains("Mendip District Council, no more since"),
        "{briefing}"
    );

    // One body of today has it, wherever that is counted; the other is told apart.
    let gap = site.json("/api/v1/gap").await;
    assert_eq!(gap["data"]["table"]["all"]["total"]["bodies"], 1, "{gap}");
    let home = site.get("/").await.body;
    let map = site.get("/map?view=table").await.body;
    let list = site.get("/bodies").await.body;
    let (_, after) = home
        .split_once("<p class=\"number\">1 <span>of ")
        .expect("one body has it");
    let existing = after.split(' ').next().unwrap();
    assert!(
        home.contains("There is evidence of 1 body that is no more"),
        "{home}"
    );
    let counted = format!("Something is known of 1 of {existing} bodies, and of 1 body that is no more");
    assert!(map.contains(&counted), "{counted}");
    assert!(list.contains(&format!("{existing} bodies and ")), "{existing}");
}
