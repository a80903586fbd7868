# What takes longer than a check may; its figures become docs/reliability.md.
#
#   make reliability              an hour or two
#   make reliability LONG=1       a night
#   make reliability STAGE=fuzz   one stage, in either form
#
# Needs a Python with the extra "reliability": PYTHON names it.

PYTHON ?= python3

.PHONY: reliability
reliability:
	cd tests && PYTHONPATH=../src:. $(PYTHON) -m endurance $(if $(LONG),--long,--short) \
		$(foreach stage,$(STAGE),--stage $(stage)) --write ../docs/reliability.md
