"""`python -m pathway`, where the command is not installed."""

from pathway.cli.main import main

main()
