"""`python -m answerable`."""

from .cli import main

main()
