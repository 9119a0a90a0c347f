//! Numbers told by the shape of the page: lines, tables, and answers by number.

use super::*;

/// Counts of the mentions in a reply, in their order.
#[track_caller]
fn check(text: &str, want: &[Option<u32>]) {
    let (plain, spans) = marked(text);
    let judged = StanceRules::new(&words()).judge(DocumentKind::Foi, &plain, &spans);
    let got: Vec<_> = judged.iter().map(|j| j.count).collect();
    assert_eq!(got, want, "{text}\n{judged:#?}");
}

#[test]
fn a_line_ends_with_its_value() {
    check("<Acme>: 212\n<Bolt>: 17", &[Some(212), Some(17)]);
    check(
        "<Acme> cameras: twenty-one\n<Bolt> cameras: nil\nOther: 9",
        &[Some(21), Some(0)],
    );
    check("Total number of cameras: 112\n<Acme>: 58", &[Some(58)]);
    check("Total: 112\n<Acme>\n58", &[Some(58)]);
    // A wrapped sentence goes on.
    check("The Council has\n12 <Acme> cameras", &[Some(12)]);
}

#[test]
fn a_row_of_numbers_speaks_for_itself() {
    // No number of the row above counts for the next one.
    check(
        "Make Fixed PTZ Total\n<Acme> 52 9 61\n<Bolt> 0 0 0\nOther 115 31 146",
        &[None, Some(0)],
    );
    check("<Acme> 4 4\n<Bolt> 2 17", &[Some(4), None]);
}

#[test]
fn the_first_of_number_and_maker_tells_which_follows_which() {
    check(
        "Number of cameras: 75\nMake: <Acme>\nNumber of recorders: 4\nMake: <Bolt>\nCost: 3200",
        &[Some(75), Some(4)],
    );
    check(
        "Make: <Acme>\nQty: 75\nMake: <Bolt>\nQty: 4",
        &[Some(75), Some(4)],
    );
}

#[test]
fn a_column_of_counts_is_told_by_its_heading() {
    check(
        "Make | Cameras | Sites\n<Acme> | 23 | 2\nTotal | 40 | 3",
        &[Some(23)],
    );
    check("Site\tMake\tModel\tQty\nHall\t<Acme>\tAB-1\t4", &[Some(4)]);
    check("| Make | No. of cameras |\n|---|---|\n| <Acme> | 8 |", &[Some(8)]);
    check("Make | Serial number | Room\n<Acme> | 3001 | 2", &[None]);
    check("Camera | Make | Ports\n7 | <Acme> | 16", &[None]);
    // A sum is given only when every cell is a number, and never counts the sum of the table itself.
    check("Site | <Acme> cameras\nHall | 12\nDepot | 5", &[Some(17)]);
    check(
        "Site | <Acme> cameras\nHall | 12\nDepot | 5\nTotal | 17",
        &[Some(17)],
    );
    check("Site | <Acme> cameras\nHall | 12\nDepot | withheld", &[None]);
    check("Site | Date of <Acme> audit\nHall | 12", &[None]);
}

#[test]
fn a_question_is_answered_in_the_next_cell() {
    check(
        "Question | Answer\nHow many cameras are there? | 460\nHow many are <Acme>? | 71\nHow many are <Bolt>? | None",
        &[Some(71), Some(0)],
    );
}

#[test]
fn the_whole_of_an_answer() {
    check("Six, made by <Acme>.", &[Some(6)]);
    check("The answer to part 3 is six, all of them <Acme>.", &[Some(6)]);
    check("Leisure centre: nine, every one a <Acme>.", &[Some(9)]);
    check("Make? <Acme>. How many? 3. Networked? Yes.", &[Some(3)]);
    check("Make? <Acme>. Number of sites? 3.", &[None]);
    check("How many <Acme> cameras do you own? Zero.", &[Some(0)]);
    check("How many <Acme> cameras do you own? None.", &[Some(0)]);
    check("Do you own <Acme> cameras? None.", &[None]);
}

