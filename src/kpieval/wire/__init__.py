"""The JSON form of every value: plain dictionaries, lists, texts and booleans.

Numbers are texts, exact decimals or ``p/q``, so that no reader of the JSON can lose a digit. The
schemas in :mod:`kpieval.schemas` describe the form in detail. The doors for any value are in
:mod:`kpieval.wire.values`; who writes one kind of document imports that module alone.
"""
