PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: run test test-browser test-faults test-ray lint bench compile clean-compiled clean

# Extract the shipped samples into SQLite and show what was found.
run: $(VENV)/core
	$(BIN)/jianbao db upgrade --db jianbao.db
	$(BIN)/jianbao run corpus/samples --db jianbao.db
	$(BIN)/jianbao show --db jianbao.db
	$(BIN)/jianbao show education-liupanshui --db jianbao.db

test: $(VENV)/all
	$(BIN)/python -m pytest

# What needs a browser: Debian's chromium.
test-browser: $(VENV)/all
	$(BIN)/python -m pytest -m browser

# On a Ray cluster of two workers, started and stopped by the tests.
test-ray: $(VENV)/all
	$(BIN)/python -m pytest -m ray

# A batch of 2,000 bulletins killed twenty times.
test-faults: $(VENV)/all
	$(BIN)/python -m pytest -m faults

lint: $(VENV)/all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/all
	$(BIN)/python bench/pipeline.py

# The rules as machine code, in place, and back again (docs/performance.md).
compile: $(VENV)/all
	$(BIN)/python compile.py

clean-compiled:
	$(PYTHON) compile.py --clean

$(VENV)/core: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/all: $(VENV)/core
	$(PIP) --editable '.[export,postgres,ray,train,test,rjieba]'
	touch $@

clean:
	rm -rf $(VENV) jianbao.db
