//! Rule 1 and 2 of the bad-input contract, over JSON.

use crate::reading::{assert_rereads, files, read, shared};

#[test]
fn contract_01_json_test_suite() {
    let Some(folder) = shared("data/hostile/json/test_parsing") else {
        return;
    };
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (name, bytes) in files(&folder) {
        seen += 1;
        let found = read(&name, &bytes);
        let ok = match name.get(..2) {
            Some("y_") => !found.lost(),
            Some("n_") => {
                found.lost()
                    && found.problems.iter().any(|p| {
                        p.place.contains("byte")
                            || bytes.trim_ascii().is_empty()
                            || found.codes() == ["input-empty"]
                    })
            }
            _ => true,
        };
        if !ok {
            wrong.push(format!("{name}: {:?}", found.problems));
        }
        assert_rereads(&name, &bytes, &found);
    }
    assert!(seen >= 300, "only {seen} files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
