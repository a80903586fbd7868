"""What the package says today, recorded: a reading, verdict or score that changes shows its line.

The corpora and the oracle say what is right; this says what *is*, with every note and the place of
every fault. After a wanted change ``PYTHONPATH=src:tests python -m recorded``, and look at the diff.
``readings/`` has every text of the corpora; ``scores/`` the made-up tables of ``tables/`` and
generated projects under every shipped policy. ``crossed`` in both is what :mod:`recorded.crossings`
makes: every way to write a value in every row, every actual against every target of its kind.
"""
