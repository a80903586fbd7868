"""A conformance corpus for readers and scorers of indicator values; see README.md."""
