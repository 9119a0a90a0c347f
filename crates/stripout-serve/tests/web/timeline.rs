//! What happened when, and what was paid: correspondence beside purchases, and a payment of two files once.

use stripout_model::{BlobId, Request, RequestList};
use stripout_serve::Audience;

use super::{accept, private, screened, screened_with, serve};

const COUNTY: &str = "/bodies/exampleshire-county-council";
const TRAFFORD: &str = "trafford-metropolitan-borough-council";

/// The same line as a month's file and the corrected one have it.
const MARCH: &str = "Body Name,Payment date,Supplier Name,Transaction No.,Net Amount,Narrative\n\
    Trafford Metropolitan Borough Council,2021-03-30,ACME LTD,4648561,100.00,Supply  of 2 Hikvision cameras\n";
const CORRECTED: &str = "Body Name,Payment date,Transaction No.,Supplier Name,Narrative,Net Amount\n\
    Trafford Metropolitan Borough Council,2021-03-30,4648561,Acme Ltd,Supply of 2 Hikvision cameras,100.00\n";

#[tokio::test]
async fn what_was_asked_and_answered_stands_in_it() {
    let page = private().await.get(COUNTY).await.body;
    for words in [
        "2024-08-22\">22 August 2024",
        "Asked for information",
        "As the answer states it.",
        "Answered: it gives some of the information",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn a_request_of_a_list_is_told_with_its_place_and_only_in_private() {
    let (home, register) = screened().await;
    let request = Request {
        id: String::new(),
        body: "Trafford Metropolitan Borough Council".into(),
        asked: "2024-01-15".parse().unwrap(),
        subject: Some("Makes of cameras".into()),
        reference: None,
        url: None,
        outcome: None,
        answered: None,
        withdrawn: false,
        list: RequestList {
            blob: BlobId::from_digest([7; 32]),
            path: "CANARY-FOLDER/requests.csv".into(),
            imported_at: "2026-11-22T10:00:00Z".parse().unwrap(),
        },
        place: "line 4".into(),
    };
    register.keep_requests(&[request]).await.unwrap();
    let address = format!("/bodies/{TRAFFORD}");
    let site = serve(home, Audience::Private).await;
    let page = site.get(&address).await.body;
    for words in [
        "15 January 2024",
        "\"Makes of cameras\"",
        "requests.csv, line 4",
        "No answer is known; one was due by",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page = serve(site.home, Audience::Everybody)
        .await
        .get(&address)
        .await
        .body;
    assert!(
        !page.contains("requests.csv") && !page.contains("Makes of cameras"),
        "{page}"
    );
}

#[tokio::test]
async fn everybody_is_told_of_an_answer_once_a_statement_of_it_was_accepted() {
    let (home, register) = screened().await;
    let site = serve(home, Audience::Private).await;
    let found = site.json(&format!("/api/v1{COUNTY}/sightings")).await;
    let evidence = found["data"].as_array().unwrap().iter();
    let ids: Vec<String> = evidence.map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    let home = site.home;
    let page = serve(home, Audience::Everybody).await;
    let before = page.get(COUNTY).await.body;
    assert!(!before.contains("Answered:"), "{before}");
    accept(&register, &ids).await;
    let page = serve(page.home, Audience::Everybody).await.get(COUNTY).await.body;
    assert!(
        page.contains("Answered: it gives some of the information"),
        "{page}"
    );
    assert!(page.contains("Asked for information"), "{page}");
}

#[tokio::test]
async fn a_payment_of_two_files_is_told_once_with_both() {
    let (home, _) = screened_with(&[("march.csv", MARCH), ("march-corrected.csv", CORRECTED)]).await;
    let site = serve(home, Audience::Private).await;
    let page = site.get(&format!("/bodies/{TRAFFORD}")).await.body;
    assert!(page.contains("GBP 100.00"), "{page}");
    assert!(!page.contains("GBP 200.00"), "{page}");
    for words in [
        "1 payment stands in more than one file or sheet and counts once",
        ">another file</a>, counted once",
        "and 1 line more",
        "a payment names it",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("march.csv, line 2") && page.contains("march-corrected.csv, line 2"));
    let found = site.json(&format!("/api/v1/bodies/{TRAFFORD}/sightings")).await;
    let id = found["data"][0]["id"].as_str().unwrap();
    let entry = site.get(&format!("/review?about={id}")).await.body;
    assert!(
        entry.contains("The same payment stands in 1 more file"),
        "{entry}"
    );
}
