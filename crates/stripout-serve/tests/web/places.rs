//! Whoever types a postcode or the name of a place is led to the bodies responsible there.

use std::path::Path;

use stripout_ingest::{blob_id, open_reference};
use stripout_register::{ReferenceFile, Register};
use stripout_serve::Audience;

use super::{screened, serve};

/// Three invented postcodes in areas that there are, and were.
const DIRECTORY: &str = "pcd7,pcd8,pcds,dointr,doterm,cty25cd,lad25cd,ctry25cd,rgn25cd,pcon24cd,lat,long,pfa23cd,icb23cd\n\
    ZZ1 1AA,ZZ1  1AA,ZZ1 1AA,199501,,E99999999,E08000035,E92000001,E12000003,E14009999,53.8,-1.5,E23000010,E54000054\n\
    ZZ1 1AB,ZZ1  1AB,ZZ1 1AB,199501,201012,E10000023,E07000165,E92000001,E12000003,E14009999,54.0,-1.5,E23000009,E54000999\n\
    ZZ1 1AC,ZZ1  1AC,ZZ1 1AC,199501,,E10000998,E07000998,E92000001,E12000999,E14009999,52.6,-1.3,E23000998,E54000998\n";

async fn import(home: &Path, register: &Register) {
    let path = home.join("ONSPD_MAY_2026_UK.csv");
    std::fs::write(&path, DIRECTORY).unwrap();
    let reference = open_reference(&path).unwrap();
    let file = ReferenceFile {
        blob: blob_id(&path, || true).unwrap(),
        path: path.display().to_string(),
        layout: reference.layout.to_owned(),
        vintage: reference.vintage.clone(),
        imported_at: "2026-11-22T10:00:00Z".parse().unwrap(),
    };
    let mut import = register.import(&file).await.unwrap().unwrap();
    let mut facts = Vec::new();
    let read = reference.read(|batch| {
        facts.extend(batch);
        Ok::<(), std::convert::Infallible>(())
    });
    import.write(facts).await.unwrap();
    import.commit(read.unwrap().bad).await.unwrap();
}

#[tokio::test]
async fn a_postcode_leads_to_who_is_responsible_there() {
    let (home, register) = screened().await;
    import(home.path(), &register).await;
    let site = serve(home, Audience::Everybody).await;
    let page = site.get("/search?q=zz11aa").await;
    for words in [
        "<h2 id=\"postcode\">ZZ1 1AA</h2>",
        "/bodies/leeds-city-council\">Leeds City Council</a>",
        "/bodies/west-yorkshire-police\"",
        "Integrated care board",
        "ONS Postcode Directory, MAY 2026,",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("No body of the catalogue"), "{}", page.body);
    let found = site.json("/api/v1/search?q=ZZ1%201AA").await;
    let one = &found["data"]["postcode"];
    assert_eq!(
        (one["state"].as_str(), one["edition"].as_str()),
        (Some("found"), Some("MAY 2026"))
    );
    let areas: Vec<_> = one["responsible"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["area"].as_str().unwrap(), it["id"].as_str().unwrap()))
        .collect();
    assert_eq!(areas.len(), 3, "{areas:?}");
    assert_eq!(areas[0], ("district", "leeds-city-council"));
    assert_eq!(areas[1], ("police", "west-yorkshire-police"));
}

#[tokio::test]
async fn where_a_council_is_no_more_its_heir_is_named() {
    let (home, register) = screened().await;
    import(home.path(), &register).await;
    let site = serve(home, Audience::Everybody).await;
    let page = site.get("/search?q=ZZ1+1AB").await;
    for words in [
        "This postcode ended in 2010-12",
        "/bodies/harrogate-borough-council\"",
        "/bodies/north-yorkshire-county-council\"",
        "its duties passed to <a href=\"/bodies/north-yorkshire-council\"",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let unknown = site.get("/search?q=ZZ1+1AC").await;
    assert!(
        unknown
            .body
            .contains("No body of the catalogue is known by the areas"),
        "{}",
        unknown.body
    );
    let not_listed = site.get("/search?q=ZZ9+9ZZ").await;
    assert!(
        not_listed.body.contains("does not have it"),
        "{}",
        not_listed.body
    );
}

#[tokio::test]
async fn without_a_directory_it_says_so_and_what_to_do() {
    let (home, _) = screened().await;
    let site = serve(home, Audience::Private).await;
    let page = site.get("/search?q=LS1+1UR").await;
    for words in ["nobody has imported a directory", "stripout reference import"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let found = site.json("/api/v1/search?q=LS1+1UR").await;
    assert_eq!(found["data"]["postcode"]["state"], "no-directory");
    let (home, _) = screened().await;
    let outside = serve(home, Audience::Everybody)
        .await
        .get("/search?q=LS1+1UR")
        .await;
    assert!(outside.body.contains("nobody has imported"), "{}", outside.body);
    assert!(!outside.body.contains("stripout reference"), "{}", outside.body);
}

#[tokio::test]
async fn a_place_leads_to_the_bodies_there() {
    let (home, _) = screened().await;
    let site = serve(home, Audience::Everybody).await;
    let page = site.get("/search?q=yorkshire").await;
    let link = "/bodies?place=Yorkshire+and+The+Humber";
    assert!(page.body.contains(link), "{}", page.body);
    let listed = site.json(&format!("/api/v1{link}")).await;
    let all = site.json("/api/v1/bodies").await;
    let (there, all) = (listed["total"].as_u64().unwrap(), all["total"].as_u64().unwrap());
    assert!(0 < there && there < all, "{there} of {all}");
    assert_eq!(listed["data"][0]["region"], "Yorkshire and The Humber");
    let found = site.json("/api/v1/search?q=wales").await;
    assert_eq!(found["data"]["places"][0], "Wales");
    assert_eq!(
        site.json("/api/v1/search?q=shire").await["data"]["places"],
        serde_json::json!([])
    );
}
