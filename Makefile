#   make docs                     the documentation site, in docs/_build/html
#
# Needs a Python with the extra "docs".
#
# What takes longer than a check may; its figures become docs/reliability.md.
#
#   make reliability              about twenty minutes
#   make reliability LONG=1       hours
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
