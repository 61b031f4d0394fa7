"""Files from outside before a library opens them: what they are, and whether they are harmless."""
