"""Records given as names and values: YAML and JSON."""
