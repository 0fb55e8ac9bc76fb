# Deux commandes suffisent · Two commands are enough:  make run   make test
PYTHON ?= python3
BIN := .venv/bin
APP := .venv/.installed
DEV := .venv/.installed-dev
BOT := .venv-bot/.installed
SHARED ?= ../shared/data

.DEFAULT_GOAL := help
.PHONY: help install run test unit lint replay bench bench-peer clean

help: ## Ce que make sait faire · What make can do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(APP) $(BOT) ## Installe les deux environnements · Installs both environments

run: install ## Installe, entraîne, migre, démarre · Installs, trains, migrates, starts
	@exec $(BIN)/portevoix run

test: install $(DEV) ## Tous les tests, les vrais services compris · All the tests, real services included
	$(BIN)/python -m pytest

unit: $(DEV) ## Les tests sans service, en quelques secondes · The tests without services, in seconds
	$(BIN)/python -m pytest -m "not services"

lint: $(DEV) ## Style
	$(BIN)/ruff check .

replay: install $(DEV) ## Rejoue 501 vrais entretiens · Replays 501 real interviews
	$(BIN)/python -m bench.replay --stack --form $(SHARED)/bc-ai-chat-survey/bc_ai_survey.xlsx \
	  --mapping $(SHARED)/bc-ai-chat-survey/mapping.json --responses $(SHARED)/bc-ai-chat-survey/responses.csv

bench: install $(DEV) ## Mesure, à côté d'un assistant Rasa ordinaire · Measures, beside a stock Rasa assistant
	$(BIN)/python -m bench.stack

clean: ## Efface ce qui se refait · Removes what can be remade
	rm -rf .venv .venv-bot models .cache

$(APP): requirements/install.txt requirements/app.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Porte-voix demande Python 3.11 ou plus récent : make run PYTHON=python3.11"; \
	  echo "Porte-voix needs Python 3.11 or newer:           make run PYTHON=python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/install.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/app.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

$(DEV): $(APP) requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(BOT): $(APP) requirements/bot.txt
	test -x .venv-bot/bin/python || $(BIN)/uv venv --quiet --python 3.10 .venv-bot || { \
	  echo "L'assistant (Rasa) demande Python 3.10 : installez-le (par exemple « pyenv install 3.10 »), puis relancez."; \
	  echo "The assistant (Rasa) needs Python 3.10: install it (for example \"pyenv install 3.10\"), then run again."; exit 1; }
	$(BIN)/uv pip install --quiet --python .venv-bot/bin/python --require-hashes -r requirements/bot.txt
	@touch $@
