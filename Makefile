.DEFAULT_GOAL := help
PYTHON := .venv/bin/python

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: fmt
fmt: ## put the code into the house's form
	$(PYTHON) -m ruff check --fix-only --quiet .
	$(PYTHON) -m ruff format .
