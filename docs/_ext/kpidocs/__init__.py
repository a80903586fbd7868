"""The pages of the documentation that are made from the package: plain functions giving Markdown.

Only ``site`` and ``searching`` know Sphinx; everything else is called by the tests as it is.
"""
