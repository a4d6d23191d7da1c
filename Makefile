# `make demo` and `make test` do all their own set-up, in .venv; they need Python 3.11 or newer (with venv) and make.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-user
LOCKED := --no-deps --no-build-isolation --require-hashes
ARGS :=

# The first Python on the path that is new enough and able to make a virtual environment.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

DEMO := $(VENV)/.demo-is-installed
ALL := $(VENV)/.all-is-installed
# What others wrote in JavaScript, where there is an npm to fetch it.
ENGINE := $(if $(shell command -v npm 2>/dev/null),node_modules/.package-lock.json)
NOTEBOOKS = $(wildcard notebooks/*.py notebooks/*.md)

.DELETE_ON_ERROR:
.PHONY: help setup demo test nightly bench bench-quick lint vocabulary scripts site check notebooks reference reproducible format lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

demo: $(DEMO) ## Install, build the graph and show who was at a gathering, with evidence
	@$(BIN)/legation build > /dev/null
	@echo "Built dist/, every form of the graph; README says which. One answer of it:"
	@echo
	@$(BIN)/legation demo

test: $(ALL) ## Install what the tests need and run all of them on all cores (ARGS="-n0 -k quote" for some)
	$(BIN)/python -m pytest -n auto --dist loadscope $(ARGS)

nightly: $(ALL) ## Run the tests with every sampled case, which takes long
	$(BIN)/python -m pytest -n auto --dist loadscope --thorough $(ARGS)

bench: $(ALL) ## Measure what commands cost at growing sizes, which takes half an hour; benchmarks/bench.md
	$(BIN)/python benchmarks/bench.py

bench-quick: $(ALL) ## The same up to 100 articles, in about two minutes, written nowhere
	$(BIN)/python benchmarks/bench.py --quick

lint: $(ALL) ## Check form, types, the floors of the house and what is generated
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/vocabulary.py --check
	$(BIN)/python .ci/sbom.py --check
	$(BIN)/python .ci/threats.py --check

vocabulary: $(DEMO) ## Draw up anew what is generated from ontology/legation.ttl, after an edit of it
	$(BIN)/python .ci/vocabulary.py

format: $(ALL) ## Lay out the Python sources
	$(BIN)/ruff check --fix --quiet
	$(BIN)/ruff format

scripts: $(ENGINE) ## Fetch what others wrote in JavaScript, for the site and its tests, where there is an npm

site: $(DEMO) $(ENGINE) ## Make the site in dist/site; with Node.js on the path, its SPARQL console too
	@$(BIN)/legation site

check: $(DEMO) ## Check the graph against its texts, its shapes and its rules
	$(BIN)/legation check
	$(BIN)/legation format --check

notebooks: $(ALL) ## Execute every notebook and write it as a page and an .ipynb to pages/notebooks
	@set -e; mkdir -p pages/notebooks; \
	for notebook in $(NOTEBOOKS); do \
		name=$$(basename "$${notebook%.*}"); echo "$$notebook"; \
		$(BIN)/jupytext --quiet --to ipynb --set-kernel python3 --run-path notebooks --execute \
			--output "pages/notebooks/$$name.ipynb" "$$notebook"; \
		$(BIN)/jupyter nbconvert --log-level ERROR --to html \
			--HTMLExporter.require_js_url= --HTMLExporter.mathjax_url= "pages/notebooks/$$name.ipynb"; \
	done

reference: $(ALL) ## Write the pages of the Python API and of the terms to pages/reference
	@$(BIN)/pdoc legation '!legation.cli' --docformat google --no-show-source --output-directory pages/reference
	@$(BIN)/python .ci/terms.py pages/reference/terms.md
	@echo "Open pages/reference/index.html; the terms of the ontology are in pages/reference/terms.md"

reproducible: $(DEMO) ## Build the graph twice and compare every byte
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	PYTHONHASHSEED=1 $(BIN)/legation build --out "$$folder/one"; \
	PYTHONHASHSEED=2 TZ=Asia/Pyongyang LC_ALL=C $(BIN)/legation build --out "$$folder/two"; \
	diff -r "$$folder/one" "$$folder/two"; \
	echo "Two builds are the same, byte for byte."

LOCK = $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header $(ARGS)

lock: $(ALL) ## Pin the dependencies anew after an edit of pyproject.toml (ARGS=--upgrade for newer ones)
	$(LOCK) requirements/build.in -o requirements/build.lock
	$(LOCK) --all-extras -c requirements/build.lock pyproject.toml -o requirements/all.lock
	$(LOCK) -c requirements/all.lock pyproject.toml -o requirements/core.lock
	$(BIN)/python .ci/sbom.py

setup: $(ALL) ## Install everything without running anything

clean: ## Remove .venv and everything built
	rm -rf $(VENV) dist pages node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Legation needs Python 3.11 or newer with its venv module; none was found on the path." >&2; \
		echo "Install one (on Debian: python3 and python3-venv) or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Legation needs Python 3.11 or newer; $(PYTHON) is older or does not run." >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)

# A stamp is renewed only after a whole installation, so an interrupted one is taken up again.
$(DEMO): requirements/build.lock requirements/core.lock pyproject.toml | $(BIN)/python
	@echo "Installing Legation and its locked packages into $(VENV) ..."
	@$(PIP) $(LOCKED) -r requirements/build.lock
	@$(PIP) $(LOCKED) -r requirements/core.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --ignore-scripts --loglevel error || { rm -rf node_modules; echo "npm fetched nothing: the site is made without its console." >&2; }

$(ALL): requirements/all.lock $(DEMO)
	@echo "Installing the packages of the tests and tools (about a minute) ..."
	@$(PIP) $(LOCKED) -r requirements/all.lock
	@touch $@
