"""What takes longer than a check may: one command runs it, and its figures become a page.

``python -m endurance --short`` (or ``--long``) from the folder ``tests``, or ``make reliability``.
Each stage keeps the figures of its last run in ``figures.json``; ``docs/reliability.md`` is made of
them and never typed.
"""
