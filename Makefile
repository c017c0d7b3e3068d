# The commands of this project. `make help` lists them; each sets up what it needs on first use.

PYTHON ?= python3
PORT ?= 8501
# A browser is opened only for someone who sits at this machine.
AT_DESK = $(and $(filter 127.0.0.1 localhost,$(HOST)),$(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname))))
# Tests run in this many processes: one more than two cores, because a browser test also waits. 0 is one process, as a debugger wants it.
WORKERS ?= 3
# The address to print for the others, where the server listens on everything: named, Streamlit asks no outside host for it.
SHOWN = $(if $(filter 0.0.0.0 ::,$(HOST)),--browser.serverAddress \
    $$($(BIN)/python -c 'from explorer.server.lan_link import addresses; print(next(addresses(), "localhost"))'))
# More words for the command, as in: make test ARGS="-k ladder"
ARGS ?=
# Not from the environment: some set-ups give HOST another meaning there. As in: make run HOST=0.0.0.0
HOST = 127.0.0.1
# The folder of another pathway, as in: make run DATA=FOLDER. Not from the environment either.
DATA =

# Python 3.13 dropped a C function that durable-rules calls by its old name. The library's own setup overwrites CFLAGS, so it goes here.
export CPPFLAGS := $(CPPFLAGS) -DPyEval_CallObject=PyObject_CallObject

VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
# Another PYTHON has an environment of its own, so that trying one does not undo the other.
VENV := $(if $(filter python3,$(PYTHON)),.venv,.venv-$(VERSION))
BIN := $(VENV)/bin
# Wheels of the rule engine that `make wheels` built, on this machine or on one like it. With one for this Python no compiler is needed.
WHEELS = wheels
PYTHONS = python3.11 python3.12 python3.13
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check install -qq --constraint constraints.txt \
    $(if $(wildcard $(WHEELS)/*.whl),-f $(WHEELS))

# Their names hold the version: when python3 becomes another Python, they are out of date.
RUN_READY := $(VENV)/.ready-to-run-$(VERSION)
DEV_READY := $(VENV)/.ready-to-develop-$(VERSION)
SPARK_READY := $(VENV)/.ready-for-spark-$(VERSION)

# Says in one line what is missing, instead of the installer's hundred. It must be readable by any Python, the oldest too.
define PREFLIGHT
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit("This needs Python 3.11, 3.12 or 3.13; $(PYTHON) is %d.%d. Name another: make $(MAKECMDGOALS) PYTHON=python3.13" % sys.version_info[:2])
import glob, importlib.util, os, shutil, sysconfig
compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
header = os.path.join(sysconfig.get_path("include"), "Python.h")
if not importlib.util.find_spec("ensurepip"):
    sys.exit("$(PYTHON) can't make environments. On Debian: apt-get install python3-venv")
(pin,) = (line.strip() for line in open("constraints.txt") if line.startswith("durable_rules=="))
built = glob.glob("$(WHEELS)/%s-cp%d%d-*.whl" % ((pin.replace("==", "-"),) + sys.version_info[:2]))
if not built and not (shutil.which(compiler) and os.path.exists(header)):
    sys.exit("The rule engine is compiled: that takes a C compiler and Python's headers. On Debian: apt-get install build-essential python3-dev. Or copy the folder wheels/ from a machine where `make wheels` ran.")
endef
export PREFLIGHT

# The browser code is checked where `npm install --no-package-lock` was run; npx itself would ask the network for what is missing.
define BROWSER_LINT
if [ -n "$$CI" ]; then echo "The browser code is not checked: CI installs no node packages."; \
elif [ -x node_modules/.bin/tsc ] && [ -x node_modules/.bin/eslint ] && command -v npx >/dev/null; then \
    npx --no-install tsc --noEmit --project jsconfig.json && npx --no-install eslint explorer/assets; \
else echo "The browser code is not checked: that takes node and npm install --no-package-lock."; fi
endef

.PHONY: help run test lint check coverage words plumbing bench mutants soak spark accept picture wheels pins clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY)  ## opens the explorer, at HOST (127.0.0.1) and PORT (8501); of the pathway in DATA
	@$(if $(DATA),PATHWAY_DATA='$(DATA)' )exec $(BIN)/python -m streamlit run app.py --server.address $(HOST) --server.port $(PORT) \
	    --server.headless $(if $(AT_DESK),false,true) --server.showEmailPrompt false $(SHOWN) $(ARGS)

test: $(DEV_READY)  ## runs every test but the long ones and those on Spark
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile $(ARGS)

lint: $(DEV_READY)  ## style, format, types, which module may import which, and the browser code where node has its tools
	@$(BIN)/python -m ruff check
	@$(BIN)/python -m ruff format --check
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports --no-logo
	@$(BROWSER_LINT)

check: test lint  ## test and lint: what a change must pass

coverage: $(DEV_READY)  ## which branches no test reaches, browser tests left out: minutes
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile -m "not soak and not browser and not spark" --cov $(ARGS)

words: $(DEV_READY)  ## a report: reading grades, the longest sentences, names and phrases in the code that say nothing
	@$(BIN)/python -m docs.words $(ARGS)

plumbing: $(DEV_READY)  ## how long the front end's plumbing is; of a git revision: make plumbing ARGS=revision
	@$(BIN)/python -m docs.plumbing $(ARGS)

bench: $(DEV_READY)  ## measures the engine, the solver, tables (on Spark too, after make spark), and the explorer in Chromium
	@$(BIN)/python -m benchmarks $(ARGS)
	@$(BIN)/python -m benchmarks.explorer
	@$(BIN)/python -m benchmarks.explorer.many

mutants: $(DEV_READY)  ## how many small mistakes in the knowledge are noticed, and by what: minutes
	@$(BIN)/python -m pytest -q -m soak tests/proof/test_mutation.py $(ARGS)

soak: $(DEV_READY)  ## the long tests
	@$(BIN)/python -m pytest -q -m soak $(ARGS)
	@$(BIN)/python -m pytest -q -m "hypothesis and not soak and not spark" --hypothesis-profile long $(ARGS)

spark: $(SPARK_READY)  ## installs Spark (500 MB), and runs the tests on it; it needs Java 17 or later
	@PATHWAY_SPARK=on $(BIN)/python -m pytest -q -m "spark and not soak" $(ARGS)

spark-ready: $(SPARK_READY)

accept: $(DEV_READY)  ## rewrites the golden files: read the difference before you commit it
	@$(BIN)/python -m pytest -q tests --accept $(ARGS)

picture: $(DEV_READY)  ## takes the picture in README.md anew, with Debian's Chromium
	@$(BIN)/python -m docs.picture

wheels:  ## builds the rule engine for each Python that is here, into wheels/: machines that have this folder need no compiler
	@for python in $(PYTHONS); do \
	    command -v $$python >/dev/null || { echo "There is no $$python: no wheel for it."; continue; }; \
	    $$python -m venv --clear .venv-wheels && pip=".venv-wheels/bin/python -m pip --disable-pip-version-check" && \
	    $$pip install -qq --constraint constraints.txt pip && \
	    $$pip wheel -qq --no-deps --no-cache-dir --no-binary durable-rules --constraint constraints.txt \
	        --build-constraint constraints.txt --wheel-dir $(WHEELS) durable-rules && \
	    $$pip install -qq --no-deps --no-index -f $(WHEELS) durable-rules && \
	    .venv-wheels/bin/python -c 'import durable_rules_engine' || exit 1; \
	done
	@rm -rf .venv-wheels
	@ls $(WHEELS)

pins:  ## rewrites constraints.txt with the newest versions; then: make check with each Python
	@$(PYTHON) -m venv --clear .venv-pins
	@.venv-pins/bin/python -m pip install -qq --upgrade pip setuptools
	@.venv-pins/bin/python -m pip install -qq --no-cache-dir --editable '.[spark]' --group dev
	@sed -i '/==/d' constraints.txt
	@.venv-pins/bin/python -m pip freeze --all --exclude-editable >> constraints.txt
	@rm -rf .venv-pins

clean:  ## removes the environments, and what the tools remember
	rm -rf .venv .venv-* build dist .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# A wheel of durable-rules that pip once built without CPPFLAGS stays in its cache: hence the import, and a build without cache.
define set_up
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON). Name another: make $(MAKECMDGOALS) PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c "$$PREFLIGHT"
	@echo "Setting up $(VENV) with Python $(VERSION): a minute or two the first time."
	@test "$$($(BIN)/python -c 'import pip, sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = $(VERSION) || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP_INSTALL) pip
	@$(BIN)/python -c 'import durable_rules_engine' 2>/dev/null || \
	    $(PIP_INSTALL) --build-constraint constraints.txt --no-cache-dir --force-reinstall --no-deps durable-rules
	@$(PIP_INSTALL) --build-constraint constraints.txt --editable . $(1)
	@touch $(2)
endef

$(RUN_READY): pyproject.toml constraints.txt
	$(call set_up,,$(RUN_READY))

$(SPARK_READY): $(DEV_READY)
	@$(PIP_INSTALL) --build-constraint constraints.txt --editable '.[spark]'
	@touch $(SPARK_READY)

$(DEV_READY): pyproject.toml constraints.txt
	$(call set_up,--group dev,$(RUN_READY) $(DEV_READY))
