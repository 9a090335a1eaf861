"""`python -m caveat` is `caveat`."""

from caveat.cli import main

main()
