# The loop of a day's work; CONTRIBUTING.md tells it in words.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow fuzz lint format bench golden clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/installed: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing nacoord and its tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/installed ## Set up, and show the morning screen on the record in data/
	@$(BIN)/nacoord status mexico --data data --no-pager

test: $(VENV)/installed ## Run the tests (under three minutes)
	@$(BIN)/python -m pytest -q -n auto -m 'not slow'

test-slow: $(VENV)/installed ## Run the tests that take longer
	@$(BIN)/python -m pytest -q -n auto -m slow

fuzz: $(VENV)/installed ## Fuzz every target for 20 seconds, guided by coverage (fuzz/README.md)
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check atheris
	@$(BIN)/python fuzz/run.py

lint: $(VENV)/installed ## Check style, types and layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(VENV)/installed ## Put the code in its format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/installed ## Measure, as ratios to floors on this machine; writes docs/performance.md
	@$(BIN)/python bench/run.py --write

golden: $(VENV)/installed ## Write the golden files and generated docs anew; read the diff
	@$(BIN)/python -m pytest -q -n auto -m 'not slow' --golden

clean: ## Remove what was built
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
