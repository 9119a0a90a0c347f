//! What is too much, by name.

use std::time::Duration;

use stripout_model::{Code, NAMES, Problem, Severity};

/// Bounds on what a source may ask of us. Streams (JSON, CSV, text and their .gz and .zst) have no size limit; these keep
/// memory flat and archives honest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest record (row, release, line) in bytes; longer ones are skipped.
    pub record_bytes: usize,
    /// Deepest nesting inside a record of JSON.
    pub json_depth: usize,
    /// Longest cell of a table in bytes.
    pub cell_bytes: usize,
    /// Most columns of a table.
    pub columns: usize,
    /// Bytes of the tables of one sheet, besides three times the file: strings that are stored once may be shown in any
    /// number of cells.
    pub sheet_bytes: usize,
    /// Most members of one archive.
    pub members: usize,
    /// Archives and compressed streams inside one another.
    pub nesting: usize,
    /// Unpacked bytes for one packed byte.
    pub ratio: u64,
    /// The same for a .zst or .xz that is a file: its window is a hundred times that of .gz, so honest but repetitive data shrinks further.
    pub ratio_zstandard: u64,
    /// Unpacked bytes of an archive member, or of a .gz or .zst in an archive, that the ratio does not count.
    pub ratio_free_member: u64,
    /// Unpacked bytes of a .gz, .xz or .zst that is a file that the ratio does not count.
    pub ratio_free_stream: u64,
    /// Largest archive inside another one or inside a .gz, in bytes: it is held in memory.
    pub nested_archive_bytes: usize,
    /// Largest document in bytes: it is held in memory.
    pub document_bytes: u64,
    /// Documents inside documents: attachments of attachments.
    pub document_nesting: usize,
    /// Unpacked bytes of all that is read from one document.
    pub unpacked_bytes: u64,
    /// Deepest nesting of XML.
    pub xml_depth: usize,
    /// Most pages of a PDF.
    pub pdf_pages: usize,
    /// Memory of the process that reads a PDF, besides the PDF itself, in bytes.
    pub pdf_memory_bytes: u64,
    /// Wall-clock seconds to take a document apart, and more for each MB of it. Ten less than a whole input may take
    /// (`docs/contract.md`): what was read until then is still to be looked at and told.
    pub document_seconds: u64,
    pub document_seconds_per_mb: u64,
    /// Most pages of a document that are read from pictures.
    pub ocr_pages: usize,
    /// Names of one text that are looked at.
    pub names: usize,
    /// Problems of one input that are told one by one; the rest are counted.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record_bytes: 10 << 20,
            json_depth: 128,
            cell_bytes: 1 << 20,
            columns: 16_384,
            sheet_bytes: 64 << 20,
            members: 10_000,
            nesting: 2,
            ratio: 200,
            ratio_zstandard: 2_000,
            ratio_free_member: 1 << 20,
            ratio_free_stream: 8 << 20,
            nested_archive_bytes: 64 << 20,
            document_bytes: 2 << 30,
            document_nesting: 4,
            unpacked_bytes: 512 << 20,
            xml_depth: 256,
            pdf_pages: 20_000,
            pdf_memory_bytes: 512 << 20,
            document_seconds: 50,
            document_seconds_per_mb: 10,
            ocr_pages: 100,
            names: NAMES,
            problems: 100,
        }
    }
}

impl Limits {
    /// What a document of this many bytes may take.
    pub(crate) fn document_time(&self, length: usize) -> Duration {
        let mb = u64::try_from(length / 1_000_000).unwrap_or(u64::MAX);
        let more = self.document_seconds_per_mb.saturating_mul(mb);
        Duration::from_secs(self.document_seconds.saturating_add(more))
    }

    /// It took longer.
    pub(crate) fn too_long(&self, length: usize) -> Problem {
        Problem {
            code: Code::InputTimeout,
            severity: Severity::Input,
            place: String::new(),
            what: format!(
                "the document was not read in {} s",
                self.document_time(length).as_secs()
            ),
            because: format!(
                "the limits are document-seconds = {} and document-seconds-per-mb = {}",
                self.document_seconds, self.document_seconds_per_mb
            ),
            hint: "split the document, or print it anew, and screen that".into(),
        }
    }

