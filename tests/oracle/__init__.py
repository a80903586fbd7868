"""An independent oracle: a second, plain reading of the rules, kept apart from the library."""
