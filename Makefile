# Everything installs into .venv here; nothing is asked, nothing outside this folder is touched.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
export PIP_NO_INPUT = 1

.PHONY: help run test unit lint bench fuzz lock clean

help:  ## show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "syndicator needs Python 3.11 or later; none was found"; exit 1; }
	@echo "preparing .venv with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	@echo "installing what the desk needs (a minute the first time) ..."
	@$(PIP) --require-hashes --no-deps -r requirements.lock
	@$(PIP) --require-hashes --no-deps -r requirements-build.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@echo "installing what the checks need ..."
	@$(PIP) --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

run: .venv/run.stamp  ## start the desk; Ctrl-C stops it
	@$(BIN)/syndicator run

test: .venv/dev.stamp lint  ## every check: format, lint, types, layers, all tests
	@$(BIN)/pytest -q -n 2 --dist worksteal tests

unit: .venv/dev.stamp  ## the quick tests only
	@$(BIN)/pytest -q tests/unit tests/property

lint: .venv/dev.stamp  ## format, lint, types and layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: .venv/dev.stamp  ## speed and memory, beside a plain loop
	@$(BIN)/python benchmarks/run.py

fuzz: .venv/dev.stamp  ## hostile bytes at every reader, a minute each (Linux, x86-64)
	@$(PIP) --require-hashes --no-deps -r requirements-fuzz.lock
	@PYTHONPATH=. $(BIN)/python benchmarks/fuzz.py

lock:  ## renew the lock files (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev --group bench pyproject.toml -c requirements.lock -o requirements-dev.lock
	echo "atheris==3.0.0" | uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header - -o requirements-fuzz.lock
	printf "hatchling\neditables\n" | uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header - -o requirements-build.lock

clean:  ## remove what was installed, not your data
	rm -rf .venv
