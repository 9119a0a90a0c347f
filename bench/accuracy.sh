#!/usr/bin/env bash
# Scores `stripout identify --jsonl` on the labelled sets and on machine-made misspellings.
#
# usage: bench/accuracy.sh [STRIPOUT]
# Prints `SET figure value` lines. Sets: the shared development rows where they are there, and the blind rows of
# fixtures/identify. Scored by the shared scorer; without it only the misspellings are measured, and that is said.
set -euo pipefail
cd "$(dirname "$0")/.."
stripout=${1:-target/release/stripout}
shared=${STRIPOUT_SHARED:-../shared}
scorer=$shared/tools/score_matching.py

answers=$(mktemp)
trap 'rm -f "$answers"' EXIT

score() {
  local name=$1 rows=$2
  if [ ! -f "$rows" ]; then
    echo "accuracy: not found, so not scored: $rows" >&2
    return
  fi
  "$stripout" identify --jsonl "$rows" >"$answers"
  # "rows 300 answered 300", then one figure a line, then the worst rows
  python3 "$scorer" "$rows" "$answers" 0 | sed -n "s/^\([a-z_0-9]* .*\)$/$name \1/p"
}

if [ -f "$scorer" ]; then
  score dev "$shared/data/matching/dev.jsonl"
  for rows in fixtures/identify/blind*.jsonl; do
    score "$(basename "$rows" .jsonl)" "$rows"
  done
else
  echo "accuracy: shared scorer not found: $scorer" >&2
fi
python3 bench/typos.py "$stripout"
