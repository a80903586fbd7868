"""The verbs: a module each, with ``command(lang)``."""
