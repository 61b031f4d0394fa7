"""Word files → raw records: content controls by tag, else the form's own paper, else labels anywhere."""
