# Short names for what is done often. `make example` and `make test` set up everything they need.
.PHONY: help example test quick lint fix kb prove ledger score bench docs snippets vsix vscode wheel clean

VENV ?= .venv
export VENV
BIN := $(VENV)/bin
WORKERS ?= auto

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

example:  ## sets up, and diagnoses the failures in examples/
	@.ci/setup run
	@for name in backup migrate index; do \
	  echo; echo "\$$ ansible-why diagnose examples/$$name.log --task examples/$$name.yml"; \
	  $(BIN)/ansible-why diagnose --no-pager examples/$$name.log --task examples/$$name.yml || exit 1; \
	done

test:  ## sets up, and runs all tests: slow ones and real Ansible too
	@.ci/setup dev
	$(BIN)/python -m pytest -n $(WORKERS)

quick:  ## the tests for every save, under 30 s
	@.ci/setup dev
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m "not slow and not ansible"

lint:  ## style and types
	@.ci/setup dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

fix:  ## mends style
	@.ci/setup dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

kb:  ## proves the base
	@.ci/setup dev
	$(BIN)/python -m pytest -q tests/test_kb.py tests/test_base.py

prove:  ## every scenario of lab/ on every ansible-core that runs here; resumes; ARGS="--only CAUSE --release 2.19"
	@.ci/setup dev
	PYTHONPATH=tests $(BIN)/python -m prove $(ARGS)

ledger:  ## the failure texts of Ansible, held against the base, by area
	@.ci/setup dev
	$(BIN)/python lab/ledger.py .cache/venvs/*

score:  ## how right we are on real outputs, as a table
	@.ci/setup dev
	$(BIN)/python tests/score.py

bench:  ## speed against peers, side by side
	@.ci/setup dev
	$(BIN)/python -m benchmarks

docs:  ## runs the README's commands again and writes what they print into it
	@.ci/setup dev
	$(BIN)/python tests/readme.py

snippets:  ## the editors' snippets, from the patterns of the base
	@.ci/setup dev
	$(BIN)/python editors/generate.py

vsix:  ## dist/: the VS Code extension; needs npm
	mkdir -p dist
	cp editors/snippets/ansible-why.code-snippets editors/vscode/
	cd editors/vscode && npm ci --no-audit --no-fund && npm run package

vscode: vsix  ## the extension in real VS Code, in headless Chromium; installs 600 MB the first time
	@.ci/setup dev
	$(BIN)/python -m pytest -q -m vscode tests/test_editor_vscode.py

wheel:  ## dist/: source archive and wheel
	@.ci/setup dev
	$(BIN)/python -m build

clean:  ## what can be made again, but not the environment
	rm -rf dist build .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
