# One command each: `make` lists them. A machine needs Python 3.11 or newer and make; the rest comes with `make install`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
LOCKED := pyproject.toml requirements.lock package.json package-lock.json .npmrc
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)
FLOORS := organisation staffing budget scorecards plans reporting publishing elverum
CODE := $(FLOORS) tests bench manage.py
# WeasyPrint draws the PDF with these; chromium is for the browser tests only.
SYSTEM_LIBRARIES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

export DJANGO_SETTINGS_MODULE := elverum.settings

.DEFAULT_GOAL := help
.PHONY: help install demo run test check format bench translations lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) $(COMPILED) ## Make .venv and node_modules, compile translations; does nothing when nothing has changed

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Trenger Python 3.11 eller nyere (needs Python 3.11 or newer): make PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo 'Mangler venv (missing venv): apt-get install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): $(LOCKED) | $(VENV)/bin/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --silent
	@$(BIN)/python -c 'import weasyprint' >/dev/null 2>&1 \
		|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
			&& apt-get update -qq && apt-get install -y -qq --no-install-recommends $(SYSTEM_LIBRARIES) >/dev/null; } \
		|| { echo 'PDF trenger (PDF needs): sudo apt-get install $(SYSTEM_LIBRARIES)'; exit 1; }
	@touch $@

%.mo: %.po | $(INSTALLED)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

demo: install ## Fill a database with Elverum's plan, then `make run`
	$(BIN)/python manage.py demo

run: install ## Serve the site on this machine
	$(BIN)/python manage.py runserver

test: install ## Run the tests, on TEST_DATABASE_URL when it is set; extra arguments in ARGS
	@test -n "$(CHROMIUM)" || echo 'Fant ingen Chromium: nettleserprøvene hoppes over (no Chromium: browser tests are skipped).'
	CHROMIUM="$(CHROMIUM)" $(if $(TEST_DATABASE_URL),DATABASE_URL="$(TEST_DATABASE_URL)") \
		$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

check: install ## Lint, format, types, templates, migrations, settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find $(FLOORS) templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/mypy $(CODE)

format: install ## Put code and templates in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find $(FLOORS) templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --target-version 5.2

bench: install ## Measure how fast it is, as ratios (bench/README.md); fewer runs with ARGS='--runs 3'
	$(BIN)/python -m bench $(ARGS)

translations: $(INSTALLED) ## Gather the texts of code and templates into locale/*.po, for a person to translate
	@command -v xgettext >/dev/null || { echo 'Mangler xgettext (missing xgettext): sudo apt-get install gettext'; exit 1; }
	$(BIN)/python manage.py makemessages --locale nn --locale en --add-location file --no-obsolete \
		--ignore 'tests/*' --ignore 'bench/*' --ignore 'node_modules/*' --ignore 'staticfiles/*' --ignore 'media/*' --ignore 'build/*'

lock: ## Write requirements.lock and package-lock.json anew from pyproject.toml and package.json
	rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install -qq --disable-pip-version-check '.[dev]'
	{ head -n 1 requirements.lock; $(VENV)/lock/bin/python -m pip freeze --exclude elverum; } > $(VENV)/requirements.lock
	mv $(VENV)/requirements.lock requirements.lock
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --ignore-scripts --silent
