"""`python -m danju`."""

from danju.cli.main import main

main()
