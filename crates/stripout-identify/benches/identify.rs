//! Building, sieving and reading: megabytes a second on text made here from invented notices.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stripout_catalogue::Catalogue;
use stripout_identify::Identifier;
use stripout_model::{DocumentKind, Passage, Shape};

const NOTICE: &str = r#"{"ocid":"ocds-x00000-NUMBER","id":"NUMBER-2025","date":"2025-03-14T09:30:00Z","tag":["tender"],"initiationType":"tender","tender":{"id":"NUMBER","title":"Grounds maintenance and arboricultural services for the eastern division","description":"The Council invites tenders for the provision of grounds maintenance, winter gritting and tree works across its parks, cemeteries and highways verges. The contractor shall provide all labour, vehicles and materials, and shall attend monthly review meetings with the Authority's contract manager. Tenders must be returned by noon on the closing date.","status":"active","classification":{"scheme":"CPV","id":"77314000","description":"Grounds maintenance services"},"value":{"amount":1250000,"currency":"GBP"},"procurementMethod":"open","tenderPeriod":{"endDate":"2025-04-14T12:00:00Z"},"contractPeriod":{"startDate":"2025-06-01T00:00:00Z","endDate":"2028-05-31T00:00:00Z"},"documents":[{"id":"1","documentType":"tenderNotice","description":"Opportunity notice","url":"https://example.org/notice/NUMBER","datePublished":"2025-03-14T09:30:00Z","format":"text/html"}]},"parties":[{"id":"GB-LAE-NMR","name":"Northmere Borough Council","address":{"streetAddress":"1 Guildhall Square","locality":"Northmere","postalCode":"NM1 1AA","countryName":"England"},"roles":["buyer"]}],"language":"en"}"#;

const ROWS: [&str; 6] = [
    "Supply and installation of 5 number HIK Vision recorders at the civic centre",
    "12 x DS-2CD2143G2-I 2.8mm turret camera and brackets, invoice 20231",
    "The council operates 47 Hikvision cameras across its libraries and depots",
    "Dahua IPC-HFW2431SP dome replaced with Axis P3245-LVE in October, CCTV upgrade",
    "CCTV maintenance contract, town centre scheme, second year, all cameras",
    "6No Hikvison turrets white inc. brackets, delivered to Lowmoor Primary",
];

fn notices(bytes: usize) -> Vec<u8> {
    let mut made = String::with_capacity(bytes + NOTICE.len());
    let mut number = 100_000;
    while made.len() < bytes {
        made.push_str(&NOTICE.replace("NUMBER", &number.to_string()));
        made.push('\n');
        number += 37;
    }
    made.into_bytes()
}

fn benches(c: &mut Criterion) {
    let catalogue = Catalogue::embedded().expect("the embedded catalogue");
    c.bench_function("build", |b| b.iter(|| Identifier::new(black_box(&catalogue))));
    let identifier = Identifier::new(&catalogue);

    let notices = notices(8 << 20);
    let mut group = c.benchmark_group("sieve");
    group
        .throughput(Throughput::Bytes(notices.len() as u64))
        .sample_size(20);
    group.bench_function("notices, whole", |b| {
        b.iter(|| identifier.sieve(black_box(&notices)));
    });
    let lines: Vec<&[u8]> = notices.split(|b| *b == b'\n').collect();
    group.bench_function("notices, each", |b| {
        b.iter(|| {
            lines
                .iter()
                .filter(|line| identifier.sieve(black_box(line)))
                .count()
        });
    });
    for count in [300, 3_000] {
        let names: Vec<String> = (0..count).map(name).collect();
        let listed = Identifier::from_names(&names);
        group.bench_function(format!("{count} names"), |b| {
            b.iter(|| lines.iter().filter(|line| listed.sieve(black_box(line))).count());
        });
    }
    group.finish();

    let mut group = c.benchmark_group("record");
    let passages: Vec<Passage<'_>> = ROWS.iter().map(|row| Passage::of_text(row)).collect();
    group.throughput(Throughput::Bytes(ROWS.iter().map(|r| r.len() as u64).sum()));
    group.bench_function("rows with hits", |b| {
        b.iter(|| {
            for passage in &passages {
                let one = std::slice::from_ref(passage);
                black_box(identifier.record(DocumentKind::Spend, Shape::Row, one, None));
            }
        });
    });
    let page = format!("{}\n", ROWS.join(". ")).repeat(20) + &NOTICE.replace('"', " ").repeat(20);
    let prose = [Passage::of_text(&page)];
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("a page with hits", |b| {
        b.iter(|| black_box(identifier.record(DocumentKind::Web, Shape::Prose, &prose, None)));
    });
    group.finish();
}

/// A made-up name of two words, each list the beginning of the longer one.
fn name(index: u32) -> String {
    const SYLLABLES: [&str; 16] = [
        "kor", "vex", "tal", "mir", "zun", "bra", "quil", "ost", "fen", "dru", "jask", "wym", "pol", "gar",
        "hux", "nev",
    ];
    let part = |shift: u32| SYLLABLES[((index.wrapping_mul(2_654_435_761) >> shift) & 15) as usize];
    format!("{}{}{} {}{}", part(4), part(9), part(13), part(18), part(23))
}

criterion_group!(all, benches);
criterion_main!(all);
