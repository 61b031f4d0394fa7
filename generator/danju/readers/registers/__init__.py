"""Registers: one record a row, by a long road that words every message and a short one for plain rows."""
