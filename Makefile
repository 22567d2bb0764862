# `make` alone prints this file's targets. Everything runs inside .venv, which `scripts/setup.sh` makes when needed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup ready extract report workbook letters notebooks browser test check fix goldens bench fuzz doctor clean

BIN := .venv/bin
INPUT ?= data/raw
OUTPUT ?= data/processed
ARGS ?=

help: ## Show this help
	@printf 'opdc-bcp: อ่านแผนดำเนินธุรกิจอย่างต่อเนื่อง (BCP) แล้วชี้ส่วนที่ขาด พร้อมหลักฐาน\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@printf '\n  make extract INPUT=folder OUTPUT=folder ARGS="--workers 2 --ocr never"\n'

setup: ## Install (again) all that is needed: .venv, packages, system parts
	@scripts/setup.sh --force

ready:
	@scripts/setup.sh

extract: ready ## Read the plans in data/raw and write the datasets to data/processed
	@$(BIN)/bcp extract "$(INPUT)" -o "$(OUTPUT)" $(ARGS)

report: ready ## Make the HTML report of data/processed: open data/processed/report/index.html
	@$(BIN)/bcp report "$(OUTPUT)" --input "$(INPUT)" $(ARGS)

workbook: ready ## Make the Excel workbook of data/processed: data/processed/workbook.xlsx
	@$(BIN)/bcp workbook "$(OUTPUT)" --input "$(INPUT)" $(ARGS)

letters: ready ## Make one official letter per agency: data/processed/letters
	@$(BIN)/bcp letters "$(OUTPUT)" --input "$(INPUT)" $(ARGS)

notebooks: ready ## Execute the notebooks over data/processed (made when absent): data/processed/notebooks
	@[ -e "$(OUTPUT)/documents.parquet" ] || $(BIN)/bcp extract "$(INPUT)" -o "$(OUTPUT)"
	@$(BIN)/bcp notebooks "$(OUTPUT)" --input "$(INPUT)" $(ARGS)

browser: ready ## Install Chromium, which the tests of the report need (they are skipped without it)
	@scripts/setup.sh --browser

test: ready ## Run the tests
	@$(BIN)/pytest -n 2 $(ARGS)

check: ready ## Check style, types, import rules, sizes and the exported schema; changes nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/check_sizes.py
	@$(BIN)/python -m pipeline.datasets.describe --check

fix: ready ## Put style and import order right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

goldens: ready ## Write the committed expectations anew; look at the difference before committing
	@$(BIN)/python -m pipeline.datasets.describe --write

bench: ready ## Run the benchmarks
	@for script in benchmarks/*/run.py; do [ -e "$$script" ] || continue; echo "== $$script"; PYTHONPATH=. $(BIN)/python "$$script" || exit 1; done

fuzz: ready ## Read damaged files of every kind for a while (SECONDS=30 for each); what fails is kept as a case
	@$(BIN)/python -m benchmarks.fuzz.run --seconds $(or $(SECONDS),30) $(ARGS)

doctor: ready ## Say what is installed, in which version, and what each missing part disables
	@$(BIN)/bcp doctor

clean: ## Remove results, caches and the environment (never data/raw)
	rm -rf .venv .stamps .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist *.egg-info
	find data/processed -mindepth 1 ! -name .gitkeep -exec rm -rf {} +
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
