//! The order of correspondence. Archives of a request hold its messages and attachments by number
//! (`2_1_Reply.pdf` is the first attachment of the second message) or by date (`2022-03-30 Reply.eml`), but list them in
//! any order, and `10_` before `2_` where they sort by letters.

/// Where a member stands in the correspondence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    folder: String,
    /// Numbers at the beginning of the name; what has none introduces the rest.
    numbers: Vec<u64>,
}

/// Puts the members of an archive in the order of the correspondence, if most of them tell it. Members of the same place
/// stay in the order they had.
pub(super) fn correspondence<T>(members: &mut [T], name: impl Fn(&T) -> &str) {
    let numbered = members
        .iter()
        .filter(|member| !place(name(member)).numbers.is_empty())
        .count();
    if numbered >= 2 && numbered * 2 > members.len() {
        members.sort_by_cached_key(|member| place(name(member)));
    }
}

fn place(path: &str) -> Place {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut numbers = Vec::new();
    let mut rest = name;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, after) = rest.split_at(digits);
        let Ok(number) = number.parse() else { break };
        // A number ends where a name goes on: `4K cameras` is none.
        let Some(parted) = after.strip_prefix(['_', '-', ' ', '.', ')']) else {
            break;
        };
        numbers.push(number);
        rest = parted.trim_start_matches(['_', '-', ' ']);
    }
    Place {
        folder: folder.into(),
        numbers,
    }
}

#[cfg(test)]
mod tests {
    use super::correspondence;

    #[track_caller]
    fn check(given: &[&str], want: &[&str]) {
        let mut members = given.to_vec();
        correspondence(&mut members, |name| name);
        assert_eq!(members, want);
    }

    #[test]
    fn messages_come_as_they_were_written() {
        check(
            &[
                "10_1_Last.pdf",
                "1_1_Question.txt",
                "2_2_Annex.csv",
                "2_1_Reply.pdf",
                "correspondence.txt",
            ],
            &[
                "correspondence.txt",
                "1_1_Question.txt",
                "2_1_Reply.pdf",
                "2_2_Annex.csv",
                "10_1_Last.pdf",
            ],
        );
        check(
            &[
                "r/2022-03-30 Reply.eml",
                "r/2022-03-04 Request.eml",
                "r/2022-03-30 Annex.csv",
            ],
            &[
                "r/2022-03-04 Request.eml",
                "r/2022-03-30 Reply.eml",
                "r/2022-03-30 Annex.csv",
            ],
        );
    }

    #[test]
    fn other_archives_stay_as_they_are() {
        for names in [
            &["b.csv", "a.csv", "1_x.csv"][..],
            &["4K cameras.txt", "2K cameras.txt"],
            &["spend-10.csv", "spend-2.csv"],
            &["2_only.csv", "a.csv"],
        ] {
            check(names, names);
        }
    }
}
