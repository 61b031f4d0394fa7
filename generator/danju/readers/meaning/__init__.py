"""What words mean: headings → fields, texts → values, files → forms; and the record that is put together from them."""
