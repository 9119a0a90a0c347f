//! Where the equipment is and what sort of device it is, as texts state it.

mod support;

use stripout_model::{DocumentKind, Installation, Role};
use support::{identify, identify_row};

fn stated(site: Option<&str>, sensitive: Option<bool>, device: Option<&str>) -> Installation {
    Installation {
        site: site.map(str::to_owned),
        sensitive,
        device: device.map(str::to_owned),
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn sentences_state_place_and_device_or_leave_them_open() {
    for (text, site, sensitive, device) in [
        (
            "We have 4 Hikvision dome cameras at Fernleigh Depot.",
            Some("Fernleigh Depot"),
            None,
            Some("camera"),
        ),
        (
            "We have Hikvision cameras in the Sample Street car park.",
            Some("Sample Street car park"),
            None,
            Some("camera"),
        ),
        (
            "The cameras at the Market Hall were made by Hikvision.",
            Some("Market Hall"),
            None,
            None,
        ),
        ("A Hikvision recorder is installed.", None, None, Some("recorder")),
        ("We use Hikvision ANPR cameras.", None, None, Some("anpr")),
        (
            "We use Hikvision body worn cameras.",
            None,
            None,
            Some("body-worn"),
        ),
        (
            "We use a Hikvision intercom at the gate.",
            None,
            None,
            Some("intercom"),
        ),
        // Several places, several sorts: none of them alone.
        (
            "Hikvision cameras stand at Fernleigh Depot and Market Hall.",
            None,
            None,
            Some("camera"),
        ),
        (
            "Hikvision cameras stand at Fernleigh Depot, Market Hall and Baths.",
            None,
            None,
            Some("camera"),
        ),
        (
            "They are Hikvision cameras at County Hall (22), Sample House (12).",
            None,
            None,
            Some("camera"),
        ),
        ("We have Hikvision cameras and recorders.", None, None, None),
        // No name of a place, and no place at all.
        (
            "We have Hikvision cameras at two of our offices.",
            None,
            None,
            Some("camera"),
        ),
        (
            "We have Hikvision cameras at Exampleshire Council.",
            None,
            None,
            Some("camera"),
        ),
        (
            "We have no Hikvision cameras at our sensitive sites.",
            None,
            Some(true),
            Some("camera"),
        ),
        (
            "We have Hikvision cameras at non-sensitive sites.",
            None,
            Some(false),
            Some("camera"),
        ),
        (
            "We have Hikvision cameras at Fernleigh Depot, which is a sensitive site.",
            Some("Fernleigh Depot"),
            Some(true),
            Some("camera"),
        ),
        (
            "We have Hikvision cameras at Fernleigh Depot, which is not a sensitive site.",
            Some("Fernleigh Depot"),
            Some(false),
            Some("camera"),
        ),
        (
            "Hikvision cameras are in use; the guidance on sensitive sites is under review.",
            None,
            None,
            Some("camera"),
        ),
    ] {
        let found = identify(DocumentKind::Foi, text);
        let first = found
            .mentions
            .first()
            .unwrap_or_else(|| panic!("nothing in {text}"));
        assert_eq!(first.installation, stated(site, sensitive, device), "{text}");
    }
}

#[test]
fn columns_of_a_row_state_them() {
    let row = |site: &str, sort: &str, sensitive: &str| {
        let cells = [
            (Role::Text, "Site", site),
            (Role::Text, "Type", sort),
            (Role::Text, "Sensitive site", sensitive),
            (Role::Text, "Make", "Hikvision"),
        ];
        identify_row(DocumentKind::Asset, &cells)
            .mentions
            .remove(0)
            .installation
    };
    assert_eq!(
        row("Depot", "Camera", "No"),
        stated(Some("Depot"), Some(false), Some("camera"))
    );
    assert_eq!(
        row("various", "Intercom", "Yes"),
        stated(None, Some(true), Some("intercom"))
    );
    assert_eq!(row("", "Server", "not assessed"), stated(None, None, None));
}
