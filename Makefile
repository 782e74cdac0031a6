# Two commands for a newcomer: `make run` and `make test`. Everything else is for who works here.
.DEFAULT_GOAL := help
PY := .venv/bin/python
# Of the tool that resolves the lock files; needed by `make lock` alone.
UV_VERSION := 0.13.9
# Releases younger than this wait: most bad uploads are found within days.
COOL_DOWN := 7 days
KILLS := 2000
CASES := 1000000
# Also the hour at which the practice shop opens: other rounds, and the same ones again if named.
SEED := $(shell expr $$(date +%s) % 50000)

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## set everything up and open the counter on a practice shop
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY$$QT_QPA_PLATFORM" ]; then \
		echo "make run: no display (DISPLAY and WAYLAND_DISPLAY are empty)." >&2; \
		echo "Start it in a desktop session, or log in with ssh -X." >&2; \
		exit 1; \
	fi
	@.ci/setup run
	.venv/bin/callshop demo

.PHONY: setup
setup: ## set everything up for work: system libraries, .venv, the project in it
	@.ci/setup test

.PHONY: test
test: export QT_QPA_PLATFORM ?= offscreen
test: setup ## run the tests, in random order on two processes (TESTS="path -k word" for some)
	$(PY) -m pytest -n 2 --dist worksteal $(TESTS)

.PHONY: test-pbx
test-pbx: setup ## run the tests on a real Asterisk (needs asterisk and sipp on PATH)
	$(PY) -m pytest -n 2 --dist worksteal -m real_pbx tests/real

.PHONY: fmt
fmt: setup ## put the code into the house's form
	$(PY) -m ruff check --fix-only --quiet .
	$(PY) -m ruff format .

.PHONY: lint
lint: setup ## check style and form
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

.PHONY: types
types: setup ## check the types, strictly
	$(PY) -m mypy
	$(PY) -m mypy .ci/*.py

.PHONY: contracts
contracts: setup ## check who imports whom
	.venv/bin/lint-imports

.PHONY: bench
bench: export QT_QPA_PLATFORM ?= offscreen
bench: setup ## measure speed, each figure beside its limit (BENCH="start_up" for some)
	$(PY) -m benchmarks $(BENCH)

.PHONY: crash
crash: setup ## kill the desk at random 2000 times and look at its books (KILLS=n, SEED=n)
	$(PY) -m tests.crash.day "$$(mktemp -d)" $(KILLS) $(SEED)

.PHONY: million
million: setup ## ask a million random times how long a credit lasts (CASES=n, SEED=n)
	$(PY) -m tests.property.million $(CASES) $(SEED)

.PHONY: screenshots
screenshots: export QT_QPA_PLATFORM ?= offscreen
screenshots: setup ## take the pictures of the README from the running program
	$(PY) .ci/make_screenshots.py

.PHONY: translations
translations: setup ## take new texts into the translation files and compile them
	$(PY) .ci/translations.py

.PHONY: dist
dist: setup ## build the wheel and the source archive into dist/
	rm -rf build/lib
	$(PY) -m build --no-isolation --outdir dist .

.PHONY: lock
lock: ## choose new versions of the dependencies (network)
	python3 -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv==$(UV_VERSION)
	$(call resolve,requirements.lock)
	$(call resolve,requirements-dev.lock --group dev --constraint requirements.lock)

# One file for every Python and system we allow, by markers; with hashes, without the index's address.
define resolve
build/lock/bin/uv pip compile pyproject.toml --output-file $(1) --upgrade --quiet \
	--universal --python-version 3.11 --exclude-newer "$(COOL_DOWN)" --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
endef

.PHONY: clean
clean: ## remove what was made here, .venv included
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
