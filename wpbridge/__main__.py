"""Lets ``python -m wpbridge`` be the command line."""

from wpbridge.cli import main

main()
