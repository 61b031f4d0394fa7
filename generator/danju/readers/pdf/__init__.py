"""PDF files → raw records: AcroForm fields by name, finished papers by the record attached to them."""
