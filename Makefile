#   make docs                     the documentation site, in docs/_build/html
#
# Needs a Python with the extra "docs".
#
# What takes longer than a check may; its figures become docs/reliability.md.
#
#   make reliability              an hour or two
#   make reliability LONG=1       a night
#   make reliability STAGE=fuzz   one stage, in either form
#
# Needs a Python with the extra "reliability". PYTHON names the Python of both.

PYTHON ?= python3

.PHONY: docs
docs:
	$(PYTHON) -m sphinx -W --keep-going -n -b html docs docs/_build/html

.PHONY: reliability
reliability:
	cd tests && PYTHONPATH=../src:. $(PYTHON) -m endurance $(if $(LONG),--long,--short) \
		$(foreach stage,$(STAGE),--stage $(stage)) --write ../docs/reliability.md

# Ratios to other ways of doing the same; the table becomes docs/performance.md.
#
#   make benchmarks                     a quarter of an hour
#   make benchmarks ONLY="import score"
#
# Needs a Python with the extra "bench"; PEERS and SPARK name others, where the parsers of
# tests/measure/peers.txt and the extra "spark" are installed apart.
PEERS ?= $(PYTHON)
SPARK ?= $(PYTHON)

.PHONY: benchmarks
benchmarks:
	PYTHONPATH=tests $(PYTHON) tests/benchmarks $(ONLY) --with peers=$(PEERS) --with spark=$(SPARK) \
		--write docs/performance.md
