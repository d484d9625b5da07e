# Rollkeeper: every recipe sets itself up. `make help` lists them.
PYTHON ?= python3
PORT ?=

.DEFAULT_GOAL = help
.PHONY: help run demo-reset test check bench format ready ready-dev python

help:
	@echo "make run          the demo court on http://localhost:8000 (PORT=8001: another port); Ctrl-C stops it"
	@echo "make demo-reset   remove the demo court; the next make run makes a new one"
	@echo "make test         every test, browser tests included (ONLY=tests/ledger: some of them)"
	@echo "make check        style, types, imports, migrations, settings, hashes"
	@echo "make bench        the measurements (ONLY='door lists': some; SCALE=national: the large ones)"
	@echo "make format       put the code into shape"
	@echo "PYTHON=/path/to/python3.11 names the Python to use the first time."

run: ready
	@exec .venv/bin/python -m rollkeeper serve --demo $(if $(PORT),--port $(PORT))

demo-reset: ready
	@exec .venv/bin/python -m rollkeeper reset-demo

test: ready-dev
	@exec .venv/bin/python bootstrap/test.py $(ONLY)

check: ready-dev
	@exec .venv/bin/python bootstrap/check.py

bench: ready-dev
	@exec .venv/bin/python -m tests.bench $(ONLY)

format: ready-dev
	@.venv/bin/ruff check --fix --exit-zero --quiet src tests bootstrap && .venv/bin/ruff format src tests bootstrap

ready: python
	@$(PYTHON) bootstrap/prepare.py run

ready-dev: python
	@$(PYTHON) bootstrap/prepare.py dev

python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Rollkeeper needs Python 3.11 or newer, and there is no '$(PYTHON)' here; install it (on Debian or Ubuntu:" \
	       "apt-get install python3 python3-venv), or name one: make run PYTHON=/path/to/python3.11" >&2; exit 3; }