    /// Name, value and unit of every limit, as `stripout limits` prints them.
    pub fn rows(&self) -> Vec<(&'static str, u64, &'static str)> {
        let wide = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let Self {
            record_bytes,
            json_depth,
            cell_bytes,
            columns,
            sheet_bytes,
            members,
            nesting,
            ratio,
            ratio_zstandard,
            ratio_free_member,
            ratio_free_stream,
            nested_archive_bytes,
            document_bytes,
            document_nesting,
            unpacked_bytes,
            xml_depth,
            pdf_pages,
            pdf_memory_bytes,
            document_seconds,
            document_seconds_per_mb,
            ocr_pages,
            names,
            problems,
        } = *self;
        vec![
            ("record-bytes", wide(record_bytes), "bytes"),
            ("json-depth", wide(json_depth), "levels"),
            ("cell-bytes", wide(cell_bytes), "bytes"),
            ("columns", wide(columns), "columns"),
            (
                "sheet-bytes",
                wide(sheet_bytes),
                "bytes, and three times the file",
            ),
            ("members", wide(members), "members"),
            ("nesting", wide(nesting), "levels"),
            ("ratio", ratio, "unpacked bytes per packed byte"),
            (
                "ratio-zstandard",
                ratio_zstandard,
                "unpacked bytes per packed byte",
            ),
            ("ratio-free-member", ratio_free_member, "bytes"),
            ("ratio-free-stream", ratio_free_stream, "bytes"),
            ("nested-archive-bytes", wide(nested_archive_bytes), "bytes"),
            ("document-bytes", document_bytes, "bytes"),
            ("document-nesting", wide(document_nesting), "levels"),
            ("unpacked-bytes", unpacked_bytes, "bytes"),
            ("xml-depth", wide(xml_depth), "levels"),
            ("pdf-pages", wide(pdf_pages), "pages"),
            ("pdf-memory-bytes", pdf_memory_bytes, "bytes"),
            ("document-seconds", document_seconds, "seconds"),
            ("document-seconds-per-mb", document_seconds_per_mb, "seconds"),
            ("ocr-pages", wide(ocr_pages), "pages"),
            (
                "names",
                wide(names),
                "names in a text, a tenth of it in a row, fewer in one of more than 100 cells",
            ),
            ("problems", wide(problems), "problems told of an input"),
        ]
    }

    /// Sets the limit that `rows` shows under this name; `false` where there is none.
    pub fn set(&mut self, name: &str, value: u64) -> bool {
        // More than an address can say is no limit.
        let whole = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
        match name {
            "record-bytes" => self.record_bytes = whole(value),
            "json-depth" => self.json_depth = whole(value),
            "cell-bytes" => self.cell_bytes = whole(value),
            "columns" => self.columns = whole(value),
            "sheet-bytes" => self.sheet_bytes = whole(value),
            "members" => self.members = whole(value),
            "nesting" => self.nesting = whole(value),
            "ratio" => self.ratio = value,
            "ratio-zstandard" => self.ratio_zstandard = value,
            "ratio-free-member" => self.ratio_free_member = value,
            "ratio-free-stream" => self.ratio_free_stream = value,
            "nested-archive-bytes" => self.nested_archive_bytes = whole(value),
            "document-bytes" => self.document_bytes = value,
            "document-nesting" => self.document_nesting = whole(value),
            "unpacked-bytes" => self.unpacked_bytes = value,
            "xml-depth" => self.xml_depth = whole(value),
            "pdf-pages" => self.pdf_pages = whole(value),
            "pdf-memory-bytes" => self.pdf_memory_bytes = value,
            "document-seconds" => self.document_seconds = value,
            "document-seconds-per-mb" => self.document_seconds_per_mb = value,
            "ocr-pages" => self.ocr_pages = whole(value),
            "names" => self.names = whole(value),
            "problems" => self.problems = whole(value),
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_that_is_shown_can_be_set() {
        let mut limits = Limits::default();
        for (name, value, _) in Limits::default().rows() {
            assert!(limits.set(name, value + 1), "{name}");
        }
        for ((name, was, _), (_, is, _)) in Limits::default().rows().iter().zip(limits.rows()) {
            assert_eq!(is, was + 1, "{name}");
        }
        assert!(!limits.set("patience", 1));
    }
}
