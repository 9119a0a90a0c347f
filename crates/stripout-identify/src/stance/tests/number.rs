//! Which numbers count devices, and which are something else.

use super::*;

#[test]
fn what_counts_devices() {
    let rules = StanceRules::new(&words());
    for (text, want) in [
        ("spend: twenty-four <Acme> domes", Some(24)),
        (
            "foi: The Council has one hundred and twelve <Acme> cameras.",
            Some(112),
        ),
        ("foi: We own a single <Acme> camera.", Some(1)),
        ("foi: Two dozen <Acme> cameras", Some(24)),
        ("spend: <Acme> NVR 16CH 4TB 2021", None),
        ("spend: 8 channel <Acme> DVR", None),
        ("spend: <Acme> camera £1,240", None),
        ("spend: Lot 4 <Acme> cameras", None),
        ("foi: Under section 31 the <Acme> cameras", None),
        ("foi: In 2019 <Acme> cameras were installed.", None),
        ("foi: 12 March: <Acme> cameras were installed.", None),
        ("foi: 40% of the cameras are <Acme>.", None),
        ("foi: <Acme> cameras at 14 schools", None),
        ("asset: Camera 12 | <Acme> | Room 4", None),
        ("foi: Axis 210, Bosch 44, <Acme> 31", Some(31)),
        ("foi: 210 Axis, 44 Bosch and 31 <Acme>", Some(31)),
        ("foi: <Acme>: 1,204 cameras", Some(1_204)),
        ("asset: <Acme> | dome | 9 | Level 4", Some(9)),
        ("contract: 86 no. <Acme> cameras", Some(86)),
        ("contract: <Acme> cameras (86 no.)", Some(86)),
        ("spend: <Acme> 球机 5台", Some(5)),
        ("foi: A hundred and forty <Acme> cameras", Some(140)),
        ("foi: three thousand two hundred <Acme> cameras", Some(3_200)),
        ("spend: <Acme> TURRET 1 DOZ", Some(12)),
        ("spend: <Acme> DOME PK OF 4", Some(4)),
        ("spend: <Acme> DOME 2 PACKS OF 4", Some(8)),
        ("spend: <Acme> dome (2 pack)", Some(2)),
        ("spend: <Acme> RECORDER 1 OFF + 2TB DRIVE", Some(1)),
        ("asset: Make: <Acme> No. off: 12", Some(12)),
        ("asset: Vendor=<Acme>; Units=17", Some(17)),
        ("asset: C1-C8 <Acme> bullet", Some(8)),
        ("asset: Cameras 1 to 8: <Acme>", Some(8)),
        ("asset: Cell 2 camera, <Acme>", None),
        ("asset: Cameras: 4MP, as <Acme>", None),
        ("foi: Both <Acme> cameras have been taken away.", Some(2)),
        ("foi: Both <Acme> and other cameras are used.", None),
        (
            "contract: Hire of 8 solar towers, each with one <Acme> PTZ",
            Some(8),
        ),
        ("foi: Our stations each have one <Acme> intercom.", None),
        ("foi: Two <Acme> cameras at each of our four depots", Some(8)),
        ("foi: Some 60% of our 500 cameras are by <Acme>.", None),
        ("foi: There are no fewer than 60 <Acme> cameras.", Some(60)),
        ("foi: There are no more than 60 <Acme> cameras.", None),
        ("foi: A handful (5) of <Acme> cameras", Some(5)),
        (
            "foi: The greater part, that is to say 390, came from <Acme>.",
            Some(390),
        ),
        ("foi: 1 (number of <Acme> cameras)", None),
        ("foi: You asked for (1) the number of <Acme> cameras.", None),
        (
            "foi: It spoke of \"dozens of <Acme> cameras\" at one of them.",
            None,
        ),
        (
            "foi: Number of <Acme> cameras. We ought to have said. It is 29.",
            Some(29),
        ),
        ("foi: There are <Acme> cameras. It is so: there are 26.", Some(26)),
        ("foi: The cameras are <Acme>. There are ten in all.", Some(10)),
        ("foi: We use <Acme> cameras. We have 14 of them.", Some(14)),
        (
            "foi: We had <Acme> at the depot. All nineteen were removed.",
            Some(19),
        ),
        ("foi: <Acme> recorders, of which there are 6, will go.", Some(6)),
        (
            "foi: <Acme> supplies the depot. All 19 schools are covered.",
            None,
        ),
        (
            "foi: The last <Acme> camera has gone. The last one was sold.",
            None,
        ),
    ] {
        let (kind, plain, spans) = example(text);
        assert_eq!(rules.judge(kind, &plain, &spans)[0].count, want, "{text}");
    }
}
