"""The `callshop` command, also `python -m app`: reads the command line and starts what it names."""

import argparse
import sys

from app import __version__


def main(argv: list[str] | None = None) -> int:
    """Run one command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="callshop", description="The counter of a call shop.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.parse_args(argv)
    parser.print_help()
    return 0


if __name__ == "__main__":
    sys.exit(main())
