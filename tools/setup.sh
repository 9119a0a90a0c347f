#!/usr/bin/env bash
# Installs what a build or a test run lacks, or names the command that would.
#
# usage: tools/setup.sh build | test | browser | compare | documents
#   build      what `make demo` needs: a C compiler for SQLite and zstd
#   test       also cargo-deny, the word lists of the dictionary gate, and all of `browser`
#   browser    Chromium, Node and what browser/package-lock.json names, into browser/node_modules
#   compare    also pdftotext and a Python with venv
#   documents  also LibreOffice (without a screen) and pdfinfo
#
# System packages come from apt-get where this user may run it (root, or sudo without a password);
# otherwise the exact command is printed and the exit status is 2. Cargo tools go to target/tools, never outside the clone.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-build}
CARGO_DENY_VERSION=0.20.2

say() { printf '%s\n' "$*" >&2; }

need_system_packages() {
  local missing=("$@")
  local install="apt-get install -y --no-install-recommends ${missing[*]}"
  if ! command -v apt-get >/dev/null; then
    say "error: missing: ${missing[*]} (Debian names), and this system has no apt-get"
    say "hint: install them with the package manager of this system, then run the same command again"
    exit 2
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      say "error: missing system packages: ${missing[*]}"
      say "hint: sudo apt-get update && sudo $install"
      exit 2
    fi
  fi
  say "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  # shellcheck disable=SC2086  # the list is meant to be split
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" $install >&2
}

if ! command -v cargo >/dev/null; then
  say "error: no Rust toolchain: \`cargo\` is not on the PATH"
  say "hint: install rustup (https://rustup.rs, or \`sudo apt-get install rustup && rustup default stable\`), then run the same command again"
  exit 2
fi

wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
have=$(rustc --version | cut -d' ' -f2)
if [ "$(printf '%s\n%s\n' "$wanted" "$have" | sort -V | head -n1)" != "$wanted" ]; then
  say "error: Rust $wanted or newer is needed, this is $have"
  say "hint: rustup update stable"
  exit 2
fi

packages=()
command -v cc >/dev/null || packages+=(gcc)
if command -v dpkg-query >/dev/null && ! dpkg-query -W -f='${Status}' libc6-dev 2>/dev/null | grep -q 'ok installed'; then
  packages+=(libc6-dev)
fi
case "$purpose" in
  compare | documents)
    command -v pdftotext >/dev/null || packages+=(poppler-utils)
    command -v python3 >/dev/null || packages+=(python3)
    ;;
esac
case "$purpose" in
  test | browser)
    command -v chromium >/dev/null || packages+=(chromium)
    command -v node >/dev/null || packages+=(nodejs)
    command -v npm >/dev/null || packages+=(npm)
    ;;
esac
if [ "$purpose" = compare ] && ! python3 -c 'import ensurepip' 2>/dev/null; then
  packages+=(python3-venv)
fi
if [ "$purpose" = documents ] && ! command -v soffice >/dev/null; then
  packages+=(libreoffice-writer-nogui libreoffice-calc-nogui)
fi
[ ${#packages[@]} -eq 0 ] || need_system_packages "${packages[@]}"

if [ "$purpose" = test ]; then
  if ! command -v cargo-deny >/dev/null && [ ! -x target/tools/bin/cargo-deny ]; then
    say "installing cargo-deny $CARGO_DENY_VERSION into target/tools (a few minutes, once)"
    cargo install cargo-deny --version "$CARGO_DENY_VERSION" --locked --no-default-features --root target/tools >&2
  fi
  [ ! -x tools/wordlists.sh ] || tools/wordlists.sh >&2
fi
case "$purpose" in
  test | browser) npm ci --prefix browser --ignore-scripts --no-audit --no-fund --silent >&2 ;;
esac
