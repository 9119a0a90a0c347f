#!/usr/bin/env bash
# Installs the rivals, each from its registry: system tools from apt, Python ones into bench/.venv, Rust ones built
# in bench/rivals. Then makes the corpora.
set -euo pipefail
cd "$(dirname "$0")"

tools=()
for pair in rg:ripgrep grep:grep zstd:zstd pigz:pigz gzip:gzip python3:python3; do
  command -v "${pair%%:*}" >/dev/null || tools+=("${pair##*:}")
done
if command -v python3 >/dev/null && ! python3 -c 'import ensurepip' 2>/dev/null; then
  tools+=(python3-venv)
fi
if [ ${#tools[@]} -gt 0 ]; then
  install="apt-get install -y --no-install-recommends ${tools[*]}"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      printf 'error: missing: %s\nhint: sudo apt-get update && sudo %s\n' "${tools[*]}" "$install" >&2
      exit 2
    fi
  fi
  "${as_root[@]}" apt-get update -qq
  # shellcheck disable=SC2086  # the list is meant to be split
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" $install
fi

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "error: Python 3.11 or newer is needed (tomllib), this is $(python3 --version)" >&2
  exit 2
fi
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt

cargo build --release --locked --quiet --manifest-path rivals/Cargo.toml --target-dir rivals/target
.venv/bin/python corpus.py
