"""Faults on purpose: does a check notice, and which? ``PYTHONPATH=src:tests python -m seeded``."""
