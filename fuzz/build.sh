#!/usr/bin/env bash
# Builds the fuzz program on a stable toolchain and prints its path. usage: fuzz/build.sh TARGET_FOLDER
set -euo pipefail
cd "$(dirname "$0")"
host=$(rustc -vV | sed -n 's/^host: //p')
# What `cargo fuzz` passes, but for the address sanitizer, which only nightly takes: our crates forbid unsafe code.
# Only the target is instrumented (`--target`), not build scripts.
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares"
cargo build --release --locked --target "$host" --target-dir "$1" >&2
printf '%s\n' "$1/$host/release/stripout-fuzz"
