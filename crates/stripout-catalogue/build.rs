//! Rebuilds the crate when a file of `data/` is added or removed: `include_dir!` sees only changes of known files.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../data");
}
