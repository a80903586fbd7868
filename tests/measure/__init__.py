"""Measuring: how many real values are read as a careful person reads them, and what others reach.

``python -m measure`` prints the tables, with ``src`` and ``tests`` on the path;
``--write docs/accuracy.md`` puts them between the markers of that file.
"""
