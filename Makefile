# From a fresh clone: `make run` opens the program, `make test` checks it. Each sets up what it needs.

export QT_LOGGING_RULES ?= qt.qpa.*=false
export LANG ?= C.UTF-8
PYTHON_IN_VENV = .venv/bin/python

.PHONY: run test bench long figures bundle fmt pins clean help

help: ## these lines
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

run: ## open the window; without a screen, the demonstration into out/
	@sh setup/setup.sh run
	@sh setup/run.sh

test: ## format, lint, types and tests
	@sh setup/setup.sh dev
	@QT_QPA_PLATFORM=offscreen sh setup/test.sh

bench: ## speed against its floors (performance goals)
	@sh setup/setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m benchmarks

long: ## the long forms: power cuts, broken files by the thousand, every page in every size
	@sh setup/setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m tests.crash
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m tests.fuzz
	@CRM_LONG=1 QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m pytest -n 2 --dist loadgroup -o faulthandler_timeout=3600 tests/ui/audits tests/documents/test_extraction.py

figures: ## the main job on the real lists beside the project, expected against got
	@sh setup/setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN_VENV) -m tests.main_job
	@$(PYTHON_IN_VENV) -m tests.corpus

bundle: ## the one-folder program in dist/, and its self-test
	@sh setup/setup.sh bundle
	@$(PYTHON_IN_VENV) -m PyInstaller --noconfirm --log-level WARN build.spec
	@QT_QPA_PLATFORM=offscreen dist/crm-desktop/crm-desktop --self-test

fmt: ## put the code into form
	@sh setup/setup.sh dev
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix --quiet .

pins: ## pin the requirements anew, from pyproject.toml (needs uv)
	@sh setup/pins.sh

clean: ## remove what was built; .venv stays
	@rm -rf build dist out .setup .mypy_cache .ruff_cache .pytest_cache .hypothesis