#[test]
fn a_number_in_a_list_is_no_address_and_no_day() {
    check("<Acme>, 21; Other, 60.", &[Some(21)]);
    check("<Acme> dome, 12, High Street", &[None]);
    check("Order 4417, <Acme>, 10448.", &[None]);
    check("Make: <Acme> / Number: 19 / Sites: 2", &[Some(19)]);
    check("Make: <Acme> / Asset number: 19", &[None]);
    check("We have 0 (zero) <Acme> cameras.", &[Some(0)]);
    check("<Acme> 4K turret x5 car park", &[Some(5)]);
    check("Housing (<Acme>) 33, Parks (Other) 12", &[Some(33)]);
    check("Front of house: 4 x <Acme>", &[Some(4)]);
    check("In March twelve <Acme> cameras were fitted.", &[Some(12)]);
    check("In March 2012 <Acme> cameras were fitted.", &[None]);
}

#[test]
fn yes_with_a_number() {
    check("Do you use <Acme> cameras? Yes, 133.", &[Some(133)]);
    check("Do you use <Acme> cameras? Yes (6 units).", &[Some(6)]);
    check("Do you use <Acme> cameras? Yes, since 2019.", &[None]);
    check("Do you use <Acme> cameras? Yes, 12 March.", &[None]);
    check("Do you use <Acme> cameras? Yes, £400.", &[None]);
}

#[test]
fn the_number_is_told_in_a_later_sentence() {
    check(
        "You asked for the number of <Acme> cameras. The number is 8.",
        &[Some(8)],
    );
    check(
        "You asked for the number of <Acme> cameras. The number of sites is 8.",
        &[None],
    );
    check(
        "You asked about <Acme> cameras. Our reference number is 8.",
        &[None],
    );
    check(
        "1. Number of <Acme> cameras.\n2. Cost?\n\nOur response:\n\n1. 12\n2. £40",
        &[Some(12)],
    );
    check(
        "Number of <Acme> cameras bought in the last 12 months: two",
        &[Some(2)],
    );
    check("Number of schools with <Acme> cameras: 7", &[None]);
}

#[test]
fn the_whole_is_no_part() {
    check("Of our 90 cameras, roughly a third are <Acme>.", &[None]);
    check("Of our 90 cameras, 30 are <Acme>.", &[Some(30)]);
    check("Of our 90 <Acme> cameras, most are old.", &[Some(90)]);
}

#[test]
fn none_on_one_line_says_nothing_of_the_next() {
    let stances = |text: &str| {
        let (plain, spans) = marked(text);
        let judged = StanceRules::new(&words()).judge(DocumentKind::Foi, &plain, &spans);
        judged.iter().map(|j| (j.stance, j.count)).collect::<Vec<_>>()
    };
    assert_eq!(
        stances(
            "Number of <Acme> cameras in use: 43\nNumber of <Bolt> cameras in use: Nil\n\
             Number of <Acme> cameras bought in the last 12 months: Two"
        ),
        [
            (Stance::Has, Some(43)),
            (Stance::Denies, Some(0)),
            (Stance::Has, Some(2))
        ]
    );
    assert_eq!(
        stances("<Acme>: none\n<Bolt>: 17\n<Cart>: 0"),
        [
            (Stance::Denies, None),
            (Stance::Has, Some(17)),
            (Stance::Denies, Some(0))
        ]
    );
}

#[test]
fn what_is_said_of_another_item_is_not_said_of_a_number_of_ones_own() {
    let rules = StanceRules::new(&words());
    for (text, want, count) in [
        (
            "foi: Axis 140, <Acme> 23, make not recorded 9.",
            Stance::Has,
            Some(23),
        ),
        ("foi: Axis 140, <Acme> 23, make unknown 9.", Stance::Has, Some(23)),
        (
            "foi: By maker: none from Axis, <Acme> 0, not known 4.",
            Stance::Denies,
            Some(0),
        ),
        (
            "foi: None of the 52 <Acme> cameras at the hospital has been replaced.",
            Stance::Has,
            Some(52),
        ),
        (
            "foi: Other than eight <Acme> bullets at the tip, everything is of European make.",
            Stance::Has,
            Some(8),
        ),
        (
            "foi: We hold no <Acme> cameras except two at the depot.",
            Stance::Has,
            Some(2),
        ),
        ("foi: We hold no <Acme> cameras.", Stance::Denies, None),
    ] {
        let (kind, plain, spans) = example(text);
        let judged = &rules.judge(kind, &plain, &spans)[0];
        assert_eq!((judged.stance, judged.count), (want, count), "{text}");
    }
}
