# Everything a developer or an operator asks for; `make help` lists it.
# Needs git, make, Python 3.11 or newer, and a package index. Nothing leaves this folder, except
# that `make test`, as root and without a browser, installs Chromium with apt.

UV_VERSION := 0.13.9
PORT ?= 8000
DATA ?= ./data
JOBS ?= 2
KILLS ?=
STEPS ?=
CASES ?= 1000000
ROWS ?=
ARGS ?=

BIN := .venv/bin
UV := .venv-uv/bin/uv
export UV_SYSTEM_CERTS ?= 1
export UV_PYTHON_DOWNLOADS := never

# The developer's set contains the user's, so the larger one, once there, serves both.
RUN_SET := $(if $(wildcard .venv/dev.stamp),.venv/dev.stamp,.venv/run.stamp)
DEV_SET := .venv/dev.stamp
PEER_SET := .venv-peers/stamp

# The first Python that is new enough; PYTHON=... overrides.
FIND_PYTHON = for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; \
	done; \
	test -n "$$python" || { echo "Python 3.11 or newer is needed; python3 here is: $$(python3 -V \
	2>&1). Install one and name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }

PIP_QUIETLY := -q -q --disable-pip-version-check uv==$(UV_VERSION)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo run test check bench torture marathon states fuzz lock format clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(RUN_SET) ## Import a sample file and scrape a sample site through the real queue
	$(BIN)/leads demo $(ARGS)

run: $(RUN_SET) ## Start the engine on DATA (./data) and PORT (8000)
	$(BIN)/leads up --data $(DATA) --port $(PORT) $(ARGS)

test: $(DEV_SET) ## Run every test, on real databases, a real broker and a real browser
	$(BIN)/python -m tests.parts
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(DEV_SET) ## Check format, lint, types, import contracts and house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/contracts -q

bench: $(DEV_SET) $(PEER_SET) ## Measure ROWS (500000) rows, as ratios against peers and limits
	$(BIN)/python -m tests.benchmarks $(if $(ROWS),--rows $(ROWS)) $(ARGS)

torture: $(DEV_SET) ## Import and crawl under KILLS (1000, 100) random kills and compare the results
	$(BIN)/python -m tests.torture $(if $(KILLS),--kills $(KILLS)) $(ARGS)
	$(BIN)/python -m tests.crawl_torture $(if $(KILLS),--kills $(KILLS)) $(ARGS)

marathon: $(DEV_SET) ## Import ROWS (5000000) rows under KILLS (20) kills, in little memory
	$(BIN)/python -m tests.marathon $(if $(ROWS),--rows $(ROWS)) $(if $(KILLS),--kills $(KILLS)) \
		$(ARGS)

states: $(DEV_SET) ## Do STEPS (10000) random things to leads, against a model, on both databases
	$(BIN)/python -m tests.states $(if $(STEPS),--steps $(STEPS)) $(ARGS)

fuzz: $(DEV_SET) ## Compare the validators with their libraries in CASES (1000000) cases a side
	$(BIN)/python -m tests.fuzz --cases $(CASES) $(ARGS)

format: $(DEV_SET) ## Format the code and apply safe lint fixes
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(UV) ## Compile the locks anew from pyproject.toml; UPGRADE=1 takes newer versions
	$(COMPILE) pyproject.toml --group build -o requirements.lock
	$(COMPILE) pyproject.toml --group build --group dev --group bench -c requirements.lock \
		-o requirements-dev.lock
	$(COMPILE) --group peers -o requirements-peers.lock

clean: ## Remove the environments and caches, keep the data
	rm -rf .venv .venv-uv .venv-peers .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

COMPILE = env -u UV_FIND_LINKS $(UV) pip compile -q --no-config --universal \
	--python-version 3.11 --generate-hashes --no-annotate --no-header $(if $(UPGRADE),--upgrade)

.venv/run.stamp: requirements.lock pyproject.toml | $(UV)
	$(call install,requirements.lock)

.venv/dev.stamp: requirements-dev.lock pyproject.toml | $(UV)
	$(call install,requirements-dev.lock)

# What the engine is measured beside has packages of its own, which never meet ours.
$(PEER_SET): requirements-peers.lock | $(DEV_SET) $(UV)
	@echo "Installing requirements-peers.lock into .venv-peers"
	@$(UV) venv -q --clear --python $(BIN)/python .venv-peers
	@$(UV) pip sync -q --python .venv-peers --require-hashes requirements-peers.lock
	@touch $@

define install
	@echo "Installing $(1) into .venv"
	@$(FIND_PYTHON); $(BIN)/python -c '' 2>/dev/null || $(UV) venv -q --clear --python $$python .venv
	@$(UV) pip sync -q --python .venv --require-hashes $(1)
	@$(UV) pip install -q --python .venv --no-deps --no-build-isolation --editable .
	@touch $@
endef

# Debian's python3 comes without ensurepip: root fetches it, and else an installed pip does as well.
$(UV):
	@echo "Installing uv $(UV_VERSION) into .venv-uv"
	@$(FIND_PYTHON); rm -rf .venv-uv; \
	has() { $$python -c "import $$1" 2>/dev/null; }; \
	if ! has ensurepip && ! has pip && test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		apt-get -qq update && apt-get -qq install python3-venv >/dev/null; \
	fi; \
	if has ensurepip; then \
		$$python -m venv .venv-uv && .venv-uv/bin/python -m pip install $(PIP_QUIETLY); \
	elif has pip; then \
		$$python -m pip install $(PIP_QUIETLY) --target .venv-uv; \
	else \
		echo "$$python has neither ensurepip nor pip. On Debian: apt-get install python3-venv" >&2; \
		exit 1; \
	fi
