"""How Office packages are written: ZIP archives, content types, relations, styles, cells, names, escaping."""
