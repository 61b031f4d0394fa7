"""Returns: the issues of an input, put where its author will find them: in a copy of the author's own file."""
