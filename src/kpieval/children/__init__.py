"""Readers that run in a process of their own, with limits, and what starts such a process.

A module here that reads a file takes its bytes from standard input and answers with one JSON text;
it imports nothing else of the package, so that a child starts fast and holds little.
"""
