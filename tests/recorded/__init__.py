"""What every text of the corpora is read as, recorded: a reading that changes is seen by its line.

The corpora say what a text must be read as; this says what it *is* read as, with every note and
the place of every fault, for texts of others too. After a wanted change: ``python -m recorded``.
"""
