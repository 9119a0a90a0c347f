//! Mutations that reach what is packed: a member is taken out, mutated, and packed again with the right sums.

use std::io::{Cursor, Read, Write};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzzer_mutate;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::PDF_HEAD;
use crate::target::{Packed, Target};

/// Largest unpacked member that is mutated.
const MOST: u64 = 256 << 10;

/// Mutates `data[..size]` in place; returns the new size, at most `max_size`.
pub(crate) fn mutate(target: Target, data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let Target::Reader { file, packed } = target else {
        return fuzzer_mutate(data, size, max_size);
    };
    // Every fourth time the outside itself.
    let inside = if seed % 4 == 0 {
        None
    } else {
        match packed {
            Packed::Zip => zip(data.get(..size).unwrap_or_default(), seed / 4, max_size),
            Packed::Gzip => gzip(data.get(..size).unwrap_or_default(), max_size),
            Packed::No => None,
        }
    };
    if let Some(whole) = inside.filter(|whole| whole.len() <= max_size) {
        data[..whole.len()].copy_from_slice(&whole);
        return whole.len();
    }
    let size = fuzzer_mutate(data, size, max_size);
    if file.ends_with(".pdf") && max_size >= PDF_HEAD.len() {
        data[..PDF_HEAD.len()].copy_from_slice(PDF_HEAD);
        return size.max(PDF_HEAD.len());
    }
    size
}

fn zip(bytes: &[u8], choice: u32, max_size: usize) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = usize::try_from(choice).ok()?.checked_rem(archive.len())?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut content = Vec::new();
        member.by_ref().take(MOST).read_to_end(&mut content).ok()?;
        if index == chosen {
            content = mutated(content, max_size);
        }
        out.start_file(name, options).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

fn gzip(bytes: &[u8], max_size: usize) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    MultiGzDecoder::new(bytes).take(MOST).read_to_end(&mut content).ok()?;
    let mut out = GzEncoder::new(Vec::new(), Compression::none());
    out.write_all(&mutated(content, max_size)).ok()?;
    out.finish().ok()
}

fn mutated(mut content: Vec<u8>, max_size: usize) -> Vec<u8> {
    let size = content.len();
    let most = (size + 4096).min(max_size.max(size));
    content.resize(most, 0);
    let size = fuzzer_mutate(&mut content, size, most);
    content.truncate(size);
    content
}
