#!/bin/sh
# Fetches the word lists of the dictionary gate into target/wordlists: English words (Debian package wamerican-large)
# and personal names (PyPI package names). Needs apt-get, dpkg-deb and pip; installs nothing.
set -eu
cd "$(dirname "$0")/.."
mkdir -p target/wordlists
to=$(pwd)/target/wordlists
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
if [ ! -s "$to/american-english-large" ]; then
  # A fresh machine has no package lists yet.
  apt-get download wamerican-large || { apt-get update -qq && apt-get download wamerican-large; }
  dpkg-deb -x wamerican-large_*.deb .
  cp usr/share/dict/american-english-large "$to/"
fi
if [ ! -s "$to/dist.all.last" ]; then
  python3 -m pip download --quiet --no-deps --no-binary :all: names==0.3.0
  tar xzf names-0.3.0.tar.gz
  cp names-0.3.0/names/dist.* "$to/"
fi
wc -l "$to"/*
