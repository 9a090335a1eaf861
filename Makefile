# make run    set everything up and serve on 127.0.0.1:5055
# make test   set everything up, browsers included, and run every check and test
# make golden   keep the findings of the seeds as they are now
# make picture  make the pictures of the README and of the demo page anew
# make bench  how long a page waits for its highlights
# make bench-engine   how long the engine takes for pages that nobody has read, beside its peers (half an hour)
# make bench-scan   how many pages a second a scan reads, and what a killed one loses (PAGES=100000)
# make fuzz   give Caveat 100,000 odd inputs, and hold it to what it promises (SEED=7 for the same ones again)
# make extension   one zip for each browser, in dist/
# make lock   choose the newest versions that pyproject.toml allows (needs uv)

.PHONY: run test check extension golden picture bench bench-engine bench-scan fuzz lock clean
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 5055

run: $(VENV)/run
	@$(BIN)/caveat serve --port $(PORT)

test: check browsers services
	@$(BIN)/python -m pytest -n 3 --dist worksteal

check: $(VENV)/dev node_modules/.installed
	@$(BIN)/ruff format --check --quiet server tests .ci
	@$(BIN)/ruff check --quiet server tests .ci
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>&1 | tail -n 4
	@$(NODE) tsc
	@$(NODE) eslint --max-warnings 0 extension

extension: $(VENV)/dev node_modules/.installed
	@$(BIN)/python .ci/package_extension.py dist
	@$(NODE) web-ext lint --no-config-discovery --warnings-as-errors --source-dir dist/firefox

# Each file in the environment says what has been installed there, and from which lock.
$(VENV)/run: $(BIN)/python requirements.lock pyproject.toml
	@echo "Installing Caveat ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The environment brings its own Node.js; what runs on it is pinned in package-lock.json.
NODE := PATH="$(CURDIR)/$(BIN):$(CURDIR)/node_modules/.bin:$$PATH"
node_modules/.installed: $(VENV)/dev package-lock.json
	@echo "Installing what checks the extension ..."
	@$(NODE) npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

$(BIN)/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Caveat needs Python 3.11 or newer; python3 here is $$(python3 --version)."; exit 1; }
	@python3 -c 'import ensurepip' 2>/dev/null || $(call install,python3-venv)
	@python3 -m venv $(VENV)

.PHONY: browsers
browsers:
	@command -v chromium chromium-browser google-chrome-for-testing >/dev/null || $(call install,chromium)
	@command -v firefox-esr firefox >/dev/null || $(call install,firefox-esr)
	@PATH="$$PATH:/usr/sbin:/sbin" ldconfig -p | grep -q libatomic.so.1 || $(call install,libatomic1)

# What a hosted server stands beside, for its tests.
.PHONY: services
services:
	@command -v redis-server redis-cli >/dev/null || $(call install,redis-server)
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || $(call install,nginx-light)
	@command -v openssl >/dev/null || $(call install,openssl)
	@command -v systemd-analyze >/dev/null || $(call install,systemd)

# Install a system package where that is possible, else print the one line to type.
define install
{ if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
    echo "Installing $(1) ..."; \
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(1) >/dev/null; \
  else echo "Caveat needs $(1). Type: sudo apt-get install $(1)"; exit 1; fi; }
endef

golden: $(VENV)/dev
	@CAVEAT_KEEP_GOLDEN=1 $(BIN)/python -m pytest --quiet tests/rules/test_golden.py

bench: $(VENV)/dev browsers
	@$(BIN)/python tests/benchmarks/page_to_highlights.py

bench-scan: $(VENV)/dev
	@$(BIN)/python tests/benchmarks/crawl.py --pages $(or $(PAGES),100000)

fuzz: $(VENV)/dev
	@$(BIN)/python -m tests.fuzz.fuzz $(if $(SEED),--seed $(SEED)) --inputs $(or $(INPUTS),100000)

# The peers need other versions of what Caveat needs, and some of them compile for minutes.
PEERS := .venv-bench
$(PEERS)/ready: $(BIN)/python requirements-bench.lock
	@echo "Installing the peers ..."
	@python3 -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

bench-engine: $(PEERS)/ready
	@$(PEERS)/bin/python tests/benchmarks/engine.py

picture: $(VENV)/dev browsers
	@$(BIN)/python -m pytest --quiet tests/browser/test_picture.py
	@cp tests/browser/.artifacts/picture.png screenshot.png
	@cp tests/browser/.artifacts/demo-popup-light.png extension/demo/popup.png
	@cp tests/browser/.artifacts/demo-panel.png extension/demo/panel.png

LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade pyproject.toml

lock:
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group build --extra hosted -o server/deploy/requirements.lock
	$(LOCK) --group build --group dev -o requirements-dev.lock
	$(LOCK) --group build --group bench -o requirements-bench.lock

clean:
	rm -rf $(VENV) $(PEERS) node_modules dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/browser/.artifacts
