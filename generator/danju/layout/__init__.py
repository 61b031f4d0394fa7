"""Layout: a form's blocks → a grid of cells (once per shape) → a drawing of one record."""
