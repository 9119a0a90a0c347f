//! Rows of a spreadsheet a second: a workbook of 50,000 spend lines, made here, from its bytes to blocks of CSV.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stripout_read::{Options, Source, parts};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

const ROWS: u64 = 50_000;

/// A workbook as Excel writes it: shared strings, dates by style, eleven columns.
#[expect(
    clippy::too_many_lines,
    reason = "the parts of one workbook, one after the other"
)]
fn workbook() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let mut strings = String::new();
    let mut count = 0_u32;
    let mut string = |text: &str| {
        write!(strings, "<si><t>{text}</t></si>").expect("a string takes all");
        count += 1;
        count - 1
    };
    let names = [
        "Body",
        "Department",
        "Date",
        "Type",
        "Area",
        "Supplier",
        "Number",
        "Amount",
        "Description",
        "Postcode",
        "Paid",
    ];
    let header: Vec<u32> = names.iter().map(|name| string(name)).collect();
    let departments: Vec<u32> = (0..37).map(|i| string(&format!("Department {i}"))).collect();
    let suppliers: Vec<u32> = (0..4001)
        .map(|i| string(&format!("Supplier number {i} Ltd")))
        .collect();
    let descriptions: Vec<u32> = (0..777)
        .map(|i| string(&format!("CCTV maintenance, site {i}")))
        .collect();
    let mut sheet = format!(
        "<worksheet xmlns=\"{main}\"><dimension ref=\"A1:K{}\"/><sheetData>",
        ROWS + 1
    );
    let mut row = |number: u64, cells: [(char, u64); 11]| {
        write!(sheet, "<row r=\"{number}\" spans=\"1:11\">").expect("a string takes all");
        for (column, (kind, value)) in ('A'..='K').zip(cells) {
            let attributes = match kind {
                's' => " t=\"s\"",
                'd' => " s=\"1\"",
                _ => "",
            };
            write!(sheet, "<c r=\"{column}{number}\"{attributes}><v>{value}</v></c>")
                .expect("a string takes all");
        }
        sheet.push_str("</row>");
    };
    let pick = |from: &[u32], at: u64| {
        let length = u64::try_from(from.len()).expect("it is short");
        u64::from(from[usize::try_from(at % length).expect("it is short")])
    };
    row(1, std::array::from_fn(|i| ('s', u64::from(header[i]))));
    for i in 0..ROWS {
        let text = |from: &[u32]| ('s', pick(from, i));
        row(
            i + 2,
            [
                text(&header),
                text(&departments),
                ('d', 44_562 + i % 365),
                text(&departments),
                text(&header),
                text(&suppliers),
                ('n', 100_000 + i),
                ('n', i * 137 % 1_000_003),
                text(&descriptions),
                text(&departments),
                text(&header),
            ],
        );
    }
    sheet.push_str("</sheetData></worksheet>");
    let relation = |id: u32, kind: &str, to: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{types}/{kind}\" Target=\"{to}\"/>")
    };
    let relations =
        |inside: String| format!("<Relationships xmlns=\"{package}/relationships\">{inside}</Relationships>");
    let files = [
        (
            "[Content_Types].xml",
            format!("<Types xmlns=\"{package}/content-types\"/>"),
        ),
        (
            "_rels/.rels",
            relations(relation(1, "officeDocument", "xl/workbook.xml")),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{types}\"><sheets><sheet name=\"Spend\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(relation(1, "worksheet", "worksheets/sheet1.xml")),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst xmlns=\"{main}\">{strings}</sst>"),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in files {
        zip.start_file(name, options).expect("memory takes all");
        zip.write_all(text.as_bytes()).expect("memory takes all");
    }
    zip.finish().expect("memory takes all").into_inner()
}

/// Reads it; gives the lines of its tables.
fn lines(bytes: &[u8]) -> u64 {
    let mut lines = 0;
    let mut cursor = Cursor::new(bytes);
    let source = Source {
        name: "spend.xlsx",
        bytes: &mut cursor,
    };
    parts(source, &Options::default(), &mut |part| {
        let mut part = part.expect("the workbook is sound");
        while let Some(block) = part.blocks.next() {
            lines += u64::try_from(memchr::memchr_iter(b'\n', &block.bytes).count()).expect("it is short");
        }
        ControlFlow::Continue(())
    });
    lines
}

fn office(criterion: &mut Criterion) {
    let bytes = workbook();
    assert_eq!(lines(&bytes), ROWS + 1, "every row is a line");
    let mut group = criterion.benchmark_group("office");
    group.sample_size(10);
    group.throughput(Throughput::Elements(ROWS));
    group.bench_function("xlsx rows", |bencher| bencher.iter(|| lines(black_box(&bytes))));
    group.finish();
}

criterion_group!(benches, office);
criterion_main!(benches);
