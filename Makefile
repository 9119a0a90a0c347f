# Two commands are enough: `make demo` shows what the program does, `make test` runs everything CI runs.

TARGET   := $(or $(CARGO_TARGET_DIR),target)
STRIPOUT := $(TARGET)/release/stripout
export PATH := $(CURDIR)/target/tools/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test fmt clippy deny unit doctest browser browser-checks screenshots observatory first-use weights bench bench-quick bench-documents bench-web bench-stages compare torture hostile fuzz clean

help: ## show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## install what is missing, build, screen examples/evidence into demo.db, show what no rule covers
	@tools/setup.sh build
	cargo build --release --locked --package stripout
	@rm -rf demo.db demo.db-wal demo.db-shm demo.evidence
	$(STRIPOUT) screen examples/evidence --register demo.db || test $$? -eq 1
	@printf '\n%s\n' 'What to try next:'
	@printf '  %s\n' \
	  '$(STRIPOUT) list sightings --register demo.db' \
	  '$(STRIPOUT) list leads --register demo.db' \
	  '$(STRIPOUT) explain ID --register demo.db      (an id of the list: why it says so, down to the bytes)' \
	  '$(STRIPOUT) verify --register demo.db          (every excerpt found again in the files)' \
	  '$(STRIPOUT) screen YOUR-FOLDER                 (your own evidence, into stripout.db)'
	@printf '\n'
	$(STRIPOUT) list alerts --register demo.db --catalogue examples/catalogue
	@printf '\n'
	$(STRIPOUT) judge --register demo.db --catalogue examples/catalogue

test: ## everything CI runs: format, lints, licences, all tests, documented commands, dictionary gate, pages in a browser
	@tools/setup.sh test
	@$(MAKE) --no-print-directory fmt clippy deny doctest unit browser-checks

fmt:
	cargo fmt --all --check

clippy:
	cargo clippy --workspace --all-targets --all-features --locked -- -D warnings

deny:
	cargo deny --locked check licenses bans sources

doctest:
	cargo test --workspace --all-features --locked --doc

unit:
	@if command -v cargo-nextest >/dev/null; then set -x; cargo nextest run --workspace --all-features --locked; \
	else set -x; cargo test --workspace --all-features --locked --lib --bins --tests; fi

browser: ## every page of the web register in Chromium: axe, small screens, keyboard, foreign requests, hostile strings
	@tools/setup.sh browser
	cargo build --locked --package stripout
	@$(MAKE) --no-print-directory browser-checks

# With the program that the tests before it have built.
browser-checks:
	node browser/check.mjs $(TARGET)/debug/stripout
	node browser/attacks.mjs $(TARGET)/debug/stripout

screenshots: ## every page in light, dark, on a phone and printed, into target/screenshots
	@tools/setup.sh browser
	cargo build --release --locked --package stripout
	node browser/screenshots.mjs $(STRIPOUT) $(TARGET)/screenshots

observatory: ## the MDN HTTP Observatory on the web register, TLS apart
	@tools/setup.sh browser
	npm ci --prefix browser/observatory --ignore-scripts --no-audit --no-fund
	cargo build --locked --package stripout
	node browser/observatory/scan.mjs $(TARGET)/debug/stripout

first-use: ## a fresh clone, three commands, the printed briefing of a council; at most ten minutes
	@tools/setup.sh browser
	node browser/first-use.mjs

weights: ## learn data/words/stance-weights.csv anew from the labelled rows of fixtures/
	@new=$$(mktemp) && trap 'rm -f "$$new"' EXIT && \
	cargo run --quiet --package stripout-identify --example weigh -- fixtures/stance/*.jsonl fixtures/identify/blind.jsonl fixtures/identify/blind-prose.jsonl fixtures/identify/blind-[2-9].jsonl fixtures/identify/blind-10.jsonl > "$$new" && \
	cp "$$new" data/words/stance-weights.csv

bench: ## measure against the named rivals on one corpus; writes bench/record/DATE.md (about half an hour)
	bench/setup.sh
	cargo build --release --locked --package stripout
	cargo build --release --locked --package stripout-read --example facts
	bench/.venv/bin/python bench/run.py --stripout $(STRIPOUT)

bench-quick: ## the same, each run once
	bench/setup.sh
	cargo build --release --locked --package stripout
	cargo build --release --locked --package stripout-read --example facts
	bench/.venv/bin/python bench/run.py --quick --stripout $(STRIPOUT)

bench-web: ## a register of a million sightings: the web beside Datasette, overload, slow clients, a screen meanwhile; writes bench/record/DATE-web.md
	bench/setup.sh
	cargo build --release --locked --package stripout
	bench/.venv/bin/python bench/web.py --stripout $(STRIPOUT)

bench-documents: ## screen an invented folder of 1,000 files in every format and hold it against its ledger; pages and rows a second
	@tools/setup.sh documents
	cargo build --release --locked --package stripout
	python3 bench/documents.py --stripout $(STRIPOUT)

compare: ## hold what is read against pdftotext, openpyxl, and Python's csv and email; one table, every difference listed
	@tools/setup.sh compare
	cargo build --release --locked --package stripout
	cargo build --release --locked --package stripout-read --example layers --example passages
	python3 tools/compare/all.py --release $(TARGET)/release --record bench/record/$$(date +%F)-compare.md

bench-stages: ## criterion benches of the single stages
	cargo bench --workspace --benches

torture: ## kill, fail and starve a screen while it writes; prints what was lost (nothing may be); see torture/README.md
	cargo build --release --locked --package stripout
	python3 torture/run.py --stripout $(STRIPOUT)

hostile: ## 5,000 files made to break readers, and those in the shared folder where it is, through a screen; writes bench/record/DATE-hostile.md
	cargo build --release --locked --package stripout
	python3 hostile/run.py --stripout $(STRIPOUT) --folder $(TARGET)/hostile --journal $(TARGET)/hostile.jsonl --also $(or $(STRIPOUT_SHARED),../shared)/data/hostile --record bench/record/$$(date +%F)-hostile.md

fuzz: ## mutated files through every reader, 60 s each, guided by coverage; see fuzz/README.md
	python3 fuzz/run.py --program "$$(fuzz/build.sh $(abspath $(TARGET))/fuzz)" --folder $(TARGET)/fuzz

clean: ## remove build output, the demo register and the bench corpora
	cargo clean
	rm -rf demo.db demo.db-wal demo.db-shm demo.evidence bench/corpus bench/.venv bench/rivals/target
