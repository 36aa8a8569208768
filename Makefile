# Everything a newcomer types. `make help` lists it; PYTHON=, VENV=, PORT=, DATA=, N= and ARGS= may be set on the command line.
VENV ?= .venv
PORT ?= $(or $(TENON_PORT),8000)
DATA ?= .data/demo
N ?= 100000
BIN := $(VENV)/bin
PY := $(BIN)/python
MANAGE := $(PY) -m launch with-servers -- $(PY) manage.py
# The first Python that is new enough; looked for only when an environment is checked.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
TEMPLATES := $(wildcard platform/*/templates */templates)

.DEFAULT_GOAL := help
.PHONY: help demo smoke test test-full bench-search bench-ranking bench-speed check lint format types imports migrations lifecycles messages templates licences \
	bench-contracts lock shell clean dev-ready demo-ready

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo-ready dev-ready: %-ready:
	@test -n "$(PYTHON)" || { echo "Tenon needs Python 3.11 or newer: install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -I platform/launch/environment.py --venv "$(VENV)" $*

demo: demo-ready ## start Tenon with demonstration data on this machine (PORT=8000, DATA=.data/demo)
	@$(PY) -m launch demo --port "$(PORT)" --data "$(DATA)"

smoke: demo-ready ## start a throw-away demonstration, check it over HTTP, stop it
	@$(PY) -m launch smoke

test: dev-ready ## run every test (ARGS="-k words" and the like go to pytest)
	@$(BIN)/pytest $(ARGS)

test-full: dev-ready ## the slow tests at their full size (minutes)
	@TENON_FULL_SIZE=1 $(BIN)/pytest -m slow $(ARGS)

bench-search: dev-ready ## how fast the catalogue answers with 100,000 posts (minutes; ARGS="--posts 10000")
	@$(PY) -m launch with-servers -- $(PY) -m benchmarks.search $(ARGS)

bench-speed: dev-ready ## speed and size of the matching engine beside a rival (N=100000; minutes)
	@$(PY) -m benchmarks.speed --posts $(N) $(ARGS)

bench-ranking: dev-ready ## ranking quality on judged sets (DATA=folder OUT=folder, TRAIN=folder to learn from)
	@test -d "$(DATA)" -a -n "$(OUT)" || { echo "Say where: make bench-ranking DATA=<sets> OUT=<folder> [TRAIN=<sets>]"; exit 1; }
	@$(PY) -m benchmarks.ranking "$(DATA)" "$(OUT)" $(if $(TRAIN),--train "$(TRAIN)") $(ARGS)

check: lint types imports migrations lifecycles messages templates licences test ## everything that must be green

lint: dev-ready ## ruff: rules and formatting
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: dev-ready ## rewrite the sources the way lint wants them
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

types: dev-ready ## mypy, strict
	@$(PY) -m launch with-servers -- $(BIN)/mypy .

imports: dev-ready ## the one-way imports between the floors
	@$(BIN)/lint-imports

migrations: dev-ready ## every model change has its migration
	@$(MANAGE) makemigrations --check --dry-run

lifecycles: dev-ready ## docs/lifecycles.md is current
	@$(MANAGE) write_lifecycles --check

messages: dev-ready ## both language catalogues are complete
	@$(MANAGE) check_messages

templates: dev-ready ## djlint on the templates
	@$(BIN)/djlint --quiet --lint --profile=django $(TEMPLATES)

# psycopg2's LGPL is the one exception: it is used as a library, unchanged.
licences: dev-ready ## the licences of everything that runs in production are allowed
	@$(BIN)/pip-licenses --packages $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/\1/p' requirements/runtime.txt) \
		--ignore-packages psycopg2-binary --partial-match \
		--allow-only "MIT;BSD;Apache;PSF;ISC;Python Software;Mozilla" --fail-on "GPL;General Public;Commercial;UNKNOWN"

bench-contracts: dev-ready ## what printing, signing and verifying a contract cost, and whether tampering is noticed
	@DJANGO_SETTINGS_MODULE=config.settings $(PY) -m launch with-servers -- $(PY) -m benchmarks.contracts

shell: dev-ready ## a Django shell beside throw-away servers
	@$(MANAGE) shell

lock: dev-ready ## pin the dependencies anew (needs uv)
	@for extra in runtime demo dev; do \
		case $$extra in runtime) with= ;; demo) with="--extra embedded --extra embeddings" ;; \
			dev) with="--extra embedded --extra embeddings --extra dev" ;; esac; \
		uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header --no-annotate \
			$$with --output-file requirements/$$extra.txt pyproject.toml || exit 1; \
	done

clean: ## remove the environment, caches and built files; data in .data stay
	@rm -rf $(VENV) staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -path ./.data -prune -o -name __pycache__ -type d -exec rm -rf {} +
