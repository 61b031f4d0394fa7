"""Form sheets: one record a sheet, by the names of its cells or by labels found anywhere."""
