//! Names as ledgers leave them: cut off, with a department behind, with a slip.
#![allow(clippy::unwrap_used, reason = "in tests outside of test functions too")]

use stripout_catalogue::Bodies;
use stripout_model::Confidence;

fn told(name: &str, at: &str) -> Option<(String, Confidence)> {
    let answer = Bodies::embedded().unwrap().resolve(name, at.parse().ok());
    answer.body.map(|body| (body.to_string(), answer.confidence))
}

fn is(name: &str, at: &str, body: &str) {
    assert_eq!(told(name, at), Some((body.into(), Confidence::Likely)), "{name}");
}

fn nobody(name: &str, at: &str) {
    assert_eq!(told(name, at), None, "{name}");
}

#[test]
fn a_name_cut_off_is_told_where_no_other_begins_so() {
    is(
        "DEPARTMENT FOR ENVIRONMENT FOOD & R",
        "",
        "department-for-environment-food-and-rural-affairs",
    );
    is(
        "THE DEPARTMENT FOR WORK AND PENSIO",
        "",
        "department-for-work-and-pensions",
    );
    is(
        "LONDON SCHOOL OF HYGIENE AND TROPIC",
        "",
        "london-school-of-hygiene-and-tropical-medicine",
    );
}

#[test]
fn what_others_begin_with_too_or_says_too_little_is_nobodys() {
    // Haringey or Harrow; England or Scotland; the university or its hospitals; the force or its commissioner.
    nobody("LONDON BOROUGH OF HAR", "");
    nobody("UNIVERSITY OF THE WEST OF", "");
    nobody("UNIVERSITY COLLEGE LONDON H", "");
    nobody("WEST MIDLANDS POLICE AU", "");
    // A whole word may be the end: `National Institute for Health Research` is another.
    nobody("NATIONAL INSTITUTE FOR HEALTH", "");
    nobody("NATIONAL INSTITUTE FOR HEALTH R", "");
    nobody("DEPARTMENT FOR", "");
    // No ledger: who writes small letters goes on.
    nobody("Medicines and Healthcare produ", "");
}

#[test]
fn a_department_behind_a_whole_name_is_told_short_or_cut_off() {
    is(
        "HAMPSHIRE COUNTY COUNCIL ADULT SERV",
        "",
        "hampshire-county-council",
    );
    is("KENT COUNTY COUNCIL HIGHWAYS & TRANSP", "", "kent-county-council");
    is(
        "Wigan Council - Revs & Bens",
        "",
        "wigan-metropolitan-borough-council",
    );
    is("Cotswold D C Waste", "", "cotswold-district-council");
}

#[test]
fn a_company_called_like_a_place_and_a_trade_is_no_council() {
    for name in [
        "Tower Hamlets Income",
        "West Sussex Income Management",
        "Durham Police Department",
        "Kent Police Federation",
    ] {
        nobody(name, "");
    }
}

#[test]
fn the_day_tells_which_of_two_a_short_form_means() {
    nobody("Durham C.C.", "2005-05-01");
    assert_eq!(
        told("Durham C.C.", "2022-05-01"),
        Some(("durham-county-council".into(), Confidence::Certain))
    );
}

#[test]
fn a_slip_in_a_word_of_form_is_read_and_none_in_a_place() {
    is("Lewisham Counsil", "", "london-borough-of-lewisham");
    is("Conwy County Burough Council", "", "conwy-county-borough-council");
    is("Ministery of Defence", "", "ministry-of-defence");
    // Harrogate cut off, or places of their own.
    nobody("HARROG", "");
    nobody("Harrog Council", "");
    nobody("Hartford Council", "");
    nobody("Derbyshir", "");
    nobody("Essex Country Park", "");
}
