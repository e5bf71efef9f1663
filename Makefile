# The front door. A machine needs Python 3.11 or later, a C compiler and make; all else is fetched,
# each file checked against its hash, into .tools/ and .venv/.
.DEFAULT_GOAL := help
.PHONY: help install run test check certificate schema bench mutation conformance fuzz chaos lock screenshots coverage matrix clean
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

ifndef PYTHON
PYTHON := $(shell scripts/find-python)
endif
UV := .tools/bin/uv
PIP := $(UV) pip --quiet
BUILD := --build-constraints requirements-build.lock
RUN := .venv/bin
PYTEST = $(RUN)/python -m pytest -q -n $(or $(WORKERS),2) --dist loadfile
# What holds the innermost floor, by itself: no other test counts for its branches.
RULES := $(addprefix tests/,rules rules_case rules_slow conformance mutation)
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --exclude-newer "1 week"

help:  ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

install: .venv/.for-test  ## only the environment, into .venv/
	@:

# An environment made for the tests is kept as it is; otherwise only what the program needs.
run: $(if $(wildcard .venv/.for-test),.venv/.for-test,.venv/.for-run)  ## the hub with demo cases, on 127.0.0.1:8000 (PORT= for another)
	@$(RUN)/hub demo $(if $(PORT),--port $(PORT))

test: check  ## everything that CI runs
	@scripts/step "rules, every branch" $(PYTEST) $(RULES) --cov=rules --cov-branch \
		--cov-fail-under=100 --cov-precision=2 --cov-report=term-missing:skip-covered
	@scripts/step "tests" $(PYTEST) tests $(addprefix --ignore=,$(RULES) tests/shape)
	@scripts/step "the wheel" scripts/try-wheel

check: .venv/.for-test  ## the quick gates only: format, lint, types, floors, shape
	@scripts/step "format" $(RUN)/ruff format --check --quiet .
	@scripts/step "lint" $(RUN)/ruff check --quiet .
	@scripts/step "types" $(RUN)/mypy
	@scripts/step "floors" $(RUN)/lint-imports --no-logo
	@scripts/step "shape" $(RUN)/python -m pytest -q tests/shape

coverage: .venv/.for-test  ## which lines and branches of the two inner floors no test reaches
	@$(RUN)/python -m pytest -q -n $(or $(WORKERS),2) tests --cov --cov-report=term-missing:skip-covered

matrix: .tools/.ready  ## the tests on every Python at hand (PYTHONS="python3.11 python3.12 python3.13")
	@scripts/matrix $(PYTHONS)

mutation: .venv/.for-test  ## every slip of the pen in the rules, and whether an example notices it
	@$(RUN)/python -m tests.mutation

certificate: .venv/.for-test  ## what is proved of rules.yaml, anew into rules.certificate.json
	@$(RUN)/hub rules check rules.yaml --certificate rules.certificate.json

schema: .venv/.for-test  ## the schema for editors anew, into rules.schema.json
	@$(RUN)/hub rules schema --output rules.schema.json

bench: .venv/.for-test  ## the benchmarks: a table, and bench/results.json
	@$(RUN)/python -m bench

conformance: .venv/.for-test  ## the same cases in every compilation of the rules: a table
	@$(RUN)/python -m tests.conformance

fuzz: .venv/.for-test  ## made-up rules and concerns through every compilation (MINUTES=5); what differs becomes a case
	@$(RUN)/python -m tests.conformance.fuzz $(or $(MINUTES),5)

chaos: .venv/.for-test  ## processes that die at random commits (CRASHES=10000, SEED=0): a table; ends with 1 if anything was lost
	@$(RUN)/python -m tests.chaos $(or $(CRASHES),10000) $(or $(SEED),0)
	@$(RUN)/python -m tests.chaos disk

screenshots: .venv/.for-test  ## the pictures of the README, from a running demo
	@scripts/install-chromium
	@$(RUN)/python -m scripts.screenshots

lock: .tools/.ready  ## the locks anew, releases at least a week old (UPGRADE=--upgrade to move forward)
	@$(COMPILE) $(UPGRADE) --group build -o requirements-build.lock
	@$(COMPILE) $(UPGRADE) -o requirements.lock pyproject.toml
	@$(COMPILE) $(UPGRADE) --group dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:  ## takes away .venv/, .tools/ and caches, never var/
	rm -rf .venv .tools dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.tools/.ready: requirements-build.lock
	@PYTHON="$(PYTHON)" scripts/get-uv
	@touch $@

.venv/.for-run: requirements.lock pyproject.toml .tools/.ready
	@PYTHON="$(PYTHON)" scripts/make-environment .venv requirements.lock
	@touch $@

.venv/.for-test: requirements-dev.lock pyproject.toml .tools/.ready
	@PYTHON="$(PYTHON)" scripts/make-environment .venv requirements-dev.lock
	@touch $@ .venv/.for-run
